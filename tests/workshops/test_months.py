"""Months with the workshops of each day: as a table, as a list, and for other builders."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from bs4 import Tag
from hypothesis import given
from hypothesis import strategies as st

from guildhall.model.records.kinds.workshop import Workshop
from guildhall.network.workshops.months import Month, days_of, months_of, weeks_of, with_open_dates

from ..portals import Build, Portal
from .portals import day, load, schedule, workshop

MONDAY, SUNDAY = 0, 6


def months(root: Path, *records: str) -> tuple[Month, ...]:
    files = {f"workshops/{'abcdef'[index]}.yml": text for index, text in enumerate(records)}
    return months_of(load(root, files).of(Workshop), MONDAY)


def days(month: Month) -> dict[int, str]:
    return {
        each.day: " ".join(workshop.key for workshop in found) for each, found in month.days.items()
    }


@given(st.integers(1900, 2199), st.integers(1, 12), st.integers(0, 6))
def test_weeks_have_seven_days_and_hold_each_day_of_the_month_once(
    year: int, month: int, first: int
):
    weeks = weeks_of(year, month, first)
    assert {len(week) for week in weeks} == {7}
    found = [each for week in weeks for each in week if each]
    assert [each.day for each in found] == list(range(1, len(found) + 1))
    assert {(each.year, each.month) for each in found} == {(year, month)}
    for week in weeks:
        for index, each in enumerate(week):
            assert each is None or each.weekday() == (first + index) % 7


def test_weeks_begin_on_the_day_that_is_asked_for():
    assert weeks_of(2026, 3, MONDAY)[0].index(date(2026, 3, 1)) == 6
    assert weeks_of(2026, 3, SUNDAY)[0].index(date(2026, 3, 1)) == 0


def test_a_workshop_runs_on_all_its_days_over_the_end_of_a_month(tmp_path: Path):
    found = months(tmp_path, workshop(start="2026-03-30", end="2026-04-01"))
    assert [(each.name, days(each)) for each in found] == [
        ("2026-03", {30: "a", 31: "a"}),
        ("2026-04", {1: "a"}),
    ]


def test_with_a_schedule_it_runs_on_the_days_that_take_place(tmp_path: Path):
    text = workshop(
        schedule(
            day("2026-03-17", 'start: "09:00", minutes: 60, title: A'),
            day("2026-03-18", 'start: "09:00", minutes: 60, title: B, cancelled: true'),
            day("2026-03-24", 'start: "09:00", minutes: 60, title: C'),
        ),
        end="2026-03-24",
    )
    (month,) = months(tmp_path, text)
    assert days(month) == {17: "a", 24: "a"}


def test_workshops_of_one_day_stand_by_their_start(tmp_path: Path):
    (month,) = months(
        tmp_path,
        workshop(start="2026-03-03", end="2026-03-04"),
        workshop(start="2026-03-02", end="2026-03-03"),
    )
    assert days(month) == {2: "b", 3: "b a", 4: "a"}
    assert [each.key for each in month.workshops] == ["b", "a"]


@pytest.mark.parametrize(
    ("end", "count"), [("2026-03-14", 14), ("2026-03-15", 0)], ids=["14 days", "15 days"]
)
def test_a_long_one_without_a_schedule_stands_beside_the_days(tmp_path: Path, end: str, count: int):
    (month,) = months(tmp_path, workshop(start="2026-03-01", end=end))
    assert len(month.days) == count
    assert len(month.beside) == (not count)


def test_open_dates_are_in_no_month(tmp_path: Path):
    text = workshop("dates_are_open: true", start="2026-11-15", end="2027-01-02")
    off = workshop("dates_are_open: true", "status: cancelled")
    assert months(tmp_path, text, off) == ()
    (found,) = with_open_dates(load(tmp_path, {}).of(Workshop))
    assert found.key == "a"
    assert days_of(found) == ()


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_what_is_not_held_is_in_no_month(tmp_path: Path, status: str):
    assert months(tmp_path, workshop(f"status: {status}")) == ()


# --- The page ---

FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": "title: Small\nsources: [workshops, pages]\n",
    "index.md": (
        "# Home\n\n:::{workshop-months}\n:::\n\n"
        "```{toctree}\n:hidden:\n:glob:\n\npages/*\nworkshops/*\n```\n"
    ),
    "pages/old.md": "# Old\n\n:::{workshop-months}\n:year: 2025\n:::\n",
    "pages/other.md": "# Other\n\n:::{workshop-months}\n:type: meeting\n:::\n",
    "workshops/a.yml": workshop(title="Last & past", start="2025-05-29", end="2025-05-31"),
    "workshops/b.yml": workshop(title="Running", start="2025-05-31", end="2025-06-02"),
    "workshops/c.yml": workshop("dates_are_open: true", title="Open", start="2026-01-01"),
}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    made = Portal(tmp_path_factory.mktemp("months") / "portal")
    made.write(FILES)
    return made


@pytest.fixture(scope="module")
def built(portal: Portal) -> Build:
    build = portal.build()
    assert (build.code, build.warnings) == (0, "")
    return build


def boxes(build: Build, page: str) -> dict[str, Tag]:
    return {str(each["data-month"]): each for each in build.page(page).select(".gh-month-box")}


def test_months_from_this_one_on_have_tables_with_headed_columns(built: Build):
    found = boxes(built, "index.html")
    assert list(found) == ["2025-06", "2026-03"]
    (table,) = found["2025-06"]("table")
    assert table.select(".caption-text")[0].get_text(strip=True) == "June 2025"
    assert [(head.get_text(strip=True), head["scope"]) for head in table("th")] == [
        (name, "col") for name in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    ]
    cells = {each.get("data-day"): each.get_text(" ", strip=True) for each in table("td")}
    assert cells["2025-06-01"] == "1 Running"
    assert cells["2025-06-03"] == "3"
    assert [each["href"] for each in table.select("td a")] == ["workshops/b.html"] * 2


def test_the_list_of_a_month_says_the_same(built: Build):
    (listed,) = boxes(built, "index.html")["2025-06"].select(".gh-month-list")
    assert [each.get_text(strip=True) for each in listed("li")] == [
        "Running, 31 May \N{EN DASH} 2 June 2025"
    ]


def test_open_dates_are_listed_once_below_all_months(built: Build):
    # A script takes them away after the month of the last of them.
    box = boxes(built, "index.html")["2026-03"]
    assert box.select(".gh-part-title")[0].get_text() == "Dates to be announced"
    assert box("table") == []
    assert [each.get_text(strip=True) for each in box("li")] == [
        "Open, January 2026 \N{EN DASH} March 2026"
    ]


def test_a_year_of_the_archive_has_its_months(built: Build):
    assert list(boxes(built, "pages/old.html")) == ["2025-05", "2025-06"]
    (table,) = boxes(built, "pages/old.html")["2025-05"]("table")
    cells = {each.get("data-day"): each.get_text(" ", strip=True) for each in table("td")}
    assert cells["2025-05-31"] == "31 Last & past Running"


def test_nothing_is_said_where_nothing_is_to_come(built: Build):
    assert boxes(built, "pages/other.html") == {}
    text = built.page("pages/other.html").select(".gh-months")[0].get_text(strip=True)
    assert text == "No workshop is announced at the moment."


def test_weeks_begin_as_is_usual_in_the_language(portal: Portal):
    build = portal.build("-D", "language=en-US", out="us")
    (table, *_) = build.page("index.html").select(".gh-month")
    assert [each.get_text(strip=True) for each in table("th")][:2] == ["Mon", "Tue"]


def test_pages_are_read_again_when_the_month_is_another(portal: Portal):
    # The workshop of these months has ended on both days.
    portal.build(out="again", GUILDHALL_TODAY="2025-06-10")
    assert "index" not in portal.build(out="again", GUILDHALL_TODAY="2025-06-20").read
    assert "index" in portal.build(out="again", GUILDHALL_TODAY="2025-07-01").read


@pytest.mark.parametrize("builder", ["text", "latex", "epub"])
def test_other_builders_have_the_list(portal: Portal, builder: str):
    build = portal.build(builder=builder, out=builder)
    assert (build.code, "months" in build.warnings) == (0, False)
    names = {"text": "index.txt", "epub": "index.xhtml"}
    tex = sorted(path.name for path in build.folder.glob("*.tex"))
    text = (build.folder / names.get(builder, tex[0] if tex else "")).read_text(encoding="utf-8")
    assert "Running" in text
    assert ("Mon</th>" in text or "Mon</p>" in text) == (builder == "epub")
