"""Rules about the check itself: its silences and levels, and warnings from the build."""

from __future__ import annotations

from guildhall.core.findings.rule import Rule, rules_by_id
from guildhall.core.findings.severity import Severity

RULES = rules_by_id((
    Rule(
        "silence-reason",
        Severity.ERROR,
        "Silences without a reason",
        "Others can't tell whether the silence still applies.",
        "Add `reason:` and say why.",
    ),
    Rule(
        "silence-unused",
        Severity.ERROR,
        "Silences that silence nothing",
        "An unnecessary silence will hide the next real finding.",
        "Take it out.",
    ),
    Rule(
        "silence-unknown",
        Severity.ERROR,
        "Silences and levels of rules that don't exist",
        "A silence or level with a misspelt rule has no effect.",
        "Use the id of an existing rule.",
    ),
    Rule(
        "silence-ended",
        Severity.ERROR,
        "Silences that have ended",
        "The problem it postponed is still there.",
        "Fix the finding, or set a new end date and say why.",
    ),
    Rule(
        "build.warning",
        Severity.ERROR,
        "Warnings from Sphinx and its extensions",
        "Something is missing from the page or shown incorrectly.",
        "Fix the line as the message says; the words in brackets are the type of warning.",
    ),
    Rule(
        "build.setup",
        Severity.ERROR,
        "Problems that keep Sphinx from starting",
        "The portal can't be built.",
        "Fix `conf/conf.py`, or the file that the message names.",
    ),
))  # fmt: skip
"""All rules of this area by id."""
