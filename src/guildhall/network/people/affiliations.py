"""Who belonged to a partner when, and the workshops that a partner carried."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain

from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.person import Affiliation, Person
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.registry import Registry
from guildhall.network.people.appearances import (
    HELD,
    TEACHING_ROLES,
    appearances_at,
    days_of_people,
)
from guildhall.network.people.collation import person_key
from guildhall.network.programme.state import state_of


def covers(affiliation: Affiliation, day: date) -> bool:
    """Whether an affiliation holds on a day; one without a start or an end holds for ever."""
    begun = affiliation.start is None or affiliation.start <= day
    return begun and (affiliation.end is None or day <= affiliation.end)


def partners_on(person: Person, day: date) -> tuple[str, ...]:
    """The partners that somebody belonged to on a day."""
    found = (each.partner for each in person.affiliations if covers(each, day))
    return tuple(dict.fromkeys(partner for partner in found if partner))


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who belongs, or belonged, to a partner.

    Args:
        person: the person.
        affiliations: the person's affiliations with the partner, as the record has them.
        is_current: whether one of them holds today.
    """

    person: Person
    affiliations: tuple[Affiliation, ...]
    is_current: bool

    def digest(self) -> tuple[object, ...]:
        """All that pages show of it, as plain data."""
        spans = [(each.start, each.end) for each in self.affiliations]
        return (self.person.key, self.person.label, spans, self.is_current)


def members_of(
    partner: str, people: Iterable[Person], today: date, language: str
) -> tuple[Member, ...]:
    """Everybody who belongs to a partner, then those who did, the latest to leave first.

    Who is yet to come isn't there.

    Args:
        partner: the partner's id.
        people: all people.
        today: the day of the build.
        language: the language whose order names have.
    """
    found = []
    for person in people:
        own = tuple(
            each
            for each in person.affiliations
            if each.partner == partner and (each.start is None or each.start <= today)
        )
        if own:
            found.append(Member(person, own, any(covers(each, today) for each in own)))
    return tuple(sorted(found, key=lambda each: _member_key(each, language)))


def _member_key(member: Member, language: str) -> tuple[object, ...]:
    left = max((each.end for each in member.affiliations if each.end), default=date.min)
    return (
        not member.is_current,
        0 if member.is_current else -left.toordinal(),
        person_key(member.person, language),
    )


@dataclass(frozen=True, slots=True)
class Support:
    """What is known of a partner's part in a workshop.

    Args:
        partner: the partner's id.
        is_stated: whether the workshop's record names the partner as one that supports it.
        hosts: whether the partner hosts a local classroom.
        people: the ids of its people who do something there, each with the roles.
    """

    partner: str
    is_stated: bool
    hosts: bool
    people: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def teachers(self) -> tuple[str, ...]:
        """The ids of its people who teach."""
        return tuple(key for key, roles in self.people if {*roles} & {*TEACHING_ROLES})


def support_of(
    workshop: Workshop, person_of: Callable[[str], Person | None]
) -> tuple[Support, ...]:
    """The partners that are known to support a workshop, and how.

    First those that its record names, then those that host a classroom, then those that its people
    belonged to on the day of what they did: the workshop's first, or that of their session.

    Args:
        workshop: the workshop.
        person_of: gives people, of whom the affiliations count, by their ids.
    """
    hosts = tuple(room.partner for room in workshop.classrooms if room.partner)
    people: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    days = days_of_people(workshop)
    for each in appearances_at(workshop):
        person = person_of(each.person)
        found = [partners_on(person, day) for day in days[each.person]] if person else []
        for partner in dict.fromkeys(chain(*found)):
            people.setdefault(partner, []).append((each.person, each.roles))
    return tuple(
        Support(
            partner, partner in workshop.partners, partner in hosts, tuple(people.get(partner, ()))
        )
        for partner in dict.fromkeys((*workshop.partners, *hosts, *people))
    )


def takes_part(partner: Partner, project: str, workshop: Workshop) -> bool:
    """Whether a partner takes part in a project on some day of a workshop."""
    if partner.ended and partner.ended < workshop.start:
        return False
    return any(
        part.project == project
        and (part.start is None or part.start <= workshop.end)
        and (part.end is None or part.end >= workshop.start)
        for part in partner.participation
    )


@dataclass(frozen=True, slots=True)
class Carried:
    """A workshop that a partner carried.

    Args:
        workshop: the workshop.
        support: what the partner did for it.
    """

    workshop: Workshop
    support: Support

    def digest(self) -> tuple[object, ...]:
        """All that pages show of it, as plain data."""
        workshop = self.workshop
        return (
            (workshop.key, workshop.title, workshop.label),
            (workshop.start, workshop.end, workshop.dates_are_open),
            self.support,
        )


def carried(registry: Registry, today: date) -> dict[str, tuple[Carried, ...]]:
    """The workshops that partners carried: as one named, as host, or by their people; newest first.

    Workshops that are still to come, or that were cancelled or postponed, are left out.

    Args:
        registry: the records.
        today: the day of the build.

    Returns:
        the workshops of each partner that carried any, by its id.
    """
    person_of = partial(registry.get, Person)
    found: dict[str, list[Carried]] = {}
    for workshop in registry.of(Workshop):
        if state_of(workshop, today) in HELD:
            for each in support_of(workshop, person_of):
                found.setdefault(each.partner, []).append(Carried(workshop, each))
    return {partner: tuple(workshops) for partner, workshops in found.items()}
