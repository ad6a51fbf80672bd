"""What one part of the check gives: findings, and how much was looked at."""

from __future__ import annotations

from dataclasses import dataclass

from guildhall.check.reports.outcome import Checked
from guildhall.core.findings.finding import Finding


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a run.

    Args:
        findings: what it found, before levels and silences.
        checked: how much it looked at.
        ran: the areas of the catalogue whose rules it looked for, so that a silence of one of them
            is known to be unused.
    """

    findings: tuple[Finding, ...]
    checked: tuple[Checked, ...]
    ran: frozenset[str] = frozenset()
