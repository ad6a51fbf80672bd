"""What a portal publishes of its workshops for programs: which calendars there are, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from guildhall.core.history import Change
from guildhall.core.values.identifiers import BODIES
from guildhall.core.values.names import country_name
from guildhall.core.words import word
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.settings.portal import Settings
from guildhall.network.lessons.jsonld import Address
from guildhall.network.people.affiliations import Support, support_of
from guildhall.network.people.agenda import AtWorkshops
from guildhall.network.workshops.context import NOT_HELD
from guildhall.network.workshops.texts import Records

NO_HOST = "guildhall.invalid"
"""Stands in ids for the host of a portal whose address is not known; RFC 2606 keeps it free."""
ALL = "calendars/all.ics"


@dataclass(frozen=True)
class Published:
    """The portal as calendars and feeds know it.

    Args:
        settings: its settings.
        records: its public records.
        page: gives the address at which a document is published; None where it isn't known.
        change: gives what git knows of the changes of a record.
        category: gives what a workshop's type is called.
        roles: gives what people do, in words.
    """

    settings: Settings
    records: Records
    page: Address
    change: Callable[[Workshop], Change | None]
    category: Callable[[Workshop], str]
    roles: Callable[[Iterable[str]], str]

    @property
    def host(self) -> str:
        """The host that the portal is published at."""
        return urlsplit(self.settings.base_url or "").hostname or NO_HOST

    def file(self, name: str) -> str | None:
        """The address of a file of the portal; None where its address isn't known."""
        base = self.settings.base_url
        return f"{base.rstrip('/')}/{name}" if base else None


@dataclass(frozen=True, slots=True)
class Own:
    """The sessions that name one person.

    Args:
        person: the person's id.
        sessions: by workshop.
    """

    person: str
    sessions: AtWorkshops


@dataclass(frozen=True)
class CalendarFile:
    """A calendar that the portal publishes.

    Args:
        path: the file, below the top of the site.
        name: what programs call it.
        workshops: the workshops whose days it holds; none in a person's own.
        page: the document that says more; None for the portal's first.
        own: the sessions that it holds, of one person; None where it holds whole days.
    """

    path: str
    name: str
    workshops: tuple[Workshop, ...]
    page: str | None = None
    own: Own | None = None


def workshop_file(workshop: Workshop) -> str:
    """Where the calendar of one workshop lies: at its id, wherever its record is moved."""
    return f"workshops/{workshop.key}.ics"


def type_file(name: str) -> str:
    """Where the calendar of one type of workshop lies."""
    return f"calendars/type/{name}.ics"


def country_file(code: str) -> str:
    """Where the calendar of one country lies."""
    return f"calendars/country/{code.lower()}.ics"


def person_file(key: str) -> str:
    """Where the calendar of one person's own sessions lies, by the person's id."""
    return f"calendars/people/{key}.ics"


def known_support(workshop: Workshop, records: Records) -> tuple[Support, ...]:
    """The partners that are known to support a workshop, from records as readers may see them."""
    return support_of(workshop, lambda key: records.get(Person, key, ("affiliations",)))


def countries_of(workshop: Workshop, records: Records) -> tuple[str, ...]:
    """The countries whose calendars hold a workshop, in the order of their codes.

    They are those of the partners that are known to support it, of the places where it is held, and
    of its local classrooms. Bodies such as the EU are no country.
    """
    rooms = workshop.classrooms
    places = [*workshop.places, *(room.place for room in rooms)]
    support = known_support(workshop, records)
    partners = [records.get(Partner, each.partner, ("country",)) for each in support]
    found = {place.country for place in places if place.country}
    found |= {partner.country for partner in partners if partner} - BODIES
    return tuple(sorted(found))


def is_shared(workshop: Workshop) -> bool:
    """Whether a workshop is in calendars with others: it has dates, or had some.

    An event of perhaps a whole year would stand on every day of other people's calendars, so that
    a workshop whose dates are open is in its own calendar only.
    """
    return not workshop.dates_are_open or workshop.status in NOT_HELD


def calendar_files(workshops: Iterable[Workshop], portal: Published) -> Iterator[CalendarFile]:
    """All calendars: one of each workshop, then all, by type, and by country.

    None is empty: RFC 5545 knows no calendar without an event.
    """
    language, title = portal.settings.language, portal.settings.title
    ordered = tuple(sorted(workshops, key=lambda each: (each.start, each.key)))
    dated = tuple(each for each in ordered if is_shared(each))
    by_type: dict[str, list[Workshop]] = {}
    by_country: dict[str, list[Workshop]] = {}
    for each in ordered:
        yield CalendarFile(workshop_file(each), each.label, (each,), each.docname)
        if not is_shared(each):
            continue
        by_type.setdefault(each.type, []).append(each)
        for code in countries_of(each, portal.records):
            by_country.setdefault(code, []).append(each)
    if dated:
        name = word(language, "{portal}: all workshops").format(portal=title)
        yield CalendarFile(ALL, name, dated)
    part = word(language, "{portal}: {part}")
    for key, found in sorted(by_type.items()):
        name = part.format(portal=title, part=portal.category(found[0]))
        yield CalendarFile(type_file(key), name, tuple(found))
    for code, found in sorted(by_country.items()):
        name = part.format(portal=title, part=country_name(code, language))
        yield CalendarFile(country_file(code), name, tuple(found))


def people_files(
    held: Mapping[str, AtWorkshops], people: Iterable[Person], portal: Published
) -> Iterator[CalendarFile]:
    """The calendars of people's own sessions, of those who have one on the day of the build.

    Args:
        held: what the calendars hold, by the ids of people who have one.
        people: all people whom the portal may name.
        portal: the portal.
    """
    part = word(portal.settings.language, "{portal}: {part}")
    for person in people:
        if person.key in held:
            name = part.format(portal=portal.settings.title, part=person.label)
            path = person_file(person.key)
            own = Own(person.key, held[person.key])
            yield CalendarFile(path, name, (), person.docname, own)


def changed_at(workshop: Workshop, change: Change | None) -> datetime | None:
    """When a workshop was last changed, in UTC: as its record says, or else its last commit."""
    if workshop.changed is not None:
        stated = workshop.changed
        if stated.tzinfo is None:
            stated = stated.replace(tzinfo=ZoneInfo(workshop.timezone))
        return stated.astimezone(UTC)
    return change.last.astimezone(UTC) if change else None


def told_at(workshop: Workshop, change: Change | None) -> tuple[datetime, datetime | None]:
    """When a feed says that a workshop last changed, and since when there is word of it.

    A record that was written after its workshop, and not touched since, was brought in from
    elsewhere: its commit is no news of the workshop, which is then as new as its first day.

    Args:
        workshop: the workshop.
        change: what git knows of the changes of its record.

    Returns:
        the moment of the last change; and the first commit, where that was no later than the
        workshop's last day.
    """
    is_late = change is not None and change.first.astimezone(UTC).date() > workshop.end
    published = change.first if change is not None and not is_late else None
    is_untouched = is_late and change is not None and change.first == change.last
    updated = changed_at(workshop, None if is_untouched else change)
    return updated or datetime.combine(workshop.start, time(), UTC), published


def revision_of(workshop: Workshop, change: Change | None) -> int:
    """How often a workshop was changed: as its record says, or else how many commits it has."""
    if workshop.revision is not None:
        return workshop.revision
    return change.commits if change else 0
