"""What people do in the sessions of workshops: for their pages, and for their own calendars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from guildhall.model.records.kinds.workshop import Session, Workshop
from guildhall.network.people.appearances import NOT_HELD, TEACHING_ROLES
from guildhall.network.programme.programme import TimedSession, programme_of
from guildhall.network.programme.state import phase_of, state_of


@dataclass(frozen=True, slots=True)
class Duty:
    """What one person does in one session.

    Args:
        name: tells the session from the others of its workshop, and stays when its time or
            its day's date changes.
        timed: the session with its times.
        roles: what the person does in it.
        is_cancelled: whether the session or its day is cancelled.
    """

    name: str
    timed: TimedSession
    roles: tuple[str, ...]
    is_cancelled: bool

    def is_over(self, today: date) -> bool:
        """Whether it ended before a day, in the workshop's zone."""
        return self.timed.end.date() < today


AtWorkshops = tuple[tuple[Workshop, tuple[Duty, ...]], ...]
"""Workshops by their starts, each with the sessions that name one person."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is to come for one person.

    Args:
        sessions: the workshops that aren't over, each with the sessions that are still to come.
        has_calendar: whether the person has a calendar.
    """

    sessions: AtWorkshops = ()
    has_calendar: bool = False

    def at(self, workshop: Workshop) -> tuple[Duty, ...]:
        """The sessions to come at one workshop."""
        return next((duties for each, duties in self.sessions if each.key == workshop.key), ())


def duties_at(workshop: Workshop) -> dict[str, tuple[Duty, ...]]:
    """Who does what in which sessions, by people's ids; cancelled sessions count.

    A workshop whose dates are open has none yet.
    """
    if workshop.dates_are_open:
        return {}
    found: dict[str, dict[str, Duty]] = {}
    for day in programme_of(workshop).days:
        for timed in day.sessions:
            name = f"{day.key}.{_name(timed)}"
            is_cancelled = day.is_cancelled or timed.session.cancelled
            for person, roles in _roles_in(timed.session, workshop).items():
                # Two days of one name are a fault of the record; the first has it.
                duty = Duty(name, timed, roles, is_cancelled)
                found.setdefault(person, {}).setdefault(name, duty)
    return {person: tuple(duties.values()) for person, duties in found.items()}


def with_calendar(workshops: Iterable[Workshop], today: date) -> dict[str, AtWorkshops]:
    """The people who have a calendar on a day, by their ids, with the sessions that it holds.

    They are those whom a session names that isn't over, or one of a workshop that isn't. Past
    workshops stay in the calendar as long.
    """
    found: dict[str, list[tuple[Workshop, tuple[Duty, ...]]]] = {}
    current: set[str] = set()
    for workshop in sorted(workshops, key=lambda each: (each.start, each.key)):
        for person, duties in duties_at(workshop).items():
            found.setdefault(person, []).append((workshop, duties))
            if phase_of(workshop, today) != "past" or not all(d.is_over(today) for d in duties):
                current.add(person)
    return {person: tuple(found[person]) for person in found if person in current}


def agenda_of(held: AtWorkshops, today: date) -> Agenda:
    """What is to come for a person, on a day.

    Args:
        held: what the person's calendar holds; nothing where there is none.
        today: the day.
    """
    return Agenda(tuple(_to_come(held, today)), has_calendar=bool(held))


def _to_come(held: AtWorkshops, today: date) -> Iterator[tuple[Workshop, tuple[Duty, ...]]]:
    for workshop, duties in held:
        if state_of(workshop, today) in NOT_HELD or phase_of(workshop, today) == "past":
            continue
        coming = tuple(each for each in duties if not each.is_cancelled and not each.is_over(today))
        if coming:
            yield workshop, coming


def _name(timed: TimedSession) -> str:
    """The slot of a session, or else its place in the day or in its template."""
    if timed.session.slot:
        return f"slot.{timed.session.slot}"
    kind = "template" if "templates" in timed.place else "session"
    return f"{kind}.{int(timed.place[-1]) + 1}"


def _roles_in(session: Session, workshop: Workshop) -> dict[str, tuple[str, ...]]:
    roles: dict[str, dict[str, None]] = {}
    for role, named in session.people.items():
        for person in named:
            roles.setdefault(person, {})[role] = None
    instructor, co_instructor = TEACHING_ROLES
    for person in session.instructors:
        found = roles.setdefault(person, {})
        if found.keys().isdisjoint(TEACHING_ROLES):
            is_co = person in workshop.people.get(co_instructor, ())
            found[co_instructor if is_co else instructor] = None
    return {person: tuple(found) for person, found in roles.items()}
