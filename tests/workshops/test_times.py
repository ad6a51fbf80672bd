"""Wall-clock times become moments, over changes to and from summer time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.network.programme.times import (
    ImpossibleTimeError,
    UnambiguousTimeError,
    after,
    instant,
    minutes_between,
    moment,
)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
ZONES = [
    "UTC",
    "Europe/Stockholm",
    "Europe/Dublin",  # summer time is its standard time
    "America/New_York",
    "America/Santiago",  # clocks change at midnight
    "Australia/Lord_Howe",  # by half an hour
    "Africa/Casablanca",  # to winter time in Ramadan
    "Asia/Kolkata",
    "Atlantic/Reykjavik",
]

zones = st.sampled_from(ZONES).map(ZoneInfo)
days = st.dates(date(2016, 1, 1), date(2030, 12, 31))
clocks = st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda t: f"{t[0]:02d}:{t[1]:02d}")


def utc(local: datetime) -> str:
    return f"{local.astimezone(UTC):%H:%M}"


def test_a_time_is_the_moment_at_which_clocks_show_it():
    assert utc(moment(date(2026, 3, 28), "09:00", STOCKHOLM)) == "08:00"
    assert utc(moment(date(2026, 3, 30), "09:00", STOCKHOLM)) == "07:00"


@pytest.mark.parametrize("clock", ["02:00", "02:30", "02:59"])
def test_a_time_that_clocks_skip_is_none(clock: str):
    with pytest.raises(ImpossibleTimeError) as told:
        moment(SPRING, clock, STOCKHOLM)
    assert str(told.value) == (
        f"{clock} on 2026-03-29 doesn't exist in Europe/Stockholm: "
        f"clocks go forward, to 0{int(clock[1]) + 1}{clock[2:]} at that moment"
    )


@pytest.mark.parametrize("clock", ["01:59", "03:00"])
def test_the_times_around_a_skipped_hour_are_a_minute_apart(clock: str):
    assert utc(moment(SPRING, clock, STOCKHOLM)) == {"01:59": "00:59", "03:00": "01:00"}[clock]


def test_of_two_equal_times_the_earlier_is_meant_unless_the_later_is_named():
    assert utc(moment(AUTUMN, "02:30", STOCKHOLM)) == "00:30"
    assert utc(moment(AUTUMN, "02:30", STOCKHOLM, later=True)) == "01:30"


@pytest.mark.parametrize("clock", ["01:59", "03:00", "09:00"])
def test_no_later_time_can_be_named_where_there_is_one(clock: str):
    with pytest.raises(UnambiguousTimeError) as told:
        moment(AUTUMN, clock, STOCKHOLM, later=True)
    message = f"{clock} on 2026-10-25 occurs only once in Europe/Stockholm; omit `later`"
    assert str(told.value) == message


def test_minutes_are_real_ones_over_a_change_of_clocks():
    spring = (moment(SPRING, "01:00", STOCKHOLM), moment(SPRING, "04:00", STOCKHOLM))
    autumn = (moment(AUTUMN, "01:00", STOCKHOLM), moment(AUTUMN, "04:00", STOCKHOLM))
    assert (minutes_between(*spring), minutes_between(*autumn)) == (120, 240)
    assert f"{after(moment(AUTUMN, '02:30', STOCKHOLM), 60):%H:%M}" == "02:30"


@given(zones, days, clocks, st.booleans())
def test_a_moment_shows_the_clock_that_was_written_or_is_refused(
    zone: ZoneInfo, day: date, clock: str, later: bool
):
    try:
        found = moment(day, clock, zone, later=later)
    except ImpossibleTimeError:
        # No minute of the days around shows that time.
        start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=15)
        minutes = (start + timedelta(minutes=each) for each in range(54 * 60))
        written = f"{day.isoformat()} {clock}"
        assert all(f"{each.astimezone(zone):%Y-%m-%d %H:%M}" != written for each in minutes)
    except UnambiguousTimeError:
        assert later
    else:
        shown = instant(found).astimezone(zone)
        assert f"{shown:%Y-%m-%d %H:%M}" == f"{day.isoformat()} {clock}"
        assert shown.fold == later


@given(zones, st.datetimes(datetime(2016, 1, 1), datetime(2030, 12, 31)), st.integers(0, 3000))
def test_a_session_is_as_long_as_its_minutes_say(zone: ZoneInfo, naive: datetime, minutes: int):
    start = naive.replace(second=0, microsecond=0, tzinfo=UTC).astimezone(zone)
    end = after(start, minutes)
    assert minutes_between(start, end) == minutes
    assert instant(end) - instant(start) == timedelta(minutes=minutes)
    assert end.tzinfo is zone
