"""Dates, times, zones and periods: what is read, and what is advised for other spellings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.core.values.dates import (
    Period,
    parse_clock,
    parse_date,
    parse_date_or_time,
    parse_datetime,
    parse_time_zone,
    parse_year,
)
from guildhall.core.values.faults import ValueFault

Read = Callable[[str], Any]
EAST = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (parse_date, "2025-03-01", date(2025, 3, 1)),
        (parse_date, "1900-01-01", date(1900, 1, 1)),
        (parse_date, "2199-12-31", date(2199, 12, 31)),
        (parse_datetime, "2025-01-24T10:00", datetime(2025, 1, 24, 10)),
        (parse_datetime, "2025-01-24T10:00:05Z", datetime(2025, 1, 24, 10, 0, 5, tzinfo=UTC)),
        (parse_datetime, "2025-01-24T10:00+02:00", datetime(2025, 1, 24, 10, tzinfo=EAST)),
        (parse_date_or_time, "2025-03-01", date(2025, 3, 1)),
        (parse_date_or_time, "2025-03-01T12:00", datetime(2025, 3, 1, 12)),
        (parse_time_zone, "Europe/Stockholm", "Europe/Stockholm"),
        (parse_time_zone, "UTC", "UTC"),
        (parse_clock, "00:00", "00:00"),
        (parse_clock, "23:59", "23:59"),
        (parse_year, "1900", 1900),
        (parse_year, "2199", 2199),
    ],
)
def test_a_time_is_read_as_written(read: Read, text: str, value: object):
    assert read(text) == value


DATE, MOMENT = "a date as year-month-day, such as `2025-03-01`", "a date and time such as"
ZONE, CLOCK = "a time zone such as `Europe/Stockholm`", "a time of day such as `09:30`"


@pytest.mark.parametrize(
    ("read", "text", "expected", "suggestion"),
    [
        (parse_date, "2025-3-1", DATE, "2025-03-01"),
        (parse_date, "2025/03/01", DATE, "2025-03-01"),
        (parse_date, "2025.3.01", DATE, "2025-03-01"),
        (parse_date, "1 March 2025", DATE, None),
        (parse_date, "20250301", DATE, None),
        (parse_date, "2025-03-01T12:00", DATE, None),
        (parse_date, "2025-02-29", "a day that exists", None),
        (parse_date, "1899-12-31", "a day from 1900 to 2199", None),
        (parse_date, "2200-01-01", "a day from 1900 to 2199", None),
        (parse_datetime, "2025-01-24", f"{MOMENT} `2025-01-24T10:00`", None),
        (parse_datetime, "2025-01-24 10:00", f"{MOMENT} `2025-01-24T10:00`", None),
        (parse_datetime, "2025-01-24T25:00", "a moment that exists", None),
        (parse_date_or_time, "2025-3-1", DATE, "2025-03-01"),
        (parse_date_or_time, "1025-03-01T12:00", "a day from 1900 to 2199", None),
        (
            parse_date_or_time, "2025-03-01T12:00Z",
            "a local time without an offset", "2025-03-01T12:00",
        ),
        (
            parse_date_or_time, "2025-03-01T12:00:30+02:00",
            "a local time without an offset", "2025-03-01T12:00",
        ),
        (parse_time_zone, "Europe/Stokholm", ZONE, "Europe/Stockholm"),
        (parse_time_zone, "stockholm", ZONE, "Europe/Stockholm"),
        (parse_time_zone, "New York", ZONE, "America/New_York"),
        (parse_time_zone, "Rome", ZONE, "Europe/Rome"),
        (parse_time_zone, "Knox", ZONE, "America/Indiana/Knox"),
        (parse_time_zone, "EUROPE/ROME", ZONE, "Europe/Rome"),
        # These say nothing of summer time.
        (parse_time_zone, "CET", ZONE, None),
        (parse_time_zone, "Etc/GMT+1", ZONE, None),
        (parse_clock, "9:30", CLOCK, "09:30"),
        (parse_clock, "09.30", CLOCK, "09:30"),
        (parse_clock, "9h30", CLOCK, "09:30"),
        (parse_clock, "09:30:00", CLOCK, "09:30"),
        (parse_clock, "24:00", CLOCK, None),
        (parse_clock, "noon", CLOCK, None),
        (parse_year, "1899", "a year with four digits, such as `2025`", None),
        (parse_year, "25", "a year with four digits, such as `2025`", None),
    ],
)  # fmt: skip
def test_another_spelling_is_refused_with_the_way_to_write_it(
    read: Read, text: str, expected: str, suggestion: str | None
):
    with pytest.raises(ValueFault) as caught:
        read(text)
    assert (caught.value.expected, caught.value.suggestion) == (expected, suggestion)
    assert text.startswith(str(caught.value.found))
    if suggestion is not None:
        read(suggestion)


DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(DAYS)
def test_what_is_written_is_read_again(day: date):
    assert parse_date(day.isoformat()) == parse_date_or_time(day.isoformat()) == day


@given(DAYS, DAYS, DAYS)
def test_a_period_has_all_days_from_its_first_to_its_last(one: date, other: date, today: date):
    start, end = sorted((one, other))
    period = Period(start, end)
    assert (*period, str(period)) == (start, end, f"{start}/{end}")
    assert period.days == 1 + (end - start).days
    assert (period.years[0], period.years[-1]) == (start.year, end.year)
    assert len(period.years) == end.year - start.year + 1
    elapsed = period.elapsed(today)
    assert (elapsed == 0) == (today < start)
    assert (elapsed == period.days) == (today >= end)
    assert today < start or today > end or elapsed == Period(start, today).days
    if start < end:
        with pytest.raises(ValueFault, match="ends on or after its start") as caught:
            Period(end, start)
        assert caught.value.found == f"{end}/{start}"
