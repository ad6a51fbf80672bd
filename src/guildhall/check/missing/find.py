"""Finds fields without a value that readers of a page look for.

Pages leave out what a record doesn't have, so that only this tells of it. Nothing is asked of what
is over: of projects and partners that have ended, and of workshops that aren't to come.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from guildhall.check.missing.rules import RULES
from guildhall.core.findings.finding import Finding
from guildhall.core.values.faults import quote
from guildhall.core.yaml_source import Place
from guildhall.model.base.model import Record
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.kinds.project import Project
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.registry import Registry
from guildhall.model.records.shared import links_in
from guildhall.network.programme.state import phase_of

_NAMES_ALONE = frozenset({"sources", "source", "supporters"})
"""Fields of links that say enough without an address."""
_NO_REGISTRATION = frozenset({"planned", "full", "cancelled", "postponed"})
"""Stated statuses of workshops that nobody can register for."""
_IN_A_ROOM = frozenset({"in-person", "hybrid"})


def missing_findings(registry: Registry, today: date) -> tuple[Finding, ...]:
    """Find what readers look for and no record has.

    Args:
        registry: the portal's records, with everybody.
        today: the day of the check.
    """
    running = [each for each in registry.of(Project) if each.end >= today]
    partners = [each for each in registry.of(Partner) if not each.ended or each.ended >= today]
    found = [*_of_people(registry, running, partners)]
    for partner in partners:
        found += _of_partner(partner, {each.key for each in running}, today)
    for project in running:
        found += _of_groups(project)
    for workshop in registry.of(Workshop):
        found += _of_workshop(workshop, today)
    for record in registry.records.values():
        found += _of_links(record)
    return tuple(sorted(found))


def _missing(name: str, record: Record, place: Place, message: str) -> Finding:
    return record.origin.fault(record.at(*place), RULES[f"missing.{name}"], message)


def _of_partner(partner: Partner, running: set[str], today: date) -> Iterator[Finding]:
    if partner.homepage is None:
        message = "`homepage`: found nothing; expected the address of the organisation's site"
        yield _missing("website", partner, ("name",), message)
    if partner.contact is None:
        message = "`contact`: found nothing; expected a person"
        yield _missing("contact", partner, ("contact",), message)
    for index, part in enumerate(partner.participation):
        is_current = part.project in running and (part.end is None or part.end >= today)
        if is_current and part.steering_seat and part.representative is None:
            message = "`representative`: found nothing; expected the person who holds the seat"
            place = ("participation", index, "steering_seat")
            yield _missing("representative", partner, place, message)


def _of_people(
    registry: Registry, projects: Sequence[Project], partners: Sequence[Partner]
) -> Iterator[Finding]:
    """People whom pages name for readers to turn to; nobody is told of who isn't to be named."""
    asked = {each.leader for each in projects} | {each.contact for each in partners}
    asked |= {part.representative for each in partners for part in each.participation}
    for person in registry.of(Person):
        if person.key in asked and person.is_listed and not person.affiliations:
            message = "`affiliations`: found nothing; expected where the person works"
            yield _missing("affiliation", person, ("name",), message)


def _of_groups(project: Project) -> Iterator[Finding]:
    for key, group in project.groups.items():
        place = ("groups", key, "name")
        if group.description is None:
            message = f"`description` of {quote(group.name)}: found nothing; expected its purpose"
            yield _missing("purpose", project, place, message)
        if group.minutes is None:
            message = f"`minutes` of {quote(group.name)}: found nothing; expected where they are"
            yield _missing("minutes", project, place, message)


def _of_workshop(workshop: Workshop, today: date) -> Iterator[Finding]:
    if workshop.dates_are_open or phase_of(workshop, today) != "upcoming":
        return
    if workshop.status in _NO_REGISTRATION:
        return
    begins = f"found nothing, and the workshop begins on {workshop.start.isoformat()}"
    registration = workshop.registration
    if registration is None or (registration.url is None and registration.text is None):
        message = f"`registration`: {begins}; expected the address as its `url`"
        place = ("start",) if registration is None else ("registration",)
        yield _missing("registration", workshop, place, message)
    if workshop.format in _IN_A_ROOM and not workshop.places and not workshop.classrooms:
        yield _missing("place", workshop, ("start",), f"`places`: {begins}; expected a place")


def _of_links(record: Record) -> Iterator[Finding]:
    """Links without an address anywhere in a record."""
    for place, link in links_in(record, without=_NAMES_ALONE):
        if link.url is None:
            words = link.text or link.description
            message = f"`url` of {quote(words)}: found nothing" if words else "`url`: found nothing"
            yield _missing("address", record, place, f"{message}; expected the address")
