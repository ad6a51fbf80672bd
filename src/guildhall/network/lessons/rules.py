"""The checks of lessons' records as rules; those of their pages are in ``lint.rules``."""

from __future__ import annotations

from guildhall.core.findings.rule import Rule, rules_by_id
from guildhall.core.findings.severity import Severity
from guildhall.model.records.lesson_rules import BESIDE, SOURCE

_OWN = (
    Rule(f"lesson.{name}", severity, title, why, mend)
    for name, severity, title, why, mend in (
        ("build", Severity.ERROR, "Extensions of lessons that can't be loaded",
         "Content made by the extension would be missing from the pages.",
         "Correct the name, or install the extension."),
        ("pages", Severity.ERROR, "Lessons whose record and pages don't match",
         "Pages would be missing, or would belong to no lesson.",
         "Make the record and the lesson's folder agree."),
        ("length", Severity.ERROR, "Stated lengths that aren't the sum of the episodes",
         "Learners and organisers would plan with the wrong length.",
         "Correct the stated length or the minutes of the episodes."),
        ("prerequisites", Severity.ERROR, "Prerequisites that are circular or come too late",
         "Learners would lack what they need.",
         "Change the order, or remove the requirement."),
        ("inventory", Severity.INFO, "Inventories of other sites that can't be read",
         "References to that site stay plain text until it can be read again.",
         "If the site has moved, correct its address under `intersphinx` in the record."),
    )
)  # fmt: skip
RULES = rules_by_id((SOURCE, *_OWN, BESIDE))
"""A rule for each check of lessons, by the check's id."""
