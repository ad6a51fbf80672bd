"""Rules about the check itself: its silences and levels, and what a build tells."""

from __future__ import annotations

from guildhall.core.findings.rule import Rule, rules_by_id
from guildhall.core.findings.severity import Severity

RULES = rules_by_id((
    Rule(
        "silence-reason",
        Severity.ERROR,
        "Silences without a reason",
        "Who comes after you can't tell whether the silence is still right.",
        "Add `reason:` and why.",
    ),
    Rule(
        "silence-unused",
        Severity.ERROR,
        "Silences that silence nothing",
        "A silence that is not needed will hide the next real finding.",
        "Take it out.",
    ),
    Rule(
        "silence-unknown",
        Severity.ERROR,
        "Silences and levels of rules that don't exist",
        "A misspelt rule is not silenced.",
        "Use the id of a rule.",
    ),
    Rule(
        "silence-ended",
        Severity.ERROR,
        "Silences that have ended",
        "What it was to give time for is still there.",
        "Mend what it silenced, or give it a new end and say why.",
    ),
    Rule(
        "build.warning",
        Severity.ERROR,
        "Warnings of Sphinx and its extensions",
        "The page lacks something, or shows it wrongly.",
        "Mend the line as the message says; the words in brackets name the kind of warning.",
    ),
    Rule(
        "build.setup",
        Severity.ERROR,
        "What keeps Sphinx from starting",
        "Nothing of the portal can be built.",
        "Mend `conf/conf.py` or the file that the message names.",
    ),
))  # fmt: skip
"""All rules of this area by id."""
