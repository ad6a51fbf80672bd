"""Computed figures by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from guildhall.core.values.dates import Period
from guildhall.network.ledger.figures import Figures, UnknownFigureError, whole_years

from .conftest import Edits
from .portals import SMALL, Portal, make_portal, partner

TODAY = date(2026, 1, 1)


@pytest.fixture
def figures(small: Portal) -> Figures:
    return Figures(small.registry, small.settings.project, TODAY)


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("partners.count", "2", "partners"),
        ("countries.count", "2", "countries"),
        ("activities.count", "0", "activities"),
        ("activities.2025", "0", "activities"),
        ("risks.count", "0", "risks"),
        ("benefits.count", "0", "benefits"),
        ("project.years_long", "1", "years"),
        ("in_kind.total", "11-14", "person-months"),
        ("in_kind.2025", "6-9", "person-months"),
        ("in_kind.partner.alpha", "7-9", "person-months"),
        ("in_kind.partner.alpha.share", "58-69", "percent"),
        ("in_kind.without_a.total", "9-11", "person-months"),
        ("in_kind.unconditional.total", "9-11", "person-months"),
        ("budget.required.total", "2000", "EUR"),
        ("budget.required.2025", "1500", "EUR"),
        ("budget.allocated.total", "600", "EUR"),
        ("budget.travel.required.total", "1000", "EUR"),
        ("budget.travel.uncovered.total", "400", "EUR"),
        ("budget.uncovered.total", "400", "EUR"),
        ("budget.line.hosting", "10000", "NOK"),
    ],
)
def test_a_figure_has_its_value_and_unit(figures: Figures, name: str, value: str, unit: str):
    figure = figures.lookup(name)
    assert (str(figure.value), figure.unit) == (value, unit)
    assert figure.origin.endswith(" of One")
    assert figures.lookup(f"one:{name}") == figure


def test_the_nearest_name_is_told(figures: Figures):
    with pytest.raises(UnknownFigureError, match=r"did you mean `in_kind\.total`\?"):
        figures.lookup("in_kind.totl")
    with pytest.raises(UnknownFigureError, match=r"did you mean `one:in_kind\.total`\?"):
        figures.lookup("one:in_kind.totl")
    assert figures.get("in_kind.totl") is None


def test_names_without_a_project_need_a_current_one(small: Portal):
    figures = Figures(small.registry, None, TODAY)
    assert figures.get("partners.count") is None
    assert figures.lookup("partners.count", "one") == figures.lookup("one:partners.count")


def test_a_budget_that_cant_be_summed_has_no_sums_but_its_lines(
    spoilt: Callable[[Edits], Portal],
):
    portal = spoilt({"partners/one.yml": ("NOK: 0.1", "SEK: 0.1")})
    names = Figures(portal.registry, "one", TODAY).of("one")
    assert "budget.required.total" not in names
    assert "budget.line.hosting" in names


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ("2025-03-01", "2028-02-29", 3),
        ("2025-03-01", "2028-02-28", 2),
        ("2025-03-01", "2026-02-28", 1),
        ("2025-01-01", "2025-12-31", 1),
        ("2025-01-01", "2025-12-30", 0),
        ("2024-02-29", "2025-02-28", 1),
        ("2016-10-01", "2018-10-15", 2),
        ("9990-01-01", "9999-12-31", 9),
    ],
)
def test_a_year_is_whole_on_the_day_before_its_anniversary(start: str, end: str, years: int):
    period = Period(date.fromisoformat(start), date.fromisoformat(end))
    assert whole_years(period) == years


def test_a_body_that_is_no_country_is_a_partner_and_no_country(tmp_path: Path):
    files = {**SMALL, "partners/organisations/beta.yml": partner("Beta", country="international")}
    portal = make_portal(tmp_path, files)
    figures = Figures(portal.registry, "one", TODAY)
    assert str(figures.lookup("partners.count").value) == "2"
    assert str(figures.lookup("countries.count").value) == "1"
