"""Rules of style in source files: each can be mended without asking."""

from __future__ import annotations

from guildhall.core.findings.rule import Rule, rules_by_id
from guildhall.core.findings.severity import Severity

RULES = rules_by_id(
    (
        Rule(
            "style.final-newline",
            Severity.INFO,
            "Files whose last line doesn't end",
            "The next line that somebody adds shows up as a change of two.",
            "End the last line with a line break.",
            "POSIX.1-2024, 3.185 (line)",
        ),
        Rule(
            "style.trailing-blanks",
            Severity.INFO,
            "Blanks at the end of a line that mean nothing",
            "Editors take them out sooner or later, and hide a change among many.",
            "Take the blanks out.",
        ),
    )
)
"""All rules, in the order of the reference."""
