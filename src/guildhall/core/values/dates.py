"""Dates, times and periods after ISO 8601, without guessing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import available_timezones

from guildhall.core.values.faults import ValueFault, nearest

TODAY_VARIABLE = "GUILDHALL_TODAY"
"""The environment variable that says which day it is, for builds that can be repeated."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LOOSE_DATE = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_DATETIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_YEAR = re.compile(r"(19|20|21)[0-9]{2}")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_LOOSE_CLOCK = re.compile(r"([0-9]|[01][0-9]|2[0-3])[:.h]([0-5][0-9])(?::[0-5][0-9])?")


def current_day() -> date:
    """The day in UTC; nothing else reads the clock for the day of a build."""
    return datetime.now(UTC).date()


def parse_date(text: str) -> date:
    """Read a calendar date ``2025-03-01`` (ISO 8601, extended format) from 1900 to 2199.

    Raises:
        ValueFault: for other spellings, for days that don't exist, and for years that can only be
            slips.
    """
    expected = "a date as year-month-day, such as `2025-03-01`"
    if _DATE.fullmatch(text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise ValueFault(text, "a day that exists") from None
        if _YEAR.fullmatch(text[:4]):
            return day
        raise ValueFault(text, "a day from 1900 to 2199")
    suggestion = None
    if loose := _LOOSE_DATE.fullmatch(text):
        year, month, number = loose.groups()
        suggestion = f"{year}-{int(month):02d}-{int(number):02d}"
    raise ValueFault(text, expected, suggestion)


def parse_datetime(text: str) -> datetime:
    """Read ``2025-01-24T10:00``, with seconds and an offset where given (ISO 8601).

    Raises:
        ValueFault: for other spellings and for moments that don't exist.
    """
    if _DATETIME.fullmatch(text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            raise ValueFault(text, "a moment that exists") from None
    raise ValueFault(text, "a date and time such as `2025-01-24T10:00`")


def parse_date_or_time(text: str) -> date | datetime:
    """Read a date, or a local date and time without an offset, such as ``2025-03-01T12:00``.

    Raises:
        ValueFault: for other spellings, and for a time with an offset, which the time zone gives.
    """
    if "T" not in text:
        return parse_date(text)
    moment = parse_datetime(text)
    parse_date(text[:10])
    if moment.tzinfo is not None:
        raise ValueFault(text, "a local time without an offset", text[:16])
    return moment


def parse_time_zone(text: str) -> str:
    """Read the name of a time zone: area and place of the IANA database, or ``UTC``.

    Raises:
        ValueFault: for anything else, such as ``CET``, which says nothing of summer time.
    """
    if text in _time_zones():
        return text
    ends = {name.rsplit("/", 1)[-1]: name for name in sorted(_time_zones())}
    near = nearest(text, _time_zones())
    if near is None and not text.isupper() and (place := nearest(text.replace(" ", "_"), ends)):
        near = ends[place]
    raise ValueFault(text, "a time zone such as `Europe/Stockholm`", near)


@cache
def _time_zones() -> frozenset[str]:
    areas = (name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return frozenset({*areas, "UTC"})


def parse_clock(text: str) -> str:
    """Read a time of day ``10:00``, as text, so that it never becomes the number 600.

    Raises:
        ValueFault: for other spellings.
    """
    if _CLOCK.fullmatch(text):
        return text
    loose = _LOOSE_CLOCK.fullmatch(text)
    raise ValueFault(
        text, "a time of day such as `09:30`", f"{loose[1]:0>2}:{loose[2]}" if loose else None
    )


def parse_year(text: str) -> int:
    """Read a year from 1900 to 2199, written with four digits.

    Raises:
        ValueFault: for anything else.
    """
    if _YEAR.fullmatch(text):
        return int(text)
    raise ValueFault(text, "a year with four digits, such as `2025`")


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``start`` to ``end``, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueFault(f"{self.start}/{self.end}", "a period that ends on or after its start")

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years that the period touches, in order."""
        return tuple(range(self.start.year, self.end.year + 1))

    @property
    def days(self) -> int:
        """The number of days, both ends counted."""
        return (self.end - self.start).days + 1

    @property
    def is_of_years(self) -> bool:
        """Whether it lasts from the first day of a year to the last of one."""
        first, last = self.start, self.end
        return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)

    def elapsed(self, today: date) -> int:
        """Days from the start to ``today``, ``today`` counted, within 0 and :attr:`days`."""
        return min(max((today - self.start).days + 1, 0), self.days)

    def percent_elapsed(self, today: date) -> int:
        """The share of its days that have elapsed, in whole percent, rounded down."""
        return 100 * self.elapsed(today) // self.days

    def __iter__(self) -> Iterator[date]:
        yield self.start
        yield self.end

    def __str__(self) -> str:
        return f"{self.start.isoformat()}/{self.end.isoformat()}"
