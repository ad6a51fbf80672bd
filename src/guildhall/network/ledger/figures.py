"""Computed figures by name, so that no sentence repeats a number by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from guildhall.core.values.dates import Period
from guildhall.core.values.faults import nearest, quote
from guildhall.core.values.format import whole_percent
from guildhall.core.values.identifiers import BODIES
from guildhall.core.values.numbers import Range
from guildhall.model.lookup import NoAnswerError
from guildhall.model.records.kinds.activity import Activity
from guildhall.model.records.kinds.benefit import Benefit
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.project import Among, Project
from guildhall.model.records.kinds.risk import Risk
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.registry import Registry
from guildhall.network.figure import Figure
from guildhall.network.ledger.budget import Amounts, budget_table
from guildhall.network.ledger.in_kind import UNIT, in_kind_table, scenarios
from guildhall.network.ledger.succession import counted_once
from guildhall.network.statistics.by_year import Statistics, Topic
from guildhall.network.statistics.figures import workshop_figures


class UnknownFigureError(NoAnswerError):
    """There is no figure of that name; the message gives the nearest one.

    Args:
        message: what is said of it.
        name: the name.
    """

    def __init__(self, message: str, name: str = "") -> None:
        super().__init__(message)
        self.name = name


@dataclass(frozen=True, slots=True)
class Point:
    """One amount of a series.

    Args:
        label: the year, or the workshop's id.
        value: the amount; None where no record tells it.
    """

    label: str
    value: Range | None


@dataclass(frozen=True, slots=True)
class Series:
    """Amounts that follow each other in time.

    Args:
        points: the amounts.
        origin: what they are computed from, in words.
    """

    points: tuple[Point, ...]
    origin: str


PER_WORKSHOP: dict[str, Topic] = {"learners": "learners", "hours": "hours"}
"""The figures that each workshop has its own of, and the tables that hold them."""
_YEARLY = re.compile(r".+\.[0-9]{4}")


class Figures:
    """The figures of a portal: of its projects, and of all its workshops.

    Args:
        registry: the portal's records, with everybody.
        current: the project that names without a project speak of.
        today: the day that figures of workshops speak of.
        among: which workshops they speak of; by default all.
    """

    def __init__(
        self, registry: Registry, current: str | None, today: date, among: Among | None = None
    ) -> None:
        self._registry = registry
        self._current = current
        self._among = among
        self._statistics = Statistics(registry, today, only=chosen_by(among))
        self._of: dict[str, dict[str, Figure]] = {}
        self._on: dict[date, Figures] = {}

    def on(self, day: date) -> Figures:
        """The figures as they were on another day; those that no date moves are the same."""
        if day == self._statistics.today:
            return self
        if day not in self._on:
            self._on[day] = Figures(self._registry, self._current, day, self._among)
        return self._on[day]

    def among(self, among: Among) -> Figures:
        """The same figures, where those of workshops speak of some of them only."""
        return Figures(self._registry, self._current, self._statistics.today, among)

    def series(self, name: str, by: str, project: str | None = None) -> Series:
        """The amounts of a figure, year after year or workshop after workshop.

        Args:
            name: the figure's name without a year, such as ``learners``.
            by: ``year`` or ``workshop``.
            project: what names without a project speak of; by default the current one.

        Raises:
            UnknownFigureError: where there are none of that name.
        """
        if by == "workshop":
            return self._by_workshop(name)
        found = self._by_year(name, project)
        if not found:
            yearly = {each[:-5] for each in self._known(project) if _YEARLY.fullmatch(each)}
            near = nearest(name, sorted(yearly))
            hint = f"; did you mean `{near}`?" if near else ""
            message = f"no figures have the name {quote(name)} and a year{hint}"
            raise UnknownFigureError(message, name)
        years = range(min(found), max(found) + 1)
        points = [Point(str(year), found[year].value if year in found else None) for year in years]
        first = found[min(found)]
        return Series(tuple(points), f"{first.origin}, and so on for each year")

    def _known(self, project: str | None) -> Mapping[str, Figure]:
        """All figures that a name without a project may speak of."""
        return {**self._by_project.get(project or self._current or "", {}), **self.of_portal}

    def _by_year(self, name: str, project: str | None) -> dict[int, Figure]:
        stated, colon, rest = name.rpartition(":")
        known = self.of(stated) if colon else self._known(project)
        pattern = re.compile(rf"{re.escape(rest)}\.([0-9]{{4}})")
        matches = ((pattern.fullmatch(each), figure) for each, figure in known.items())
        return {int(match[1]): figure for match, figure in matches if match}

    def _by_workshop(self, name: str) -> Series:
        topic = PER_WORKSHOP.get(name)
        if topic is None:
            listed = " or ".join(f"`{each}`" for each in PER_WORKSHOP)
            message = f"no workshop has the figure {quote(name)} of its own; expected {listed}"
            raise UnknownFigureError(message, name)
        workshops = self._statistics.workshops()
        points = []
        for workshop in workshops:
            tally = self._statistics.at(workshop, topic)
            points.append(Point(workshop.key, tally.value if tally.known else None))
        return Series(tuple(points), f"{topic} of {len(workshops)} workshops that have begun")

    @cached_property
    def _by_project(self) -> dict[str, dict[str, Figure]]:
        """Figures of each project, those of its workshops left out."""
        return {
            project.key: {figure.name: figure for figure in figures_of(self._registry, project)}
            for project in self._registry.of(Project)
        }

    @cached_property
    def of_portal(self) -> Mapping[str, Figure]:
        """The figures of all workshops of the portal by name."""
        return {figure.name: figure for figure in workshop_figures(self._statistics)}

    def of(self, project: str) -> Mapping[str, Figure]:
        """All figures of one project by name; those of workshops count the project's alone."""
        found = self._registry.get(Project, project)
        if found is None:
            return {}
        if project not in self._of:
            workshops = workshop_figures(self._statistics, found)
            of_workshops = {figure.name: figure for figure in workshops}
            self._of[project] = {**self._by_project[project], **of_workshops}
        return self._of[project]

    def get(self, name: str, project: str | None = None) -> Figure | None:
        """A figure as :meth:`lookup` finds it, or None."""
        try:
            return self.lookup(name, project)
        except UnknownFigureError:
            return None

    def lookup(self, name: str, project: str | None = None) -> Figure:
        """A figure such as ``in_kind.total``, ``phase-4:in_kind.total`` or ``workshops.2025``.

        With a project before it, a name speaks of that project. Without one, figures of workshops
        speak of all workshops of the portal, and other figures of one project.

        Args:
            name: the figure's name.
            project: what other names without a project speak of; by default the current one.

        Raises:
            UnknownFigureError: where there is none of that name.
        """
        stated, colon, rest = name.rpartition(":")
        if not colon and rest in self.of_portal:
            return self.of_portal[rest]
        chosen = (stated if colon else project or self._current) or ""
        own = self._by_project.get(chosen)
        if own is None:
            near = nearest(chosen, self._by_project)
            hint = f"; did you mean `{near}:{rest}`?" if near else ""
            raise UnknownFigureError(f"no project has the figure {quote(name)}{hint}", name)
        if rest in own:
            return own[rest]
        known = self.of(chosen) if colon else {**own, **self.of_portal}
        if rest in known:
            return known[rest]
        near = nearest(rest, known)
        hint = f"; did you mean `{stated}{colon}{near}`?" if near else ""
        raise UnknownFigureError(f"no figure has the name {quote(name)}{hint}", name)


def chosen_by(among: Among | None) -> Callable[[Workshop], bool]:
    """Whether a workshop is one of those that a claim speaks of."""

    def is_chosen(workshop: Workshop) -> bool:
        return among is None or (
            among.type in {None, workshop.type}
            and among.format in {None, workshop.format}
            and (among.start is None or among.start <= workshop.start)
            and (among.end is None or workshop.start <= among.end)
        )

    return is_chosen


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
    once = len(counted_once(registry, partners))
    yield count("partners.count", once, "partners", "Partner organisations")
    countries = {partner.country for partner in partners} - BODIES
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

    yield figure("in_kind.total", table.total, "Total in-kind contributions")
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
