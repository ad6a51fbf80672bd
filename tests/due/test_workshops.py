"""What lapses in records of workshops and in the plan."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.workshops.portals import workshop

from .portals import project, report, told

ONE = "workshops/one.yml"
SIGN_UP = "registration: {url: https://example.org/, closes: 2026-03-10}"
DONE = ("participants: {total: 3}", "recordings: [https://example.org/v]")


@pytest.mark.parametrize(
    ("status", "today", "expected"),
    [
        ("open", "2026-03-10", None),
        ("open", "2026-03-11", "2026-03-11 due.registration: registration closed on 2026-03-10"),
        ("open", "2026-03-17", "2026-03-17 due.status: it started on 2026-03-17"),
        ("open", "2026-03-20", "2026-03-17 due.status: it ended on 2026-03-19"),
        ("announced", "2026-03-16", None),
        ("announced", "2026-03-17", "2026-03-17 due.status: it started on 2026-03-17"),
        ("planned", "2026-03-16", None),
        ("planned", "2026-03-20", "2026-03-17 due.status: it ended on 2026-03-19"),
        ("running", "2026-03-19", None),
        ("running", "2026-03-20", "2026-03-20 due.status: it ended on 2026-03-19"),
        # These say what is to come as if it were there: a mistake, but nothing that has lapsed.
        ("running", "2026-03-01", None),
        ("past", "2026-03-01", None),
        ("cancelled", "2026-04-01", None),
        ("postponed", "2026-04-01", None),
        ("full", "2026-03-12", None),
    ],
)
def test_a_status_lapses_on_the_day_that_makes_it_wrong(
    status: str, today: str, expected: str | None, tmp_path: Path
):
    files = {ONE: workshop(SIGN_UP, *DONE, f"status: {status}")}
    found = told(tmp_path, files, date.fromisoformat(today))
    if expected is None:
        assert found == []
        return
    day, rule, reason = expected.split(" ", 2)
    what = f"the status of `Git for teams` is `{status}`, but {reason}"
    assert found == [f"workshops/one.yml:9:9 {day} {rule} {what}"]


def test_a_registration_that_is_yet_to_open_has_not_lapsed(tmp_path: Path):
    sign_up = "registration: {url: https://example.org/, opens: 2026-03-05, closes: 2026-03-10}"
    assert told(tmp_path, {ONE: workshop(sign_up, "status: open")}) == []


def test_a_status_that_follows_from_the_dates_never_lapses(tmp_path: Path):
    files = {ONE: workshop(SIGN_UP, *DONE)}
    for day in ("2026-03-12", "2026-03-18", "2027-01-01"):
        assert told(tmp_path, files, date.fromisoformat(day)) == []


@pytest.mark.parametrize(
    ("status", "is_due"), [(None, True), ("past", False), ("postponed", False)]
)
def test_dates_that_only_say_when_about_lapse_after_the_last(
    status: str | None, is_due: bool, tmp_path: Path
):
    more = ("dates_are_open: true", *((f"status: {status}", *DONE) if status else ()))
    files = {ONE: workshop(*more)}
    expected = (
        "workshops/one.yml:6:17 2026-03-20 due.status: the dates of `Git for teams` are "
        "approximate, and the last of them was 2026-03-19"
    )
    assert told(tmp_path, files, date(2026, 3, 19)) == []
    assert told(tmp_path, files, date(2026, 3, 20)) == ([expected] if is_due else [])


def test_what_a_past_workshop_lacks_is_told_as_its_check_tells_it(tmp_path: Path):
    files = {ONE: workshop("participants: {total: 3}")}
    assert told(tmp_path, files, date(2026, 3, 19)) == []
    assert told(tmp_path, files, date(2026, 3, 20)) == [
        (
            "workshops/one.yml:5:6 2026-03-20 due.results: `Git for teams`: "
            "the workshop ended on 2026-03-19, but its record has no `recordings`"
        )
    ]
    assert told(tmp_path, {ONE: workshop(*DONE)}, date(2026, 3, 20)) == []


def test_of_a_workshop_to_come_no_results_are_expected(tmp_path: Path):
    assert report(tmp_path, {ONE: workshop()}, within=365).coming == ()


ACTIVITY = "kind: activity\nproject: phase\ntitle: A workshop\nyear: 2025\ntype: workshop\n"


def test_a_planned_activity_is_late_with_the_year(tmp_path: Path):
    files = {
        "partners/phase.yml": project(),
        "partners/act.yml": ACTIVITY,
        ONE: workshop(start="2026-02-01", end="2027-02-02"),
    }
    assert told(tmp_path, files, date(2025, 12, 31)) == []
    assert told(tmp_path, files) == [
        (
            "partners/act.yml:4:7 2026-01-01 due.plan: `A workshop` was planned for 2025, "
            "but no outcome is recorded"
        )
    ]
    files[ONE] = workshop("fulfils: [act]", start="2026-02-01", end="2027-02-02")
    assert told(tmp_path, files) == []


def test_without_records_of_workshops_nobody_knows_what_is_late(tmp_path: Path):
    files = {"partners/phase.yml": project(), "partners/act.yml": ACTIVITY}
    assert told(tmp_path, files) == []


def test_what_will_lapse_is_told_at_the_day_that_comes_first(tmp_path: Path):
    files = {ONE: workshop(SIGN_UP, *DONE, "status: open")}
    (item,) = report(tmp_path, files, within=60).coming
    assert (item.rule, item.since) == ("due.registration", date(2026, 3, 11))
