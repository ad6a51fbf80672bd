"""Where lessons are taught: at which workshops, and in which version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guildhall.model.records.kinds.workshop import PinnedLesson, Workshop
from guildhall.network.programme.programme import programme_of
from guildhall.network.workshops.context import NOT_HELD
from guildhall.network.workshops.order import place_on


@dataclass(frozen=True, slots=True)
class TaughtAt:
    """A workshop that teaches a lesson.

    Args:
        workshop: the workshop.
        pinned: what its record says of the lesson's version, where it names the lesson itself.
    """

    workshop: Workshop
    pinned: PinnedLesson | None = None


def taught_at(workshops: Iterable[Workshop]) -> dict[str, tuple[TaughtAt, ...]]:
    """The workshops that teach each lesson, by the lesson's id.

    A lesson is taught where a workshop's own list or a session names it. Workshops that are called
    off are left out.

    Args:
        workshops: the workshops; their order is kept.
    """
    found: dict[str, list[TaughtAt]] = {}
    for workshop in workshops:
        if workshop.status in NOT_HELD:
            continue
        pinned = {each.lesson: each for each in workshop.lessons}
        for lesson in programme_of(workshop).lessons:
            found.setdefault(lesson, []).append(TaughtAt(workshop, pinned.get(lesson)))
    return {lesson: tuple(each) for lesson, each in found.items()}


def in_order(found: Iterable[TaughtAt], today: date) -> tuple[TaughtAt, ...]:
    """Workshops in the order of all lists: what runs and comes next first, then the newest.

    Args:
        found: the workshops.
        today: the day.
    """

    return tuple(sorted(found, key=lambda each: place_on(each.workshop, today)))
