"""What keeps a file of data from being read, as rules."""

from __future__ import annotations

from guildhall.core.findings.rule import Rule, rules_by_id
from guildhall.core.findings.severity import Severity

YAML = Rule(
    "record.yaml",
    Severity.ERROR,
    "The file is not well-formed YAML 1.2 of the plain kind that records use",
    "Nothing of the file can be read.",
    "Mend the line; quotes around the value are the usual cure.",
)
UNREADABLE = Rule(
    "record.unreadable",
    Severity.ERROR,
    "The file is not UTF-8, too large, or nested too deeply to be read",
    "Nothing of the file can be read.",
    "Save it as UTF-8, and keep it small and flat.",
)
DUPLICATE_KEY = Rule(
    "record.duplicate-key",
    Severity.ERROR,
    "A mapping holds the same key twice",
    "Only one of the two values can be meant.",
    "Take one of them out, or make both one list.",
)

RULES = rules_by_id((YAML, UNREADABLE, DUPLICATE_KEY))
"""All rules of this area by id."""
