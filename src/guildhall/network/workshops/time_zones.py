"""Time zones as calendars carry them: every change of the offset in a span, and no more.

RFC 5545, 3.6.5: each observance says when it begins, in the local time that holds before it. The
generator of icalendar 7 takes the local time that holds after it, and looks so many days ahead that
it misses an observance as short as Morocco's in Ramadan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_LONGEST = timedelta(days=400)
"""A zone that has summer time changes more often than this."""


@dataclass(frozen=True, slots=True)
class _State:
    """What clocks of a zone show at a moment: their offset from UTC and its name."""

    offset: timedelta
    is_summer: bool
    name: str


@dataclass(frozen=True, slots=True)
class _Observance:
    """A state, the offset before it, and the local time, by that offset, when it begins."""

    state: _State
    before: timedelta
    start: datetime


def time_zone(zone: ZoneInfo, first: datetime, last: datetime) -> Timezone:
    """A VTIMEZONE that holds from the first to the last of some moments.

    Args:
        zone: the zone.
        first: the first moment.
        last: the last moment.
    """
    built = Timezone()
    built.add("tzid", zone.key)
    same: dict[tuple[_State, timedelta], list[datetime]] = {}
    for each in _observances(zone, first.astimezone(UTC), last.astimezone(UTC)):
        same.setdefault((each.state, each.before), []).append(each.start)
    for (state, before), starts in same.items():
        part = TimezoneDaylight() if state.is_summer else TimezoneStandard()
        part.add("dtstart", starts[0])
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", state.offset)
        part.add("tzname", state.name)
        if starts[1:]:
            part.add("rdate", starts[1:])
        built.add_component(part)
    return built


def _observances(zone: ZoneInfo, first: datetime, last: datetime) -> list[_Observance]:
    before, inside = None, []
    for moment in _changes(zone, first - _LONGEST, last):
        offset = _state(zone, moment - _SECOND).offset
        local = (moment + offset).replace(tzinfo=None)
        each = _Observance(_state(zone, moment), offset, local)
        if moment <= first:
            before = each
        else:
            inside.append(each)
    if before is None:
        state = _state(zone, first)
        before = _Observance(state, state.offset, datetime(first.year - 1, 12, 1))
    return [before, *inside]


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """The moments, to the second, at which the state of a zone changes."""
    here = first.replace(microsecond=0)
    while here <= last:
        following = here + _DAY
        if _state(zone, here) != _state(zone, following):
            low, high = here, following
            while high - low > _SECOND:
                middle = low + timedelta(seconds=(high - low) // _SECOND // 2)
                if _state(zone, middle) == _state(zone, low):
                    low = middle
                else:
                    high = middle
            if high <= last:
                yield high
        here = following


def _state(zone: ZoneInfo, moment: datetime) -> _State:
    local = moment.astimezone(zone)
    offset = local.utcoffset() or timedelta()
    return _State(offset, bool(local.dst()), local.tzname() or zone.key)
