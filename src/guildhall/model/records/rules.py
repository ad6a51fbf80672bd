"""The faults of records and settings as rules, each with what it does to readers and its mend."""

from __future__ import annotations

from guildhall.core.findings.rule import Rule, rules_by_id
from guildhall.core.findings.severity import Severity
from guildhall.model.base.faults import Subtype

AREA = "record"

_ABOUT: dict[Subtype, tuple[str, str]] = {
    Subtype.YAML: (
        "Nothing of the file can be read.",
        "Mend the line; quotes around the value are the usual cure.",
    ),
    Subtype.UNREADABLE: (
        "Nothing of the file can be read.",
        "Save it as UTF-8, and keep it small and flat.",
    ),
    Subtype.DUPLICATE_KEY: (
        "Only one of the two values can be meant.",
        "Take one of them out, or make both one list.",
    ),
    Subtype.UNKNOWN_KEY: (
        "What stands there is shown nowhere.",
        "Use a key that the kind has; the reference of records lists them.",
    ),
    Subtype.MISSING_KEY: (
        "Pages would say nothing where readers look for it.",
        "Add the key.",
    ),
    Subtype.VALUE: (
        "Nothing is guessed, so the record is left out until then.",
        "Write the value as the message says.",
    ),
    Subtype.UNKNOWN_KIND: (
        "Without its kind the record has no page.",
        "Give `kind` one of the names in the message.",
    ),
    Subtype.UNKNOWN_ID: (
        "A link or a sum would lack what the id stands for.",
        "Use the id of a record that exists, or add the record.",
    ),
    Subtype.DUPLICATE_ID: (
        "References couldn't tell the two apart.",
        "Give one of them another `id` or file name.",
    ),
    Subtype.CONSENT: (
        "Somebody would be named who doesn't want to be.",
        "Take the name out of the text, or ask the person.",
    ),
    Subtype.PROSE: (
        "Text of records is data; markup that can do harm is refused.",
        "Write it in plain Markdown.",
    ),
    Subtype.SUM: (
        "Readers can't trust a table whose total is another.",
        "Correct the cell or the stated total.",
    ),
    Subtype.CLAIM: (
        "The text says something that the records don't.",
        "Correct the claim or the records, or explain with `differs`.",
    ),
    Subtype.COVERAGE: (
        "A table with holes has totals that mean something else.",
        "Add the row or year, or take it out.",
    ),
    Subtype.NOTE: (
        "Readers look for a note that isn't there, or miss one that is.",
        "Define the note where it is used, and use it where it is defined.",
    ),
    Subtype.CURRENCY: (
        "Amounts in two currencies have no sum.",
        "State the rate in `budget.rates`, or use the budget's currency.",
    ),
    Subtype.SETTINGS: (
        "The portal would be built with settings that nobody chose.",
        "Correct the value in `conf/portal.yml`.",
    ),
    Subtype.TEMPLATE: (
        "The page can't be laid out.",
        "Mend the template, or take it out to use Guildhall's own.",
    ),
    Subtype.DIRECTIVE: (
        "The page lacks what the directive or role should show.",
        "Correct the argument or option; the reference lists them.",
    ),
    Subtype.LESSON: (
        "Readers would miss pages, or find some that belong to nothing.",
        "Make the record and the lesson's folder agree.",
    ),
    Subtype.BESIDE: (
        "The value is passed over, so citations lack it.",
        "Correct the value in the file, or state it in the record.",
    ),
    Subtype.LENGTH: (
        "Learners and organisers plan with a length that is wrong.",
        "Correct the stated length or the minutes of the episodes.",
    ),
    Subtype.PREREQUISITE: (
        "Learners would be sent round in a circle, or lack what they need.",
        "Change the order, or take the requirement out.",
    ),
    Subtype.WORKSHOP: (
        "People would come at the wrong time, or to the wrong place.",
        "Correct the record of the workshop.",
    ),
    Subtype.FETCH: (
        "The lesson's pages can't be shown.",
        "Run `guildhall lessons update`, and commit the lock.",
    ),
    Subtype.UNTRUSTED: (
        "What the page asks for is left out, so it may look different from its own site.",
        "State it under `build` in the lesson's record where that has a key for it, or leave it.",
    ),
    Subtype.DIRECTION: (
        "What readers see is not what they copy and run.",
        "Take the character out; languages written from right to left need it nowhere in Markdown.",
    ),
    Subtype.LINT: (
        "Lesson pages that break rules are hard to follow for somebody.",
        "Mend it as the rule's own text says.",
    ),
    Subtype.REFERENCE: (
        "The link leads nowhere.",
        "Use the id of a record or figure that exists.",
    ),
    Subtype.FILE: (
        "Readers miss the page, or get another one in its place on some computers.",
        "Rename, move or take out the file as the message says.",
    ),
    Subtype.PAGE: (
        "The page can't be shown.",
        "Mend the directive or role that the message names, or take it out.",
    ),
    Subtype.TOCTREE: (
        "A page can't stand above a page that stands above it.",
        "Take one of the two entries out.",
    ),
}


def rule_of(subtype: str) -> str:
    """The id of the rule for faults of a subtype."""
    return f"{AREA}.{subtype}"


def _rule(subtype: Subtype, why: str, mend: str) -> Rule:
    title = subtype.description.rstrip(".")
    return Rule(rule_of(subtype), Severity.ERROR, title, why, mend)


RULES = rules_by_id(_rule(subtype, *about) for subtype, about in _ABOUT.items())
"""A rule for each subtype of faults."""
