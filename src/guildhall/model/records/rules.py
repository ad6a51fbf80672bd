"""The faults of records, settings and pages as rules, each with what it does to readers."""

from __future__ import annotations

from guildhall.core.findings.rule import Rule, rules_by_id
from guildhall.core.findings.severity import Severity


def _rule(name: str, title: str, why: str, mend: str) -> Rule:
    return Rule(f"record.{name}", Severity.ERROR, title, why, mend)


UNKNOWN_KEY = _rule(
    "unknown-key",
    "A key that the record kind doesn't have",
    "What stands there is shown nowhere.",
    "Use a key that the kind has; the reference of records lists them.",
)
MISSING_KEY = _rule(
    "missing-key",
    "A key that the record kind requires is not there",
    "Pages would say nothing where readers look for it.",
    "Add the key.",
)
VALUE = _rule(
    "value",
    "A value that can't be read as what its key holds",
    "Nothing is guessed, so the record is left out until then.",
    "Write the value as the message says.",
)
UNKNOWN_KIND = _rule(
    "unknown-kind",
    "The record's kind is missing or not registered",
    "Without its kind the record has no page.",
    "Give `kind` one of the names in the message.",
)
UNKNOWN_ID = _rule(
    "unknown-id",
    "A record refers to an id that no record of that kind has",
    "A link or a sum would lack what the id stands for.",
    "Use the id of a record that exists, or add the record.",
)
DUPLICATE_ID = _rule(
    "duplicate-id",
    "Two records of one kind have the same id, or two files the same document name",
    "References couldn't tell the two apart.",
    "Give one of them another `id` or file name.",
)
CONSENT = _rule(
    "consent",
    "Text names somebody who withholds consent to be named",
    "Somebody would be named who doesn't want to be.",
    "Take the name out of the text, or ask the person.",
)
PROSE = _rule(
    "prose",
    "Prose of a record holds raw HTML, an unsafe link or a directive that records may not use",
    "Text of records is data; markup that can do harm is refused.",
    "Write it in plain Markdown.",
)
SETTINGS = _rule(
    "settings",
    "The portal's settings can't be read",
    "The portal would be built with settings that nobody chose.",
    "Correct the value in `conf/portal.yml`.",
)
TEMPLATE = _rule(
    "template",
    "A record template failed",
    "The page can't be laid out.",
    "Mend the template, or take it out to use Guildhall's own.",
)
DIRECTIVE = _rule(
    "directive",
    "A directive or role of Guildhall got an argument or option that it can't use",
    "The page lacks what the directive or role should show.",
    "Correct the argument or option; the reference lists them.",
)
LESSON = _rule(
    "lesson",
    "A lesson's pages and its record don't fit each other",
    "Readers would miss pages, or find some that belong to nothing.",
    "Make the record and the lesson's folder agree.",
)
UNTRUSTED = _rule(
    "untrusted",
    "A page of a lesson from elsewhere asks for what only trusted pages may do",
    "What the page asks for is left out, so it may look different from its own site.",
    "State it under `build` in the lesson's record where that has a key for it, or leave it.",
)
DIRECTION = _rule(
    "direction",
    "Text holds controls by which it reads in another order than it stands",
    "What readers see is not what they copy and run.",
    "Take the character out; languages written from right to left need it nowhere in Markdown.",
)
HISTORY = _rule(
    "history",
    "A line of the history of checks can't be read",
    "The page on the portal's state would lack a day, and no new one can be added.",
    "Mend the line, or take it out.",
)
REFERENCE = _rule(
    "reference",
    "A role names a record or figure that doesn't exist",
    "The link leads nowhere.",
    "Use the id of a record or figure that exists.",
)
FILE = _rule(
    "file",
    "A file or link among the pages that can't be a page, or would take another one's place",
    "Readers miss the page, or get another one in its place on some computers.",
    "Rename, move or take out the file as the message says.",
)
PAGE = _rule(
    "page",
    "A page that the programs which read and show it stumble over",
    "The page can't be shown.",
    "Mend the directive or role that the message names, or take it out.",
)
TOCTREE = _rule(
    "toctree",
    "Tables of contents lead round in a circle",
    "A page can't stand above a page that stands above it.",
    "Take one of the two entries out.",
)

RULES = rules_by_id(each for each in tuple(globals().values()) if isinstance(each, Rule))
"""All rules of this area by id."""
