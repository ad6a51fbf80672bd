"""What is wrong with the files that lie beside lessons' records, as rules."""

from __future__ import annotations

from guildhall.core.findings.rule import Rule
from guildhall.core.findings.severity import Severity

SOURCE = Rule(
    "lesson.source",
    Severity.ERROR,
    "External lessons that aren't locked or haven't been fetched",
    "The lesson's pages can't be shown, or could change unnoticed.",
    "Run `guildhall lessons update`, and commit the lock.",
)
BESIDE = Rule(
    "lesson.beside",
    Severity.INFO,
    "Unusable values in files that accompany a lesson",
    "The value is ignored, so citations lack it.",
    "Fix the value in the file, or set it in the record.",
)
