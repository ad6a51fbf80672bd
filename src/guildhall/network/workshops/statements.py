"""What a record states beside its schedule, and whether it fits the dates and other records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity
from guildhall.core.values.faults import quote
from guildhall.core.yaml_source import Place
from guildhall.model.records.kinds.activity import Activity
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.kinds.workshop import Registration, Workshop
from guildhall.model.records.namesakes import not_apart
from guildhall.network.people.affiliations import partners_on, support_of
from guildhall.network.programme.programme import Programme
from guildhall.network.programme.state import can_register, day_of, phase_of, state_of
from guildhall.network.programme.times import ImpossibleTimeError, instant, moment
from guildhall.network.workshops.context import NOT_HELD, Context, finding, held_sessions
from guildhall.network.workshops.rules import RULES

TEACHING = ("instructor", "co-instructor")
"""The roles of people who teach."""


def registration_findings(context: Context) -> Iterator[Finding]:
    """Find registrations that close before they open, or are open when the workshop has begun."""
    for programme in context.programmes:
        workshop = programme.workshop
        if workshop.registration:
            yield from _registration(programme, workshop.registration, ("registration",))
        for index, classroom in enumerate(workshop.classrooms):
            if classroom.registration:
                at = ("classrooms", index, "registration")
                yield from _registration(programme, classroom.registration, at)


def _registration(programme: Programme, stated: Registration, at: Place) -> Iterator[Finding]:
    workshop, opens, closes = programme.workshop, stated.opens, stated.closes
    for name, value in (("opens", opens), ("closes", closes)):
        if isinstance(value, datetime):
            try:
                moment(value.date(), f"{value:%H:%M}", programme.zone)
            except ImpossibleTimeError as error:
                yield finding("workshop.registration", workshop, (*at, name), str(error))
                return
    first = _first(opens, programme.zone) if opens else None
    last = _last(closes, programme.zone) if closes else None
    if first and last and last <= first:
        message = f"registration closes on {_shown(closes)}, before it opens, on {_shown(opens)}"
        yield finding("workshop.registration", workshop, (*at, "closes"), message)
        return
    starts = _first_session(programme) or workshop.start
    for name, value in (("opens", opens), ("closes", closes)):
        begun = _begun(starts, value, programme.zone) if value else None
        if begun:
            message = (
                f"registration {name} on {_shown(value)}, "
                f"but the workshop starts on {_shown(begun)}"
            )
            yield finding("workshop.registration", workshop, (*at, name), message, Severity.WARNING)


def _first_session(programme: Programme) -> datetime | None:
    """When the first session starts that isn't optional."""
    sessions = (each.start for each in held_sessions(programme) if not each.session.optional)
    return min(sessions, default=None, key=instant)


def _begun(
    starts: date | datetime, stated: date | datetime, zone: ZoneInfo
) -> date | datetime | None:
    """The start, as exact as both are known, where it is before a stated day or moment."""
    if isinstance(starts, datetime) and isinstance(stated, datetime):
        return starts if instant(starts) < _first(stated, zone) else None
    return day_of(starts) if day_of(starts) < day_of(stated) else None


def _first(value: date | datetime, zone: ZoneInfo) -> datetime:
    """The moment of a local time, or the first moment of a day."""
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    return value.replace(tzinfo=zone).astimezone(UTC)


def _last(value: date | datetime, zone: ZoneInfo) -> datetime:
    """The moment of a local time, or the last moment of a day."""
    if isinstance(value, datetime):
        return _first(value, zone)
    return _first(value + timedelta(days=1), zone)


def _shown(value: date | datetime | None) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat() if value else ""


def status_findings(context: Context) -> Iterator[Finding]:
    """Find stated statuses that contradict the dates; pages then go by the dates."""
    for workshop in context.workshops:
        reason = contradiction(workshop, context.today)
        if reason:
            message = f"the status is `{workshop.status}`, but {reason}"
            yield finding("workshop.status", workshop, ("status",), message, Severity.WARNING)


def contradiction(workshop: Workshop, today: date) -> str | None:
    """Why the stated status of a workshop can't be so on a day; None where it can."""
    status, phase = workshop.status, phase_of(workshop, today)
    if status == "past" and phase != "past":
        return f"it ends on {workshop.end.isoformat()}"
    if status == "running" and phase == "upcoming":
        return f"it starts on {workshop.start.isoformat()}"
    if status in {"running", "planned", "announced", "open"} and phase == "past":
        return f"it ended on {workshop.end.isoformat()}"
    if status in {"planned", "announced", "open"} and phase == "running":
        return f"it started on {workshop.start.isoformat()}"
    if status == "open" and not can_register(workshop, today):
        return _why_closed(workshop, today)
    return None


def _why_closed(workshop: Workshop, today: date) -> str:
    registration = workshop.registration
    if registration is None or registration.url is None:
        return "there is no `registration` with a `url`"
    if registration.opens and day_of(registration.opens) > today:
        return f"registration opens on {_shown(registration.opens)}"
    return f"registration closed on {_shown(registration.closes)}"


def result_findings(context: Context) -> Iterator[Finding]:
    """Find past workshops whose record doesn't say who took part, or names no recordings.

    Of people in one room, no recordings are expected; and nothing of a workshop of which no record
    says that it took place.
    """
    for programme in context.held:
        workshop = programme.workshop
        if state_of(workshop, context.today) != "past":
            continue
        recorded = (
            workshop.format == "in-person"
            or workshop.recordings
            or any(each.session.recordings for each in programme.sessions)
        )
        lacking = [
            name
            for name, stated in (("participants", workshop.participants), ("recordings", recorded))
            if not stated
        ]
        if lacking:
            listed = " and no ".join(f"`{name}`" for name in lacking)
            ended = workshop.end.isoformat()
            message = f"the workshop ended on {ended}, but its record has no {listed}"
            yield finding("workshop.results", workshop, ("end",), message, Severity.INFO)


def partner_findings(context: Context) -> Iterator[Finding]:
    """Find partners whose people teach, and that no page acknowledges unless the record does.

    Pages name the partners of all who may be named, and those that host a classroom.
    """
    public = context.registry.public()
    for programme in context.held:
        workshop = programme.workshop
        told = {each.partner for each in support_of(workshop, partial(public.get, Person))}
        for name, place, day in _teachers(programme):
            person = context.registry.get(Person, name)
            partners = partners_on(person, day) if person else ()
            if not partners or {*partners} & told:
                continue
            told.update(partners)
            listed = " and ".join(map(quote, partners))
            message = f"{quote(name)} of {listed} teaches, but {listed} is not among `partners`"
            yield finding("workshop.partners", workshop, place, message, Severity.WARNING)


def _teachers(programme: Programme) -> Iterator[tuple[str, Place, date]]:
    """Who teaches: as the workshop says, then session by session."""
    workshop = programme.workshop
    for role in TEACHING:
        for index, name in enumerate(workshop.people.get(role, ())):
            yield name, ("people", role, index), workshop.start
    for session in held_sessions(programme):
        day = session.start.date()
        for index, name in enumerate(session.session.instructors):
            yield name, (*session.place, "instructors", index), day
        for role in TEACHING:
            for index, name in enumerate(session.session.people.get(role, ())):
                yield name, (*session.place, "people", role, index), day


def namesake_findings(context: Context) -> Iterator[Finding]:
    """Find people of one name, of whom the records say nothing that tells them apart."""
    for group in not_apart(context.registry.public().of(Person)):
        first = group[0]
        for each in group[1:]:
            both = f"{quote(first.key)} and {quote(each.key)}"
            message = f"{both} have the same name, and nothing else distinguishes them"
            yield each.origin.fault(each.at("name"), RULES["workshop.namesakes"], message)


def plan_findings(context: Context) -> Iterator[Finding]:
    """Find workshops that fulfil an activity of another year, or one recorded as not held."""
    for workshop in context.workshops:
        years = workshop.period.years
        for index, key in enumerate(workshop.fulfils):
            place = ("fulfils", index)
            activity = context.registry.get(Activity, key)
            if activity and activity.year not in years:
                message = f"{quote(key)} is planned for {activity.year}, not for {years[0]}"
                yield finding("workshop.plan", workshop, place, message, Severity.WARNING)
            is_held = workshop.status not in NOT_HELD and not workshop.dates_are_open
            if activity and activity.outcome == "not-held" and is_held:
                message = f"{quote(key)} is recorded as not held, but this workshop has dates"
                yield finding("workshop.plan", workshop, place, message, Severity.WARNING)


def twin_findings(context: Context) -> Iterator[Finding]:
    """Find workshops that may be one, since dates and site, or dates and title, are the same."""
    seen: dict[tuple[date, date, str], Workshop] = {}
    for workshop in sorted(context.workshops, key=lambda each: each.key):
        if workshop.status in NOT_HELD:
            continue
        what = (workshop.website or "").rstrip("/") or workshop.title.casefold()
        first = seen.setdefault((workshop.start, workshop.end, what), workshop)
        if first is not workshop:
            name = "website" if workshop.website else "title"
            message = f"`{first.key}` has the same dates and the same {name}; is it the same?"
            yield finding("workshop.twins", workshop, (name,), message, Severity.WARNING)
