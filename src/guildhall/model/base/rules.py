"""The faults of records, settings and pages as rules: why each matters, and how to fix it."""

from __future__ import annotations

from guildhall.core.findings.rule import Rule, rules_by_id
from guildhall.core.findings.severity import Severity


def _rule(name: str, title: str, why: str, mend: str) -> Rule:
    return Rule(f"record.{name}", Severity.ERROR, title, why, mend)


UNKNOWN_KEY = _rule(
    "unknown-key",
    "A key that the record kind doesn't have",
    "The value is not shown anywhere.",
    "Use one of the kind's keys; the records reference lists them.",
)
MISSING_KEY = _rule(
    "missing-key",
    "A key that the record kind requires is missing",
    "Pages would lack information that readers look for.",
    "Add the key.",
)
VALUE = _rule(
    "value",
    "A value that isn't valid for its key",
    "Guildhall does not guess, so the record is left out until the value is fixed.",
    "Write the value as the message describes.",
)
UNKNOWN_KIND = _rule(
    "unknown-kind",
    "The record's kind is missing or not registered",
    "A record of an unknown kind has no page.",
    "Set `kind` to one of the names in the message.",
)
UNKNOWN_ID = _rule(
    "unknown-id",
    "A record refers to an id that no record of that kind has",
    "A link or a sum would be missing the record that the id refers to.",
    "Use the id of a record that exists, or add the record.",
)
DUPLICATE_ID = _rule(
    "duplicate-id",
    "Two records of the same kind share an id, or two files share a document name",
    "References would be ambiguous.",
    "Give one of them another `id` or file name.",
)
CONSENT = _rule(
    "consent",
    "Text names someone who has not consented to be named",
    "Someone would be named who does not want to be.",
    "Remove the name from the text, or ask the person for consent.",
)
PROSE = _rule(
    "prose",
    "Text of a record contains raw HTML, an unsafe link or a directive not allowed in records",
    "Text in records is data; unsafe markup is rejected.",
    "Write it in plain Markdown.",
)
SETTINGS = _rule(
    "settings",
    "The portal's settings can't be read",
    "The portal would be built with unintended settings.",
    "Correct the value in `conf/portal.yml`.",
)
TEMPLATE = _rule(
    "template",
    "A template of records or of parts of pages failed",
    "The page can't be rendered, or has Guildhall's own template instead.",
    "Fix the template, or delete it to use Guildhall's own.",
)
DIRECTIVE = _rule(
    "directive",
    "A Guildhall directive or role has an invalid argument or option",
    "The page lacks what the directive or role should show.",
    "Fix the argument or option; the reference lists them.",
)
LESSON = _rule(
    "lesson",
    "A lesson's pages and its record don't match",
    "Pages would be missing, or would belong to no lesson.",
    "Make the record and the lesson's folder agree.",
)
UNTRUSTED = _rule(
    "untrusted",
    "A page of an external lesson uses something that only trusted pages may use",
    "What the page asks for is ignored, so it may look different from its own site.",
    "If `build` in the lesson's record has a key for it, set it there; otherwise leave it.",
)
DIRECTION = _rule(
    "direction",
    "Text contains control characters that change the order in which it is displayed",
    "What readers see is not what they copy and run.",
    "Remove the character; Markdown never needs it, even in right-to-left languages.",
)
REFERENCE = _rule(
    "reference",
    "A role names a record or figure that doesn't exist",
    "The link is broken.",
    "Use the id of a record or figure that exists.",
)
FILE = _rule(
    "file",
    "A file or link among the pages that can't be a page, or would replace another one",
    "The page is missing, or on some computers another page is shown instead.",
    "Rename, move or delete the file, as the message says.",
)
PAGE = _rule(
    "page",
    "A page that causes an error while it is read or rendered",
    "The page can't be shown.",
    "Fix or remove the directive or role that the message names.",
)
TOCTREE = _rule(
    "toctree",
    "Tables of contents form a circle",
    "A page can't be both a parent and a child of the same page.",
    "Remove one of the two entries.",
)

RULES = rules_by_id(each for each in tuple(globals().values()) if isinstance(each, Rule))
"""All rules of this area by id."""
