"""Who belonged to a partner when, and the workshops that a partner carried."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guildhall.people.appearances import HELD, Appearance, appearances_at
from guildhall.people.collation import person_key
from guildhall.records.kinds.person import Affiliation, Person
from guildhall.records.kinds.workshop import Workshop
from guildhall.records.registry import Registry
from guildhall.workshops.state import state_of


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
class Carried:
    """A workshop that a partner carried.

    Args:
        workshop: the workshop.
        is_supporter: whether the workshop names the partner as one that supports it.
        hosts: whether the partner hosts a local classroom.
        teachers: the ids of people of the partner who taught, on the workshop's first day.
    """

    workshop: Workshop
    is_supporter: bool
    hosts: bool
    teachers: tuple[str, ...]

    def digest(self) -> tuple[object, ...]:
        """All that pages show of it, as plain data."""
        workshop = self.workshop
        return (
            (workshop.key, workshop.label, workshop.start, workshop.end, workshop.dates_are_open),
            (self.is_supporter, self.hosts, self.teachers),
        )


def carried_by(partner: str, registry: Registry, today: date) -> tuple[Carried, ...]:
    """The workshops that a partner carried: as one named, as host, or by its people; newest first.

    Workshops that are still to come, or that were cancelled or postponed, are left out.
    """
    found = []
    for workshop in registry.of(Workshop):
        if state_of(workshop, today) not in HELD:
            continue
        each = Carried(
            workshop,
            partner in workshop.partners,
            any(room.partner == partner for room in workshop.classrooms),
            tuple(_teachers(partner, registry, appearances_at(workshop))),
        )
        if each.is_supporter or each.hosts or each.teachers:
            found.append(each)
    return tuple(found)


def _teachers(partner: str, registry: Registry, appearances: Iterable[Appearance]) -> Iterable[str]:
    for each in appearances:
        person = registry.get(Person, each.person) if each.teaches else None
        if person is not None and partner in partners_on(person, each.workshop.start):
            yield person.key
