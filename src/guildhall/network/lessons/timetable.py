"""The timetable of a lesson, from the minutes of its episodes, a start and breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from guildhall.core.findings.finding import Finding
from guildhall.core.values.dates import parse_clock
from guildhall.core.values.faults import ValueFault
from guildhall.network.lessons.outline import Outline, Page
from guildhall.network.lessons.rules import RULES

DAY = 24 * 60
WAIT = 20
"""Minutes that a break waits for the end of an episode before it cuts it in two."""
_BREAK = re.compile(r"(?P<at>[0-9]{1,2}:[0-9]{2})/(?P<minutes>[0-9]{1,3})")

Kind = Literal["teaching", "exercises", "break"]


@dataclass(frozen=True, slots=True)
class Break:
    """A break: minutes after midnight from which it is due, and how many it takes."""

    at: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Slot:
    """One line of a timetable.

    Args:
        start: minutes after midnight.
        end: minutes after midnight.
        kind: what is done.
        page: the episode; None for a break.
        continued: whether the episode's teaching or exercises began before a break.
    """

    start: int
    end: int
    kind: Kind
    page: Page | None = None
    continued: bool = False

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return self.end - self.start


class TimetableError(ValueError):
    """A timetable that can't be made."""


def parse_minute(text: str) -> int:
    """Read a time of day, ``09:30``, as minutes after midnight.

    Raises:
        ValueFault: when it is none.
    """
    hours, _, minutes = parse_clock(text).partition(":")
    return 60 * int(hours) + int(minutes)


def parse_breaks(text: str) -> tuple[Break, ...]:
    """Read breaks such as ``10:00/15, 12:00/60``: when each is due, and its minutes.

    Raises:
        ValueFault: when one is none, or is not later than the one before.
    """
    expected = "breaks such as `10:00/15, 12:00/60`, each later than the one before"
    found: list[Break] = []
    for part in (each.strip() for each in text.split(",") if each.strip()):
        match = _BREAK.fullmatch(part)
        if match is None or not int(match["minutes"]):
            raise ValueFault(part, expected)
        each = Break(parse_minute(match["at"].zfill(5)), int(match["minutes"]))
        if found and each.at < found[-1].at + found[-1].minutes:
            raise ValueFault(part, expected)
        found.append(each)
    return tuple(found)


def clock(minute: int) -> str:
    """Write minutes after midnight as a time of day."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def timetable(
    episodes: Sequence[Page], start: int, breaks: Sequence[Break] = ()
) -> tuple[Slot, ...]:
    """Lay episodes out in time.

    A break begins at the first end of teaching or exercises from the time that it is due. Where
    that is more than :data:`WAIT` minutes later, the episode is cut in two.

    Args:
        episodes: the episodes in order; those without minutes are left out.
        start: minutes after midnight.
        breaks: in order.

    Raises:
        TimetableError: where the day is over before the last episode, or a break is due before the
            start.
    """
    if breaks and breaks[0].at < start:
        due_at, begins = clock(breaks[0].at), clock(start)
        raise TimetableError(f"the break at {due_at} is before the start, {begins}")
    slots: list[Slot] = []
    due = list(breaks)
    now = start

    def rest() -> None:
        nonlocal now
        each = due.pop(0)
        slots.append(Slot(now, now + each.minutes, "break"))
        now += each.minutes

    for page, kind, length in _parts(episodes):
        left, continued = length, False
        while left:
            if due and now >= due[0].at:
                rest()
                continue
            ends = now + left
            if due and ends > due[0].at + WAIT:
                ends = due[0].at
            slots.append(Slot(now, ends, kind, page, continued))
            left -= ends - now
            now, continued = ends, True
    if now > DAY:
        raise TimetableError(f"the lesson would end after midnight, at {clock(now - DAY)}")
    return tuple(slots)


def over_days(
    episodes: Sequence[Page],
    start: int,
    breaks: Sequence[Break] = (),
    *,
    end: int | None = None,
    days: int | None = None,
) -> tuple[tuple[Slot, ...], ...]:
    """Lay episodes out over days that begin alike and have the same breaks.

    No episode is begun that would not end on its day.

    Args:
        episodes: the episodes in order; those without minutes are left out.
        start: when each day begins, in minutes after midnight.
        breaks: in order.
        end: when each day is over at the latest. Left out with ``days`` given, days are as short
            as so many can be; with neither there is one day.
        days: how many days there are at most.

    Returns:
        a timetable for each day that is needed.

    Raises:
        TimetableError: where an episode is too long for a day, or the days are too few.
    """
    taught = [page for page in episodes if page.minutes]
    if end is None and (days is None or days <= 1):
        slots = timetable(taught, start, breaks)
        return (slots,) if slots else ()
    if end is not None:
        found = _filled(taught, start, breaks, end)
        if days is not None and len(found) > days:
            times = f"from {clock(start)} to {clock(end)}"
            raise TimetableError(f"the lesson takes {len(found)} days {times}, not {days}")
        return found
    shortest, longest = start, DAY
    while shortest < longest:
        middle = (shortest + longest) // 2
        try:
            fits = len(_filled(taught, start, breaks, middle)) <= (days or 1)
        except TimetableError:
            fits = False
        shortest, longest = (shortest, middle) if fits else (middle + 1, longest)
    return over_days(taught, start, breaks, end=longest, days=days)


def _filled(
    episodes: Sequence[Page], start: int, breaks: Sequence[Break], end: int
) -> tuple[tuple[Slot, ...], ...]:
    """Days that each have as many episodes as there is time for."""
    found: list[tuple[Slot, ...]] = []
    today: list[Page] = []
    slots: tuple[Slot, ...] = ()
    for page in episodes:
        longer = _until(end, [*today, page], start, breaks)
        if longer is None and today:
            found.append(slots)
            today = []
            longer = _until(end, [page], start, breaks)
        if longer is None:
            day = f"a day from {clock(start)} to {clock(end)}"
            raise TimetableError(f"{page.title}, {page.minutes} min, does not fit into {day}")
        today.append(page)
        slots = longer
    return (*found, slots) if today else ()


def _until(
    end: int, episodes: Sequence[Page], start: int, breaks: Sequence[Break]
) -> tuple[Slot, ...] | None:
    """The timetable of a day; None where it would go on after its end."""
    fitting = [each for each in breaks if each.at < end]
    try:
        slots = timetable(episodes, start, fitting)
    except TimetableError:
        if fitting and fitting[0].at < start:
            raise
        return None
    return slots if slots[-1].end <= end else None


def _parts(episodes: Sequence[Page]) -> Iterator[tuple[Page, Kind, int]]:
    for page in episodes:
        if page.teaching:
            yield page, "teaching", page.teaching
        if page.exercises:
            yield page, "exercises", page.exercises


def length_faults(outline: Outline) -> Iterator[Finding]:
    """Compare the minutes that a record states for the lesson with the sums of its episodes."""
    lesson = outline.lesson
    counted = [page for page in outline.episodes if not page.optional]
    for name in ("teaching", "exercises"):
        stated = getattr(lesson, name)
        known = [getattr(page, name) for page in counted if getattr(page, name) is not None]
        if stated is None or not known or sum(known) == stated:
            continue
        message = (
            f"`{name}`: stated {stated} min, the episodes' sum is {sum(known)} min, "
            f"difference {sum(known) - stated:+d}"
        )
        yield lesson.origin.fault(lesson.origin.value((name,)), RULES["lesson.length"], message)
