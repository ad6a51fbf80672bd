"""Figures of workshops by name, of the portal and of a project."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guildhall.model.records.kinds.project import Among
from guildhall.network.ledger.figures import Figures, UnknownFigureError

from ..workshops.portals import load, workshop
from .portals import FILES, TODAY, registry


@pytest.fixture
def figures(tmp_path: Path) -> Figures:
    return Figures(registry(tmp_path), "phase-one", TODAY)


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("workshops.count", "4", "workshops"),
        ("workshops.2025", "2", "workshops"),
        ("workshops.type.full-workshop", "4", "workshops"),
        ("learners.total", "130", "learners"),
        ("learners.2024", "30", "learners"),
        ("learners.per_year", "65", "learners"),
        ("learners.countries", "3", "countries"),
        ("instructors.count", "3", "instructors"),
        ("instructors.2025", "3", "instructors"),
        ("instructors.first_time.2025", "2", "instructors"),
        ("instructors.returning.2025", "1", "instructors"),
        ("hours.total", "12.5-14.5", "hours"),
        ("hours.2025", "2.5", "hours"),
        ("lessons.count", "2", "lessons"),
        ("lessons.2024", "1", "lessons"),
        ("phase-one:workshops.count", "2", "workshops"),
        ("phase-one:learners.total", "100", "learners"),
        ("phase-one:instructors.first_time.2025", "2", "instructors"),
        ("phase-one:project.years_long", "1", "years"),
    ],
)
def test_a_figure_has_its_value_and_unit(figures: Figures, name: str, value: str, unit: str):
    figure = figures.lookup(name)
    assert (str(figure.value), figure.unit) == (value, unit)


def test_a_figure_says_what_counts(figures: Figures):
    assert figures.lookup("learners.2025").origin == (
        "1 of 2 workshops that have begun; "
        "not planned, cancelled or postponed ones, meetings, writing retreats"
    )
    assert figures.lookup("phase-one:learners.total").origin == (
        "1 of 2 workshops of Phase one that have begun; "
        "not planned, cancelled or postponed ones, meetings, writing retreats"
    )
    assert figures.lookup("learners.per_year").origin.startswith(
        "the mean of 2 completed years; 2 of 3 workshops that have begun"
    )


@pytest.mark.parametrize("name", ["learners.2026", "hours.2026", "instructors.2026"])
def test_what_no_record_says_has_no_figure(figures: Figures, name: str):
    assert figures.get(name) is None


def test_without_a_project_figures_of_workshops_are_the_portals(figures: Figures):
    named = figures.lookup("workshops.count", "phase-one")
    assert named == figures.of_portal["workshops.count"]
    assert Figures(figures._registry, None, TODAY).lookup("workshops.count") == named
    with pytest.raises(UnknownFigureError, match=r"did you mean `workshops\.count`\?"):
        figures.lookup("workshops.cont")
    with pytest.raises(UnknownFigureError, match=r"did you mean `phase-one:workshops\.count`\?"):
        figures.lookup("phase-one:workshops.cont")


def test_figures_of_another_day_count_what_had_begun_then(figures: Figures):
    then = figures.on(date(2025, 1, 1))
    assert str(then.lookup("workshops.count").value) == "1"
    assert then.on(date(2025, 1, 1)) is then
    assert figures.on(TODAY) is figures


def test_figures_of_some_workshops_on_another_day_are_those_of_that_day_among_the_same(
    figures: Figures,
):
    day, online = date(2025, 12, 31), Among.model_validate({"format": "online"})
    for some in (figures.among(online).on(day), figures.on(day).among(online)):
        assert str(some.lookup("workshops.count").value) == "2"
        assert str(some.lookup("project.years_long").value) == "1", "of the current project still"
    begun = Among.model_validate({"start": "2025-02-03", "end": "2025-02-03"})
    assert str(figures.among(begun).lookup("workshops.count").value) == "1", "both days included"
    assert str(figures.on(day).lookup("project.years_long").value) == "1"


def test_a_year_of_which_no_record_tells_has_no_amount_between_those_that_have(tmp_path: Path):
    early = workshop("participants: 10", start="2022-05-02", end="2022-05-03")
    silent = workshop(start="2023-05-02", end="2023-05-03")
    files = {**FILES, "workshops/early.yml": early, "workshops/silent.yml": silent}
    records = load(tmp_path, files)
    series = Figures(records, "phase-one", TODAY).series("learners", "year")
    assert {each.label: each.value and str(each.value) for each in series.points} == {
        "2022": "10", "2023": None, "2024": "30", "2025": "100",
    }  # fmt: skip
    assert series.origin.endswith(", and so on for each year")


def test_a_series_by_workshop_says_how_many_there_are(figures: Figures):
    series = figures.series("learners", "workshop")
    assert series.origin == "learners of 4 workshops that have begun"
    with pytest.raises(UnknownFigureError) as caught:
        figures.series("cats", "workshop")
    assert caught.value.name == "cats"
