"""Figures of workshops by name, of the whole portal or of one project."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from guildhall.core.values.numbers import Range
from guildhall.model.records.kinds.project import Project
from guildhall.network.figure import Figure
from guildhall.network.statistics.by_year import FIRST_TIME, RETURNING, Row, Statistics, Tally

_COUNTED = "that have begun; not planned, cancelled or postponed ones, meetings, writing retreats"


def workshop_figures(statistics: Statistics, project: Project | None = None) -> Iterator[Figure]:
    """All figures of the workshops that count.

    A figure that no record says anything of isn't there, rather than 0.

    Args:
        statistics: the tables of the portal.
        project: counts only workshops of this project.
    """
    return _Figures(statistics, project).all()


class _Figures:
    def __init__(self, statistics: Statistics, project: Project | None) -> None:
        self._statistics = statistics
        self._project = project.key if project else None
        self._of = f" of {project.name}" if project else ""

    def all(self) -> Iterator[Figure]:
        of = self._statistics.of
        workshops = of("workshops", "type", self._project)
        yield from self._row("workshops", "workshops", "Workshops", workshops.total, "count")
        for row in workshops.rows:
            name, label = f"workshops.type.{row.key}", f"Workshops of type {row.key}"
            yield self._figure(name, row.total, "workshops", label)
        learners = of("learners", None, self._project)
        yield from self._row("learners", "learners", "Learners", learners.total)
        yield from self._per_year(learners.total)
        yield from self._countries()
        instructors = of("instructors", None, self._project)
        yield from self._row(
            "instructors", "instructors", "Instructors", instructors.total, "count"
        )
        for row in instructors.rows:
            key, label = {
                FIRST_TIME: ("first_time", "First-time instructors"),
                RETURNING: ("returning", "Returning instructors"),
            }[row.key]
            yield from self._row(f"instructors.{key}", "instructors", label, row, None)
        hours = of("hours", None, self._project)
        yield from self._row("hours", "hours", "Hours taught", hours.total)
        lessons = of("lessons", None, self._project)
        yield from self._row(
            "lessons", "lessons", "Different lessons taught", lessons.total, "count"
        )

    def _row(
        self, name: str, unit: str, label: str, row: Row, over_all: str | None = "total"
    ) -> Iterator[Figure]:
        """A figure over all years, under a name of its own, and one a year."""
        if over_all and row.total.is_known:
            yield self._figure(f"{name}.{over_all}", row.total, unit, f"{label}, in all")
        for year, tally in row.years.items():
            if tally.is_known:
                yield self._figure(f"{name}.{year}", tally, unit, f"{label} in {year}")

    def _figure(self, name: str, tally: Tally, unit: str, label: str) -> Figure:
        return Figure(name, tally.value, unit, label, self._basis(tally))

    def _basis(self, tally: Tally) -> str:
        return f"{tally.known} of {tally.of} workshops{self._of} {_COUNTED}"

    def _per_year(self, row: Row) -> Iterator[Figure]:
        """The mean over the years that are over and have workshops whose learners are known."""
        years = [
            tally
            for year, tally in row.years.items()
            if tally.known and year < self._statistics.today.year
        ]
        if not years:
            return
        total = Range.total(tally.value for tally in years)
        low, high = (_rounded(end / len(years)) for end in (total.low, total.high))
        mean = Range(low, high, total.about)
        known, of = (sum(getattr(each, name) for each in years) for name in ("known", "of"))
        basis = f"the mean of {len(years)} completed years; {self._basis(Tally(mean, known, of))}"
        yield Figure("learners.per_year", mean, "learners", "Learners a year", basis)

    def _countries(self) -> Iterator[Figure]:
        tally = self._statistics.countries(self._project)
        if tally.known:
            yield self._figure("learners.countries", tally, "countries", "Countries of learners")


def _rounded(number: Decimal) -> Decimal:
    return number if number.is_infinite() else number.quantize(Decimal(1), rounding=ROUND_HALF_UP)
