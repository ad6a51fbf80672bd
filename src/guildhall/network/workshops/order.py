"""The order of workshops in every list: what a reader can take part in first, what is over last."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, get_args

from guildhall.model.records.kinds.workshop import Workshop
from guildhall.network.programme.state import Phase, phase_of, state_of
from guildhall.network.workshops.context import NOT_HELD
from guildhall.network.workshops.timeline import Span, midnight, states_of

Rank = Literal["running", "open", "dated", "undated", "past"]
"""Where a workshop stands in lists: it runs, people can sign up, it has dates, it has none yet, it
is over."""
RANKS: tuple[Rank, ...] = get_args(Rank)
"""All ranks, in the order of lists."""
PHASE_OF: dict[Rank, Phase] = {
    "running": "running",
    "open": "upcoming",
    "dated": "upcoming",
    "undated": "upcoming",
    "past": "past",
}
"""Under which heading workshops of a rank stand."""

Place = tuple[int, int, int, str]
"""What lists are sorted by."""


def rank_of(workshop: Workshop, today: date) -> Rank:
    """Where a workshop stands in lists on a day."""
    phase = listed_phase(workshop, today)
    if phase != "upcoming":
        return phase
    if workshop.dates_are_open:
        return "undated"
    return "open" if state_of(workshop, today) == "open" else "dated"


def place_of(workshop: Workshop, rank: Rank) -> Place:
    """What lists are sorted by: of those of one rank the soonest first, of past ones the newest."""
    start, end = workshop.start.toordinal(), workshop.end.toordinal()
    if rank == "past":
        start, end = -start, -end
    return RANKS.index(rank), start, end, workshop.key


def place_on(workshop: Workshop, today: date) -> Place:
    """What lists are sorted by on a day."""
    return place_of(workshop, rank_of(workshop, today))


def listed_phase(workshop: Workshop, today: date) -> Phase:
    """Under which heading a workshop stands: one that isn't held never runs."""
    phase = phase_of(workshop, today)
    return "past" if phase == "running" and workshop.status in NOT_HELD else phase


def listed_span(workshop: Workshop) -> Span:
    """From when until when a workshop stands under the heading of those that run."""
    start = midnight(workshop, workshop.start)
    if workshop.status in NOT_HELD:
        return Span(start, start)
    return Span(start, midnight(workshop, workshop.end + timedelta(days=1)))


def open_span(workshop: Workshop) -> Span | None:
    """From when until when people can sign up, by days; None where there is no such time."""
    return next((span for span, state in states_of(workshop) if state == "open"), None)
