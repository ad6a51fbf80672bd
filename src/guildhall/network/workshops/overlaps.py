"""Sessions that are too near to each other, or too far: overlaps of tracks, people, rooms; gaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity
from guildhall.core.values.faults import quote
from guildhall.core.yaml_source import Place
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.network.programme.programme import Programme, TimedDay, TimedSession
from guildhall.network.programme.times import instant, minutes_between
from guildhall.network.workshops.context import (
    Context,
    called,
    finding,
    held_on,
    held_sessions,
    on_track,
    tracks_of,
)

Where = tuple[str, Place]
"""A session or classroom of the portal: the workshop's id, and the place in its record."""


@dataclass(frozen=True, slots=True)
class _Stay:
    """The time that somebody spends, or a room is used, in a session or a classroom.

    Args:
        name: the id of the person, or the room.
        start: its first moment.
        end: its last moment.
        programme: of the workshop.
        session: place of the session or classroom in the record.
        named: place of the name of the person or room.
        what: the session or classroom as messages call it.
    """

    name: str
    start: datetime
    end: datetime
    programme: Programme
    session: Place
    named: Place
    what: str

    @property
    def workshop(self) -> Workshop:
        return self.programme.workshop

    @property
    def where(self) -> Where:
        return self.workshop.key, self.session

    @property
    def is_classroom(self) -> bool:
        return self.session[0] == "classrooms"


def overlap_findings(context: Context) -> Iterator[Finding]:
    """Find sessions of one track, of one person and of one room that are at the same time.

    People and rooms are looked at over all workshops. Where two sessions of one track overlap,
    nothing more is said of the people and rooms of both.
    """
    told: set[frozenset[Where]] = set()
    for programme in context.held:
        night: tuple[TimedSession, ...] = ()
        for day in programme.days:
            sessions = held_on(day)
            for later, message, pair in _on_tracks(programme.workshop, (*night, *sessions)):
                if pair not in told:
                    told.add(pair)
                    place = (*later.place, "start")
                    yield finding("workshop.overlaps", programme.workshop, place, message)
            night = tuple(each for each in sessions if each.end.date() > day.date)
    for stays in _stays_of_people(context).values():
        yield from _at_once(stays, _parts_somebody, told)
    for stays in _stays_of_rooms(context).values():
        yield from _at_once(stays, _share_rooms, told)


def _on_tracks(
    workshop: Workshop, sessions: tuple[TimedSession, ...]
) -> Iterator[tuple[TimedSession, str, frozenset[Where]]]:
    key = workshop.key
    for index, later in enumerate(sessions):
        for earlier in sessions[:index]:
            if instant(earlier.end) <= instant(later.start) or not _collide(earlier, later):
                continue
            track = later.track or earlier.track
            mend = f" on the track `{track}`" if track else "; parallel sessions need a `track`"
            message = (
                f"{called(later.session)} starts on {later.start:%Y-%m-%d} at {later.start:%H:%M}, "
                f"but {called(earlier.session)} continues until {earlier.end:%H:%M}{mend}"
            )
            yield later, message, frozenset({(key, earlier.place), (key, later.place)})


def _collide(one: TimedSession, other: TimedSession) -> bool:
    """Whether people on a track would have to be in both sessions at once."""
    if one.track is not None and other.track is not None and one.track != other.track:
        return False
    return not any(each.session.optional or each.session.type == "help" for each in (one, other))


def _stays_of_people(context: Context) -> dict[str, list[_Stay]]:
    found: defaultdict[str, list[_Stay]] = defaultdict(list)
    for programme in context.held:
        for session in held_sessions(programme):
            for person, place in people_in(session):
                found[person].append(_stay(person, programme, session, place))
        for index, classroom in enumerate(programme.workshop.classrooms):
            at = ("classrooms", index)
            named = {
                person: (*at, "people", role, number)
                for role, people in classroom.people.items()
                for number, person in enumerate(people)
            }
            for person, place in named.items():
                for day in programme.days:
                    if day.start and day.end and not day.is_cancelled:
                        what = f"the classroom {quote(classroom.name)}"
                        stay = _Stay(person, day.start, day.end, programme, at, place, what)
                        found[person].append(stay)
    return found


def people_in(session: TimedSession) -> Iterator[tuple[str, Place]]:
    """Everybody in a session once, with the place of the name."""
    seen: set[str] = set()
    lists = [
        (("instructors",), session.session.instructors),
        *((("people", role), people) for role, people in session.session.people.items()),
    ]
    for at, people in lists:
        for index, person in enumerate(people):
            if person not in seen:
                seen.add(person)
                yield person, (*session.place, *at, index)


def _stays_of_rooms(context: Context) -> dict[str, list[_Stay]]:
    found: defaultdict[str, list[_Stay]] = defaultdict(list)
    for programme in context.held:
        for session in held_sessions(programme):
            track = programme.workshop.track(session.track)
            room = session.session.room or (track.room if track else None)
            if room:
                named = "room" if session.session.room else "track"
                found[room.casefold()].append(
                    _stay(room, programme, session, (*session.place, named))
                )
    return found


def _stay(name: str, programme: Programme, session: TimedSession, named: Place) -> _Stay:
    what = called(session.session)
    return _Stay(name, session.start, session.end, programme, session.place, named, what)


def _at_once(
    stays: list[_Stay],
    excludes: Callable[[_Stay, _Stay], bool],
    told: set[frozenset[Where]],
) -> Iterator[Finding]:
    """Each two stays once that are at the same time, where that can't be."""
    own: set[frozenset[Where]] = set()
    order = sorted(stays, key=lambda each: (instant(each.start), each.workshop.key))
    going_on: list[_Stay] = []
    for stay in order:
        going_on = [each for each in going_on if instant(each.end) > instant(stay.start)]
        for other in going_on:
            pair = frozenset({stay.where, other.where})
            # What stands in a template is wrong on each of its days, but told once.
            if pair in told or pair in own or not excludes(stay, other):
                continue
            own.add(pair)
            yield finding("workshop.overlaps", stay.workshop, stay.named, _clash(other, stay))
        going_on.append(stay)


def _parts_somebody(one: _Stay, other: _Stay) -> bool:
    """Whether nobody can be in both at once."""
    # From a classroom somebody may well teach in a session that all classrooms follow.
    return one.workshop.key != other.workshop.key or one.is_classroom == other.is_classroom


def _share_rooms(one: _Stay, other: _Stay) -> bool:
    """Whether rooms of the same name are the same room."""
    if one.workshop.key == other.workshop.key:
        return True
    here, there = _buildings(one.workshop), _buildings(other.workshop)
    return here == there or bool(here & there)


def _buildings(workshop: Workshop) -> frozenset[tuple[str, str]]:
    """Where a workshop is held: rooms of other places may have the same names."""
    return frozenset(
        (place.name.casefold(), (place.city or "").casefold()) for place in workshop.places
    )


def _clash(earlier: _Stay, later: _Stay) -> str:
    of = "" if earlier.workshop.key == later.workshop.key else f" of `{earlier.workshop.key}`"
    end = min(earlier.end, later.end, key=instant).astimezone(later.start.tzinfo)
    span = f"on {later.start:%Y-%m-%d} from {later.start:%H:%M} to {end:%H:%M}"
    return f"{quote(later.name)} is in {later.what} and in {earlier.what}{of} at once, {span}"


def gap_findings(context: Context) -> Iterator[Finding]:
    """Find times of a day in which a track has no session and no break.

    None of it is wrong; who wrote the schedule may have forgotten a break.
    """
    for programme in context.held:
        for day in programme.days:
            if not day.is_cancelled:
                yield from _gaps(programme.workshop, day)


def _gaps(workshop: Workshop, day: TimedDay) -> Iterator[Finding]:
    tracks = tracks_of(day.sessions)
    for track in tracks:
        for before, session in _apart(on_track(day.sessions, track)):
            on = f" on the track `{track}`" if len(tracks) > 1 else ""
            length = minutes_between(before, session.start)
            message = (
                f"nothing is planned on {day.date.isoformat()} from {before:%H:%M} to "
                f"{session.start:%H:%M} ({length} min){on}; a break is a session too"
            )
            place = (*session.place, "start")
            yield finding("workshop.gaps", workshop, place, message, Severity.INFO)


def _apart(sessions: Iterable[TimedSession]) -> Iterator[tuple[datetime, TimedSession]]:
    """Sessions that nothing leads up to, each with the end of what came before."""
    until: datetime | None = None
    for session in sessions:
        if until is not None and instant(session.start) > instant(until):
            yield until, session
        until = session.end if until is None else max(until, session.end, key=instant)
