"""Computed figures by name."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from guildhall.core.values.dates import Period
from guildhall.model.records.kinds.project import Project
from guildhall.network.ledger.figures import (
    Figures,
    Series,
    UnknownFigureError,
    figures_of,
    whole_years,
)

from .conftest import Edits
from .portals import SMALL, Portal, make_portal, partner

TODAY = date(2026, 1, 1)


@pytest.fixture
def figures(small: Portal) -> Figures:
    return Figures(small.registry, small.settings.project, TODAY)


PLANS: Edits = {
    **{
        f"partners/plan/{project}-{number}.yml": (
            f"kind: activity\nproject: {project}\ntitle: Plan\nyear: {year}\ntype: workshop\n"
        )
        for project, years in {"one": (2025, 2026, 2026), "bare": (2026, 2027)}.items()
        for number, year in enumerate(years)
    },
    **{
        f"partners/{kind}/{project}-{number}.yml": (
            f"kind: {kind}\nproject: {project}\ntitle: Thing\ndescription: A thing.\n{more}"
        )
        for kind, project, count, more in (
            ("risk", "one", 1, "mitigation: None.\n"),
            ("risk", "bare", 2, "mitigation: None.\n"),
            ("benefit", "one", 4, ""),
            ("benefit", "bare", 1, ""),
        )
        for number in range(count)
    },
}

FIGURES = """
partners.count               | 2     | partners      | the partners of One    | Partner organisations
countries.count              | 2     | countries     | the countries of One   | Countries of partners
activities.count             | 3     | activities    | the activities of One  | Planned activities
activities.2025              | 1     | activities    | the activities of One  | Activities planned for 2025
activities.2026              | 2     | activities    | the activities of One  | Activities planned for 2026
risks.count                  | 1     | risks         | the risks of One       | Risks
benefits.count               | 4     | benefits      | the benefits of One    | Benefits for partners
project.years_long           | 1     | years         | the period of One      | Length of the project
in_kind.total                | 11-14 | person-months | the in-kind table of One | Total in-kind contributions
in_kind.2025                 | 6-9   | person-months | the in-kind table of One | In-kind contributions in 2025
in_kind.2026                 | 5     | person-months | the in-kind table of One | In-kind contributions in 2026
in_kind.partner.alpha        | 7-9   | person-months | the in-kind table of One | In-kind contribution of Alpha
in_kind.partner.alpha.share  | 58-69 | percent       | the in-kind table of One | Share of Alpha in all in-kind contributions
in_kind.partner.beta         | 4-5   | person-months | the in-kind table of One | In-kind contribution of Beta
in_kind.partner.beta.share   | 31-42 | percent       | the in-kind table of One | Share of Beta in all in-kind contributions
in_kind.without_a.total      | 9-11  | person-months | the in-kind table of One | Excluding amounts under note a: a pending grant
in_kind.without_b.total      | 8-11  | person-months | the in-kind table of One | Excluding amounts under note b: a new grant
in_kind.unconditional.total  | 6-8   | person-months | the in-kind table of One | Excluding all conditional amounts: notes a, b
budget.required.total        | 2000  | EUR           | the budget of One      | Required in all
budget.required.2025         | 1500  | EUR           | the budget of One      | Required in 2025
budget.required.2026         | 500   | EUR           | the budget of One      | Required in 2026
budget.allocated.total       | 600   | EUR           | the budget of One      | Allocated in all
budget.allocated.2025        | 300   | EUR           | the budget of One      | Allocated in 2025
budget.allocated.2026        | 300   | EUR           | the budget of One      | Allocated in 2026
budget.uncovered.total       | 400   | EUR           | the budget of One      | Not covered by allocations in all
budget.uncovered.2025        | 200   | EUR           | the budget of One      | Not covered by allocations in 2025
budget.uncovered.2026        | 200   | EUR           | the budget of One      | Not covered by allocations in 2026
budget.away_days.required.total  | 1000  | EUR       | the budget of One      | Required for Away days in all
budget.away_days.required.2025   | 500   | EUR       | the budget of One      | Required for Away days in 2025
budget.away_days.required.2026   | 500   | EUR       | the budget of One      | Required for Away days in 2026
budget.away_days.allocated.total | 600   | EUR       | the budget of One      | Allocated for Away days in all
budget.away_days.allocated.2025  | 300   | EUR       | the budget of One      | Allocated for Away days in 2025
budget.away_days.allocated.2026  | 300   | EUR       | the budget of One      | Allocated for Away days in 2026
budget.away_days.uncovered.total | 400   | EUR       | the budget of One      | Uncovered for Away days in all
budget.away_days.uncovered.2025  | 200   | EUR       | the budget of One      | Uncovered for Away days in 2025
budget.away_days.uncovered.2026  | 200   | EUR       | the budget of One      | Uncovered for Away days in 2026
budget.line.grant            | 600   | EUR           | the budget of One      | Travel grant
budget.line.trips            | 1000  | EUR           | the budget of One      | Trips
budget.line.hosting          | 10000 | NOK           | the budget of One      | Hosting
"""  # noqa: E501
"""All figures of a project: name, value, unit, what they are computed from, and label."""


def test_a_project_has_these_figures(spoilt: Callable[[Edits], Portal]):
    condition = "\n      condition: {name: a new grant, effect: depends}"
    portal = spoilt(
        {
            **PLANS,
            "partners/one.yml": (
                "text: Funding has ended.",
                f"text: Funding has ended.{condition}",
            ),
            "partners/budget/trips.yml": ("purpose: travel", "purpose: Away days"),
            "partners/budget/grant.yml": ("purpose: travel", "purpose: Away days"),
        }
    )
    figures = Figures(portal.registry, "one", TODAY)
    expected = [re.split(r" *\| *", line) for line in FIGURES.strip().splitlines()]
    assert [
        [each.name, str(each.value), each.unit, each.origin, each.label]
        for each in figures_of(portal.registry, portal.project)
    ] == expected
    for name, *_ in expected:
        assert figures.lookup(name) == figures.get(name, "one") == figures.lookup(f"one:{name}")


def test_a_project_without_tables_has_figures_of_what_it_has(small: Portal):
    bare = small.registry.get(Project, "bare")
    assert bare is not None
    assert {each.name.partition(".")[0] for each in figures_of(small.registry, bare)} == {
        "partners", "countries", "activities", "risks", "benefits", "project",
    }  # fmt: skip


def test_the_nearest_name_is_told(figures: Figures):
    with pytest.raises(UnknownFigureError, match=r"did you mean `in_kind\.total`\?"):
        figures.lookup("in_kind.totl")
    with pytest.raises(UnknownFigureError, match=r"did you mean `one:in_kind\.total`\?"):
        figures.lookup("one:in_kind.totl")
    assert figures.get("in_kind.totl") is None


def test_where_no_name_is_near_none_is_told(figures: Figures):
    with pytest.raises(UnknownFigureError) as caught:
        figures.lookup("budget")
    assert (str(caught.value), caught.value.name) == ("no figure has the name `budget`", "budget")
    with pytest.raises(UnknownFigureError) as caught:
        figures.lookup("nowhere-near:in_kind.total")
    name = "nowhere-near:in_kind.total"
    assert (str(caught.value), caught.value.name) == (f"no project has the figure `{name}`", name)


def amounts(series: Series) -> dict[str, str | None]:
    return {each.label: each.value and str(each.value) for each in series.points}


def test_figures_of_years_make_a_series(small: Portal):
    figures = Figures(small.registry, "one", TODAY)
    series = figures.series("in_kind", "year")
    assert amounts(series) == {"2025": "6-9", "2026": "5"}
    assert series.origin == "the in-kind table of One, and so on for each year"
    assert figures.series("one:in_kind", "year", "bare") == series, "a name may have its project"
    assert figures.series("in_kind", "year", "one") == series
    assert amounts(figures.series("activities", "year", "bare")).keys() == {
        "2026", "2027", "2028", "2029",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("current", "name", "project", "hint"),
    [
        ("one", "in_knd", None, "; did you mean `in_kind`?"),
        ("bare", "in_knd", "one", "; did you mean `in_kind`?"),
        ("one", "in_kind", "bare", ""),
        ("one", "bare:in_kind", None, "; did you mean `in_kind`?"),
        ("one", "in_kind.total", None, "; did you mean `in_kind`?"),
        (None, "in_kind", None, ""),
        (None, "in_knd", "nowhere", ""),
    ],
)
def test_a_series_of_no_such_name_is_told(
    small: Portal, current: str | None, name: str, project: str | None, hint: str
):
    with pytest.raises(UnknownFigureError) as caught:
        Figures(small.registry, current, TODAY).series(name, "year", project)
    assert str(caught.value) == f"no figures have the name `{name}` and a year{hint}"
    assert caught.value.name == name


def test_names_without_a_project_need_a_current_one(small: Portal):
    figures = Figures(small.registry, None, TODAY)
    assert figures.get("partners.count") is None
    assert figures.lookup("partners.count", "one") == figures.lookup("one:partners.count")
    assert figures.get("partners.count", "one") == figures.lookup("one:partners.count")


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
