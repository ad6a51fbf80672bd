"""Which times of workshops a change shifts, on clocks and in fact."""

from __future__ import annotations

import pytest

from guildhall.check.differences.portal import Differences
from guildhall.check.differences.times import Shift
from guildhall.check.differences.words import shifted

from ..workshops.portals import day, schedule, workshop
from .conftest import Make
from .repositories import Repository

DAYS = schedule(
    day("2026-03-17", 'start: "09:00", minutes: 60, title: Branches', "minutes: 30, title: Lunch"),
    day("2026-03-18", 'start: "09:00", minutes: 60, title: Merges', "minutes: 30, title: Lunch"),
)
FILE = "workshops/one.yml"


@pytest.fixture
def portal(make: Make) -> Repository:
    registration = "registration: {url: https://x.example.org, closes: 2026-03-10}"
    files = {"conf/portal.yml": "title: W\n", FILE: workshop(registration, DAYS)}
    return make(files, only=True)


def told(found: Differences) -> list[tuple[str, str, Shift | None, tuple[str, ...]]]:
    return [(each.what, each.label, each.shift, each.remarks) for each in found.times]


def test_a_session_that_is_moved_is_the_same_session(portal: Repository):
    portal.change(
        FILE,
        'start: "09:00", minutes: 60, title: Branches',
        'start: "10:00", minutes: 45, title: Branches',
    )
    assert told(portal.compare()) == [
        ("session", "Branches", Shift(60, 60, -15), ()),
        ("session", "Lunch", Shift(45, 45, 0), ()),
    ]
    branches, _ = portal.compare().times
    assert (branches.old, branches.new) == ("2026-03-17 09:00–10:00", "2026-03-17 10:00–10:45")
    assert branches.place.location == "workshops/one.yml:11:11"


def test_a_session_that_goes_to_another_day_is_the_same_session(portal: Repository):
    text = workshop(
        schedule(
            day("2026-03-17", 'start: "10:00", minutes: 30, title: Lunch'),
            day(
                "2026-03-18",
                'start: "09:00", minutes: 60, title: Merges',
                "minutes: 30, title: Lunch",
                "minutes: 60, title: Branches",
            ),
        ),
        "registration: {url: https://x.example.org, closes: 2026-03-10}",
    )
    portal.write({FILE: text})
    assert told(portal.compare()) == [("session", "Branches", Shift(1530, 1530), ())]


def test_another_time_zone_moves_moments_and_no_clock(portal: Repository):
    portal.change(FILE, "timezone: Europe/Stockholm", "timezone: Europe/Helsinki")
    assert told(portal.compare()) == [
        ("time zone", "", None, ()),
        ("registration closes", "", Shift(0, -60), ()),
        ("session", "Branches", Shift(0, -60), ()),
        ("session", "Lunch", Shift(0, -60), ()),
        ("session", "Merges", Shift(0, -60), ()),
        ("session", "Lunch", Shift(0, -60), ()),
    ]


def test_another_time_zone_with_other_times_can_keep_the_moments(portal: Repository):
    portal.change(FILE, "timezone: Europe/Stockholm", "timezone: Europe/Helsinki")
    text = (portal.root / FILE).read_text(encoding="utf-8").replace('"09:00"', '"10:00"')
    portal.write({FILE: text})
    sessions = [each for each in portal.compare().times if each.what == "session"]
    assert {each.shift for each in sessions} == {Shift(60, 0)}
    assert len(sessions) == 4


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "title: Branches", "title: Branches, cancelled: true",
            ("session", "Branches", None, ("cancelled",)),
        ),
        ("title: Merges", "title: Rebasing", ("session", "Rebasing", None, ("before: Merges",))),
        (
            "closes: 2026-03-10", "closes: 2026-03-12",
            ("registration closes", "", Shift(2880, 2880), ()),
        ),
        ("start: 2026-03-17", "start: 2026-03-16", ("dates", "", None, ())),
        ("end: 2026-03-19", "end: 2026-03-19\nstatus: full", ("status", "", None, ())),
    ],
)  # fmt: skip
def test_what_else_is_told(
    portal: Repository, old: str, new: str, expected: tuple[str, str, Shift | None, tuple[str, ...]]
):
    portal.change(FILE, old, new)
    assert told(portal.compare()) == [expected]


def test_a_day_that_is_cancelled_cancels_its_sessions(portal: Repository):
    portal.change(FILE, "- date: 2026-03-18\n", "- date: 2026-03-18\n      cancelled: true\n")
    assert told(portal.compare()) == [
        ("session", "Merges", None, ("cancelled",)),
        ("session", "Lunch", None, ("cancelled",)),
    ]


def test_sessions_that_are_new_and_gone(portal: Repository):
    portal.change(FILE, "title: Merges}", "title: Merges, track: a}")
    portal.change(FILE, "schedule:", "schedule:\n  tracks: {a: {title: A}}")
    changes = portal.compare().times
    assert [(each.label, each.remarks) for each in changes] == []
    portal.change(FILE, '      - {start: "09:00", minutes: 60, title: Branches}\n', "")
    portal.change(
        FILE,
        "- {minutes: 30, title: Lunch}\n    - date",
        '- {start: "10:00", minutes: 30, title: Lunch}\n    - date',
    )
    (gone,) = portal.compare().times
    assert (gone.label, gone.remarks, gone.new, gone.place.is_gone) == (
        "Branches",
        ("gone",),
        "",
        True,
    )


def test_workshops_that_are_new_gone_or_renamed(portal: Repository):
    record = portal.root / FILE
    record.rename(record.with_name("two.yml"))
    assert portal.compare().times == ()
    record.with_name("two.yml").unlink()
    portal.write({"workshops/three.yml": workshop(title="Another one", start="2026-03-18")})
    changes = [(each.what, each.title, each.old, each.new) for each in portal.compare().times]
    assert changes == [
        ("workshop", "Git for teams (2026-03-17)", "2026-03-17 – 2026-03-19, Europe/Stockholm", ""),
        ("workshop", "Another one (2026-03-18)", "", "2026-03-18 – 2026-03-19, Europe/Stockholm"),
    ]


def test_a_broken_record_is_not_called_a_workshop_that_is_gone(portal: Repository):
    portal.change(FILE, "title: Git for teams", "titel: Git for teams")
    found = portal.compare()
    assert found.times == ()
    assert [each.path for each in found.faults.unread_now] == [FILE]


@pytest.mark.parametrize(
    ("shift", "in_other_zone", "words"),
    [
        (None, False, ""),
        (Shift(60, 60), True, "1 h later"),
        (Shift(-1530, -1530), False, "1 day 1 h 30 min earlier"),
        (Shift(0, -60), True, "same clock time, actually 1 h earlier"),
        (Shift(60, 0), True, "1 h later by the clock, actually the same moment"),
        (Shift(10, -50), True, "10 min later by the clock, actually 50 min earlier"),
        # A week later at the same time, over a change to summer time.
        (Shift(10080, 10020), False, "7 days later"),
        (Shift(0, 0, 15), False, "15 min longer"),
        (Shift(60, 60, -15), False, "1 h later, 15 min shorter"),
    ],
)
def test_a_shift_in_words(shift: Shift | None, in_other_zone: bool, words: str):
    assert shifted(shift, in_other_zone=in_other_zone) == words
