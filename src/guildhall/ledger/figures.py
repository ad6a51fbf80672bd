"""Computed figures by name, so that no sentence repeats a number by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from guildhall.ledger.budget import Amounts, budget_table
from guildhall.ledger.in_kind import UNIT, in_kind_table, scenarios
from guildhall.records.kinds.activity import Activity
from guildhall.records.kinds.benefit import Benefit
from guildhall.records.kinds.partner import Partner
from guildhall.records.kinds.project import Project
from guildhall.records.kinds.risk import Risk
from guildhall.records.registry import Registry
from guildhall.values.dates import Period
from guildhall.values.faults import nearest, quote
from guildhall.values.format import whole_percent
from guildhall.values.numbers import Range


@dataclass(frozen=True, slots=True)
class Figure:
    """A computed figure.

    Args:
        name: its name, as the role ``figure`` and claims use it.
        value: the figure.
        unit: what it counts, in words.
        label: what it is, in words.
        origin: what it is computed from, in words.
    """

    name: str
    value: Range
    unit: str
    label: str
    origin: str


class UnknownFigureError(LookupError):
    """There is no figure of that name; the message gives the nearest one."""


class Figures:
    """The figures of all projects of a portal.

    Args:
        registry: the portal's records.
        current: the project that names without a project speak of.
    """

    def __init__(self, registry: Registry, current: str | None) -> None:
        self._registry = registry
        self._current = current

    @cached_property
    def _by_project(self) -> dict[str, dict[str, Figure]]:
        return {
            project.key: {figure.name: figure for figure in figures_of(self._registry, project)}
            for project in self._registry.of(Project)
        }

    def of(self, project: str) -> Mapping[str, Figure]:
        """All figures of one project by name."""
        return self._by_project.get(project, {})

    def get(self, name: str) -> Figure | None:
        """A figure such as ``in_kind.total`` or ``phase-4:in_kind.total``, or None."""
        project, colon, rest = name.rpartition(":")
        chosen = project if colon else self._current
        return self._by_project.get(chosen or "", {}).get(rest)

    def lookup(self, name: str, project: str | None = None) -> Figure:
        """A figure such as ``in_kind.total`` or ``phase-4:in_kind.total``.

        Args:
            name: the figure's name.
            project: what a name without a project speaks of; by default the current one.

        Raises:
            UnknownFigureError: where there is none of that name.
        """
        stated, colon, rest = name.rpartition(":")
        chosen = (stated if colon else project or self._current) or ""
        figures = self._by_project.get(chosen)
        if figures is None:
            near = nearest(chosen, self._by_project)
            hint = f"; did you mean `{near}:{rest}`?" if near else ""
            raise UnknownFigureError(f"no project has the figure {quote(name)}{hint}")
        if rest in figures:
            return figures[rest]
        near = nearest(rest, figures)
        hint = f"; did you mean `{stated}{colon}{near}`?" if near else ""
        raise UnknownFigureError(f"no figure has the name {quote(name)}{hint}")


def figures_of(registry: Registry, project: Project) -> Iterator[Figure]:
    """All figures of one project."""

    def count(name: str, number: int, unit: str, label: str) -> Figure:
        origin = f"the {unit if unit != 'years' else 'period'} of {project.name}"
        return Figure(name, Range.exactly(number), unit, label, origin)

    partners = [
        partner
        for partner in registry.of(Partner)
        if any(part.project == project.key for part in partner.participation)
    ]
    yield count("partners.count", len(partners), "partners", "Partner organisations")
    countries = {partner.country for partner in partners}
    yield count("countries.count", len(countries), "countries", "Countries of partners")
    activities = [a for a in registry.of(Activity) if a.project == project.key]
    yield count("activities.count", len(activities), "activities", "Planned activities")
    for year in project.period.years:
        number = sum(activity.year == year for activity in activities)
        yield count(f"activities.{year}", number, "activities", f"Activities planned for {year}")
    risks = sum(risk.project == project.key for risk in registry.of(Risk))
    yield count("risks.count", risks, "risks", "Risks")
    benefits = sum(benefit.project == project.key for benefit in registry.of(Benefit))
    yield count("benefits.count", benefits, "benefits", "Benefits for partners")
    yield count("project.years_long", whole_years(project.period), "years", "Length of the project")
    yield from _in_kind_figures(registry, project)
    yield from _budget_figures(registry, project)


def whole_years(period: Period) -> int:
    """The whole years that a period lasts: from 1 March to the last of February makes one."""
    start = period.start
    after = period.end + timedelta(days=1) if period.end < date.max else period.end
    is_short = (after.month, after.day) < (start.month, start.day)
    return after.year - start.year - is_short


def _in_kind_figures(registry: Registry, project: Project) -> Iterator[Figure]:
    table = in_kind_table(registry, project)
    if not table.rows:
        return

    def figure(name: str, value: Range, label: str, unit: str = UNIT) -> Figure:
        return Figure(name, value, unit, label, f"the in-kind table of {project.name}")

    yield figure("in_kind.total", table.total, "In-kind contributions in all")
    for year, total in table.totals.items():
        yield figure(f"in_kind.{year}", total, f"In-kind contributions in {year}")
    for key, name in table.partners.items():
        total = table.of_partner(key)
        yield figure(f"in_kind.partner.{key}", total, f"In-kind contribution of {name}")
        share = table.share_of(key)
        if share is not None:
            label = f"Share of {name} in all in-kind contributions"
            yield figure(f"in_kind.partner.{key}.share", whole_percent(share), label, "percent")
    assumed = scenarios(registry, project)
    for scenario in assumed:
        for mark in scenario.without if len(scenario.without) == 1 else ():
            yield figure(f"in_kind.without_{mark}.total", scenario.table.total, scenario.label)
    yield figure("in_kind.unconditional.total", assumed[-1].table.total, assumed[-1].label)


def _budget_figures(registry: Registry, project: Project) -> Iterator[Figure]:
    table = budget_table(registry, project)
    origin = f"the budget of {project.name}"

    def amounts(name: str, found: Amounts | None, label: str) -> Iterator[Figure]:
        if found is None:
            return
        yield Figure(f"{name}.total", found.total, table.currency, f"{label} in all", origin)
        for year, amount in found.years.items():
            yield Figure(f"{name}.{year}", amount, table.currency, f"{label} in {year}", origin)

    if not table.rows:
        return
    yield from amounts("budget.required", table.required, "Required")
    yield from amounts("budget.allocated", table.allocated, "Allocated")
    yield from amounts("budget.uncovered", table.uncovered, "Not covered by allocations")
    for coverage in table.coverage:
        purpose = coverage.purpose.casefold().replace(" ", "_")
        about = f"for {coverage.purpose}"
        yield from amounts(f"budget.{purpose}.required", coverage.required, f"Required {about}")
        yield from amounts(f"budget.{purpose}.allocated", coverage.allocated, f"Allocated {about}")
        yield from amounts(f"budget.{purpose}.uncovered", coverage.uncovered, f"Uncovered {about}")
    for row in table.rows:
        yield Figure(f"budget.line.{row.key}", row.total, row.currency, row.label, origin)
