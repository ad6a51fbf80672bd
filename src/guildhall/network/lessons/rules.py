"""The checks of lessons' records as rules; those of their pages are in ``lint.rules``."""

from __future__ import annotations

from guildhall.core.findings.rule import Rule, rules_by_id
from guildhall.core.findings.severity import Severity

RULES = rules_by_id(
    Rule(f"lesson.{name}", severity, title, why, mend)
    for name, severity, title, why, mend in (
        ("source", Severity.ERROR, "Lessons from elsewhere that aren't locked or aren't here",
         "The lesson's pages can't be shown, or change without anybody choosing so.",
         "Run `guildhall lessons update`, and commit the lock."),
        ("build", Severity.ERROR, "Extensions of lessons that can't be loaded",
         "What the extension makes would be missing from the pages.",
         "Correct the name, or install the extension."),
        ("pages", Severity.ERROR, "Lessons whose record and pages don't fit each other",
         "Readers would miss pages, or find some that belong to nothing.",
         "Make the record and the lesson's folder agree."),
        ("length", Severity.ERROR, "Stated lengths that aren't the sum of the episodes",
         "Learners and organisers plan with a length that is wrong.",
         "Correct the stated length or the minutes of the episodes."),
        ("prerequisites", Severity.ERROR, "Prerequisites that go round in a circle or come late",
         "Learners would lack what they need.",
         "Change the order, or take the requirement out."),
        ("inventory", Severity.INFO, "Inventories of other sites that can't be read",
         "References to that site are text without a link until it answers again.",
         "Correct the address under `intersphinx` in the record, if the site is gone for good."),
        ("beside", Severity.INFO, "Values in files beside lessons that can't be used",
         "The value is passed over, so citations lack it.",
         "Correct the value in the file, or state it in the record."),
    )
)  # fmt: skip
"""A rule for each check of lessons, by the check's id."""
