"""Style rules for source files: each can be fixed automatically."""

from __future__ import annotations

from guildhall.core.findings.rule import Rule, rules_by_id
from guildhall.core.findings.severity import Severity

RULES = rules_by_id(
    (
        Rule(
            "style.final-newline",
            Severity.INFO,
            "Files without a final line break",
            "Adding a line then shows up as a change to two lines.",
            "End the last line with a line break.",
            "POSIX.1-2024, 3.185 (line)",
        ),
        Rule(
            "style.trailing-blanks",
            Severity.INFO,
            "Trailing whitespace",
            "Editors remove it sooner or later, which buries real changes among others.",
            "Remove the whitespace.",
        ),
    )
)
"""All rules, in the order of the reference."""
