"""Where a workshop stands on a day: what its record states, and what follows from its dates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, get_args

from guildhall.model.records.kinds.workshop import Workshop

Phase = Literal["upcoming", "running", "past"]
"""Where a day lies to the workshop's dates."""
PHASES: tuple[Phase, ...] = get_args(Phase)

State = Literal[
    "planned",
    "announced",
    "open",
    "full",
    "running",
    "past",
    "unrecorded",
    "cancelled",
    "postponed",
]
"""What a reader is told of a workshop; ``unrecorded`` where its dates are over, and its record
still only says that it was to come."""

_CALLED_OFF = ("cancelled", "postponed")
_TO_COME = frozenset({"planned", "announced", "open"})


def phase_of(workshop: Workshop, today: date) -> Phase:
    """Whether a workshop is to come, goes on, or is over.

    Where the dates are open it is still to come on the last of them, since nobody knows better.
    """
    if today > workshop.end:
        return "past"
    return "upcoming" if today < workshop.start or workshop.dates_are_open else "running"


def state_of(workshop: Workshop, today: date) -> State:
    """What a reader is told of a workshop on a day.

    What the record states of a cancelled or postponed workshop holds for ever, that it is
    `planned` or `full` until it starts. All else follows from the dates; but nothing took place
    merely because its dates are over, where the record only says that it was to come.

    Args:
        workshop: the workshop.
        today: the day, in the workshop's time zone.
    """
    if workshop.status in _CALLED_OFF:
        return workshop.status
    phase = phase_of(workshop, today)
    if phase == "past" and _only_announces(workshop):
        return "unrecorded"
    if phase != "upcoming":
        return phase
    if workshop.status in {"planned", "full"}:
        return "planned" if workshop.status == "planned" else "full"
    if workshop.dates_are_open:
        return "planned"
    return "open" if can_register(workshop, today) else "announced"


def _only_announces(workshop: Workshop) -> bool:
    """Whether a record says that a workshop is to come, and nothing of what came of it."""
    counted = workshop.participants
    took_part = counted is not None and counted.counted != "registered"
    if took_part or workshop.viewers or workshop.recordings:
        return False
    if workshop.dates_are_open:
        return workshop.status not in {"running", "past"}
    return workshop.status in _TO_COME


def can_register(workshop: Workshop, today: date) -> bool:
    """Whether people can sign up on a day, as far as the record says."""
    registration = workshop.registration
    if registration is None or registration.url is None or today > workshop.end:
        return False
    if registration.opens is not None and today < day_of(registration.opens):
        return False
    return registration.closes is None or today <= day_of(registration.closes)


def day_of(moment: date | datetime) -> date:
    """The day of a date, or of a date and time."""
    return moment.date() if isinstance(moment, datetime) else moment
