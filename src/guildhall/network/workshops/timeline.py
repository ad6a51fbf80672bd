"""What changes of a workshop with time: its state, and whether people can sign up.

Pages are right on the day when they are built, and browsers correct them from the moments here; so
both follow from the same rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from guildhall.model.records.kinds.workshop import Registration, Workshop
from guildhall.network.programme.state import Phase, State, can_register, day_of, phase_of, state_of

Opening = Literal["early", "open", "closed"]
"""Whether registration is yet to open, open, or closed."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time.

    Args:
        start: its first moment; None where it has no beginning.
        end: the first moment after it; None where it has no end.
    """

    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a workshop stands on a day.

    Args:
        state: what readers are told.
        turn: which that is of all that readers are told in turn, from 0; see :func:`states_of`.
        phase: where the day lies to the workshop's dates.
        registration: whether registration is yet to open, open, or closed; None without one.
        classrooms: the same of each local classroom.
        can_register: whether people can sign up.
    """

    state: State
    turn: int
    phase: Phase
    registration: Opening | None
    classrooms: tuple[Opening | None, ...]
    can_register: bool

    @property
    def is_held(self) -> bool:
        """Whether it isn't known to be called off."""
        return self.state not in {"cancelled", "postponed"}


def standing_of(workshop: Workshop, today: date) -> Standing:
    """Where a workshop stands on a day."""
    return Standing(
        state_of(workshop, today),
        _turn(workshop, today),
        phase_of(workshop, today),
        _opening(workshop, workshop.registration, today),
        tuple(_opening(workshop, each.registration, today) for each in workshop.classrooms),
        can_register(workshop, today),
    )


def _turn(workshop: Workshop, today: date) -> int:
    begun = (span.start is None or span.start.date() <= today for span, _ in states_of(workshop))
    return sum(begun) - 1


def _opening(workshop: Workshop, registration: Registration | None, today: date) -> Opening | None:
    if registration is None:
        return None
    if registration.opens is not None and today < day_of(registration.opens):
        return "early"
    return "closed" if today > day_of(registration.closes or workshop.end) else "open"


def states_of(workshop: Workshop) -> tuple[tuple[Span, State], ...]:
    """All that readers are told of a workshop in turn, each with when it holds."""
    days = sorted(_turning_days(workshop))
    found: list[tuple[datetime | None, State]] = [
        (None, state_of(workshop, min(days) - _DAY)),
        *((midnight(workshop, day), state_of(workshop, day)) for day in days),
    ]
    turns = [
        each for index, each in enumerate(found) if index == 0 or each[1] != found[index - 1][1]
    ]
    ends = [start for start, _ in turns[1:]]
    return tuple(
        (Span(start, end), state) for (start, state), end in zip(turns, [*ends, None], strict=True)
    )


def running_span(workshop: Workshop) -> Span:
    """From the first to the last of a workshop's days."""
    return Span(midnight(workshop, workshop.start), midnight(workshop, workshop.end + _DAY))


def registration_span(workshop: Workshop, registration: Registration) -> Span:
    """From when until when people can sign up: to the minute, where the record is so exact.

    Without a last day, people can sign up until the workshop is over.

    Args:
        workshop: the workshop.
        registration: its registration, or that of one of its classrooms.
    """
    opens, closes = registration.opens, registration.closes or workshop.end
    return Span(_first(workshop, opens) if opens else None, _after(workshop, closes))


def midnight(workshop: Workshop, day: date) -> datetime:
    """The moment at which a day begins, in the workshop's zone."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(workshop.timezone))


def _turning_days(workshop: Workshop) -> set[date]:
    days = {workshop.start, workshop.end + _DAY}
    if workshop.registration and workshop.registration.opens:
        days.add(day_of(workshop.registration.opens))
    if workshop.registration and workshop.registration.closes:
        days.add(day_of(workshop.registration.closes) + _DAY)
    return days


def _first(workshop: Workshop, moment: date | datetime) -> datetime:
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=ZoneInfo(workshop.timezone))
    return midnight(workshop, moment)


def _after(workshop: Workshop, moment: date | datetime) -> datetime:
    """The first moment after a day, or a moment itself."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=ZoneInfo(workshop.timezone))
    return midnight(workshop, moment + _DAY)
