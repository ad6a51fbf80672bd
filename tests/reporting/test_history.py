"""The history of checks: one line a day, in order, and never half-written."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.check.reports import history
from guildhall.check.reports.history import (
    HISTORY_FILE,
    AreaState,
    areas_of,
    entry_of,
    line_of,
    note_run,
    read_history,
)
from guildhall.check.reports.outcome import Checked

from .outcomes import CLEAN, HOSTILE, SMALL


def on(day: str, outcome=SMALL):
    return replace(outcome, today=date.fromisoformat(day))


def lines(root: Path) -> list[str]:
    return (root / HISTORY_FILE).read_text(encoding="utf-8").splitlines()


def test_a_run_becomes_a_line_that_a_person_can_read(tmp_path: Path):
    assert note_run(tmp_path, SMALL) == ()
    (line,) = lines(tmp_path)
    assert line.startswith(
        '{"version": 1, "date": "2026-03-01", "ok": false, "silenced": 1, "areas": ['
        '{"area": "sums", "title": "Sums and claims", "unit": "sum", "looked_at": 120, '
        '"left_out": 0, "error": 2, "warning": 0, "info": 0, "outcomes": {}}, '
    )


def test_lines_are_in_the_order_of_days(tmp_path: Path):
    for day in ("2026-03-02", "2026-02-27", "2026-03-01"):
        assert note_run(tmp_path, on(day)) == ()
    days = [json.loads(line)["date"] for line in lines(tmp_path)]
    assert days == ["2026-02-27", "2026-03-01", "2026-03-02"]


def test_a_second_run_of_a_day_takes_the_place_of_the_first(tmp_path: Path):
    note_run(tmp_path, on("2026-02-28"))
    note_run(tmp_path, SMALL)
    note_run(tmp_path, CLEAN)
    entries = read_history(tmp_path / HISTORY_FILE).entries
    assert [(entry.day.isoformat(), entry.ok) for entry in entries] == [
        ("2026-02-28", False),
        ("2026-03-01", True),
    ]


def test_the_same_run_twice_gives_the_same_bytes(tmp_path: Path):
    note_run(tmp_path, SMALL)
    before = (tmp_path / HISTORY_FILE).read_bytes()
    note_run(tmp_path, SMALL)
    assert (tmp_path / HISTORY_FILE).read_bytes() == before
    assert [path.name for path in (tmp_path / "conf").iterdir()] == [HISTORY_FILE.name]


@pytest.mark.parametrize("outcome", [SMALL, CLEAN, HOSTILE], ids=["small", "clean", "hostile"])
def test_what_is_written_is_what_is_read(tmp_path: Path, outcome):
    note_run(tmp_path, outcome)
    found = read_history(tmp_path / HISTORY_FILE)
    assert found.faults == ()
    assert found.entries == (entry_of(outcome),)


def test_how_links_came_out_is_kept(tmp_path: Path):
    outcomes = (("ok", 200), ("dead", 2))
    checked = Checked("external", "External links", 202, "link", outcomes=outcomes)
    note_run(tmp_path, replace(CLEAN, checked=(checked,)))
    (entry,) = read_history(tmp_path / HISTORY_FILE).entries
    assert entry.areas[0].outcomes == outcomes


def test_without_a_file_there_is_no_history(tmp_path: Path):
    found = read_history(tmp_path / HISTORY_FILE)
    assert found.entries == found.faults == ()


GOOD = line_of(entry_of(SMALL))


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        ("<<<<<<< HEAD", 1, "expected an object of JSON: Expecting value"),
        ('{"version": 1,}', 15, "expected an object of JSON: "),
        ("[1]", 1, "a line: found a list, expected an object"),
        ('{"version": 2}', 1, "`version`: found `2`, expected 1"),
        (GOOD.replace("2026-03-01", "2026-02-30"), 1, "`date`: found `2026-02-30`, expected a day"),
        (GOOD.replace("false", "0", 1), 1, "`ok`: found `0`, expected true or false"),
        (GOOD.replace('"silenced": 1', '"silenced": true'), 1, "`silenced`: found `True`"),
        (GOOD.replace("120", "-1"), 1, "`looked_at`: found `-1`, expected a whole number from 0"),
        (GOOD.replace("120", "1.5"), 1, "`looked_at`: found `1.5`, expected a whole number"),
        (GOOD.replace("120", "NaN"), 1, "expected an object of JSON with plain values"),
        (GOOD.replace("120", "9" * 5000), 1, "expected an object of JSON with plain values"),
        (GOOD.replace('"outcomes": {}', '"outcomes": []', 1), 1, "`outcomes`: found a list"),
        (GOOD.replace('"sums"', "null"), 1, "`area`: found nothing, expected a text"),
        ("[" * 90_000, 1, "expected an object of JSON with plain values"),
        ("x" * 100_001, 1, "found more than 100,000 bytes in a line"),
    ],
)  # fmt: skip
def test_a_bad_line_is_a_fault_at_its_place_and_the_others_are_read(
    tmp_path: Path, line: str, column: int, message: str
):
    path = tmp_path / "history.jsonl"
    later = line_of(entry_of(on("2026-03-02")))
    path.write_text(f"{GOOD}\n{line.strip()}\n{later}", encoding="utf-8")
    found = read_history(path)
    assert [entry.day.day for entry in found.entries] == [1, 2]
    (fault,) = found.faults
    assert (fault.path, fault.line, fault.column) == (path.as_posix(), 3, column)
    assert fault.rule == "record.history"
    assert message in fault.message


def test_bytes_that_are_no_utf_8_are_a_fault(tmp_path: Path):
    path = tmp_path / "history.jsonl"
    path.write_bytes(b'{"date": "\xff"}\n')
    assert [fault.message for fault in read_history(path).faults] == ["expected UTF-8"]


def test_a_day_that_stands_twice_is_a_fault(tmp_path: Path):
    path = tmp_path / "history.jsonl"
    path.write_text(GOOD + line_of(entry_of(CLEAN)), encoding="utf-8")
    found = read_history(path)
    assert [entry.ok for entry in found.entries] == [True]
    assert [(each.line, each.message) for each in found.faults] == [
        (2, "the day 2026-03-01 stands twice; take one of its lines out")
    ]


def test_nothing_is_written_over_lines_that_cannot_be_read(tmp_path: Path):
    path = tmp_path / HISTORY_FILE
    path.parent.mkdir()
    path.write_text(f"{GOOD}=======\n", encoding="utf-8")
    before = path.read_bytes()
    faults = note_run(tmp_path, CLEAN)
    assert [fault.line for fault in faults] == [2]
    assert path.read_bytes() == before


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(history, "LARGEST", 1_000)
    path = tmp_path / "history.jsonl"
    path.write_text(GOOD * 3, encoding="utf-8")
    found = read_history(path)
    assert found.entries == ()
    assert "found more than 1,000 bytes" in found.faults[0].message


def test_a_folder_in_its_place_is_a_fault(tmp_path: Path):
    (tmp_path / HISTORY_FILE).mkdir(parents=True)
    assert "can't be read" in note_run(tmp_path, SMALL)[0].message


def test_a_note_that_nothing_was_looked_at_makes_no_area_known():
    offline = AreaState("external", "Other sites", "address", 0, 7, 0, 0, 1)
    assert not offline.is_known
    assert replace(offline, looked_at=7).is_known
    assert replace(offline, warnings=1).is_known


def test_areas_are_those_of_all_days_as_they_stood_last():
    entries = [entry_of(on("2026-02-01")), entry_of(on("2026-03-01", CLEAN))]
    found = [(each.area, each.errors) for each in areas_of(entries)]
    assert found == [("sums", 0), ("links", 0), ("pages", 0), ("external", 0)]


@given(st.binary(max_size=300))
def test_no_bytes_make_reading_fail(tmp_path_factory: pytest.TempPathFactory, data: bytes):
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_bytes(data)
    found = read_history(path)
    assert all(fault.line >= 1 for fault in found.faults)
