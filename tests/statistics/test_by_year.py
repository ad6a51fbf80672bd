"""Tables by year: what counts, what is known, and what isn't."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guildhall.network.statistics.by_year import By, Row, Statistics, Topic

from .portals import statistics


@pytest.fixture
def made(tmp_path: Path) -> Statistics:
    return statistics(tmp_path)


def seen(row: Row) -> dict[int, str]:
    """The amounts of a row, each with the number of workshops that it rests on."""
    return {
        year: f"{each.value} ({each.known} of {each.of})" if each.is_known else "unknown"
        for year, each in row.years.items()
    }


def rows(made: Statistics, topic: Topic, by: By | None = None) -> dict[str, list[str]]:
    return {
        row.key: [str(each.value) for each in (*row.years.values(), row.total)]
        for row in made.of(topic, by).rows
    }


def test_past_and_running_workshops_count_in_the_year_of_their_first_day(made: Statistics):
    assert [each.key for each in made.workshops()] == ["first", "unsaid", "second", "running"]
    assert seen(made.of("workshops").total) == {
        2024: "1 (1 of 1)",
        2025: "2 (2 of 2)",
        2026: "1 (1 of 1)",
    }


def test_what_counts_follows_the_day(tmp_path: Path):
    assert statistics(tmp_path, date(2025, 2, 2)).of("workshops").years == (2024,)
    assert str(statistics(tmp_path, date(2030, 1, 1)).of("workshops").amount.value) == "5"
    assert statistics(tmp_path, date(2020, 1, 1)).of("workshops").years == ()


def test_an_unknown_number_is_never_0(made: Statistics):
    assert seen(made.of("learners").total) == {
        2024: "30 (1 of 1)",
        2025: "100 (1 of 2)",
        2026: "unknown",
    }
    assert seen(made.of("career-stages").total) == {
        2024: "unknown",
        2025: "100 (1 of 2)",
        2026: "unknown",
    }


def test_years_without_a_workshop_have_0(made: Statistics):
    assert seen(made.of("learners", years=(2022, 2024)).total)[2023] == "0 (0 of 0)"


def test_workshops_learners_and_hours_are_told_apart_by_format(made: Statistics):
    assert rows(made, "workshops", "format") == {
        "online": ["0", "2", "1", "3"],
        "in-person": ["1", "0", "0", "1"],
    }
    assert rows(made, "learners", "format") == {
        "online": ["0", "100", "0", "100"],
        "in-person": ["30", "0", "0", "30"],
    }
    with pytest.raises(ValueError, match="the topic countries can't be told apart by type"):
        made.of("countries", "type")


def test_countries_keep_those_whom_the_source_does_not_name(made: Statistics):
    assert rows(made, "countries") == {
        "NO": ["20", "40", "0", "60"],
        "SE": ["7", "30", "0", "37"],
        "IS": ["3", "8", "0", "11"],
        "other": ["0", "12", "0", "12"],
        "unknown": ["0", "10", "0", "10"],
    }


def test_career_stages_are_those_of_workshops_that_say_them(made: Statistics):
    assert rows(made, "career-stages") == {
        "phd-student": ["0", "60", "0", "60"],
        "other": ["0", "20", "0", "20"],
        "unknown": ["0", "20", "0", "20"],
    }


def test_tables_by_year_add_up_what_the_pages_of_workshops_show(tmp_path: Path):
    made = statistics(tmp_path, below=5)
    # Iceland had 3 at the first workshop, with whom the next smallest count is hidden.
    assert rows(made, "countries") == {
        "NO": ["20", "40", "0", "60"],
        "SE": ["0", "30", "0", "30"],
        "IS": ["0", "8", "0", "8"],
        "other": ["10", "12", "0", "22"],
        "unknown": ["0", "10", "0", "10"],
    }
    assert str(made.of("countries").amount.value) == "130"
    assert str(made.countries().value) == "3"


def test_instructors_count_once_a_year_and_once_in_all_named_or_not(made: Statistics):
    assert seen(made.of("instructors").total) == {
        2024: "1 (1 of 1)",
        2025: "3 (1 of 2)",
        2026: "unknown",
    }
    assert str(made.of("instructors").amount.value) == "3"
    assert rows(made, "instructors") == {
        "first-time": ["1", "2", "0", "3"],
        "returning": ["0", "1", "0", "1"],
    }


def test_hours_are_those_of_the_schedule_or_else_of_the_record(made: Statistics):
    assert seen(made.of("hours").total) == {
        2024: "10-12 (1 of 1)",
        2025: "2.5 (1 of 2)",
        2026: "unknown",
    }


def test_a_lesson_counts_once_a_workshop_and_different_ones_are_the_total(made: Statistics):
    assert rows(made, "lessons") == {
        "git": ["1", "1", "0", "2"],
        "shell": ["0", "1", "0", "1"],
    }
    assert str(made.of("lessons").amount.value) == "2"


def test_a_project_has_the_workshops_of_its_period_and_of_its_activities(made: Statistics):
    assert [each.key for each in made.workshops("phase-one")] == ["second", "running"]
    assert made.workshops("phase-two") == ()


def test_whoever_taught_before_the_project_is_not_new_in_it(made: Statistics):
    table = made.of("instructors", project="phase-one")
    assert {row.key: str(row.total.value) for row in table.rows} == {
        "first-time": "2",
        "returning": "1",
    }
