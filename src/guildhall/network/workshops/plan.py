"""The plan against what is recorded: what fulfils each activity, and of what there is no record.

A workshop fulfils what its record's ``fulfils`` names, whatever sort of activity that is: a
meeting, a retreat or a hand-over has a record of a workshop too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from guildhall.model.records.kinds.activity import Activity
from guildhall.model.records.kinds.project import Project
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.registry import Registry
from guildhall.network.programme.state import phase_of, state_of
from guildhall.network.workshops.context import NOT_HELD

Progress = Literal[
    "done",
    "running",
    "scheduled",
    "planned",
    "unrecorded",
    "postponed",
    "cancelled",
    "not-held",
]
"""How far a planned activity has come; ``planned`` stands for one that has no dates yet,
``unrecorded`` for one of which no record says what became of it."""
PROGRESS: tuple[Progress, ...] = get_args(Progress)


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """A planned activity, and what became of it.

    Args:
        activity: the activity.
        workshops: all workshops that fulfil it, called off ones too, by their dates.
        progress: how far it has come.
        is_behind: whether it takes place, or took place, after the year it was planned for.
    """

    activity: Activity
    workshops: tuple[Workshop, ...]
    progress: Progress
    is_behind: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a project plans, and what took place besides.

    Args:
        fulfilments: one for each activity, in the order of activities.
        unplanned: workshops of the project's period that fulfil none of its activities, by dates.
        is_followed: whether the portal has records of workshops at all; without one, nothing is
            known of what happened.
    """

    fulfilments: tuple[Fulfilment, ...]
    unplanned: tuple[Workshop, ...]
    is_followed: bool

    @property
    def years(self) -> dict[int, tuple[Fulfilment, ...]]:
        """The activities by the year they are planned for."""
        found: dict[int, list[Fulfilment]] = {}
        for each in self.fulfilments:
            found.setdefault(each.activity.year, []).append(each)
        return {year: tuple(each) for year, each in sorted(found.items())}


def progress_of(activity: Activity, workshops: Iterable[Workshop], today: date) -> Progress:
    """How far a planned activity has come on a day.

    Silence says nothing: where the year is over and no record of a workshop tells what became of
    the activity, it is ``unrecorded``. It is ``cancelled``, ``postponed`` or ``not-held`` only
    where a record says so. What has taken place in part counts as ``running`` until the last part
    is over.

    Args:
        activity: the activity.
        workshops: the workshops that fulfil it.
        today: the day.
    """
    known = tuple(workshops)
    dated = [each for each in known if has_dates(each)]
    phases = {phase_of(each, today) for each in dated if state_of(each, today) != "unrecorded"}
    if phases == {"past"}:
        return "done"
    if phases == {"upcoming"}:
        return "scheduled"
    if phases:
        return "running"
    if activity.outcome is not None:
        return "done" if activity.outcome == "held" else "not-held"
    statuses = {each.status for each in known}
    if statuses == {"cancelled"}:
        return "cancelled"
    if today.year <= activity.year and not dated:
        return "planned"
    is_off = bool(statuses) and statuses <= NOT_HELD
    return "postponed" if is_off else "unrecorded"


def fulfilment_of(activity: Activity, registry: Registry, today: date) -> Fulfilment:
    """What became of a planned activity until a day.

    Args:
        activity: the activity.
        registry: the records.
        today: the day.
    """
    own = _by_date(each for each in registry.of(Workshop) if activity.key in each.fulfils)
    starts = [each.start.year for each in own if has_dates(each)]
    is_behind = bool(starts) and min(starts) > activity.year
    return Fulfilment(activity, own, progress_of(activity, own, today), is_behind)


def plan_of(project: Project, registry: Registry, today: date) -> Plan:
    """All that a project plans, against what happened until a day.

    Args:
        project: the project.
        registry: the records.
        today: the day.
    """
    activities = [each for each in registry.of(Activity) if each.project == project.key]
    keys = {each.key for each in activities}
    unplanned = _by_date(
        each
        for each in registry.of(Workshop)
        if not keys.intersection(each.fulfils) and project.start <= each.start <= project.end
    )
    found = tuple(fulfilment_of(each, registry, today) for each in activities)
    return Plan(found, unplanned, bool(registry.of(Workshop)))


def counts(fulfilments: Iterable[Fulfilment]) -> Counter[Progress]:
    """How many activities have come how far."""
    return Counter(each.progress for each in fulfilments)


def has_dates(workshop: Workshop) -> bool:
    """Whether a workshop takes place, or took place, on known dates.

    Where the dates are approximate, the workshop took place if the record says so.
    """
    if workshop.status in NOT_HELD:
        return False
    return not workshop.dates_are_open or workshop.status == "past"


def _by_date(workshops: Iterable[Workshop]) -> tuple[Workshop, ...]:
    return tuple(sorted(workshops, key=lambda each: (each.start, each.end, each.key)))
