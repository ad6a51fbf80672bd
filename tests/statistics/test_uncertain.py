"""Participants of whom only something is known: sums, shares, files, checks and comparisons."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from guildhall.check.differences.figures import difference
from guildhall.check.differences.plain import _plain as in_json
from guildhall.core.findings.finding import Finding
from guildhall.core.values.counts import parse_count
from guildhall.model.records.registry import Registry
from guildhall.model.settings.portal import load_settings
from guildhall.network.lessons.outline import outline_of
from guildhall.network.statistics.by_year import Statistics
from guildhall.network.statistics.downloads import Table, tables
from guildhall.network.workshops.checks import workshop_checks
from guildhall.sphinx_ext.charts.columns import Column, ColumnChart, render_columns

from ..workshops.portals import load, workshop
from .portals import FILES, TODAY
from .test_downloads import read

COUNTS = {
    "about": ("2024-02-01", "participants: ca. 40"),
    "between": ("2024-03-01", "participants: {total: 30-40, countries: {NO: 35}}"),
    "exact": ("2025-01-01", "participants: 12"),
    "from": ("2025-02-01", "participants: {total: '>= 25', countries: {SE: 20}}"),
}


def made_of(root: Path, counts: dict[str, tuple[str, str]] = COUNTS) -> Registry:
    kept = {name: text for name, text in FILES.items() if not name.startswith("workshops/")}
    held = {
        f"workshops/{name}.yml": workshop(text, start=day, end=day)
        for name, (day, text) in counts.items()
    }
    return load(root, {**kept, **held})


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return made_of(tmp_path)


@pytest.fixture
def files(registry: Registry) -> dict[str, Table]:
    found = tables(registry.public(), Statistics(registry, TODAY))
    return {table.name: table for table in found}


def test_sums_of_years_are_as_uncertain_as_their_workshops(registry: Registry):
    total = Statistics(registry, TODAY).of("learners").total
    assert {year: str(each.value) for year, each in total.years.items()} == {
        2024: "ca. 70-80",
        2025: "at least 37",
    }
    assert str(total.total.value) == "at least ca. 107"


def test_whoever_no_country_is_known_of_is_as_uncertain_as_the_total(registry: Registry):
    table = Statistics(registry, TODAY).of("countries")
    shown = {row.key: [str(each.value) for each in row.years.values()] for row in table.rows}
    assert shown == {"NO": ["35", "0"], "SE": ["0", "20"], "unknown": ["0-5", "at least 5"]}


def test_files_have_both_ends_and_no_number_that_isnt_certain(files: dict[str, Table]):
    names = ("learners", "learners_least", "learners_most", "learners_are_about")
    assert {row["id"]: [row[name] for name in names] for row in read(files["workshops"])} == {
        "about": ["", "40", "40", "true"],
        "between": ["", "30", "40", "false"],
        "exact": ["12", "12", "12", "false"],
        "from": ["", "25", "", "false"],
    }
    assert [[row[name] for name in names] for row in read(files["years"])] == [
        ["", "70", "80", "true"],
        ["", "37", "", "false"],
    ]


@pytest.mark.parametrize(
    ("participants", "said"),
    [
        ("{total: 30-40, countries: {NO: 41}}", "computed 41, which is more; write `at least 41`"),
        ("{total: ca. 40, countries: {NO: 41}}", "stated ca. 40, computed 41"),
        ("{total: 30-40, countries: {NO: 20}, unknown_country: 15}", ""),
        ("{total: at least 25, countries: {NO: 60}}", ""),
        ("{total: 40, countries: {NO: 30}}", "write `unknown_country: 10`"),
    ],
)
def test_parts_that_are_more_than_the_total_can_be_are_told(
    participants: str, said: str, tmp_path: Path
):
    registry = made_of(tmp_path, {"one": ("2024-02-01", f"participants: {participants}")})
    settings, _ = load_settings(tmp_path)
    found: list[Finding] = [
        each
        for result in workshop_checks(
            registry, settings, lambda lesson: outline_of(lesson, tmp_path)
        )
        for each in result.findings
        if "participants by" in each.message
    ]
    assert len(found) == bool(said)
    assert all(said in each.message for each in found)


@pytest.mark.parametrize(
    ("old", "new", "moved", "written"),
    [
        ("40", "ca. 40", (0, 0), {"low": "40", "high": "40", "about": True}),
        ("30-40", "35-50", (5, 10), {"low": "35", "high": "50"}),
        ("40", "at least 25", None, {"low": "25", "high": None}),
        ("at least 25", "at least 30", (5, 0), {"low": "30", "high": None}),
    ],
)
def test_changes_are_compared_end_by_end(
    old: str, new: str, moved: tuple[int, int] | None, written: dict[str, object]
):
    before, after = parse_count(old), parse_count(new)
    expected = tuple(map(Decimal, moved)) if moved else None
    assert difference(before, after) == expected
    assert in_json(after) == written


def test_a_column_without_a_high_end_is_open_to_the_top():
    columns = [Column("2024", (parse_count("at least 25"),)), Column("2025", (parse_count("40"),))]
    svg = render_columns(ColumnChart("T", "learners", [""], columns), prefix="c", locale="en")
    assert "2024: at least 25; 2025: 40" in svg
    assert "no upper limit is known" in svg
    assert 'stroke-dasharray="4 3"' in svg
    assert "nan" not in svg.lower()
    assert "inf" not in svg.lower()
