"""Every kind of bad input is reported once, at its place, in words that mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.model.records.load import load_record

from .tables import Case, read_cases

TABLES = sorted(Path(__file__).parent.glob("*.md"))
CASES = [
    pytest.param(case, id=f"{table.stem}: {case.title}")
    for table in TABLES
    for case in read_cases(table)
]


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_reported_at_its_place(case: Case, tmp_path: Path):
    path = tmp_path / "record.yml"
    path.write_text(case.text, encoding="utf-8")
    loaded = load_record(path, "partners/record")
    assert loaded.record is None
    found = [
        f"{each.line}:{each.column} {each.message} [{each.rule.removeprefix('record.')}]"
        for each in loaded.faults
    ]
    assert found == list(case.faults)


def test_the_tables_hold_what_they_say():
    assert len(CASES) >= 100
    assert all(case.values[0].faults for case in CASES)
    headings = sum(table.read_text(encoding="utf-8").count("\n## ") for table in TABLES)
    assert headings == len(CASES)


def test_both_dashes_and_lists_are_ranges(tmp_path: Path):
    path = tmp_path / "row.yml"
    for written in ("5-10", "5–10", "5 — 10", "[5, 10]", '"5-10"'):
        path.write_text(
            f"kind: in-kind\nproject: p\npartner: a\nname: A\namounts: {{2025: {written}}}\n",
            encoding="utf-8",
        )
        loaded = load_record(path, "row")
        assert loaded.faults == ()
        assert str(loaded.record.amounts[2025]) == "5-10"
