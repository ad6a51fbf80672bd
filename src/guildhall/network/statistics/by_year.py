"""Tables by year: workshops, learners, countries, career stages, instructors, hours, lessons."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal, TypeVar, get_args

from guildhall.core.values.numbers import ZERO, Range
from guildhall.model.records.kinds.project import Project
from guildhall.model.records.kinds.workshop import Participants, Workshop
from guildhall.model.records.registry import Registry
from guildhall.network.people.newcomers import Newcomers, newcomers
from guildhall.network.statistics.counting import (
    OTHER,
    UNKNOWN,
    career_stages_of,
    counted_workshops,
    countries_of,
    hours_at,
    instructors_at,
    learners_at,
    lessons_at,
)

Topic = Literal[
    "workshops", "learners", "countries", "career-stages", "instructors", "hours", "lessons"
]
TOPICS: tuple[Topic, ...] = get_args(Topic)
"""What there are tables of."""
By = Literal["type", "format"]
GROUPS: tuple[By, ...] = get_args(By)
"""What workshops, learners and hours can be told apart by."""
GROUPED: frozenset[Topic] = frozenset({"workshops", "learners", "hours"})
"""The topics that can be told apart by type or format of the workshops."""
FIRST_TIME, RETURNING = "first-time", "returning"

T = TypeVar("T")

Years = tuple[int, int]
"""The first and the last year."""
Parts = Mapping[str, Range]
"""Amounts by key, such as learners by country."""


@dataclass(frozen=True, slots=True)
class Tally:
    """An amount, and what it rests on.

    Args:
        value: the sum over all workshops whose records say it.
        known: the number of these workshops.
        of: the number of all workshops that count.
    """

    value: Range = ZERO
    known: int = 0
    of: int = 0

    @property
    def is_known(self) -> bool:
        """Whether the sum says anything: some workshop says it, or there is no workshop."""
        return self.known > 0 or self.of == 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Args:
        key: what it is of, such as a country; empty in the row of totals.
        years: an amount a year.
        total: the amount over all years.
    """

    key: str
    years: Mapping[int, Tally]
    total: Tally


@dataclass(frozen=True, slots=True)
class Statistic:
    """A table by year.

    Args:
        topic: what is counted.
        by: what the rows are told apart by; None where the topic says it.
        years: the years, one after the other without a gap.
        rows: the rows, the largest first; others and unknown ones last.
        total: the row of totals. It is the sum of the others, except that it counts each
            instructor and each lesson once.
    """

    topic: Topic
    by: By | None
    years: tuple[int, ...]
    rows: tuple[Row, ...]
    total: Row

    @property
    def amount(self) -> Tally:
        """The amount over all years, and what it rests on."""
        return self.total.total


class Statistics:
    """The tables of a portal.

    Args:
        registry: the records with everybody, since people are only counted.
        today: the day of the build, or another one that the tables are to speak of.
        suppress_below: the limit under which counts of people are shown together with others.
        only: whether a workshop counts, of those that would.
    """

    def __init__(
        self,
        registry: Registry,
        today: date,
        suppress_below: int = 0,
        only: Callable[[Workshop], bool] = lambda workshop: True,
    ) -> None:
        self.today = today
        self._registry = registry
        self._below = suppress_below
        self._only = only
        self._made: dict[Hashable, Statistic] = {}
        self._hours = _once(hours_at)
        self._instructors = _once(instructors_at)
        self._lessons = _once(lessons_at)

    def of(
        self,
        topic: Topic,
        by: By | None = None,
        project: str | None = None,
        years: Years | None = None,
    ) -> Statistic:
        """A table.

        Args:
            topic: what is counted.
            by: what workshops, learners and hours are told apart by.
            project: the id of a project, whose workshops alone count; by default all.
            years: the first and the last year; by default all in which workshops began.

        Raises:
            ValueError: where a topic can't be told apart so.
        """
        if by and topic not in GROUPED:
            raise ValueError(f"the topic {topic} can't be told apart by {by}")
        asked = (topic, by, project, years)
        if asked not in self._made:
            self._made[asked] = self._make(topic, by, project, years)
        return self._made[asked]

    def countries(self, project: str | None = None) -> Tally:
        """The number of countries that learners came from, small ones too."""
        if self._below:
            return Statistics(self._registry, self.today, only=self._only).countries(project)
        table = self.of("countries", project=project)
        named = [row for row in table.rows if row.key not in (OTHER, UNKNOWN)]
        return replace(table.amount, value=Range.exactly(len(named)))

    def workshops(self, project: str | None = None) -> tuple[Workshop, ...]:
        """The workshops that count, from the first to the last."""
        if project is None:
            return self._all
        found = self._registry.get(Project, project)
        if found is None:
            return ()
        return tuple(filter(self._only, counted_workshops(self._registry, self.today, found)))

    def at(self, workshop: Workshop, topic: Topic) -> Tally:
        """The amount of one workshop alone."""

        def is_it(each: Workshop) -> bool:
            return each.key == workshop.key

        return Statistics(self._registry, self.today, self._below, is_it).of(topic).amount

    @cached_property
    def _all(self) -> tuple[Workshop, ...]:
        return tuple(filter(self._only, counted_workshops(self._registry, self.today)))

    @cached_property
    def _newcomers(self) -> dict[int, Newcomers]:
        return newcomers(self._registry, self.today)

    def _make(
        self, topic: Topic, by: By | None, project: str | None, years: Years | None
    ) -> Statistic:
        chosen = [
            workshop
            for workshop in self.workshops(project)
            if years is None or years[0] <= workshop.start.year <= years[1]
        ]
        span = _span([workshop.start.year for workshop in chosen], years)
        if topic == "instructors":
            rows, total = self._instructor_rows(chosen, span)
        elif topic == "lessons":
            rows, total = self._lesson_rows(chosen, span)
        else:
            rows, total = _sums(chosen, span, self._parts(topic, by))
        return Statistic(topic, by, span, rows, total)

    def _parts(self, topic: Topic, by: By | None) -> Callable[[Workshop], Parts | None]:
        def by_country(participants: Participants) -> Parts | None:
            return countries_of(participants, self._below)

        def by_stage(participants: Participants) -> Parts | None:
            return career_stages_of(participants, self._below)

        def amount(workshop: Workshop) -> Range | None:
            if topic == "hours":
                return self._hours(workshop)
            return learners_at(workshop) if topic == "learners" else Range.exactly(1)

        def parts(workshop: Workshop) -> Parts | None:
            if topic in ("countries", "career-stages"):
                read = by_country if topic == "countries" else by_stage
                return read(workshop.participants) if workshop.participants else None
            found = amount(workshop)
            return None if found is None else {_group(workshop, by): found}

        return parts

    def _instructor_rows(
        self, chosen: Iterable[Workshop], years: tuple[int, ...]
    ) -> tuple[tuple[Row, ...], Row]:
        everybody = [_Brought(each.start.year, self._instructors(each)) for each in chosen]
        new = [each.only(self._newcomers[each.year].first_time) for each in everybody]
        back = [each.only(self._newcomers[each.year].returning) for each in everybody]
        rows = (_distinct(FIRST_TIME, years, new), _distinct(RETURNING, years, back))
        return rows, _distinct("", years, everybody)

    def _lesson_rows(
        self, chosen: Sequence[Workshop], years: tuple[int, ...]
    ) -> tuple[tuple[Row, ...], Row]:
        """A row a lesson, with the number of workshops that taught it."""

        def parts(workshop: Workshop) -> Parts | None:
            found = self._lessons(workshop)
            return dict.fromkeys(found, Range.exactly(1)) if found else None

        rows, _ = _sums(chosen, years, parts)
        brought = [_Brought(each.start.year, frozenset(self._lessons(each))) for each in chosen]
        return rows, _distinct("", years, brought)


def _once(read: Callable[[Workshop], T]) -> Callable[[Workshop], T]:
    """Read something of each workshop once, since working out a programme takes its time."""
    known: dict[str, T] = {}

    def reading(workshop: Workshop) -> T:
        if workshop.key not in known:
            known[workshop.key] = read(workshop)
        return known[workshop.key]

    return reading


def _group(workshop: Workshop, by: By | None) -> str:
    if by is None:
        return ""
    return (workshop.type if by == "type" else workshop.format) or UNKNOWN


def _span(found: list[int], years: Years | None) -> tuple[int, ...]:
    first, last = years or ((min(found), max(found)) if found else (1, 0))
    return tuple(range(first, last + 1))


def _sums(
    chosen: Iterable[Workshop],
    years: tuple[int, ...],
    parts: Callable[[Workshop], Parts | None],
) -> tuple[tuple[Row, ...], Row]:
    """Rows of sums by key, and the row of their totals."""
    cells: dict[str, dict[int, list[Range]]] = {}
    of, known = dict.fromkeys(years, 0), dict.fromkeys(years, 0)
    for workshop in chosen:
        year = workshop.start.year
        of[year] += 1
        found = parts(workshop)
        if found is None:
            continue
        known[year] += 1
        for key, amount in found.items():
            cells.setdefault(key, {}).setdefault(year, []).append(amount)

    def row(key: str, amounts: Mapping[int, list[Range]]) -> Row:
        sums = {year: Range.total(amounts.get(year, ())) for year in years}
        tallies = {year: Tally(sums[year], known[year], of[year]) for year in years}
        total = Tally(Range.total(sums.values()), sum(known.values()), sum(of.values()))
        return Row(key, tallies, total)

    everything: dict[int, list[Range]] = {}
    for amounts in cells.values():
        for year, found_in_year in amounts.items():
            everything.setdefault(year, []).extend(found_in_year)
    rows = (row(key, amounts) for key, amounts in cells.items() if key)
    return tuple(sorted(rows, key=_largest_first)), row("", everything)


def _largest_first(row: Row) -> tuple[bool, bool, object, str]:
    return (row.key == UNKNOWN, row.key == OTHER, -row.total.value.high, row.key)


@dataclass(frozen=True, slots=True)
class _Brought:
    """What one workshop brings to a count of different things.

    Args:
        year: the year that it counts in.
        things: the things.
        is_known: whether the record says anything of them; by default where it names one.
    """

    year: int
    things: frozenset[str]
    is_known: bool | None = None

    @property
    def known(self) -> bool:
        return bool(self.things) if self.is_known is None else self.is_known

    def only(self, things: Iterable[str]) -> _Brought:
        return _Brought(self.year, self.things & frozenset(things), self.known)


def _distinct(key: str, years: tuple[int, ...], brought: Sequence[_Brought]) -> Row:
    """A row that counts each thing once a year, and once over all years."""

    def tally(chosen: Sequence[_Brought]) -> Tally:
        different = frozenset[str]().union(*(each.things for each in chosen))
        number = sum(each.known for each in chosen)
        return Tally(Range.exactly(len(different)), number, len(chosen))

    by_year = {year: tally([each for each in brought if each.year == year]) for year in years}
    return Row(key, by_year, tally(brought))
