"""Look-ups of people: what they did, who belongs where, and who came for the first time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from guildhall.model.base.model import Record
from guildhall.model.lookup import Lookup, digest_of, existing
from guildhall.model.portal import Portal
from guildhall.model.records.kinds.in_kind import InKind
from guildhall.model.records.kinds.lesson import ROLES
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.vocabularies import ROLE, words_of
from guildhall.network.people.affiliations import (
    Carried,
    Member,
    Support,
    carried,
    members_of,
    support_of,
)
from guildhall.network.people.agenda import Agenda, AtWorkshops, agenda_of, with_calendar
from guildhall.network.people.contributions import Contribution, Contributions
from guildhall.network.people.lists import Group, Wanted, contributor_lists
from guildhall.network.people.newcomers import Newcomers, newcomers


def contributions_of_portal(portal: Portal) -> Contributions:
    """What everybody did whom readers may know of."""
    return portal.once(Contributions, lambda: Contributions(portal.registry))


@dataclass(frozen=True)
class ContributionOf(Lookup[Contribution]):
    """What a person did, as on the day of the build.

    Args:
        person: the person's id.
    """

    person: str

    def result(self, portal: Portal) -> Contribution:
        """All that the person did."""
        return contributions_of_portal(portal).of(self.person)

    def digest(self, result: Contribution, portal: Portal) -> str:
        """A digest of all that pages show of it on the day."""
        return digest_of(result.digest(portal.settings.today))


def own_calendars(portal: Portal) -> dict[str, AtWorkshops]:
    """What people's own calendars hold, by the ids of those who have one; found once."""
    workshops, today = portal.registry.of(Workshop), portal.settings.today
    return portal.once(own_calendars, lambda: with_calendar(workshops, today))


@dataclass(frozen=True)
class AgendaOf(Lookup[Agenda]):
    """The sessions that are to come for a person, as on the day of the build.

    Args:
        person: the person's id.
    """

    person: str

    def result(self, portal: Portal) -> Agenda:
        """The sessions."""
        return agenda_of(own_calendars(portal).get(self.person, ()), portal.settings.today)

    def digest(self, result: Agenda, portal: Portal) -> str:
        """A digest of all that pages show of them."""
        seen = [
            (each.key, each.timezone, each.end, each.schedule and each.schedule.tracks, duties)
            for each, duties in result.sessions
        ]
        return digest_of((seen, result.has_calendar))


@dataclass(frozen=True)
class ContributorsOf(Lookup[tuple[Group, ...]]):
    """Who contributed; those who may not be named only count.

    Args:
        wanted: whom the list is to have.
    """

    wanted: Wanted

    def result(self, portal: Portal) -> tuple[Group, ...]:
        """The list in its groups."""
        settings = portal.settings
        # For counts, never for names.
        everybody = portal.once(
            (Contributions, "everybody"), lambda: Contributions(portal.complete)
        )
        people = {person.key: person for person in portal.registry.of(Person)}
        order = ROLES if self.wanted.of_lessons else words_of(settings, ROLE)
        return contributor_lists(
            self.wanted, everybody, people, settings.today, order, settings.language
        )

    def records(self, result: tuple[Group, ...], portal: Portal) -> Iterator[Record]:
        """The people who are named."""
        for key in dict.fromkeys(each.person for group in result for each in group.people):
            yield existing(portal, Person, key)


@dataclass(frozen=True)
class NewcomersWith(Lookup[dict[int, Newcomers]]):
    """First-time and returning people by year; those who may not be named have no id.

    Args:
        roles: the roles that count.
    """

    roles: tuple[str, ...]

    def result(self, portal: Portal) -> dict[int, Newcomers]:
        """The people of each year."""
        people = {person.key for person in portal.registry.of(Person)}
        found = newcomers(portal.complete, portal.settings.today, self.roles)
        return {year: each.naming(people) for year, each in found.items()}


@dataclass(frozen=True)
class MembersOf(Lookup[tuple[Member, ...]]):
    """Who belongs, or belonged, to a partner.

    Args:
        partner: the partner's id.
    """

    partner: str

    def result(self, portal: Portal) -> tuple[Member, ...]:
        """The people."""
        settings = portal.settings
        people = portal.registry.of(Person)
        return members_of(self.partner, people, settings.today, settings.language)

    def digest(self, result: tuple[Member, ...], portal: Portal) -> str:
        """A digest of all that pages show of them."""
        return digest_of([each.digest() for each in result])


@dataclass(frozen=True)
class CarriedBy(Lookup[tuple[Carried, ...]]):
    """The workshops that a partner carried.

    Args:
        partner: the partner's id.
    """

    partner: str

    def result(self, portal: Portal) -> tuple[Carried, ...]:
        """The workshops."""
        by_partner = portal.once(carried, lambda: carried(portal.registry, portal.settings.today))
        return by_partner.get(self.partner, ())

    def digest(self, result: tuple[Carried, ...], portal: Portal) -> str:
        """A digest of all that pages show of them."""
        return digest_of([each.digest() for each in result])


@dataclass(frozen=True)
class NamedElsewhere(Lookup[tuple[Record, ...]]):
    """The records that name a partner and that say more than the rest of its page.

    Its people and the workshops that it carried are told there, and so are its contributions in
    kind to the projects that it takes part in, and its predecessors.

    Args:
        partner: the partner's id.
    """

    partner: str

    def result(self, portal: Portal) -> tuple[Record, ...]:
        """The records, by kind and in each kind's order."""
        partner = existing(portal, Partner, self.partner)
        told = {each.person.key for each in MembersOf(partner.key).answer(portal).result}
        own = {each.workshop.key for each in CarriedBy(partner.key).answer(portal).result}
        projects = {each.project for each in partner.participation}
        return tuple(
            each
            for each in portal.registry.referring_to(partner)
            if not (
                isinstance(each, Partner)
                or (isinstance(each, Person) and each.key in told)
                or (isinstance(each, Workshop) and each.key in own)
                or (isinstance(each, InKind) and each.project in projects)
            )
        )

    def digest(self, result: tuple[Record, ...], portal: Portal) -> str:
        """A digest of all that pages show of them."""
        return digest_of([(each.KIND, each.key, each.label) for each in result])


@dataclass(frozen=True)
class SupportOf(Lookup[tuple[Support, ...]]):
    """The partners that are known to support a workshop, and how.

    Args:
        workshop: the workshop's id.
    """

    workshop: str

    def result(self, portal: Portal) -> tuple[Support, ...]:
        """What is known of each."""
        workshop = existing(portal, Workshop, self.workshop)
        return support_of(workshop, partial(portal.registry.get, Person))

    def records(self, result: tuple[Support, ...], portal: Portal) -> Iterator[Record]:
        """The workshop."""
        yield existing(portal, Workshop, self.workshop)
