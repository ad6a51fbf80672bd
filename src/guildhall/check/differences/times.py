"""The times of workshops that a change shifts, on the clock and as moments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from guildhall.check.differences.pairs import Pairs
from guildhall.check.differences.place import Location, place_of
from guildhall.check.differences.sessions import Sitting, pair_sittings, sittings_of
from guildhall.check.run.portal import Sources
from guildhall.core.values.format import EN_DASH
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.network.programme.programme import programme_of
from guildhall.network.programme.state import state_of
from guildhall.network.programme.times import minutes_between

What = Literal[
    "workshop", "dates", "time zone", "status", "registration opens", "registration closes",
    "session",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shift:
    """By how much a time moves, in minutes; later is more.

    Args:
        clock: on clocks of the place, in whichever time zone that is.
        moment: in fact.
        length: how much longer it lasts.
    """

    clock: int
    moment: int
    length: int = 0

    @property
    def is_none(self) -> bool:
        """Whether nothing moves."""
        return not (self.clock or self.moment or self.length)


@dataclass(frozen=True, slots=True)
class TimeChange:
    """Something about the times of a workshop that changed.

    Args:
        workshop: the id of the workshop.
        title: the title of the workshop, with its first day.
        what: what changed.
        label: which session; empty for all else.
        old: what it was, by local clocks; empty for something new.
        new: what it is; empty for something that is gone.
        shift: by how much it moves, where it does.
        remarks: what else changed, each a clause.
        place: where it stands; in the earlier files where there is none of it now.
        of: how many sessions the workshop has.
    """

    workshop: str
    title: str
    what: What
    label: str
    old: str
    new: str
    shift: Shift | None
    remarks: tuple[str, ...]
    place: Location
    of: int = 0


def changed_times(before: Sources, after: Sources, pairs: Pairs) -> list[TimeChange]:
    """All changes of times of workshops whose records can be read in both states.

    Args:
        before: the portal as it was.
        after: the portal as it is.
        pairs: the ids that records have now.
    """
    old = {pairs.present(Workshop.KIND, each.key): each for each in before.registry.of(Workshop)}
    new = {each.key: each for each in after.registry.of(Workshop)}
    unread = {key for kind, key in (*before.registry.broken, *after.registry.broken)
              if kind == Workshop.KIND}  # fmt: skip
    found: list[TimeChange] = []
    for key in sorted(
        {*old, *new} - unread, key=lambda key: ((new.get(key) or old[key]).start, key)
    ):
        was, now = old.get(key), new.get(key)
        if was and now:
            found += _Compared(was, now, before, after).all()
        elif now:
            found.append(_whole(now, after.root, is_gone=False))
        elif was:
            found.append(_whole(was, before.root, is_gone=True))
    return found


def _whole(workshop: Workshop, root: Path, *, is_gone: bool) -> TimeChange:
    place = replace(place_of(workshop, ("start",), root), is_gone=is_gone)
    told = f"{_dates(workshop)}, {workshop.timezone}"
    old, new = (told, "") if is_gone else ("", told)
    return TimeChange(workshop.key, _title(workshop), "workshop", "", old, new, None, (), place)


def _title(workshop: Workshop) -> str:
    return f"{workshop.title} ({workshop.start.isoformat()})"


def _dates(workshop: Workshop) -> str:
    days = dict.fromkeys((workshop.start.isoformat(), workshop.end.isoformat()))
    about = ", dates to be announced" if workshop.dates_are_open else ""
    return f" {EN_DASH} ".join(days) + about


class _Compared:
    """A workshop as it was and as it is."""

    def __init__(self, old: Workshop, new: Workshop, before: Sources, after: Sources) -> None:
        self._old, self._new = old, new
        self._before, self._after = before, after
        self._was, self._now = programme_of(old), programme_of(new)

    def all(self) -> Iterator[TimeChange]:
        """All that changed."""
        yield from self._if_other("dates", "start", _dates(self._old), _dates(self._new))
        yield from self._if_other("time zone", "timezone", self._old.timezone, self._new.timezone)
        yield from self._if_other("status", "status", *self._states())
        yield from self._registration()
        yield from self._sessions()

    def _if_other(self, what: What, key: str, old: str, new: str) -> Iterator[TimeChange]:
        if old != new:
            yield self._made(what, old, new, place_of(self._new, (key,), self._after.root))

    def _states(self) -> Iterator[str]:
        for workshop, sources in ((self._old, self._before), (self._new, self._after)):
            state = state_of(workshop, sources.settings.today)
            yield "no record that it took place" if state == "unrecorded" else state

    def _registration(self) -> Iterator[TimeChange]:
        kinds: tuple[tuple[str, What], ...] = (
            ("opens", "registration opens"),
            ("closes", "registration closes"),
        )
        for name, what in kinds:
            old, new = (
                getattr(each.registration, name) if each.registration else None
                for each in (self._old, self._new)
            )
            shift = None
            if old is not None and new is not None:
                shift = _shift(_local(old, self._was.zone, name), _local(new, self._now.zone, name))
                if shift.is_none and type(old) is type(new):
                    continue
            elif old is None and new is None:
                continue
            place = (
                place_of(self._new, ("registration", name), self._after.root)
                if new is not None
                else self._gone(("registration", name))
            )
            yield self._made(what, _day_or_time(old), _day_or_time(new), place, shift)

    def _sessions(self) -> Iterator[TimeChange]:
        before = sittings_of(self._was, self._before.registry)
        after = sittings_of(self._now, self._after.registry)
        for old, new in pair_sittings(before, after):
            change = self._session(old, new)
            if change is not None:
                yield replace(change, of=len(after))

    def _session(self, old: Sitting | None, new: Sitting | None) -> TimeChange | None:
        if new is None and old is not None:
            remark = ("its times have faults now",) if self._now.faults else ("gone",)
            place = self._gone(old.timed.place)
            return self._made("session", _times(old), "", place, None, remark, old.label)
        if new is None:
            return None
        place = place_of(self._new, new.timed.place, self._after.root)
        if old is None:
            remark = ("its times had faults before",) if self._was.faults else ("new",)
            return self._made("session", "", _times(new), place, None, remark, new.label)
        shift = _shift(old.start, new.start, old.timed.minutes, new.timed.minutes)
        remarks = []
        if new.is_cancelled != old.is_cancelled:
            remarks.append("cancelled" if new.is_cancelled else "takes place after all")
        if new.label != old.label:
            remarks.append(f"before: {old.label}")
        if shift.is_none and not remarks:
            return None
        moved = None if shift.is_none else shift
        return self._made(
            "session", _times(old), _times(new), place, moved, tuple(remarks), new.label
        )

    def _gone(self, keys: tuple[str | int, ...]) -> Location:
        return replace(place_of(self._old, keys, self._before.root), is_gone=True)

    def _made(
        self, what: What, old: str, new: str, place: Location, shift: Shift | None = None,
        remarks: tuple[str, ...] = (), label: str = "",
    ) -> TimeChange:  # fmt: skip
        return TimeChange(
            self._new.key, _title(self._new), what, label, old, new, shift, remarks, place
        )


def _shift(old: datetime, new: datetime, old_length: int = 0, new_length: int = 0) -> Shift:
    by_clock = new.replace(tzinfo=None) - old.replace(tzinfo=None)
    return Shift(
        int(by_clock.total_seconds() // 60), minutes_between(old, new), new_length - old_length
    )


def _local(moment: date | datetime, zone: ZoneInfo, name: str) -> datetime:
    """When registration opens or closes; a day is meant from its first or to its last moment."""
    if isinstance(moment, datetime):
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    day = moment + timedelta(days=1) if name == "closes" and moment < date.max else moment
    return datetime.combine(day, time(), zone)


def _day_or_time(moment: date | datetime | None) -> str:
    if isinstance(moment, datetime):
        return moment.isoformat(" ", "minutes")
    return moment.isoformat() if moment else ""


def _times(sitting: Sitting) -> str:
    return f"{sitting.start:%Y-%m-%d %H:%M}{EN_DASH}{sitting.end:%H:%M}"
