"""The programme of a workshop: its schedule with all that follows filled in, as moments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from guildhall.core.findings.finding import Finding
from guildhall.core.values.faults import nearest, quote
from guildhall.core.yaml_source import Place
from guildhall.model.records.kinds.workshop import (
    Day,
    DayTemplate,
    Filling,
    Schedule,
    Session,
    Workshop,
)
from guildhall.network.programme.rules import TIMES
from guildhall.network.programme.times import (
    ImpossibleTimeError,
    UnambiguousTimeError,
    after,
    instant,
    minutes_between,
    moment,
)

TAUGHT = frozenset({"teaching", "exercises"})
"""The types of sessions whose time counts as hours taught."""


@dataclass(frozen=True, slots=True)
class TimedSession:
    """A session with its times.

    Args:
        session: the session, merged with what fills its slot.
        place: where it stands in the record.
        start: its first moment, in the workshop's zone.
        end: its last moment, in the workshop's zone.
        track: the track that it belongs to; None where it is for all of them.
    """

    session: Session
    place: Place
    start: datetime
    end: datetime
    track: str | None

    @property
    def minutes(self) -> int:
        """How long it is, in real minutes."""
        return minutes_between(self.start, self.end)


@dataclass(frozen=True, slots=True)
class TimedDay:
    """A day with its sessions.

    Args:
        key: a name that stays when the day is moved: its id, or ``day-1``, ``day-2``, in order.
        day: the day as the record has it.
        index: its place in the record.
        sessions: the sessions in the order of their starts.
    """

    key: str
    day: Day
    index: int
    sessions: tuple[TimedSession, ...]

    @property
    def date(self) -> date:
        """The date, in the workshop's zone."""
        return self.day.date

    @property
    def start(self) -> datetime | None:
        """When the first session starts that takes place."""
        return min((each.start for each in self._held), default=None, key=instant)

    @property
    def end(self) -> datetime | None:
        """When the last session ends that takes place."""
        return max((each.end for each in self._held), default=None, key=instant)

    @property
    def is_cancelled(self) -> bool:
        """Whether nothing of it takes place."""
        return self.day.cancelled or (bool(self.sessions) and not self._held)

    @property
    def is_optional(self) -> bool:
        """Whether it can be skipped."""
        sessions = [each.session for each in self._held if each.session.type != "break"]
        return bool(sessions) and all(each.optional for each in sessions)

    @property
    def _held(self) -> tuple[TimedSession, ...]:
        held = tuple(each for each in self.sessions if not each.session.cancelled)
        # The times of a cancelled day are still those that calendars know.
        return held or (self.sessions if self.day.cancelled else ())


@dataclass(frozen=True)
class Programme:
    """Days and sessions of a workshop as moments.

    Args:
        workshop: the workshop.
        zone: its time zone.
        days: its days by date.
        faults: what is wrong with its times; such sessions are left out.
    """

    workshop: Workshop
    zone: ZoneInfo
    days: tuple[TimedDay, ...] = ()
    faults: tuple[Finding, ...] = field(default=())

    @property
    def sessions(self) -> tuple[TimedSession, ...]:
        """All sessions, day by day."""
        return tuple(session for day in self.days for session in day.sessions)

    @property
    def start(self) -> datetime | None:
        """When the first session starts; None without a schedule."""
        return min((day.start for day in self.days if day.start), default=None, key=instant)

    @property
    def end(self) -> datetime | None:
        """When the last session ends; None without a schedule."""
        return max((day.end for day in self.days if day.end), default=None, key=instant)

    @property
    def lessons(self) -> tuple[str, ...]:
        """The ids of all lessons: those of the workshop, then those of sessions as they come."""
        stated = [each.lesson for each in self.workshop.lessons]
        taught = [each.lesson for session in self.sessions for each in session.session.lessons]
        return tuple(dict.fromkeys((*stated, *taught)))

    @property
    def teaching_minutes(self) -> int | None:
        """Minutes of teaching and exercises, side by side ones once; None without a schedule."""
        if not self.days:
            return None
        return sum(_covered(day) for day in self.days if not day.is_cancelled)


def _covered(day: TimedDay) -> int:
    """Minutes of a day in which something is taught."""
    return minutes_covered(
        (instant(each.start), instant(each.end))
        for each in day.sessions
        if each.session.type in TAUGHT and not each.session.cancelled
    )


def minutes_covered(spans: Iterable[tuple[datetime, datetime]]) -> int:
    """Minutes of some spans of time, those that overlap counted once."""
    total = 0
    until: datetime | None = None
    for start, end in sorted(spans):
        begin = start if until is None else max(start, until)
        if end > begin:
            total += minutes_between(begin, end)
            until = end
    return total


def programme_of(workshop: Workshop) -> Programme:
    """The programme of a workshop, with every fault of its times."""
    zone = _zone(workshop.timezone)
    if workshop.schedule is None:
        return Programme(workshop, zone)
    reading = _Reading(workshop, workshop.schedule, zone)
    days = tuple(reading.days())
    return Programme(
        workshop, zone, tuple(sorted(days, key=lambda day: day.date)), tuple(reading.faults)
    )


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@dataclass(frozen=True, slots=True)
class _Planned:
    """A session of a day, with the places of what it is and of its times.

    The two differ where a day fills a slot: the template has the times.
    """

    session: Session
    place: Place
    times: Place


_MINUTES_OF_A_DAY = 24 * 60
_NIGHT, _LONG_NIGHT = 12, 18
"""Hours: below the first, an `end` before the `start` is one after midnight."""
_NO_SLOT = "only sessions of a template have slots; give this one a `title` or `lessons`"
_SAYS_NOTHING = "expected a `title`, `lessons` or a `url` that say what it is"
_Ends = dict[str | None, datetime | None]
"""By track when what came before ends, under None for all tracks; None where times are wrong."""


class _Reading:
    """Reads a schedule once, and notes what is wrong with it."""

    def __init__(self, workshop: Workshop, schedule: Schedule, zone: ZoneInfo) -> None:
        self._workshop = workshop
        self._schedule = schedule
        self._zone = zone
        self.faults: list[Finding] = []

    def days(self) -> Iterator[TimedDay]:
        """All days with their sessions."""
        keys: set[str] = set()
        last: date | None = None
        for index, day in enumerate(self._schedule.days):
            key = day.id or f"day-{index + 1}"
            at = ("schedule", "days", index)
            if key in keys:
                self._fault((*at, "id"), f"two days have the id `{key}`; give one of them another")
            keys.add(key)
            period = self._workshop.period
            is_inside = period.start <= day.date <= period.end
            if not is_inside and not self._is_optional(day):
                self._fault(
                    (*at, "date"),
                    f"{day.date.isoformat()} is outside the workshop, {period}; "
                    "correct the day, or the workshop's `start` or `end`",
                )
            if last is not None and day.date < last:
                self._fault((*at, "date"), f"{day.date.isoformat()} comes after {last.isoformat()}")
            elif day.date == last:
                self._fault((*at, "date"), f"two days are {last.isoformat()}; merge them")
            last = day.date
            if not (day.sessions or day.template or day.title or day.text or day.cancelled):
                self._fault(at, "a day needs `sessions` or a `template`, or a `title` or `text`")
            yield TimedDay(key, day, index, tuple(self._sessions(day, at)))

    def _sessions(self, day: Day, at: Place) -> list[TimedSession]:
        """The sessions of a day that have times, by start."""
        ends: _Ends = {}
        found = []
        for planned in self._planned(day, at):
            track = planned.session.track
            timed = self._timed(day, planned, ends)
            if timed is None:
                ends = {None: None} if track is None else {**ends, track: None}
                continue
            if _says_something(planned.session):
                found.append(timed)
            if track is None:
                ends = {None: _latest(timed.end, *ends.values())}
            else:
                ends[track] = _latest(timed.end, ends.get(track))
        return sorted(found, key=lambda each: (instant(each.start), instant(each.end)))

    def _planned(self, day: Day, at: Place) -> Iterator[_Planned]:
        """The sessions of a day's template, filled, and the day's own."""
        template = self._template(day, at)
        if template is not None:
            slots = {each.slot for each in template.sessions if each.slot}
            for name in day.fill:
                if name not in slots:
                    hint = _hint(name, slots)
                    message = f"the template {quote(day.template)} has no slot {quote(name)}{hint}"
                    self._fault((*at, "fill", name), message)
            for index, session in enumerate(template.sessions):
                times: Place = ("schedule", "templates", str(day.template), "sessions", index)
                place = times
                filling = day.fill.get(session.slot) if session.slot else None
                if filling is not None:
                    place = (*at, "fill", str(session.slot))
                    session = _filled(session, filling)
                if not _says_something(session):
                    if session.slot and filling is None:
                        message = f"nothing fills the slot `{session.slot}` of the template"
                        self._fault((*at, "template"), message)
                    else:
                        self._fault(place, _SAYS_NOTHING)
                yield _Planned(session, place, times)
        elif day.fill and day.template is None:
            self._fault((*at, "fill"), "a day without a `template` has no slots to fill")
        for index, session in enumerate(day.sessions):
            place = (*at, "sessions", index)
            if session.slot:
                self._fault((*place, "slot"), _NO_SLOT)
            elif not _says_something(session):
                self._fault(place, _SAYS_NOTHING)
            yield _Planned(session, place, place)

    def _is_optional(self, day: Day) -> bool:
        """Whether the workshop can be followed without a day, such as one that prepares for it."""
        template = self._schedule.templates.get(day.template or "")
        planned = (*(template.sessions if template else ()), *day.sessions)
        return bool(planned) and all(each.optional or each.type == "break" for each in planned)

    def _template(self, day: Day, at: Place) -> DayTemplate | None:
        if day.template is None:
            return None
        templates: Mapping[str, DayTemplate] = self._schedule.templates
        if day.template not in templates:
            hint = _hint(day.template, templates)
            message = f"no template has the name {quote(day.template)}{hint}"
            self._fault((*at, "template"), message)
        return templates.get(day.template)

    def _timed(self, day: Day, planned: _Planned, ends: _Ends) -> TimedSession | None:
        session, place, track = planned.session, planned.times, planned.session.track
        if track is not None and track not in self._schedule.tracks:
            hint = _hint(track, self._schedule.tracks)
            self._fault((*place, "track"), f"no track has the name {quote(track)}{hint}")
        start = self._start(day, session, place, ends)
        end = self._end(session, place, start) if start else None
        if start is None or end is None:
            return None
        return TimedSession(session, planned.place, start, end, track)

    def _start(self, day: Day, session: Session, place: Place, ends: _Ends) -> datetime | None:
        tracks = ends if session.track is None else [session.track, None]
        before = [ends[track] for track in tracks if track in ends]
        if session.track is not None:
            before = before[:1]
        if session.start is not None:
            later = session.later
            start = self._moment(day.date, session.start, (*place, "start"), later=later)
            until = _latest(*before)
            if start and until and _is_meant_for_the_morning_after(start, until):
                message = (
                    f"it comes after a session that ends on {until:%Y-%m-%d} at {until:%H:%M}; "
                    "leave `start` out, or put it in the day of that date"
                )
                self._fault((*place, "start"), message)
                return None
            return start
        if session.later:
            self._fault((*place, "later"), "`later` needs a `start`")
        if not before:
            what = f"on the track `{session.track}`" if ends else "of a day"
            self._fault(place, f"the first session {what} needs a `start`")
        # What follows a session whose times are wrong is not wrong itself, but has no times either.
        return None if None in before else _latest(*before)

    def _end(self, session: Session, place: Place, start: datetime) -> datetime | None:
        if session.minutes is not None:
            if session.minutes == 0:
                self._fault((*place, "minutes"), "a session can't last 0 minutes")
                return None
            end = after(start, session.minutes)
            if session.minutes > _MINUTES_OF_A_DAY:
                message = (
                    f"it would end on {end.date().isoformat()}, more than a day later; split it"
                )
                self._fault((*place, "minutes"), message)
                return None
            return end
        if session.end is None:
            self._fault(place, "expected an `end`, or the length in `minutes`")
            return None
        on = start.date()
        if _ends_on_the_next_day(start, session.end):
            on += timedelta(days=1)
        stated = self._moment(on, session.end, (*place, "end"), later=False)
        if stated is None or minutes_between(start, stated) > 0:
            return stated
        # Of two equal times at its end, the one is meant that comes after its start.
        second = stated.replace(fold=1)
        if minutes_between(start, second) > 0:
            return second
        message = f"it ends at {session.end}, but starts at {start:%H:%M}"
        if _clock_hours(start, session.end) <= _LONG_NIGHT:
            message += "; if it runs past midnight, give its length in `minutes`"
        self._fault((*place, "end"), message)
        return None

    def _moment(self, day: date, clock: str, place: Place, *, later: bool) -> datetime | None:
        try:
            return moment(day, clock, self._zone, later=later)
        except ImpossibleTimeError as error:
            self._fault(place, str(error))
        except UnambiguousTimeError as error:
            self._fault((*place[:-1], "later"), str(error))
        return None

    def _fault(self, place: Place, message: str) -> None:
        workshop = self._workshop
        fault = workshop.origin.fault(workshop.at(*place), TIMES, message)
        # What is wrong in a template is wrong on each of its days, but told once.
        if fault not in self.faults:
            self.faults.append(fault)


def _clock_hours(start: datetime, end: str) -> float:
    """How many hours a clock takes from a moment until it shows another time."""
    hour, minute = map(int, end.split(":"))
    return (hour - start.hour + (minute - start.minute) / 60) % 24


def _ends_on_the_next_day(start: datetime, end: str) -> bool:
    """Whether a session goes on over midnight, rather than that its times were confused.

    Who writes 02:00 for 14:00, or swaps two times, is twelve hours off or more. A session that ends
    at 00:00 always ends at the midnight after it.
    """
    return end == "00:00" or (end < f"{start:%H:%M}" and _clock_hours(start, end) < _NIGHT)


def _is_meant_for_the_morning_after(start: datetime, until: datetime) -> bool:
    """Whether a session would be a day earlier than it stands in a list, after one of the night."""
    next_day = start.replace(tzinfo=None) + timedelta(days=1)
    return until.date() > start.date() and next_day >= until.replace(tzinfo=None)


def _latest(*moments: datetime | None) -> datetime | None:
    return max((each for each in moments if each is not None), default=None, key=instant)


def _says_something(session: Session) -> bool:
    is_said = session.title or session.lessons or session.url
    return bool(is_said) or session.type == "break"


def _filled(session: Session, filling: Filling) -> Session:
    """A session of a template with what a day puts in its slot."""
    stated = {name: getattr(filling, name) for name in filling.model_fields_set}
    return session.model_copy(
        update={name: value for name, value in stated.items() if value is not None}
    )


def _hint(name: str, valid: Mapping[str, object] | set[str | None] | set[str]) -> str:
    near = nearest(name, [each for each in valid if each])
    return f"; did you mean `{near}`?" if near else ""
