"""What keeps a file of data from being read, as rules."""

from __future__ import annotations

from guildhall.core.findings.rule import Rule, rules_by_id
from guildhall.core.findings.severity import Severity

YAML = Rule(
    "record.yaml",
    Severity.ERROR,
    "The file is not valid YAML 1.2, or uses features that records don't support",
    "The file cannot be read, so nothing in it is used.",
    "Fix the line; putting the value in quotes is the usual remedy.",
)
UNREADABLE = Rule(
    "record.unreadable",
    Severity.ERROR,
    "The file is not UTF-8, is too large, or is nested too deeply",
    "The file cannot be read, so nothing in it is used.",
    "Save the file as UTF-8, and keep it small and shallow.",
)
DUPLICATE_KEY = Rule(
    "record.duplicate-key",
    Severity.ERROR,
    "A mapping has the same key twice",
    "Only one of the two values can be the intended one.",
    "Remove one of them, or combine both in one list.",
)

RULES = rules_by_id((YAML, UNREADABLE, DUPLICATE_KEY))
"""All rules of this area by id."""
