"""How sums, lessons and workshops stand as a build computes them, for the site itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from guildhall.core.findings.severity import Severity
from guildhall.network.ledger.checks import CheckResult, Report

SUMS = "sums"
_AREAS = (SUMS, "lesson", "workshop")


@dataclass(frozen=True, slots=True)
class LiveArea:
    """How one area stands.

    Args:
        area: ``sums``, ``lesson`` or ``workshop``, as reports name it.
        checks: how many checks had something to look at.
        errors: how many of their findings are errors.
        warnings: how many are warnings.
        notes: how many may be meant as they are.
    """

    area: str
    checks: int
    errors: int
    warnings: int
    notes: int


def live_areas(report: Report) -> tuple[LiveArea, ...]:
    """The areas of a report, as a page of the site shows them.

    Args:
        report: what the checks of records found.
    """
    by_area: dict[str, list[CheckResult]] = {area: [] for area in _AREAS}
    for result in report.results:
        prefix = result.id.partition(".")[0]
        by_area[prefix if prefix in by_area else SUMS].append(result)
    return tuple(_live(area, results) for area, results in by_area.items())


def _live(area: str, results: list[CheckResult]) -> LiveArea:
    found = Counter(finding.severity for result in results for finding in result.findings)
    return LiveArea(
        area,
        sum(result.status != "skip" for result in results),
        found[Severity.ERROR],
        found[Severity.WARNING],
        found[Severity.INFO],
    )
