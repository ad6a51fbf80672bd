"""The CSV files and the data package that describes them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from guildhall.model.records.registry import load_registry
from guildhall.model.settings.portal import Settings, load_settings
from guildhall.network.statistics.by_year import Statistics
from guildhall.network.statistics.downloads import Table, data_package, tables

from .portals import TODAY, registry

_TYPES = {
    "integer": int,
    "number": float,
    "year": int,
    "date": date.fromisoformat,
    "string": str,
    "boolean": {"true": 1, "false": 0}.__getitem__,
}


def made_of(root: Path, below: int = 0) -> dict[str, Table]:
    records = registry(root)
    found = tables(records.public(), Statistics(records, TODAY, below))
    return {table.name: table for table in found}


@pytest.fixture
def made(tmp_path: Path) -> dict[str, Table]:
    return made_of(tmp_path)


@pytest.fixture
def package(made: dict[str, Table], tmp_path: Path) -> dict[str, Any]:
    settings, _ = load_settings(tmp_path)
    return dict(json.loads(data_package(tuple(made.values()), settings)))


def test_a_title_is_no_formula_to_a_spreadsheet(tmp_path: Path):
    path = tmp_path / "workshops/second.yml"
    registry(tmp_path)
    text = path.read_text(encoding="utf-8")
    for start in "=+-@":
        path.write_text(
            text.replace("title: ", f'title: "{start}1 ', 1).replace(
                "\ntimezone", '"\ntimezone', 1
            ),
            encoding="utf-8",
        )
        records = load_registry(tmp_path, load_settings(tmp_path)[0])
        made = {each.name: each for each in tables(records, Statistics(records, TODAY))}
        (row,) = (each for each in read(made["workshops"]) if each["id"] == "second")
        assert row["title"].startswith(f"'{start}1 ")


def read(table: Table) -> list[dict[str, str]]:
    text = table.to_csv().decode("utf-8")
    assert text.endswith("\r\n")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_the_years_hold_all_numbers_and_what_they_rest_on(made: dict[str, Table]):
    first, second, third = read(made["years"])
    assert (first["hours_least"], first["hours_most"]) == ("10", "12")
    assert second == {
        "year": "2025",
        "workshops": "2",
        "learners": "100",
        "learners_least": "100",
        "learners_most": "100",
        "learners_are_about": "false",
        "workshops_with_learners": "1",
        "instructors": "3",
        "instructors_first_time": "2",
        "instructors_returning": "1",
        "workshops_with_instructors": "1",
        "hours_least": "2.5",
        "hours_most": "2.5",
        "workshops_with_hours": "1",
        "lessons": "2",
        "workshops_with_lessons": "1",
    }
    assert (third["learners"], third["workshops_with_learners"]) == ("", "0")


def test_workshops_have_a_row_each(made: dict[str, Table]):
    assert [row["id"] for row in read(made["workshops"])] == [
        "first",
        "unsaid",
        "second",
        "running",
    ]


def test_learners_by_country_are_those_that_pages_show(tmp_path: Path):
    rows = read(made_of(tmp_path, 5)["learners-by-country"])
    shown = ("year", "country", "learners")
    assert [{name: row[name] for name in shown} for row in rows][:2] == [
        {"year": "2024", "country": "NO", "learners": "20"},
        {"year": "2024", "country": "other", "learners": "10"},
    ]


def test_no_file_names_a_person(made: dict[str, Table]):
    everything = b"".join(table.to_csv() for table in made.values()).decode()
    assert not re.search(r"Ada|Berg|Eva|Dahl|Odd|Fure|\b(ada|eva|odd)\b", everything)


def test_texts_are_quoted_where_csv_needs_it():
    column = {"name": "title", "type": "string"}
    table = Table("t", "T", "", (column,), ("title",), (('Git, "for" teams',), (None,)))
    assert table.to_csv() == b'title\r\n"Git, ""for"" teams"\r\n""\r\n'


def test_a_package_names_the_portal_that_it_is_of(made: dict[str, Table]):
    settings = Settings(
        title="Net",
        base_url="https://example.org/net",
        author="The network",
        repository="https://github.com/o/r",
    )
    package = json.loads(data_package(tuple(made.values()), settings))
    assert package["homepage"] == "https://example.org/net"
    assert package["contributors"] == [{"title": "The network", "role": "publisher"}]
    assert package["sources"] == [
        {"title": "Records of workshops of Net", "path": "https://github.com/o/r"}
    ]


def test_the_package_describes_each_file(package: dict[str, Any], made: dict[str, Table]):
    assert package["name"] == "workshop-statistics"
    assert package["licenses"] == [
        {"name": "CC-BY-4.0", "path": "https://spdx.org/licenses/CC-BY-4.0.html"}
    ]
    assert package["sources"] == [{"title": "Records of workshops of Portal"}]
    for resource in package["resources"]:
        content = made[resource["name"]].to_csv()
        assert resource["path"] == f"{resource['name']}.csv"
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        header = content.decode().split("\r\n")[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == header


def test_each_cell_is_of_its_type_and_keeps_its_constraints(
    package: dict[str, Any], made: dict[str, Table]
):
    looked_at = 0
    for resource in package["resources"]:
        for row in read(made[resource["name"]]):
            for column in resource["schema"]["fields"]:
                cell, limits = row[column["name"]], column.get("constraints", {})
                if cell in resource["schema"]["missingValues"]:
                    assert not limits.get("required")
                    continue
                value: Any = _TYPES[column["type"]](cell)  # type: ignore[operator]
                assert value >= limits["minimum"] if "minimum" in limits else True
                assert cell in limits.get("enum", [cell])
                assert re.fullmatch(limits.get("pattern", ".*"), cell)
                looked_at += 1
    assert looked_at > 80


def test_keys_tell_rows_apart_and_name_rows_of_other_files(
    package: dict[str, Any], made: dict[str, Table]
):
    for resource in package["resources"]:
        rows, schema = read(made[resource["name"]]), resource["schema"]
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
        assert len(set(keys)) == len(keys) > 0
        for foreign in schema.get("foreignKeys", ()):
            reference = foreign["reference"]
            known = {row[reference["fields"]] for row in read(made[reference["resource"]])}
            assert {row[foreign["fields"]] for row in rows} <= known


def test_the_same_records_give_the_same_bytes(made: dict[str, Table], tmp_path: Path):
    again = made_of(tmp_path)
    settings, _ = load_settings(tmp_path)
    assert [table.to_csv() for table in again.values()] == [
        table.to_csv() for table in made.values()
    ]
    first = data_package(tuple(made.values()), settings)
    assert data_package(tuple(again.values()), settings) == first


def test_a_portal_without_past_workshops_has_no_files(tmp_path: Path):
    records = registry(tmp_path)
    assert tables(records, Statistics(records, date(2020, 1, 1))) == ()
