"""What the checks of workshops look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity
from guildhall.core.values.faults import quote
from guildhall.core.yaml_source import Place
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.kinds.workshop import Session, Workshop
from guildhall.model.records.registry import Registry
from guildhall.network.lessons.outline import Outline
from guildhall.network.programme.programme import Programme, TimedDay, TimedSession, programme_of
from guildhall.network.workshops.rules import RULES

NOT_HELD = frozenset({"cancelled", "postponed"})
"""Stated statuses of workshops that don't take place on their dates."""


@dataclass(frozen=True)
class Context:
    """What the checks of workshops look at.

    Args:
        registry: the portal's records, with everybody.
        today: the day of the build.
        outline: gives the outline of a lesson.
    """

    registry: Registry
    today: date
    outline: Callable[[Lesson], Outline]

    @cached_property
    def programmes(self) -> tuple[Programme, ...]:
        """The programmes of all workshops."""
        return tuple(programme_of(workshop) for workshop in self.registry.of(Workshop))

    @property
    def workshops(self) -> Iterator[Workshop]:
        """All workshops."""
        return (programme.workshop for programme in self.programmes)

    @property
    def held(self) -> Iterator[Programme]:
        """The programmes of workshops that take place, or took place, on their dates."""
        return (each for each in self.programmes if each.workshop.status not in NOT_HELD)

    def lesson(self, key: str) -> Lesson | None:
        """The lesson of that id, if there is one."""
        return self.registry.get(Lesson, key)


def finding(
    rule: str,
    workshop: Workshop,
    place: Place,
    message: str,
    level: Severity = Severity.ERROR,
    figures: tuple[int, int] | None = None,
) -> Finding:
    """What a check found, at a value of a workshop's record.

    Args:
        rule: the id of the rule.
        workshop: the workshop.
        place: where the value stands in its record.
        message: what was found.
        level: whether it makes the check fail.
        figures: the number as stated and as computed, where it is about one.
    """
    found = workshop.origin.fault(workshop.at(*place), RULES[rule], message)
    if figures is None:
        return replace(found, severity=level)
    stated, computed = figures
    return replace(
        found,
        severity=level,
        stated=f"{stated}",
        computed=f"{computed}",
        difference=f"{computed - stated:+d}",
    )


def held_sessions(programme: Programme) -> Iterator[TimedSession]:
    """The sessions of a programme that take place, day by day."""
    for day in programme.days:
        yield from held_on(day)


def held_on(day: TimedDay) -> tuple[TimedSession, ...]:
    """The sessions of a day that take place, by start."""
    if day.is_cancelled:
        return ()
    return tuple(each for each in day.sessions if not each.session.cancelled)


def tracks_of(sessions: Iterable[TimedSession]) -> tuple[str | None, ...]:
    """The tracks that sessions run on; None alone where all of them are for everybody."""
    return tuple(sorted({each.track for each in sessions if each.track})) or (None,)


def on_track(sessions: Iterable[TimedSession], track: str | None) -> tuple[TimedSession, ...]:
    """The sessions that people on a track see: its own, and those for all tracks."""
    return tuple(each for each in sessions if each.track in {None, track})


def called(session: Session) -> str:
    """What messages call a session, in quotes."""
    lessons = ", ".join(each.lesson for each in session.lessons)
    return quote(session.title or lessons or session.url or session.type)
