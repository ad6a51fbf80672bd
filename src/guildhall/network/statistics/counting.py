"""Which workshops count, and what each of them brings."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from guildhall.core.values.numbers import Range
from guildhall.model.records.kinds.activity import Activity
from guildhall.model.records.kinds.project import Project
from guildhall.model.records.kinds.workshop import Participants, Workshop
from guildhall.model.records.registry import Registry
from guildhall.network.people.appearances import HELD, appearances_at
from guildhall.network.programme.programme import programme_of
from guildhall.network.programme.state import state_of
from guildhall.network.statistics.disclosure import Disclosed, suppressed

NOT_COUNTED = frozenset({"meeting", "writing-retreat"})
"""Types of workshops where the network works among itself, and nobody comes to learn."""
OTHER, UNKNOWN = "other", "unknown"
"""The keys of people of whom the source names no country, and of those of whom nothing is known."""
_HUNDREDTH = Decimal("0.01")


def counted_workshops(
    registry: Registry, today: date, project: Project | None = None
) -> tuple[Workshop, ...]:
    """The workshops that count, from the first to the last.

    Those count that have begun on the day of the build. Planned, cancelled and postponed ones don't
    count, nor do meetings and writing retreats. Workshops of a project are those that begin in its
    period or fulfil one of its activities.

    Args:
        registry: the records.
        today: the day of the build.
        project: counts only workshops of this project.
    """
    found = [
        workshop
        for workshop in registry.of(Workshop)
        if workshop.type not in NOT_COUNTED
        and state_of(workshop, today) in HELD
        and (project is None or _belongs(registry, workshop, project))
    ]
    return tuple(sorted(found, key=lambda workshop: (workshop.start, workshop.key)))


def _belongs(registry: Registry, workshop: Workshop, project: Project) -> bool:
    if project.start <= workshop.start <= project.end:
        return True
    activities = (registry.get(Activity, key) for key in workshop.fulfils)
    return any(activity.project == project.key for activity in activities if activity)


def learners_at(workshop: Workshop) -> Range | None:
    """How many took part; None where the record doesn't say it."""
    return workshop.participants.total if workshop.participants else None


def countries_of(participants: Participants, below: int) -> dict[str, Range] | None:
    """How many came from each country, as pages may show it; None where nothing is known of it.

    Args:
        participants: who took part.
        below: the limit of :func:`guildhall.network.statistics.disclosure.suppressed`.
    """
    found = suppressed(participants.countries, below, participants.other_countries)
    return _parts(found, participants)


def career_stages_of(participants: Participants, below: int) -> dict[str, Range] | None:
    """How many were at each career stage; like :func:`countries_of`."""
    other = participants.career_stages.get(OTHER, 0)
    named = {key: count for key, count in participants.career_stages.items() if key != OTHER}
    return _parts(suppressed(named, below, other), participants)


def _parts(found: Disclosed, participants: Participants) -> dict[str, Range] | None:
    total = participants.total
    if not found.total and not total.is_zero:
        return None
    named = {**found.shown, OTHER: found.others}
    parts = {key: Range.exactly(count) for key, count in named.items() if count > 0}
    # What isn't named is as uncertain as the total, and never below nobody.
    low, high = (max(end - found.total, Decimal(0)) for end in (total.low, total.high))
    if high > 0:
        parts[UNKNOWN] = Range(low, high, total.about)
    return parts


def instructors_at(workshop: Workshop) -> frozenset[str]:
    """The ids of those who teach or co-teach."""
    return frozenset(each.person for each in appearances_at(workshop) if each.teaches)


def hours_at(workshop: Workshop) -> Range | None:
    """Hours of teaching and exercises: those of the schedule, or else those that the record states.

    Sessions at the same time count once, cancelled ones not at all. None where nothing says it.
    """
    minutes = programme_of(workshop).teaching_minutes
    if not minutes:
        return workshop.hours
    return Range.exactly((Decimal(minutes) / 60).quantize(_HUNDREDTH, rounding=ROUND_HALF_UP))


def lessons_at(workshop: Workshop) -> tuple[str, ...]:
    """The ids of the lessons that were taught, those of cancelled sessions left out."""
    programme = programme_of(workshop)
    stated = [each.lesson for each in workshop.lessons]
    held = [
        entry.lesson
        for day in programme.days
        if not day.is_cancelled
        for timed in day.sessions
        if not timed.session.cancelled
        for entry in timed.session.lessons
    ]
    return tuple(dict.fromkeys((*stated, *held)))
