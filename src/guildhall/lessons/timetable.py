"""The timetable of a lesson, from the minutes of its episodes, a start and breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from guildhall.lessons.outline import Outline, Page
from guildhall.records.faults import Fault, Subtype
from guildhall.values.dates import parse_clock
from guildhall.values.faults import ValueFault

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
        TimetableError: where the day is over before the last episode.
    """
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


def _parts(episodes: Sequence[Page]) -> Iterator[tuple[Page, Kind, int]]:
    for page in episodes:
        if page.teaching:
            yield page, "teaching", page.teaching
        if page.exercises:
            yield page, "exercises", page.exercises


def length_faults(outline: Outline) -> Iterator[Fault]:
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
        yield lesson.origin.fault(lesson.origin.value((name,)), Subtype.LENGTH, message)
