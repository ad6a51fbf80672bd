"""Look-ups of workshops: how they stand, which lists hold them, what they fulfil and teach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guildhall.model.base.model import Record
from guildhall.model.lookup import Lookup, digest_of, existing
from guildhall.model.portal import Portal
from guildhall.model.records.kinds.activity import Activity
from guildhall.model.records.kinds.project import Project
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.shown import Shown
from guildhall.network.workshops.listing import (
    Choice,
    ListedWorkshop,
    Selection,
    entries,
    selection_digest,
)
from guildhall.network.workshops.plan import Fulfilment, Plan, fulfilment_of, plan_of
from guildhall.network.workshops.taught import TaughtAt, in_order, taught_at
from guildhall.network.workshops.timeline import Standing, standing_of, states_of


def listed_in(portal: Portal) -> tuple[ListedWorkshop, ...]:
    """All workshops of a portal as lists show them."""
    workshops, today = portal.registry.of(Workshop), portal.settings.today
    return portal.once(entries, lambda: entries(workshops, Shown(portal), today))


@dataclass(frozen=True)
class StandingOf(Lookup[Standing]):
    """Where a workshop stands on the day of the build.

    Args:
        workshop: the workshop's id.
    """

    workshop: str

    def result(self, portal: Portal) -> Standing:
        """Where it stands."""
        return standing_of(existing(portal, Workshop, self.workshop), portal.settings.today)

    def digest(self, result: Standing, portal: Portal) -> str:
        """A digest of it, and of all that readers are told in turn."""
        return digest_of((result, states_of(existing(portal, Workshop, self.workshop))))

    def records(self, result: Standing, portal: Portal) -> Iterator[Record]:
        """The workshop."""
        yield existing(portal, Workshop, self.workshop)


@dataclass(frozen=True)
class WorkshopsIn(Lookup[Selection]):
    """The workshops that a list shows, with all that it shows of them.

    Args:
        choice: which workshops the list shows.
    """

    choice: Choice

    def result(self, portal: Portal) -> Selection:
        """The workshops."""
        return self.choice.select(listed_in(portal))

    def digest(self, result: Selection, portal: Portal) -> str:
        """A digest of all that lists show of them."""
        return digest_of(selection_digest(result, portal.settings.today))


@dataclass(frozen=True)
class PlanOf(Lookup[Plan]):
    """What a project plans against what happened until the day of the build.

    Args:
        project: the project's id.
    """

    project: str

    def result(self, portal: Portal) -> Plan:
        """The plan."""
        project = existing(portal, Project, self.project)
        return plan_of(project, portal.registry, portal.settings.today)

    def digest(self, result: Plan, portal: Portal) -> str:
        """A digest of all that pages show of it."""
        fulfilled = [_fulfilment_seen(portal, each) for each in result.fulfilments]
        unplanned = [_workshop_seen(portal, each) for each in result.unplanned]
        return digest_of((fulfilled, unplanned, result.is_followed))


@dataclass(frozen=True)
class FulfilmentOf(Lookup[Fulfilment | None]):
    """What became of a planned activity until the day of the build.

    Args:
        activity: the activity's id.
    """

    activity: str

    def result(self, portal: Portal) -> Fulfilment | None:
        """What became of it.

        None where the portal has no records of workshops, so that nothing is known of it.
        """
        activity = existing(portal, Activity, self.activity)
        if not portal.registry.of(Workshop):
            return None
        return fulfilment_of(activity, portal.registry, portal.settings.today)

    def digest(self, result: Fulfilment | None, portal: Portal) -> str:
        """A digest of all that pages show of it."""
        return digest_of(_fulfilment_seen(portal, result)) if result else ""


@dataclass(frozen=True)
class Teaching(Lookup[tuple[TaughtAt, ...]]):
    """The workshops that teach a lesson, as readers look for them.

    Args:
        lesson: the lesson's id.
    """

    lesson: str

    def result(self, portal: Portal) -> tuple[TaughtAt, ...]:
        """The workshops."""
        found = portal.once(taught_at, lambda: taught_at(portal.registry.of(Workshop)))
        return in_order(found.get(self.lesson, ()), portal.settings.today)

    def digest(self, result: tuple[TaughtAt, ...], portal: Portal) -> str:
        """A digest of all that pages show of them."""
        return digest_of([(_workshop_seen(portal, each.workshop), each.pinned) for each in result])


def _fulfilment_seen(portal: Portal, found: Fulfilment) -> tuple[object, ...]:
    workshops = [_workshop_seen(portal, each) for each in found.workshops]
    return (found.activity.key, found.progress, found.is_behind, workshops)


def _workshop_seen(portal: Portal, workshop: Workshop) -> tuple[object, ...]:
    """What lists show of a workshop."""
    state = standing_of(workshop, portal.settings.today).state
    dates = (workshop.start, workshop.end, workshop.dates_are_open)
    return (workshop.key, workshop.docname, workshop.title, workshop.label, dates, state)
