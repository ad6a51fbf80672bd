"""What is wrong with the times of a workshop, as a rule."""

from __future__ import annotations

from guildhall.core.findings.rule import Rule
from guildhall.core.findings.severity import Severity

TIMES = Rule(
    "workshop.times",
    Severity.ERROR,
    "Times that don't exist or are outside the workshop's dates",
    "People would turn up when nothing is happening.",
    "Correct the time or the dates.",
)
"""One of the rules of workshops."""
