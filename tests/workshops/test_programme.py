"""A schedule becomes sessions with moments; what repeats or follows is not typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
    turned = read(second, first)
    assert [(each.key, each.index) for each in turned.days] == [("day-2", 1), ("day-1", 0)]


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


def test_first_and_last_are_those_in_time_where_clocks_show_an_hour_twice(read: Read):
    found = read(
        day("2026-10-24", 'start: "22:00", end: "02:45", title: A'),
        day(
            "2026-10-25",
            'start: "02:45", minutes: 5, title: B',
            'start: "02:15", later: true, minutes: 15, title: C',
        ),
        start="2026-10-24",
        end="2026-10-25",
    )
    assert found.faults == ()
    assert found.zone.key == "Europe/Stockholm"
    second = found.days[1]
    assert second.start is not None
    assert second.end is not None
    assert found.end is not None
    assert [f"{instant(each):%H:%M}" for each in (second.start, second.end, found.end)] == [
        "00:45", "01:30", "01:30",
    ]  # fmt: skip


def test_a_cancelled_day_keeps_its_times_and_a_day_of_cancelled_sessions_has_none(read: Read):
    session = 'start: "09:00", minutes: 60, title: A'
    off = f"{session}, cancelled: true"
    found = read(
        f"{day('2026-03-17', session)}\n  cancelled: true",
        f"{day('2026-03-18', off)}\n  cancelled: true",
        day("2026-03-19", off),
    )
    assert [each.start is not None for each in found.days] == [True, True, False]
    assert [each.end is not None for each in found.days] == [True, True, False]


@pytest.mark.parametrize(
    ("sessions", "optional"),
    [
        (
            ['start: "09:00", minutes: 60, title: A, optional: true', "minutes: 15, type: break"],
            True,
        ),
        (['start: "09:00", minutes: 60, title: A, optional: true', "minutes: 15, title: B"], False),
        (['start: "09:00", minutes: 60, title: A'], False),
        (['start: "09:00", minutes: 60, type: break'], False),
        (
            [
                'start: "09:00", minutes: 60, title: A, optional: true',
                "minutes: 15, title: B, cancelled: true",
            ],
            True,
        ),
    ],
)
def test_a_day_can_be_skipped_where_all_that_is_held_can(
    read: Read, sessions: list[str], optional: bool
):
    found = read(day("2026-03-17", *sessions), "- date: 2026-03-18\n  title: Trip")
    assert [each.is_optional for each in found.days] == [optional, False]


def test_lessons_are_those_of_the_workshop_then_those_of_sessions_each_once():
    sessions = [
        {"start": "09:00", "minutes": "60", "lessons": ["shell", "git"]},
        {"minutes": "60", "lessons": ["python", "shell"]},
    ]
    found = programme_of(_validated(sessions, "UTC", date(2026, 3, 17), lessons=["git"]))
    assert found.lessons == ("git", "shell", "python")


def test_where_times_of_one_track_are_wrong_the_others_go_on(read: Read):
    found = read(
        day(
            "2026-03-17",
            'start: "09:00", minutes: 30, title: Welcome',
            "minutes: 0, title: Wrong, track: english",
            "minutes: 30, title: After what is wrong, track: english",
            "minutes: 45, title: Git suomeksi, track: suomi",
            "minutes: 15, title: Who knows when, type: social",
        ),
        before=TRACKS,
    )
    assert places(found) == ["schedule.days.0.sessions.1.minutes"]
    assert spans(found.days[0]) == ["09:00-09:30", "09:30-10:15"]


def test_where_times_for_all_are_wrong_no_track_goes_on(read: Read):
    found = read(
        day(
            "2026-03-17",
            'start: "09:00", minutes: 30, title: Git, track: english',
            "minutes: 0, title: Wrong",
            "minutes: 30, title: After what is wrong, track: english",
            "minutes: 30, title: That too",
        ),
        before=TRACKS,
    )
    assert places(found) == ["schedule.days.0.sessions.1.minutes"]
    assert spans(found.days[0]) == ["09:00-09:30"]


def test_a_track_goes_on_when_the_latest_of_its_sessions_ends(read: Read):
    found = read(
        day(
            "2026-03-17",
            'start: "09:00", minutes: 60, title: Git, track: english',
            'start: "08:30", minutes: 15, title: Help with setting up, track: english',
            "minutes: 30, title: Branches, track: english",
        ),
        before=TRACKS,
    )
    assert spans(found.days[0]) == ["08:30-08:45", "09:00-10:00", "10:00-10:30"]


def test_all_meet_again_when_the_last_track_ends_in_the_hour_that_comes_twice(read: Read):
    found = read(
        day(
            "2026-10-25",
            'start: "01:45", end: "02:45", title: Git, track: english',
            'start: "02:05", later: true, minutes: 10, title: Git suomeksi, track: suomi',
            "minutes: 5, type: break",
        ),
        before=TRACKS,
        start="2026-10-25",
        end="2026-10-25",
    )
    assert found.faults == ()
    assert f"{instant(found.sessions[-1].start):%H:%M}" == "01:15"


LONG = "; if it runs past midnight, give its length in `minutes`"


@pytest.mark.parametrize(
    ("start", "end", "minutes", "message"),
    [
        ("09:00", "09:01", 1, None),
        ("09:00", "09:00", None, f"it ends at 09:00, but starts at 09:00{LONG}"),
        ("23:50", "00:20", 30, None),
        # Less than twelve hours over midnight are meant, others are asked about, or wrong.
        ("20:30", "08:29", 719, None),
        ("20:30", "08:30", None, f"it ends at 08:30, but starts at 20:30{LONG}"),
        ("20:30", "14:30", None, f"it ends at 14:30, but starts at 20:30{LONG}"),
        ("20:30", "14:31", None, "it ends at 14:31, but starts at 20:30"),
        ("09:00", "08:00", None, "it ends at 08:00, but starts at 09:00"),
    ],
)
def test_an_end_before_the_start_is_after_midnight_or_wrong(
    read: Read, start: str, end: str, minutes: int | None, message: str | None
):
    found = read(day("2026-03-17", f'start: "{start}", end: "{end}", title: A'))
    assert [each.message for each in found.faults] == ([message] if message else [])
    assert [each.minutes for each in found.sessions] == ([minutes] if minutes else [])


def test_of_two_equal_ends_the_one_after_the_start_is_meant(read: Read):
    night = day(
        "2026-10-25",
        'start: "02:30", end: "02:30", title: A',
        'start: "02:40", later: true, end: "02:41", title: B',
    )
    found = read(night, start="2026-10-25", end="2026-10-25")
    assert found.faults == ()
    assert [each.minutes for each in found.sessions] == [60, 1]


def test_what_runs_beside_a_session_of_a_whole_day_needs_no_other_date(read: Read):
    found = read(
        day(
            "2026-03-17",
            'start: "20:00", minutes: 1440, title: Marathon',
            'start: "19:00", minutes: 30, title: Before it',
        ),
        day(
            "2026-03-18",
            'start: "22:00", minutes: 180, title: Night',
            'start: "01:30", minutes: 30, title: After it',
        ),
    )
    assert places(found) == ["schedule.days.1.sessions.1.start"]
    assert spans(found.days[0]) == ["19:00-19:30", "20:00-20:00"]


OPTIONAL = 'start: "09:00", minutes: 60, title: Set up, optional: true'
SLOTS = """\
templates:
  prepare:
    sessions:
      - {start: "09:00", minutes: 60, slot: first, optional: true}
      - {minutes: 15, type: break}
  silent:
    sessions:
      - {start: "09:00", minutes: 60}
"""
FILLED = "  template: prepare\n  fill: {first: {title: Set up}}"


@pytest.mark.parametrize(
    ("days", "wrong"),
    [
        # Outside the workshop there may be what can be skipped.
        ([day("2026-03-16", OPTIONAL, "minutes: 15, type: break")], []),
        ([f"- date: 2026-03-16\n{FILLED}"], []),
        ([day("2026-03-20", OPTIONAL)], []),
        ([day("2026-03-16", OPTIONAL, "minutes: 15, title: Git")], ["days.0.date"]),
        (
            [f"- date: 2026-03-20\n{FILLED}\n  sessions: [{{minutes: 15, title: Git}}]"],
            ["days.0.date"],
        ),
        (["- date: 2026-03-20\n  title: Trip"], ["days.0.date"]),
        # A day says something of itself.
        (["- date: 2026-03-17\n  title: Trip"], []),
        (["- date: 2026-03-17\n  text: We go out."], []),
        (["- date: 2026-03-17\n  cancelled: true"], []),
        (["- date: 2026-03-17"], ["days.0"]),
        # No two are of one name or date, and they follow each other.
        (
            ["- date: 2026-03-17\n  title: A\n  id: day-2", "- date: 2026-03-18\n  title: B"],
            ["days.1"],
        ),
        (
            ["- date: 2026-03-17\n  title: A", "- date: 2026-03-18\n  title: B\n  id: day-1"],
            ["days.1.id"],
        ),
        (["- date: 2026-03-17\n  title: A", "- date: 2026-03-17\n  title: B"], ["days.1.date"]),
        (["- date: 2026-03-18\n  title: A", "- date: 2026-03-17\n  title: B"], ["days.1.date"]),
        # So does a session, of a template too.
        (["- date: 2026-03-17\n  template: prepare"], ["days.0.template"]),
        (
            ["- date: 2026-03-17\n  template: prepare\n  fill: {first: {room: A}}"],
            ["days.0.fill.first"],
        ),
        (["- date: 2026-03-17\n  template: silent"], ["templates.silent.sessions.0"]),
        (
            ["- date: 2026-03-17\n  template: silent", "- date: 2026-03-18\n  template: silent"],
            ["templates.silent.sessions.0"],
        ),
        ([day("2026-03-17", 'start: "09:00", minutes: 60')], ["days.0.sessions.0"]),
        (["- date: 2026-03-17\n  template: lost"], ["days.0.template"]),
        (["- date: 2026-03-17\n  title: A\n  fill: {first: {title: A}}"], ["days.0.fill"]),
    ],
)
def test_a_day_is_right_or_wrong_at_its_place(read: Read, days: list[str], wrong: list[str]):
    found = read(*days, before=SLOTS)
    assert places(found) == [f"schedule.{each}" for each in wrong]
    assert all(each.message and "None" not in each.message for each in found.faults)


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


def _validated(
    sessions: Sequence[Mapping[str, object]], zone: str, on: date, **more: object
) -> Workshop:
    return Workshop.model_validate(
        {
            **more,
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
