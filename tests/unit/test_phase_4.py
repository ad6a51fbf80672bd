"""The repository's own portal against the proposal, whose figures are typed here by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guildhall.model.records.kinds.activity import Activity
from guildhall.model.records.kinds.benefit import Benefit
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.kinds.project import Project
from guildhall.model.records.kinds.risk import Risk
from guildhall.model.records.registry import Registry, load_registry
from guildhall.model.settings.portal import Settings, load_settings
from guildhall.network.ledger.budget import BudgetTable, budget_table
from guildhall.network.ledger.checks import CHECKS, run_checks
from guildhall.network.ledger.claims import judge
from guildhall.network.ledger.figures import Figures
from guildhall.network.ledger.in_kind import InKindTable, in_kind_table, scenarios
from guildhall.network.workshops.plan import plan_of

ROOT = Path(__file__).parents[2]
YEARS = (2025, 2026, 2027, 2028)

# Proposal, "In-kind contributions": name, partner, four years, total, in person-months.
IN_KIND = """
Aalto                 | aalto                 | 5-10  | 6-12  | 6-12  | 1-2     | 18-36
CSC (coordination)    | csc                   | 3-5   | 4-6   | 4-6   | 1       | 12-18
CSC                   | csc                   | 5-6   | 6-8   | 6-8   | 1-2     | 18-24
NRIS/Sigma2           | nris-sigma2           | 5     | 6     | 6     | 1       | 18
NTNU                  | ntnu                  | 2     | 2.5   | 2.5   | 0.5     | 7.5
USIT/UiO              | usit-uio              | 4     | 4     | 0     | 0       | 8
CHC/DeiC              | chc-deic              | 5 [a] | 6 [a] | 6 [a] | 1 [a]   | 18 [a]
ENCCS                 | enccs                 | 1.5   | 2 [b] | 2 [b] | 0.5 [b] | 6 [b]
NAISS                 | naiss                 | 5     | 6     | 6     | 1       | 18
University of Iceland | university-of-iceland | 2     | 2     | 2     | 0.5     | 6.5
"""
IN_KIND_TOTALS = ["37.5-45.5", "44.5-54.5", "40.5-50.5", "7.5-9.5", "130-160"]

# Proposal, "Budget": name, what the line is, notes, four years, total, in EUR.
BUDGET = """
Allocated NeIC Travel budget        | allocation  |     | 2000 | 3000 | 3000 | 1000 | 9000
Required conference/outreach budget | requirement | a c | 5000 | 7000 | 7000 | 2000 | 21000
Required costs for team meetings    | requirement | b c | 4000 | 8000 | 8000 | 4000 | 24000
Web domain                          | cost        |     | 40   | 40   | 40   | 40   | 160
Newsletter and support desk         | cost        |     | 400  | 500  | 500  | 100  | 1500
Promotion/marketing                 | cost        |     | 200  | 300  | 300  | 100  | 900
"""

# Proposal, "Partner organizations": id, country, contact.
PARTNERS = """
aalto                 | FI | mikko.hakala@aalto.fi
csc                   | FI | atte.sillanpaa@csc.fi
nris-sigma2           | NO | vigdis.guldseth@sigma2.no
ntnu                  | NO | bjorn.lindi@ntnu.no
usit-uio              | NO | sabryr@uio.no
chc-deic              | DK | kln@cas.au.dk
enccs                 | SE | thor.wikfeldt@ri.se
naiss                 | SE | joachim.hein@naiss.se
university-of-iceland | IS | ebba@hi.is
"""


def cells(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@pytest.fixture(scope="module")
def settings() -> Settings:
    settings, faults = load_settings(ROOT, date(2025, 6, 1))
    assert faults == []
    return settings


@pytest.fixture(scope="module")
def registry(settings: Settings) -> Registry:
    return load_registry(ROOT, settings)


@pytest.fixture(scope="module")
def project(registry: Registry, settings: Settings) -> Project:
    found = registry.get(Project, settings.project)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def in_kind(registry: Registry, project: Project) -> InKindTable:
    return in_kind_table(registry, project)


@pytest.fixture(scope="module")
def budget(registry: Registry, project: Project) -> BudgetTable:
    return budget_table(registry, project)


def test_no_record_has_a_fault(registry: Registry):
    assert registry.faults == ()
    assert registry.broken == frozenset()


def test_every_check_passes_and_none_is_left_out(registry: Registry, settings: Settings):
    report = run_checks(registry, settings)
    assert {result.id: result.status for result in report.results} == {
        entry.id: "pass" for entry in CHECKS if entry.id != "budget.totals"
    } | {"budget.totals": "skip"}, "the proposal states no total of its budget, and all else"
    assert report.ok


def test_the_period_is_that_of_the_proposal(project: Project):
    assert str(project.period) == "2025-03-01/2028-02-29"
    assert project.period.years == YEARS


def test_the_period_is_told_as_expected(project: Project):
    assert project.dates_are_expected


def test_all_that_the_proposal_links_has_an_address(project: Project):
    links = [*project.documents, *(link for chapter in project.chapters for link in chapter.links)]
    assert len(links) == 16
    assert [link.text for link in links if link.url is None] == []
    assert [each.name for each in project.networks if each.url is None] == []


def test_what_is_known_of_the_plan_in_november_2026(registry: Registry, project: Project):
    plan = plan_of(project, registry, date(2026, 11, 30))
    found = {each.activity.key: each.progress for each in plan.fulfilments}
    assert {key: state for key, state in found.items() if state != "planned"} == {
        "2025-online-workshop": "done",
        "2025-kick-off-meeting": "unrecorded",
        "2025-train-the-trainer": "unrecorded",
        "2025-python-for-scientific-computing": "done",
        "2026-online-workshop": "done",
        "2026-python-for-scientific-computing": "unrecorded",
    }


def test_the_participants_of_the_large_workshops_did_not_increase(
    registry: Registry, settings: Settings, project: Project
):
    (claim,) = (each for each in project.claims if each.trend)
    judged = judge(claim, Figures(registry, settings.project, date(2026, 11, 30)), project.key)
    assert judged.computed == "297, 262, 493, 360, 263, 356"
    assert not judged.holds


def test_the_in_kind_table_is_that_of_the_proposal_cell_by_cell(in_kind: InKindTable):
    found = [
        [row.label, row.partner, *(str(row.cells[year]) for year in YEARS), str(row.stated)]
        for row in in_kind.rows
    ]
    assert found == cells(IN_KIND)
    assert in_kind.notes == ("a", "b")


def test_the_in_kind_totals_are_computed_and_stated_alike(in_kind: InKindTable, project: Project):
    computed = [*(str(in_kind.totals[year]) for year in YEARS), str(in_kind.total)]
    assert computed == IN_KIND_TOTALS
    assert [str(row.total) for row in in_kind.rows] == [
        row[-1].partition(" ")[0] for row in cells(IN_KIND)
    ]
    stated = project.in_kind.stated
    assert [*(str(stated.years[year]) for year in YEARS), str(stated.total)] == IN_KIND_TOTALS


def test_the_total_under_each_condition(registry: Registry, project: Project):
    found = {each.without: str(each.table.total) for each in scenarios(registry, project)}
    assert found == {
        (): "130-160",
        ("a",): "112-142",
        ("b",): "125.5-155.5",
        ("a", "b"): "107.5-137.5",
    }


def test_the_budget_is_that_of_the_proposal_cell_by_cell(budget: BudgetTable):
    found = [
        [row.label, row.type, " ".join(row.notes),
         *(str(row.cells[year]) for year in YEARS), str(row.stated)]
        for row in budget.rows
    ]  # fmt: skip
    assert found == cells(BUDGET)
    assert [str(row.total) for row in budget.rows] == [row[-1] for row in cells(BUDGET)]
    assert budget.currency == "EUR"
    assert budget.notes == ("a", "b", "c")


@pytest.mark.parametrize(
    ("part", "years", "total"),
    [
        ("required", ["9640", "15840", "15840", "6240"], "47560"),
        ("allocated", ["2000", "3000", "3000", "1000"], "9000"),
        ("uncovered", ["7000", "12000", "12000", "5000"], "36000"),
    ],
)
def test_what_the_proposal_prints_nowhere(
    part: str, years: list[str], total: str, budget: BudgetTable
):
    amounts = getattr(budget, part)
    assert [str(amounts.years[year]) for year in YEARS] == years
    assert str(amounts.total) == total


def test_the_allocation_is_set_against_travel_alone(budget: BudgetTable, project: Project):
    (travel,) = budget.coverage
    assert (travel.purpose, str(travel.required.total)) == ("travel", "45000")
    assert [str(travel.required.years[year]) for year in YEARS] == [
        "9000",
        "15000",
        "15000",
        "6000",
    ]
    assert project.budget.stated is None, "the proposal states no total row"
    assert project.budget.payer == "NeIC"


@pytest.mark.parametrize(("key", "country", "email"), cells(PARTNERS))
def test_a_partner_has_its_country_and_contact(
    key: str, country: str, email: str, registry: Registry
):
    partner = registry.get(Partner, key)
    assert partner.country == country
    assert registry.get(Person, partner.contact).email == email


def test_how_many_of_each_the_proposal_lists(registry: Registry, project: Project):
    activities = registry.of(Activity)
    assert len(registry.of(Partner)) == 9
    assert {row[1] for row in cells(IN_KIND)} == {partner.key for partner in registry.of(Partner)}
    assert len(activities) == 16
    assert {activity.year for activity in activities} == set(YEARS)
    assert len(registry.of(Risk)) == 2
    assert len(registry.of(Benefit)) == 6
    assert {str(claim.value) for claim in project.claims} >= {"9", "130-160", "3"}


def test_everything_of_phase_4_belongs_to_it(registry: Registry):
    for kind in (Activity, Risk, Benefit):
        assert {record.project for record in registry.of(kind)} == {"phase-4"}
