"""Workshops and people as linked data.

A workshop is an Event of schema.org. Where it teaches, it is a CourseInstance by the Bioschemas
profile of that name, together with the Course that it is an instance of:
https://bioschemas.org/profiles/CourseInstance/1.0-RELEASE asks for ``courseMode`` and
``location``, https://bioschemas.org/profiles/Course/1.0-RELEASE for ``name``, ``description`` and
``keywords``. What a record doesn't say is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from guildhall.core.values.numbers import plain
from guildhall.model.base.model import Record
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.kinds.workshop import Place, Registration, Workshop
from guildhall.model.records.shared import Link
from guildhall.network.lessons.jsonld import Data, duration, without_nothing
from guildhall.network.programme.programme import Programme, TimedSession, programme_of
from guildhall.network.workshops.publishing import Published, known_support
from guildhall.network.workshops.texts import one_line

CONTEXT = "https://schema.org/"
INSTANCE = "https://bioschemas.org/profiles/CourseInstance/1.0-RELEASE"
COURSE = "https://bioschemas.org/profiles/Course/1.0-RELEASE"
_CONFORMS = "http://purl.org/dc/terms/conformsTo"
_NO_COURSES = frozenset({"meeting", "open-house", "writing-retreat"})
"""Types of workshops at which people meet, but nothing is taught as a course."""
_TEACHING = ("instructor", "co-instructor", "speaker")
_ORGANISING = ("organiser", "host")
_STATUS = {"cancelled": "EventCancelled", "postponed": "EventPostponed"}
_ATTENDANCE = {
    "online": "OnlineEventAttendanceMode",
    "asynchronous": "OnlineEventAttendanceMode",
    "in-person": "OfflineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
}
_MODES = {
    "online": ["online", "synchronous"],
    "asynchronous": ["online", "asynchronous"],
    "in-person": ["onsite", "synchronous"],
    "hybrid": ["blended", "synchronous"],
}


def workshop_data(workshop: Workshop, portal: Published) -> Data:
    """Describe a workshop, and the course that it is an instance of."""
    description = _Description(workshop, portal)
    event = description.event()
    if not description.is_course:
        return {"@context": CONTEXT, **event}
    return {"@context": CONTEXT, "@graph": [event, description.course(event["@id"])]}


def person_data(person: Person, portal: Published) -> Data:
    """Describe a person."""
    family, comma, given = person.sort_name.partition(",")
    own = portal.page(person.docname)
    now = [each for each in person.affiliations if each.end is None]
    show_email = portal.settings.show_email
    return without_nothing(
        {
            "@context": CONTEXT,
            **_person(person, portal),
            "mainEntityOfPage": own,
            "familyName": family.strip() if comma else None,
            "givenName": given.strip() if comma else None,
            "identifier": f"https://orcid.org/{person.orcid}" if person.orcid else None,
            "description": one_line(person.about, portal.records) if person.about else None,
            "email": person.email if show_email else None,
            "knowsLanguage": list(person.languages),
            "sameAs": [each.url for each in person.links if each.url and not each.historic],
            "affiliation": [
                _partner(each.partner, portal)
                if each.partner
                else {"@type": "Organization", "name": each.name}
                for each in now
            ],
        }
    )


class _Description:
    """Describes one workshop."""

    def __init__(self, workshop: Workshop, portal: Published) -> None:
        self._workshop = workshop
        self._portal = portal
        self._programme: Programme = programme_of(workshop)
        self._own = portal.page(workshop.docname)
        self._format = workshop.format or _format(workshop)
        self._locations = list(self._where())

    @property
    def is_course(self) -> bool:
        """Whether the profile of course instances can be kept."""
        is_taught = self._workshop.type not in _NO_COURSES
        return is_taught and self._format is not None and bool(self._locations)

    def event(self) -> Data:
        """The workshop as an event."""
        workshop, programme = self._workshop, self._programme
        registration = workshop.registration
        kind: Data = {"@type": "Event"}
        if self.is_course:
            kind = {
                "@type": ["CourseInstance", "EducationEvent"],
                _CONFORMS: {"@type": "CreativeWork", "@id": INSTANCE},
                "courseMode": _MODES[self._format or ""],
                "courseWorkload": self._workload(),
            }
        attendance = _ATTENDANCE.get(self._format or "")
        return without_nothing(
            {
                **kind,
                "@id": f"{self._own or ''}#workshop",
                "url": self._own,
                "name": workshop.title,
                "description": self._summary(),
                "startDate": self._day(workshop.start, programme.start),
                "endDate": self._day(workshop.end, programme.end),
                "eventStatus": f"{CONTEXT}{_STATUS.get(workshop.status or '', 'EventScheduled')}",
                "eventAttendanceMode": f"{CONTEXT}{attendance}" if attendance else None,
                "location": _one_or_all(self._locations),
                "inLanguage": list(workshop.languages),
                "audience": [
                    {"@type": "Audience", "audienceType": each} for each in workshop.audience
                ],
                "instructor": self._people(self._instructors()),
                "contributor": [*self._people(self._contributors()), *self._partners_at_work()],
                "organizer": [*self._partners(), *self._people(self._in_roles(_ORGANISING))],
                "funder": [*self._partners(), *map(_supporter, workshop.supporters)],
                "offers": self._offer(registration) if registration else None,
                "isAccessibleForFree": _is_free(registration),
                "maximumAttendeeCapacity": registration.seats if registration else None,
                "identifier": f"https://doi.org/{workshop.doi}" if workshop.doi else None,
                "sameAs": workshop.website,
                "recordedIn": _recordings(workshop.recordings),
                "workFeatured": self._works(programme.lessons),
                "subEvent": [
                    self._session(each, is_off=day.is_cancelled)
                    for day in programme.days
                    for each in day.sessions
                    if each.session.type != "break"
                ],
            }
        )

    def course(self, instance: str) -> Data:
        """The course that the workshop is an instance of."""
        lessons = list(self._lessons(("topics", "outcomes")))
        topics = list(dict.fromkeys(topic for each in lessons for topic in each.topics))
        return without_nothing(
            {
                "@type": "Course",
                "@id": f"{self._own or ''}#course",
                _CONFORMS: {"@type": "CreativeWork", "@id": COURSE},
                "name": self._workshop.title,
                "description": self._summary() or self._workshop.title,
                "keywords": [self._portal.category(self._workshop), *topics],
                "about": [{"@type": "DefinedTerm", "name": topic} for topic in topics],
                "url": self._own,
                "inLanguage": list(self._workshop.languages),
                "provider": self._partners() or [self._portal_itself()],
                "teaches": list(dict.fromkeys(text for each in lessons for text in each.outcomes)),
                "hasCourseInstance": [{"@id": instance}],
            }
        )

    def _summary(self) -> str | None:
        summary = self._workshop.summary
        return one_line(summary, self._portal.records) if summary else None

    def _day(self, day: date, moment: datetime | None) -> str:
        if self._workshop.dates_are_open:
            return day.isoformat()[: len("2027-03")]
        return moment.isoformat() if moment else day.isoformat()

    def _workload(self) -> str | None:
        minutes = self._programme.teaching_minutes
        hours = self._workshop.hours
        if minutes is None and hours is not None and hours.is_exact:
            minutes = int(hours.low * 60)
        return duration(minutes) if minutes else None

    def _where(self) -> Iterator[Data]:
        workshop = self._workshop
        for place in (*workshop.places, *(room.place for room in workshop.classrooms)):
            yield _place(place)
        if self._format in {"online", "asynchronous", "hybrid"}:
            stream = workshop.stream.url if workshop.stream else None
            join = workshop.registration.url if workshop.registration else None
            url = stream or join or workshop.website or self._own
            yield without_nothing({"@type": "VirtualLocation", "url": url})

    def _offer(self, registration: Registration) -> Data | None:
        if self._workshop.status == "cancelled":
            return None
        price = registration.price
        is_full = self._workshop.status == "full" and not registration.waiting_list
        return without_nothing(
            {
                "@type": "Offer",
                "url": registration.url,
                "price": plain(price.low) if price else None,
                "priceCurrency": registration.currency,
                "availability": f"{CONTEXT}{'SoldOut' if is_full else 'InStock'}",
                "validFrom": self._local(registration.opens),
                "validThrough": self._local(registration.closes),
            }
        )

    def _local(self, moment: date | datetime | None) -> str | None:
        if isinstance(moment, datetime):
            moment = moment.replace(tzinfo=self._programme.zone)
        return moment.isoformat() if moment else None

    def _instructors(self) -> Iterator[str]:
        yield from self._in_roles(_TEACHING)
        for each in self._programme.sessions:
            yield from each.session.instructors

    def _contributors(self) -> Iterator[str]:
        others = [each for each in self._workshop.people if each not in (*_TEACHING, *_ORGANISING)]
        yield from self._in_roles(others)

    def _in_roles(self, roles: Iterable[str]) -> Iterator[str]:
        for role in roles:
            yield from self._workshop.people.get(role, ())

    def _people(self, keys: Iterable[str]) -> list[Data]:
        records = self._portal.records
        people = (
            records.get(Person, key, ("name", "sort_name", "orcid")) for key in dict.fromkeys(keys)
        )
        return [_person(each, self._portal) for each in people if each]

    def _partners(self) -> list[Data]:
        return [_partner(key, self._portal) for key in self._workshop.partners]

    def _partners_at_work(self) -> list[Data]:
        """Partners that host a room or whose people are there, and that the record doesn't name."""
        support = known_support(self._workshop, self._portal.records)
        return [_partner(each.partner, self._portal) for each in support if not each.is_stated]

    def _portal_itself(self) -> Data:
        settings = self._portal.settings
        name = settings.author or settings.title
        return without_nothing({"@type": "Organization", "name": name, "url": settings.base_url})

    def _lessons(self, fields: tuple[str, ...]) -> Iterator[Lesson]:
        for key in self._programme.lessons:
            lesson = self._portal.records.get(Lesson, key, fields)
            if lesson is not None:
                yield lesson

    def _works(self, keys: Iterable[str]) -> list[Data]:
        pinned = {each.lesson: each for each in self._workshop.lessons}
        works = []
        for key in dict.fromkeys(keys):
            lesson = self._portal.records.get(Lesson, key, ("title", "url"))
            if lesson is not None:
                pin = pinned.get(key)
                work = {
                    "@type": "LearningResource",
                    "name": lesson.title,
                    "url": self._portal.page(lesson.docname) or lesson.url,
                    "version": pin.version if pin else None,
                }
                works.append(without_nothing(work))
        return works

    def _session(self, timed: TimedSession, *, is_off: bool) -> Data:
        session = timed.session
        works = self._works(each.lesson for each in session.lessons)
        names = [str(work["name"]) for work in works]
        stated = _STATUS.get(self._workshop.status or "", "EventScheduled")
        status = "EventCancelled" if session.cancelled or is_off else stated
        track = self._workshop.track(timed.track)
        return without_nothing(
            {
                "@type": "Event",
                "name": session.title or ", ".join(names) or self._workshop.title,
                "startDate": timed.start.isoformat(),
                "endDate": timed.end.isoformat(),
                "eventStatus": f"{CONTEXT}{status}",
                "location": {"@type": "Place", "name": session.room} if session.room else None,
                "inLanguage": track.language if track else None,
                "performer": self._people(session.instructors),
                "recordedIn": _recordings(session.recordings),
                "workFeatured": works,
            }
        )


def _one_or_all(found: list[Data]) -> Data | list[Data]:
    """A single value as itself, as profiles ask for it where a property is to have one."""
    return found[0] if len(found) == 1 else found


def _format(workshop: Workshop) -> str | None:
    """How people take part, where the record says it only by place or stream."""
    is_online = workshop.stream is not None
    if workshop.places:
        return "hybrid" if is_online else "in-person"
    return "online" if is_online else None


def _is_free(registration: Registration | None) -> bool | None:
    if registration is None or registration.price is None:
        return None
    return registration.price.high == 0


def _place(place: Place) -> Data:
    address = without_nothing(
        {
            "@type": "PostalAddress",
            "streetAddress": place.address,
            "addressLocality": place.city,
            "addressCountry": place.country,
        }
    )
    geo = None
    if place.latitude is not None and place.longitude is not None:
        geo = {
            "@type": "GeoCoordinates",
            "latitude": float(place.latitude),
            "longitude": float(place.longitude),
        }
    return without_nothing(
        {
            "@type": "Place",
            "name": place.name,
            "address": address if len(address) > 1 else None,
            "geo": geo,
            "url": place.url,
        }
    )


def _person(person: Person, portal: Published) -> Data:
    return without_nothing(
        {
            "@type": "Person",
            "@id": f"https://orcid.org/{person.orcid}" if person.orcid else None,
            "name": person.name,
            "url": portal.page(person.docname),
        }
    )


def _partner(key: str, portal: Published) -> Data:
    partner = portal.records.get(Partner, key, ("name", "homepage", "ror"))
    if partner is None:
        return {"@type": "Organization", "name": key}
    return without_nothing(
        {
            "@type": "Organization",
            "@id": partner.ror,
            "name": partner.name,
            "url": partner.homepage or portal.page(partner.docname),
        }
    )


def _supporter(link: Link) -> Data:
    return without_nothing(
        {"@type": "Organization", "name": link.text or link.url, "url": link.url}
    )


def _recordings(links: Iterable[Link]) -> list[Data]:
    return [
        without_nothing({"@type": "VideoObject", "name": each.text, "url": each.url})
        for each in links
        if each.url and not each.historic
    ]


def data_of(record: Record | None, portal: Published) -> dict[str, Any] | None:
    """The linked data of a record's page; None for kinds that are described elsewhere."""
    if isinstance(record, Workshop):
        return workshop_data(record, portal)
    return person_data(record, portal) if isinstance(record, Person) else None
