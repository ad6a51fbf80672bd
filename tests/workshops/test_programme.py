"""A schedule becomes sessions with moments; what repeats or follows is not typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.model.records.kinds.workshop import Workshop
from guildhall.network.programme.programme import Programme, TimedDay, programme_of
from guildhall.network.programme.times import instant

from .portals import day, programme, schedule, workshop

TRACKS = """\
tracks:
  english: {title: In English}
  suomi: {title: Suomeksi}
"""
TEMPLATE = """\
templates:
  half-day:
    sessions:
      - {start: "09:00", minutes: 90, slot: first, room: T1}
      - {minutes: 15, type: break}
      - {minutes: 45, slot: second, title: Questions, type: questions}
"""

Read = Callable[..., Programme]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads the programme of a workshop with a schedule."""

    def read(*days: str, before: str = "", **stated: str) -> Programme:
        return programme(tmp_path, workshop(schedule(*days, before=before), **stated))

    return read


def spans(found: TimedDay) -> list[str]:
    return [f"{each.start:%H:%M}-{each.end:%H:%M}" for each in found.sessions]


def places(found: Programme) -> list[str]:
    marks = found.workshop.origin.values.items()
    at = {(mark.line, mark.column): place for place, mark in marks}
    return [".".join(map(str, at[fault.line, fault.column])) for fault in found.faults]


def test_a_workshop_without_a_schedule_has_no_days(tmp_path: Path):
    found = programme(tmp_path, workshop())
    assert (found.days, found.start, found.end, found.teaching_minutes) == ((), None, None, None)
    assert found.faults == ()


def test_a_session_starts_when_what_comes_before_it_ends(read: Read):
    found = read(
        day(
            "2026-03-17",
            'start: "09:00", minutes: 50, title: Welcome',
            "minutes: 10, type: break",
            'end: "11:30", title: Git',
            'start: "13:00", minutes: 30, title: Questions',
        )
    )
    assert found.faults == ()
    assert spans(found.days[0]) == ["09:00-09:50", "09:50-10:00", "10:00-11:30", "13:00-13:30"]
    assert found.start == datetime(2026, 3, 17, 8, tzinfo=UTC)
    assert found.end == datetime(2026, 3, 17, 12, 30, tzinfo=UTC)


def test_tracks_run_side_by_side_and_meet_again_when_the_last_one_ends(read: Read):
    found = read(
        day(
            "2026-03-17",
            'start: "09:00", minutes: 30, title: Welcome',
            "minutes: 60, title: Git, track: english",
            "minutes: 45, title: Git suomeksi, track: suomi",
            "minutes: 30, title: Kysymyksiä, track: suomi",
            "minutes: 15, type: break",
            "minutes: 20, title: Branches, track: english",
        ),
        before=TRACKS,
    )
    by_title = {each.session.title or "break": each for each in found.sessions}
    assert f"{by_title['Git'].start:%H:%M}" == "09:30"
    assert f"{by_title['Git suomeksi'].start:%H:%M}" == "09:30"
    assert f"{by_title['Kysymyksiä'].start:%H:%M}" == "10:15"
    assert f"{by_title['break'].start:%H:%M}" == "10:45"
    assert f"{by_title['Branches'].start:%H:%M}" == "11:00"


def test_a_track_that_begins_early_goes_on_when_its_own_session_ends(read: Read):
    found = read(
        day(
            "2026-03-17",
            'start: "09:00", minutes: 60, title: Welcome',
            'start: "08:30", minutes: 15, title: Help with setting up, track: english',
            "minutes: 30, title: More help, track: english",
        ),
        before=TRACKS,
    )
    assert found.faults == ()
    assert spans(found.days[0]) == ["08:30-08:45", "08:45-09:15", "09:00-10:00"]


def test_a_track_with_a_start_of_its_own_goes_on_though_times_before_it_are_wrong(read: Read):
    found = read(
        day(
            "2026-03-17",
            'start: "09:00", minutes: 0, title: Welcome',
            'start: "10:00", minutes: 30, title: Git, track: english',
            "minutes: 15, title: Branches, track: english",
        ),
        before=TRACKS,
    )
    assert places(found) == ["schedule.days.0.sessions.0.minutes"]
    assert spans(found.days[0]) == ["10:00-10:30", "10:30-10:45"]


def test_days_fill_the_slots_of_their_template(read: Read):
    found = read(
        "- date: 2026-03-17\n  template: half-day\n  fill: {first: {title: Git, room: T2}}",
        "- date: 2026-03-18\n  template: half-day\n  fill:\n"
        "    first: {title: Branches}\n    second: {title: Exercises, type: exercises}",
        before=TEMPLATE,
    )
    assert found.faults == ()
    shown = [
        [(each.session.title, each.session.type, each.session.room) for each in one.sessions]
        for one in found.days
    ]
    assert shown == [
        [("Git", "teaching", "T2"), (None, "break", None), ("Questions", "questions", None)],
        [("Branches", "teaching", "T1"), (None, "break", None), ("Exercises", "exercises", None)],
    ]
    assert spans(found.days[1]) == ["09:00-10:30", "10:30-10:45", "10:45-11:30"]
    assert found.days[0].sessions[0].place == ("schedule", "days", 0, "fill", "first")
    assert found.days[0].sessions[1].place[1:] == ("templates", "half-day", "sessions", 1)


def test_a_day_can_have_sessions_besides_those_of_its_template(read: Read):
    found = read(
        "- date: 2026-03-17\n  template: half-day\n  fill: {first: {title: Git}}\n"
        "  sessions:\n    - {minutes: 30, title: Help desk}\n"
        '    - {start: "08:30", minutes: 30, title: Coffee}',
        before=TEMPLATE,
    )
    assert spans(found.days[0])[0] == "08:30-09:00"
    assert spans(found.days[0])[-1] == "11:30-12:00"


def test_a_day_keeps_its_own_name_or_is_named_by_its_place(read: Read):
    first = day("2026-03-17", 'start: "09:00", minutes: 60, title: A')
    second = day("2026-03-18", 'start: "09:00", minutes: 60, title: B')
    found = read(first, f"{second}\n  id: git")
    assert [each.key for each in found.days] == ["day-1", "git"]


def test_sessions_over_a_change_of_clocks_are_as_long_as_they_say(read: Read):
    night = day("2026-03-29", 'start: "01:00", minutes: 120, title: A', 'end: "05:00", title: B')
    found = read(night, start="2026-03-29", end="2026-03-29")
    assert spans(found.days[0]) == ["01:00-04:00", "04:00-05:00"]
    assert [each.minutes for each in found.sessions] == [120, 60]


def test_a_session_into_the_repeated_hour_ends_after_its_start(read: Read):
    night = day(
        "2026-10-25",
        'start: "02:30", minutes: 15, title: A',
        'end: "02:15", title: B',
        'start: "02:30", later: true, end: "03:00", title: C',
    )
    found = read(night, start="2026-10-25", end="2026-10-25")
    assert found.faults == ()
    assert [each.minutes for each in found.sessions] == [15, 30, 30]
    assert [f"{instant(each.start):%H:%M}" for each in found.sessions] == [
        "00:30",
        "00:45",
        "01:30",
    ]


def test_a_session_can_end_at_midnight(read: Read):
    found = read(day("2026-03-17", 'start: "22:00", end: "00:00", title: Games'))
    assert (found.faults, found.sessions[0].minutes) == ((), 120)


@pytest.mark.parametrize(
    ("on", "session", "ends", "minutes"),
    [
        ("2026-03-17", 'start: "20:00", end: "02:00"', "2026-03-18T02:00+01:00", 360),
        ("2026-03-17", 'start: "23:00", end: "01:00"', "2026-03-18T01:00+01:00", 120),
        ("2026-03-17", 'start: "23:00", minutes: 90', "2026-03-18T00:30+01:00", 90),
        ("2026-03-17", 'start: "20:00", minutes: 1440', "2026-03-18T20:00+01:00", 1440),
        ("2026-12-31", 'start: "22:00", end: "00:30"', "2027-01-01T00:30+01:00", 150),
        # On the nights when clocks change, from the day before.
        ("2026-03-28", 'start: "23:00", end: "04:00"', "2026-03-29T04:00+02:00", 240),
        ("2026-10-24", 'start: "23:00", end: "04:00"', "2026-10-25T04:00+01:00", 360),
    ],
)
def test_a_session_goes_on_over_midnight(
    read: Read, on: str, session: str, ends: str, minutes: int
):
    found = read(day(on, f"{session}, title: Hack night, type: exercises"), start=on, end=on)
    assert found.faults == ()
    assert [each.end.isoformat(timespec="minutes") for each in found.sessions] == [ends]
    assert (found.sessions[0].minutes, found.teaching_minutes) == (minutes, minutes)
    assert found.end == found.sessions[0].end


def test_what_follows_a_session_of_the_night_is_after_it(read: Read):
    found = read(
        day(
            "2026-03-17",
            'start: "23:00", end: "01:00", title: A',
            "minutes: 30, type: break",
            'end: "02:00", title: B',
        ),
        day("2026-03-18", 'start: "09:00", minutes: 60, title: C'),
    )
    assert found.faults == ()
    assert [f"{each.start:%d %H:%M}" for each in found.sessions] == [
        "17 23:00",
        "18 01:00",
        "18 01:30",
        "18 09:00",
    ]


def test_a_time_that_clocks_skip_in_the_night_is_told_at_the_end(read: Read):
    night = day("2026-03-28", 'start: "22:00", end: "02:30", title: A')
    found = read(night, start="2026-03-28", end="2026-03-29")
    assert places(found) == ["schedule.days.0.sessions.0.end"]
    assert "02:30 on 2026-03-29 doesn't exist" in found.faults[0].message


def test_what_follows_a_wrong_time_is_no_fault_of_its_own(read: Read):
    found = read(
        day(
            "2026-03-17",
            'start: "11:00", end: "09:00", title: A',
            "minutes: 30, title: B",
            'start: "13:00", minutes: 30, title: C',
            "minutes: 30, title: D",
        )
    )
    assert places(found) == ["schedule.days.0.sessions.0.end"]
    assert [each.session.title for each in found.sessions] == ["C", "D"]


def test_time_taught_is_that_of_teaching_and_exercises_once_for_all_tracks(read: Read):
    found = read(
        day(
            "2026-03-17",
            'start: "09:00", minutes: 15, title: Coffee, type: social',
            "minutes: 60, title: Git, track: english",
            "minutes: 45, title: Git suomeksi, track: suomi",
            "minutes: 15, type: break",
            "minutes: 30, title: Branches, type: exercises",
            "minutes: 30, title: Left out, cancelled: true",
        ),
        before=TRACKS,
    )
    assert found.teaching_minutes == 90


def test_a_day_without_anything_held_is_cancelled(read: Read):
    session = 'start: "09:00", minutes: 60, title: A'
    found = read(
        f"{day('2026-03-17', session)}\n  cancelled: true",
        day("2026-03-18", f"{session}, cancelled: true"),
        day("2026-03-19", session, "minutes: 30, title: B, cancelled: true"),
    )
    assert [each.is_cancelled for each in found.days] == [True, True, False]
    assert found.teaching_minutes == 60
    assert f"{found.end:%d %H:%M}" == "19 10:00"


# A day of sessions, each of some minutes, on one of three tracks or for all of them.
_sessions = st.lists(
    st.tuples(st.sampled_from([None, "a", "b", "c"]), st.integers(1, 90)), min_size=1, max_size=9
)


@given(
    _sessions,
    st.sampled_from(["UTC", "Europe/Stockholm", "America/New_York", "Australia/Lord_Howe"]),
    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
)
def test_sessions_of_one_track_follow_each_other(
    planned: list[tuple[str | None, int]], zone: str, on: date
):
    sessions = [
        {"title": "S", "minutes": str(minutes), **({"track": track} if track else {})}
        for track, minutes in planned
    ]
    sessions[0]["start"] = "04:00"
    if planned[0][0]:
        # What begins on one track says nothing of when the others do.
        sessions.insert(0, {"title": "S", "start": "03:30", "minutes": "30"})
    found = programme_of(_validated(sessions, zone, on))
    assert found.faults == ()
    assert sorted(each.minutes for each in found.sessions) == sorted(
        int(each["minutes"]) for each in sessions
    )
    for track in ("a", "b", "c"):
        own = [each for each in found.sessions if each.track in {None, track}]
        for before, then in pairwise(own):
            assert instant(before.end) <= instant(then.start)
            if then.track is not None:
                assert instant(before.end) == instant(then.start)


def _validated(sessions: list[dict[str, str]], zone: str, on: date) -> Workshop:
    return Workshop.model_validate(
        {
            "kind": "workshop",
            "title": "W",
            "timezone": zone,
            "start": on.isoformat(),
            "end": on.isoformat(),
            "schedule": {
                "tracks": {track: {"title": track} for track in "abc"},
                "days": [{"date": on.isoformat(), "sessions": sessions}],
            },
        }
    )
