"""What people did at workshops: in which roles, and how long they taught."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from guildhall.model.records.kinds.workshop import Session, Workshop
from guildhall.network.programme.programme import (
    TAUGHT,
    Programme,
    TimedSession,
    minutes_covered,
    programme_of,
)
from guildhall.network.programme.state import State, phase_of, state_of
from guildhall.network.programme.times import instant

TEACHING_ROLES = ("instructor", "co-instructor")
"""The roles of those who teach."""
HELD: frozenset[State] = frozenset({"running", "past"})
"""The states of workshops that take or took place."""
NOT_HELD: frozenset[State] = frozenset({"cancelled", "postponed"})
"""The states of workshops that don't take place on their dates."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """What one person does at one workshop.

    Args:
        person: the person's id.
        workshop: the workshop.
        roles: what the person does, in the order in which the record says it.
        length: minutes of teaching and exercises of the workshop; None without a schedule.
        minutes: minutes of teaching and exercises in the sessions that name the person as one of
            those who teach; None where no session does.
    """

    person: str
    workshop: Workshop
    roles: tuple[str, ...]
    length: int | None = None
    minutes: int | None = None

    @property
    def year(self) -> int:
        """The year in which the workshop starts."""
        return self.workshop.start.year

    @property
    def teaches(self) -> bool:
        """Whether one of the roles is to teach."""
        return any(role in TEACHING_ROLES for role in self.roles)

    def digest(self, today: date) -> tuple[object, ...]:
        """All that pages show of it, as plain data."""
        workshop = self.workshop
        return (
            (workshop.key, workshop.title, workshop.label),
            (workshop.start, workshop.end, workshop.dates_are_open),
            (self.state(today), self.roles, self.minutes, self.length, str(workshop.hours)),
        )

    def state(self, today: date) -> State:
        """Where the workshop stands on a day."""
        return state_of(self.workshop, today)

    def is_coming(self, today: date) -> bool:
        """Whether the workshop is still to come, on a day, and not cancelled or postponed."""
        return phase_of(self.workshop, today) == "upcoming" and self.state(today) not in NOT_HELD

    def is_held(self, today: date) -> bool:
        """Whether the workshop takes or took place, on a day."""
        return self.state(today) in HELD

    def is_past(self, today: date) -> bool:
        """Whether the workshop took place and is over, on a day."""
        return self.state(today) == "past"


def appearances_at(workshop: Workshop) -> tuple[Appearance, ...]:
    """Everybody whom a workshop names, in the order in which its record does.

    People of the whole workshop, of its local classrooms and of its sessions count alike. Who
    teaches a session is an instructor, where the workshop doesn't name the person as
    co-instructor. What is cancelled doesn't count.
    """
    roles: dict[str, dict[str, None]] = {}
    for person, role in _of_the_whole(workshop):
        roles.setdefault(person, {})[role] = None
    programme = programme_of(workshop)
    sessions = _held_sessions(programme)
    for each in sessions:
        for role, named in each.session.people.items():
            for person in named:
                roles.setdefault(person, {})[role] = None
    for each in sessions:
        for person in each.session.instructors:
            found = roles.setdefault(person, {})
            if found.keys().isdisjoint(TEACHING_ROLES):
                found[TEACHING_ROLES[0]] = None
    minutes = _minutes_taught(sessions)
    return tuple(
        Appearance(person, workshop, tuple(found), programme.teaching_minutes, minutes.get(person))
        for person, found in roles.items()
    )


def days_of_people(workshop: Workshop) -> dict[str, tuple[date, ...]]:
    """The days on which people do something at a workshop, by their ids.

    Of who is there for the whole, that is the first day.
    """
    days = {person: {workshop.start} for person, _ in _of_the_whole(workshop)}
    for each in _held_sessions(programme_of(workshop)):
        for person in chain(each.session.instructors, *each.session.people.values()):
            days.setdefault(person, set()).add(each.start.date())
    return {person: tuple(sorted(found)) for person, found in days.items()}


def _of_the_whole(workshop: Workshop) -> Iterator[tuple[str, str]]:
    for people in (workshop.people, *(each.people for each in workshop.classrooms)):
        for role, named in people.items():
            for person in named:
                yield person, role


def _held_sessions(programme: Programme) -> tuple[TimedSession, ...]:
    return tuple(
        session
        for day in programme.days
        if not day.is_cancelled
        for session in day.sessions
        if not session.session.cancelled
    )


def _teachers(session: Session) -> frozenset[str]:
    stated = (session.people.get(role, ()) for role in TEACHING_ROLES)
    return frozenset(chain(session.instructors, *stated))


def _minutes_taught(sessions: Iterable[TimedSession]) -> dict[str, int]:
    """How long each person teaches, sessions at the same time counted once."""
    spans: dict[str, list[tuple[datetime, datetime]]] = {}
    for timed in sessions:
        if timed.session.type in TAUGHT:
            for person in _teachers(timed.session):
                spans.setdefault(person, []).append((instant(timed.start), instant(timed.end)))
    return {person: minutes_covered(found) for person, found in spans.items()}
