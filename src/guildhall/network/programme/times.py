"""Wall-clock times of a place as moments, over changes to and from summer time.

Python lets a local time that doesn't exist, or that exists twice, pass in silence (PEP 495); here
both are told apart.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


class ImpossibleTimeError(ValueError):
    """A local time that clocks skip; the message says which."""


class UnambiguousTimeError(ValueError):
    """A local time that was called the later of two, where there is only one."""


def moment(day: date, clock: str, zone: ZoneInfo, *, later: bool = False) -> datetime:
    """The moment at which clocks in a zone show a time.

    Args:
        day: the local date.
        clock: the local time, ``09:30``.
        zone: the zone.
        later: of two equal times on the night when clocks go back, the later.

    Raises:
        ImpossibleTimeError: where clocks skip that time.
        UnambiguousTimeError: for ``later`` where there is one such time.
    """
    hour, minute = map(int, clock.split(":"))
    first = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
    second = first.replace(fold=1)
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != first.replace(tzinfo=None):
        shown = first.astimezone(UTC).astimezone(zone)
        raise ImpossibleTimeError(
            f"{clock} on {day.isoformat()} doesn't exist in {zone.key}: "
            f"clocks go forward, to {shown:%H:%M} at that moment"
        )
    if first.utcoffset() == second.utcoffset():
        if later:
            raise UnambiguousTimeError(
                f"{clock} on {day.isoformat()} occurs only once in {zone.key}; omit `later`"
            )
        return first
    return second if later else first


def instant(local: datetime) -> datetime:
    """A moment in UTC, to compare by.

    Python compares two times of one zone by what clocks show, as if none went back in between.
    """
    return local.astimezone(UTC)


def after(start: datetime, minutes: int) -> datetime:
    """The moment a number of real minutes after another, in the same zone."""
    return (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(start.tzinfo)


def minutes_between(start: datetime, end: datetime) -> int:
    """The real minutes from one moment to another."""
    return int((end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() // 60)
