"""The faults of records and settings as rules: why each matters, and how to fix it."""

from __future__ import annotations

from guildhall.core.findings.rule import Rule, rules_by_id
from guildhall.core.findings.severity import Severity
from guildhall.model.base.faults import Subtype

AREA = "record"

_ABOUT: dict[Subtype, tuple[str, str]] = {
    Subtype.YAML: (
        "The file cannot be read, so nothing in it is used.",
        "Fix the line; putting the value in quotes is the usual remedy.",
    ),
    Subtype.UNREADABLE: (
        "The file cannot be read, so nothing in it is used.",
        "Save the file as UTF-8, and keep it small and shallow.",
    ),
    Subtype.DUPLICATE_KEY: (
        "Only one of the two values can be the intended one.",
        "Remove one of them, or combine both in one list.",
    ),
    Subtype.UNKNOWN_KEY: (
        "The value is not shown anywhere.",
        "Use one of the kind's keys; the records reference lists them.",
    ),
    Subtype.MISSING_KEY: (
        "Pages would lack information that readers look for.",
        "Add the key.",
    ),
    Subtype.VALUE: (
        "Guildhall does not guess, so the record is left out until the value is fixed.",
        "Write the value as the message describes.",
    ),
    Subtype.UNKNOWN_KIND: (
        "A record of an unknown kind has no page.",
        "Set `kind` to one of the names in the message.",
    ),
    Subtype.UNKNOWN_ID: (
        "A link or a sum would be missing the record that the id refers to.",
        "Use the id of a record that exists, or add the record.",
    ),
    Subtype.DUPLICATE_ID: (
        "References would be ambiguous.",
        "Give one of them another `id` or file name.",
    ),
    Subtype.CONSENT: (
        "Someone would be named who does not want to be.",
        "Remove the name from the text, or ask the person for consent.",
    ),
    Subtype.PROSE: (
        "Text in records is data; unsafe markup is rejected.",
        "Write it in plain Markdown.",
    ),
    Subtype.SUM: (
        "Readers can't trust a table whose total does not add up.",
        "Correct the cell or the stated total.",
    ),
    Subtype.CLAIM: (
        "The text says something that the records do not support.",
        "Correct the claim or the records, or explain with `differs`.",
    ),
    Subtype.COVERAGE: (
        "Totals of an incomplete table are misleading.",
        "Add the missing row or year, or remove the extra one.",
    ),
    Subtype.NOTE: (
        "Readers look for a note that isn't there, or overlook one that is.",
        "Define every note that is used, and use every note that is defined.",
    ),
    Subtype.CURRENCY: (
        "Amounts in different currencies cannot be added.",
        "State the rate in `budget.rates`, or use the budget's currency.",
    ),
    Subtype.SETTINGS: (
        "The portal would be built with unintended settings.",
        "Correct the value in `conf/portal.yml`.",
    ),
    Subtype.TEMPLATE: (
        "The page can't be rendered.",
        "Fix the template, or delete it to use Guildhall's own.",
    ),
    Subtype.DIRECTIVE: (
        "The page lacks what the directive or role should show.",
        "Fix the argument or option; the reference lists them.",
    ),
    Subtype.LESSON: (
        "Pages would be missing, or would belong to no lesson.",
        "Make the record and the lesson's folder agree.",
    ),
    Subtype.BESIDE: (
        "The value is ignored, so citations lack it.",
        "Fix the value in the file, or set it in the record.",
    ),
    Subtype.LENGTH: (
        "Learners and organisers would plan with the wrong length.",
        "Correct the stated length or the minutes of the episodes.",
    ),
    Subtype.PREREQUISITE: (
        "Learners would be sent in circles, or lack what they need.",
        "Change the order, or remove the requirement.",
    ),
    Subtype.WORKSHOP: (
        "People would turn up at the wrong time or place.",
        "Fix the workshop's record.",
    ),
    Subtype.FETCH: (
        "The lesson's pages can't be shown.",
        "Run `guildhall lessons update`, and commit the lock.",
    ),
    Subtype.UNTRUSTED: (
        "What the page asks for is ignored, so it may look different from its own site.",
        "If `build` in the lesson's record has a key for it, set it there; otherwise leave it.",
    ),
    Subtype.DIRECTION: (
        "What readers see is not what they copy and run.",
        "Remove the character; Markdown never needs it, even in right-to-left languages.",
    ),
    Subtype.LINT: (
        "Lesson pages that break a rule are hard for some readers to follow.",
        "Fix it as the rule itself describes.",
    ),
    Subtype.REFERENCE: (
        "The link is broken.",
        "Use the id of a record or figure that exists.",
    ),
    Subtype.FILE: (
        "The page is missing, or on some computers another page is shown instead.",
        "Rename, move or delete the file, as the message says.",
    ),
    Subtype.PAGE: (
        "The page can't be shown.",
        "Fix or remove the directive or role that the message names.",
    ),
    Subtype.TOCTREE: (
        "A page can't be both a parent and a child of the same page.",
        "Remove one of the two entries.",
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
