"""Workshops as calendars that programs subscribe to: iCalendar, RFC 5545 and RFC 7986.

A calendar says the same whenever it is written: what changes in it comes from the records, and
when they changed comes from them or from git. So a program that asks again finds what is new by its
``SEQUENCE`` and ``LAST-MODIFIED``, and nothing else seems to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vDuration, vText, vUri

from guildhall.core.values.format import EN_DASH, format_date
from guildhall.core.values.names import country_name
from guildhall.core.words import word
from guildhall.model.records.kinds.workshop import Place, Registration, Session, Workshop
from guildhall.model.records.shared import Link
from guildhall.network.people.agenda import Duty
from guildhall.network.programme.programme import Programme, TimedDay, TimedSession, programme_of
from guildhall.network.programme.state import day_of
from guildhall.network.programme.times import instant
from guildhall.network.workshops.context import NOT_HELD
from guildhall.network.workshops.publishing import (
    CalendarFile,
    Own,
    Published,
    changed_at,
    revision_of,
)
from guildhall.network.workshops.texts import plain_text
from guildhall.network.workshops.time_zones import time_zone

PRODUCER = "-//Guildhall//Workshops//EN"
REFRESH = timedelta(days=1)
"""How often a program shall ask whether a calendar has changed."""

_TENTATIVE = frozenset({"planned", "postponed"})


class Calendars:
    """Writes calendars; the events of a workshop are made once, however many hold them.

    Args:
        portal: the portal.
    """

    def __init__(self, portal: Published) -> None:
        self._portal = portal
        self._language = portal.settings.language
        self._events: dict[str, tuple[Event, ...]] = {}

    def write(self, file: CalendarFile) -> bytes:
        """A calendar as iCalendar, the same for the same records."""
        calendar = Calendar()
        calendar.add("prodid", PRODUCER)
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        # icalendar knows neither name as text, and text has commas and line ends to escape.
        calendar.add("name", vText(file.name))
        calendar.add("x-wr-calname", vText(file.name))
        calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(REFRESH))
        source, page = self._portal.file(file.path), self._portal.page(file.page or "index")
        if source is not None:
            calendar.add("source", vUri(source), parameters={"VALUE": "URI"})
        if page is not None:
            calendar.add("url", vUri(page))
        if file.own is None:
            events = [event for each in file.workshops for event in self.events(each)]
        else:
            events = list(self._own(file.own))
        for zone, first, last in _zones(events):
            calendar.add_component(time_zone(zone, first, last))
        for event in events:
            calendar.add_component(event)
        return bytes(calendar.to_ical())

    def events(self, workshop: Workshop) -> tuple[Event, ...]:
        """An event for each day of a workshop; one for all of them where it has no schedule."""
        if workshop.key not in self._events:
            self._events[workshop.key] = tuple(self._made(workshop))
        return self._events[workshop.key]

    def _made(self, workshop: Workshop) -> Iterator[Event]:
        programme = programme_of(workshop)
        if not programme.days:
            yield self._whole(workshop)
        # Two days of one name are a fault of the record, and no two events may share an id.
        days = {day.key: day for day in reversed(programme.days)}
        for number, day in enumerate(
            (each for each in programme.days if each is days[each.key]), 1
        ):
            yield self._day(programme, day, number, len(days))

    def _whole(self, workshop: Workshop) -> Event:
        event = self._event(workshop, workshop.key, workshop.title)
        event.add("dtstart", workshop.start)
        event.add("dtend", workshop.end + timedelta(days=1))
        self._describe(event, workshop, [workshop.stream], ())
        return event

    def _day(self, programme: Programme, day: TimedDay, number: int, count: int) -> Event:
        workshop = programme.workshop
        # No id of a record holds a full stop, so no id of a day is another workshop's.
        event = self._event(
            workshop,
            f"{workshop.key}.{day.key}",
            self._title(workshop, day, number, count),
            is_cancelled=day.is_cancelled,
        )
        if day.start is None or day.end is None:
            event.add("dtstart", day.date)
            event.add("dtend", day.date + timedelta(days=1))
        else:
            event.add("dtstart", _stated(day.start))
            event.add("dtend", _stated(day.end))
        self._describe(event, workshop, _streams(workshop, day), self._sessions(programme, day))
        return event

    def _own(self, own: Own) -> Iterator[Event]:
        """An event for each session that names a person."""
        for workshop, duties in own.sessions:
            for duty in duties:
                # Colleagues in one session differ in what they do there.
                yield self._duty(workshop, duty, f"{workshop.key}.{duty.name}.{own.person}")

    def _duty(self, workshop: Workshop, duty: Duty, name: str) -> Event:
        timed = duty.timed
        title = word(self._language, "{title}: {part}").format(
            title=workshop.title, part=self._session(timed.session)
        )
        event = self._event(workshop, name, title, is_cancelled=duty.is_cancelled)
        is_held = not duty.is_cancelled and workshop.status not in NOT_HELD
        event["transp"] = vText("OPAQUE" if is_held else "TRANSPARENT")
        event.add("dtstart", _stated(timed.start))
        event.add("dtend", _stated(timed.end))
        track = workshop.track(timed.track)
        streams = (workshop.stream, track.stream if track else None, timed.session.stream)
        room = timed.session.room or (track.room if track else None)
        self._locate(event, workshop, streams, room)
        what = (
            self._portal.roles(duty.roles),
            track.title if track else "",
            self._portal.page(workshop.docname) or "",
        )
        event.add("description", "\n".join(filter(None, what)))
        return event

    def _title(self, workshop: Workshop, day: TimedDay, number: int, count: int) -> str:
        if day.day.title:
            text = word(self._language, "{title}: {part}")
            return text.format(title=workshop.title, part=day.day.title)
        if count == 1:
            return workshop.title
        text = word(self._language, "{title}, day {number} of {count}")
        return text.format(title=workshop.title, number=number, count=count)

    def _event(
        self, workshop: Workshop, name: str, title: str, *, is_cancelled: bool = False
    ) -> Event:
        """An event with what all events of a workshop have in common."""
        change = self._portal.change(workshop)
        changed = changed_at(workshop, change)
        event = Event()
        event.add("uid", f"{name}@{self._portal.host}")
        event.add("dtstamp", changed or datetime.combine(workshop.start, time(), UTC))
        if changed is not None:
            event.add("last-modified", changed)
        event.add("sequence", revision_of(workshop, change))
        status = "CANCELLED" if is_cancelled else _status(workshop)
        event.add("status", status)
        # To follow a network's workshops is not to be busy on all of their days.
        event.add("transp", "TRANSPARENT")
        if status == "CANCELLED":
            # Not every program shows the status of an event.
            title = word(self._language, "Cancelled: {title}").format(title=title)
        elif workshop.status == "postponed":
            title = word(self._language, "Postponed: {title}").format(title=title)
        event.add("summary", title)
        event.add("categories", [self._portal.category(workshop)])
        address = self._portal.page(workshop.docname)
        if address is not None:
            event.add("url", vUri(address))
        return event

    def _describe(
        self,
        event: Event,
        workshop: Workshop,
        streams: Iterable[Link | None],
        sessions: Iterable[str],
    ) -> None:
        """Add where an event takes place, and what there is to read of it."""
        self._locate(event, workshop, streams)
        paragraphs = [
            plain_text(workshop.summary, self._portal.records) if workshop.summary else "",
            "\n".join(sessions),
            self._registration(workshop.registration) if workshop.registration else "",
            self._portal.page(workshop.docname) or "",
        ]
        text = "\n\n".join(each for each in paragraphs if each)
        if text:
            event.add("description", text)

    def _locate(
        self,
        event: Event,
        workshop: Workshop,
        streams: Iterable[Link | None],
        room: str | None = None,
    ) -> None:
        """Add where an event takes place: its room and places, and else where it is streamed."""
        live = {each.url: each for each in streams if each and each.url and not each.historic}
        language = self._language
        for url, each in live.items():
            parameters = {"VALUE": "URI", "FEATURE": "VIDEO"}
            parameters["LABEL"] = each.text or word(language, "Stream")
            event.add("conference", vUri(url), parameters=parameters)
        places = [self._place(each) for each in workshop.places]
        if room or places or live:
            where = ", ".join(filter(None, (room, "; ".join(places))))
            event.add("location", where or next(iter(live)))
        if len(workshop.places) == 1:
            (place,) = workshop.places
            if place.latitude is not None and place.longitude is not None:
                event.add("geo", (float(place.latitude), float(place.longitude)))

    def _sessions(self, programme: Programme, day: TimedDay) -> Iterator[str]:
        """The sessions of a day, one a line, in local time."""
        language = self._language
        if day.sessions:
            zone = programme.zone.key
            yield word(language, "Times are in {timezone}.").format(timezone=zone)
        for each in day.sessions:
            title = self._session(each.session)
            if each.session.cancelled:
                title = word(language, "Cancelled: {title}").format(title=title)
            track = self._track(programme, each)
            where = ", ".join(filter(None, (track, each.session.room)))
            span = f"{each.start:%H:%M}{EN_DASH}{each.end:%H:%M}"
            yield f"{span} {title} ({where})" if where else f"{span} {title}"

    def _track(self, programme: Programme, session: TimedSession) -> str | None:
        track = programme.workshop.track(session.track)
        return track.title if track else None

    def _session(self, session: Session) -> str:
        if session.title:
            return session.title
        titles = []
        for each in session.lessons:
            lesson = self._portal.records.find("lesson", each.lesson, ("label",))
            titles.append(lesson.label if lesson else each.lesson)
        if titles:
            return ", ".join(dict.fromkeys(titles))
        return session.url or word(self._language, "Break")

    def _registration(self, registration: Registration) -> str:
        language = self._language
        said = []
        if registration.url:
            said.append(word(language, "Registration: {url}").format(url=registration.url))
        if registration.closes:
            day = format_date(day_of(registration.closes), language)
            said.append(word(language, "Registration closes: {date}").format(date=day))
        return "\n".join(said)

    def _place(self, place: Place) -> str:
        country = country_name(place.country, self._language) if place.country else None
        parts = (place.name, place.address, place.city, country)
        return ", ".join(dict.fromkeys(part for part in parts if part))


def _status(workshop: Workshop) -> str:
    if workshop.status == "cancelled":
        return "CANCELLED"
    is_open = workshop.dates_are_open or workshop.status in _TENTATIVE
    return "TENTATIVE" if is_open else "CONFIRMED"


def _streams(workshop: Workshop, day: TimedDay) -> Iterator[Link | None]:
    tracks = workshop.schedule.tracks if workshop.schedule else {}
    yield workshop.stream
    for each in day.sessions:
        yield tracks[each.track].stream if each.track in tracks else None
        yield each.session.stream


def _stated(moment: datetime) -> datetime:
    """A moment as calendars can state it: of two equal local times, only the first is (3.3.5)."""
    is_later = moment.utcoffset() != moment.replace(fold=0).utcoffset()
    return moment.astimezone(UTC) if is_later else moment


def _zones(events: Iterable[Event]) -> Iterator[tuple[ZoneInfo, datetime, datetime]]:
    """The zones that events name, each with the first and the last moment stated in it."""
    stated: dict[str, list[datetime]] = {}
    for event in events:
        for name in ("dtstart", "dtend"):
            moment = event.decoded(name)
            if isinstance(moment, datetime) and isinstance(moment.tzinfo, ZoneInfo):
                stated.setdefault(moment.tzinfo.key, []).append(moment)
    for name, moments in sorted(stated.items()):
        if name != "UTC":
            yield ZoneInfo(name), min(moments, key=instant), max(moments, key=instant)
