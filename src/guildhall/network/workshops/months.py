"""Months as calendars show them: weeks, and the workshops of each day."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from guildhall.model.records.kinds.workshop import Workshop
from guildhall.network.programme.programme import programme_of
from guildhall.network.workshops.context import NOT_HELD

LONGEST = 14
"""Workshops of more days than these, without a schedule, stand beside the days of a month."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month.

    Args:
        first: its first day.
        weeks: its days in rows of seven; None for days of other months.
        days: the workshops that run on each of its days, where there are any.
        beside: workshops of the month that are too long to stand on each of their days.
    """

    first: date
    weeks: tuple[tuple[date | None, ...], ...]
    days: dict[date, tuple[Workshop, ...]] = field(default_factory=dict, hash=False)
    beside: tuple[Workshop, ...] = ()

    @property
    def name(self) -> str:
        """Its name for scripts: ``2026-03``."""
        return f"{self.first:%Y-%m}"

    @property
    def workshops(self) -> tuple[Workshop, ...]:
        """The workshops that run on its days, each once."""
        running = (each for day in sorted(self.days) for each in self.days[day])
        return tuple({each.key: each for each in running}.values())


def weeks_of(year: int, month: int, first_weekday: int) -> tuple[tuple[date | None, ...], ...]:
    """The days of a month in rows of seven.

    Args:
        year: the year.
        month: the month, from 1 to 12.
        first_weekday: the day that rows begin with; 0 for Monday, 6 for Sunday.
    """
    weeks = Calendar(first_weekday).monthdatescalendar(year, month)
    return tuple(tuple(day if day.month == month else None for day in week) for week in weeks)


def days_of(workshop: Workshop) -> tuple[date, ...]:
    """The days on which a workshop runs; none where its dates are open, or nobody can tell.

    They are those of its schedule, or else all from the first to the last.
    """
    if workshop.dates_are_open:
        return ()
    programme = programme_of(workshop)
    if programme.days:
        held = (day.date for day in programme.days if not day.is_cancelled)
        return tuple(sorted(set(held)))
    count = workshop.period.days
    if count > LONGEST:
        return ()
    return tuple(workshop.start + timedelta(days=index) for index in range(count))


def months_of(workshops: Iterable[Workshop], first_weekday: int) -> tuple[Month, ...]:
    """The months in which workshops run, in order.

    Args:
        workshops: the workshops; those that aren't held, or whose dates are open, are left out.
        first_weekday: see :func:`weeks_of`.
    """
    days: dict[date, dict[date, list[Workshop]]] = {}
    beside: dict[date, list[Workshop]] = {}
    for workshop in sorted(workshops, key=_place):
        if workshop.status in NOT_HELD or workshop.dates_are_open:
            continue
        running = days_of(workshop)
        for day in running:
            days.setdefault(day.replace(day=1), {}).setdefault(day, []).append(workshop)
        for first in () if running else _months(workshop):
            beside.setdefault(first, []).append(workshop)
    return tuple(
        Month(
            first,
            weeks_of(first.year, first.month, first_weekday),
            {day: tuple(found) for day, found in sorted(days.get(first, {}).items())},
            tuple(beside.get(first, ())),
        )
        for first in sorted({*days, *beside})
    )


def with_open_dates(workshops: Iterable[Workshop]) -> tuple[Workshop, ...]:
    """The workshops that are to be held some time between their dates, in order."""
    found = (each for each in workshops if each.dates_are_open and each.status not in NOT_HELD)
    return tuple(sorted(found, key=_place))


def _place(workshop: Workshop) -> tuple[date, date, str]:
    return workshop.start, workshop.end, workshop.key


def _months(workshop: Workshop) -> Iterable[date]:
    """The first days of the months that a workshop touches."""
    first = workshop.start.replace(day=1)
    while first <= workshop.end:
        yield first
        first = (first + timedelta(days=31)).replace(day=1)
