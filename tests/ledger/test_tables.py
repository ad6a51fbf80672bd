"""The tables of a small portal, and those of the phase 4 proposal as its text prints them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from guildhall.core.values.numbers import Range
from guildhall.model.records.kinds.project import Project
from guildhall.network.ledger.budget import budget_table
from guildhall.network.ledger.in_kind import in_kind_table, scenarios

from .conftest import Edits
from .portals import SMALL, Portal, make_portal, partner, person

YEARS = (2025, 2026, 2027, 2028)

# Rows: name, partner, the cells of four years, total.
IN_KIND = """
Aalto                 | aalto   | 5–10   | 6–12   | 6–12   | 1–2     | 18–36
CSC (coordination)    | csc     | 3–5    | 4–6    | 4–6    | 1       | 12–18
CSC                   | csc     | 5–6    | 6–8    | 6–8    | 1–2     | 18–24
NRIS/Sigma2           | nris    | 5      | 6      | 6      | 1       | 18
NTNU                  | ntnu    | 2      | 2.5    | 2.5    | 0.5     | 7.5
USIT/UiO              | usit    | 4      | 4      | 0      | 0       | 8
CHC/DeiC              | chc     | 5 [a]  | 6 [a]  | 6 [a]  | 1 [a]   | 18 [a]
ENCCS                 | enccs   | 1.5    | 2 [b]  | 2 [b]  | 0.5 [b] | 6 [b]
NAISS                 | naiss   | 5      | 6      | 6      | 1       | 18
University of Iceland | iceland | 2      | 2      | 2      | 0.5     | 6.5
"""
STATED = "37.5—45.5 | 44.5—54.5 | 40.5—50.5 | 7.5—9.5 | 130—160"
# Lines: name, type, purpose, the cells of four years, total.
BUDGET = """
Allocated NeIC Travel budget        | allocation  | travel     | 2000 | 3000 | 3000 | 1000 | 9000
Required conference/outreach budget | requirement | travel     | 5000 | 7000 | 7000 | 2000 | 21000
Required costs for team meetings    | requirement | travel     | 4000 | 8000 | 8000 | 4000 | 24000
Web domain                          | cost        | operations | 40   | 40   | 40   | 40   | 160
Newsletter and support desk         | cost        | operations | 400  | 500  | 500  | 100  | 1500
Promotion/marketing                 | cost        | operations | 200  | 300  | 300  | 100  | 900
"""

PROJECT = """\
kind: project
name: Phase 4
type: Project
phase: Phase 4
start: 2025-03-01
end: 2028-02-29
summary: The project.
in_kind:
  notes:
    a: {text: Larger., condition: {name: a pending grant, effect: may-grow}}
    b: {text: Best effort., condition: {name: follow-up funding, effect: depends}}
budget:
  currency: EUR
  payer: NeIC
"""


def split(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def amounts(cells: list[str]) -> str:
    years = "".join(f"  {year}: {cell}\n" for year, cell in zip(YEARS, cells, strict=False))
    return f"amounts:\n{years}total: {cells[-1]}\n"


def proposal() -> dict[str, str]:
    """The proposal's two tables as records."""
    files = {
        "conf/portal.yml": "title: Portal\nproject: one\nsources: [partners]\n",
        "partners/one.yml": PROJECT,
        "partners/people/somebody.yml": person("Somebody"),
    }
    for order, line in enumerate(IN_KIND.strip().splitlines()):
        name, key, *cells = split(line)
        files[f"partners/organisations/{key}.yml"] = partner(name)
        files[f"partners/rows/row-{order}.yml"] = (
            f"kind: in-kind\nproject: one\npartner: {key}\nname: {name}\norder: {order}\n"
            + amounts(cells)
        )
    for order, line in enumerate(BUDGET.strip().splitlines()):
        name, kind, purpose, *cells = split(line)
        files[f"partners/budget/line-{order}.yml"] = (
            f"kind: budget-line\nproject: one\nname: {name}\norder: {order}\ntype: {kind}\n"
            f"purpose: {purpose}\ncurrency: EUR\n" + amounts(cells)
        )
    return files


@pytest.fixture
def phase_4(tmp_path: Path) -> Portal:
    portal = make_portal(tmp_path, proposal())
    assert portal.registry.faults == ()
    return portal


def exactly(*numbers: int | str) -> list[Range]:
    return [Range.exactly(Decimal(number)) for number in numbers]


def test_the_in_kind_table_has_the_proposals_rows_and_sums(phase_4: Portal):
    table = in_kind_table(phase_4.registry, phase_4.project)
    assert table.years == YEARS
    assert [row.label for row in table.rows] == [split(x)[0] for x in IN_KIND.strip().splitlines()]
    for row in table.rows:
        assert row.stated is not None
        assert row.total == row.stated.amount, row.label
    stated = [Range.parse(cell) for cell in split(STATED)]
    assert [*table.totals.values(), table.total] == stated
    assert table.notes == ("a", "b")
    assert str(table.total) == "130-160"


def test_a_partner_with_two_rows_has_their_sum_and_one_share(phase_4: Portal):
    table = in_kind_table(phase_4.registry, phase_4.project)
    assert (table.project, len(table.partners), table.partners["csc"]) == ("one", 9, "CSC")
    assert str(table.of_partner("csc")) == "30-42"
    # 30 of 30 + (160 - 42), and 42 of 42 + (130 - 30).
    assert table.share_of("csc") == (Decimal(30) / 148, Decimal(42) / 142)
    assert table.share_of("nobody") is None
    alone = in_kind_table(phase_4.registry, phase_4.project, partner="csc")
    assert [row.label for row in alone.rows] == ["CSC (coordination)", "CSC"]
    assert str(alone.total) == "30-42"


def test_one_row_can_be_taken_out_of_a_table(phase_4: Portal):
    only = in_kind_table(phase_4.registry, phase_4.project).only("row-7")
    assert [row.label for row in only.rows] == ["ENCCS"]
    assert (str(only.total), str(only.totals[2028]), only.notes) == ("6", "0.5", ("b",))


def test_cells_under_a_note_can_be_left_out_while_their_rows_stay(phase_4: Portal):
    table = in_kind_table(phase_4.registry, phase_4.project, without=frozenset({"b"}))
    row = next(row for row in table.rows if row.label == "ENCCS")
    assert [cell and str(cell.amount) for cell in row.cells.values()] == ["1.5", None, None, None]
    assert str(row.total) == "1.5"
    assert row.stated is None
    assert str(table.total) == "125.5-155.5"


def test_totals_are_shown_without_each_condition_and_without_all(phase_4: Portal):
    found = scenarios(phase_4.registry, phase_4.project)
    assert [(each.without, str(each.table.total)) for each in found] == [
        ((), "130-160"),
        (("a",), "112-142"),
        (("b",), "125.5-155.5"),
        (("a", "b"), "107.5-137.5"),
    ]
    assert [each.label for each in found] == [
        "All contributions as stated",
        "Excluding amounts under note a: a pending grant",
        "Excluding amounts under note b: follow-up funding",
        "Excluding all conditional amounts: notes a, b",
    ]


def test_a_note_without_a_condition_makes_no_scenario(small: Portal):
    assert [each.without for each in scenarios(small.registry, small.project)] == [(), ("a",)]


def test_the_budget_requires_47560_and_allocates_9000_of_45000(phase_4: Portal):
    table = budget_table(phase_4.registry, phase_4.project)
    assert table.required is not None
    assert table.allocated is not None
    assert [*table.required.years.values()] == exactly(9640, 15840, 15840, 6240)
    assert [table.required.total] == exactly(47560)
    assert [table.allocated.total] == exactly(9000)
    (travel,) = table.coverage
    assert travel.purpose == "travel"
    assert [travel.required.total, travel.allocated.total] == exactly(45000, 9000)
    assert [*travel.uncovered.years.values()] == exactly(7000, 12000, 12000, 5000)
    assert [travel.uncovered.total] == exactly(36000)
    assert table.uncovered == travel.uncovered


def test_other_currencies_are_converted_by_stated_rates(small: Portal):
    table = budget_table(small.registry, small.project)
    assert table.currency == "EUR"
    assert table.required is not None
    assert [*table.required.years.values(), table.required.total] == exactly(1500, 500, 2000)
    hosting = next(row for row in table.rows if row.label == "Hosting")
    assert [hosting.total] == exactly(10000)
    assert hosting.currency == "NOK"


def test_a_rate_may_be_a_range(spoilt: Callable[[Edits], Portal]):
    portal = spoilt({"partners/one.yml": ("NOK: 0.1", "NOK: 0.08-0.1")})
    required = budget_table(portal.registry, portal.project).required
    assert required is not None
    assert str(required.total) == "1800-2000"


@pytest.mark.parametrize("rates", ["SEK: 0.1", "NOK: 0", "NOK: -2"])
def test_without_a_usable_rate_nothing_is_summed(rates: str, spoilt: Callable[[Edits], Portal]):
    portal = spoilt({"partners/one.yml": ("NOK: 0.1", rates)})
    table = budget_table(portal.registry, portal.project)
    assert table.required is None
    assert table.allocated is not None, "the allocation is in the budget's own currency"
    assert len(table.rows) == 3


def test_the_gap_between_ranges_pairs_little_needed_with_much_given(tmp_path: Path):
    files = dict(SMALL)
    files["partners/budget/trips.yml"] = SMALL["partners/budget/trips.yml"].replace(
        "2025: 500", "2025: 400-600"
    )
    files["partners/budget/grant.yml"] = SMALL["partners/budget/grant.yml"].replace(
        "2025: 300", "2025: 300-450"
    )
    portal = make_portal(tmp_path, files)
    (travel,) = budget_table(portal.registry, portal.project).coverage
    assert travel.uncovered.years[2025] == Range(Decimal(-50), Decimal(300))


HOSTING, TRIPS = "partners/budget/hosting.yml", "partners/budget/trips.yml"


def test_a_budget_row_has_what_its_record_states(spoilt: Callable[[Edits], Portal]):
    portal = spoilt({TRIPS: ("total: 1000", "total: 1000 [d]\nrounded_to: 500")})
    table = budget_table(portal.registry, portal.project)
    assert (table.project, table.notes) == ("one", ("c", "d"))
    trips = next(row for row in table.rows if row.key == "trips")
    assert (trips.notes, trips.marks, trips.rounded_to) == (("c",), ("c", "d"), Decimal(500))
    assert trips.stated is not None
    assert str(trips.stated.amount) == "1000"


def test_a_table_without_a_statement_has_no_conditions(small: Portal):
    bare = small.registry.get(Project, "bare")
    assert bare is not None
    (found,) = scenarios(small.registry, bare)
    assert (found.without, found.table.rows) == ((), ())


def test_an_in_kind_row_has_what_its_record_states(spoilt: Callable[[Edits], Portal]):
    portal = spoilt({"partners/rows/beta.yml": ("total: 4-5 [a]", "total: 5 [a]\nrounded_to: 5")})
    row = in_kind_table(portal.registry, portal.project).rows[1]
    assert (row.key, row.label, row.partner, row.rounded_to) == ("beta", "Beta", "beta", Decimal(5))


def test_the_currency_is_the_budgets_then_that_of_its_first_line(
    spoilt: Callable[[Edits], Portal],
):
    first = {HOSTING: ("order: 3", "order: 0")}
    portal = spoilt(first)
    assert budget_table(portal.registry, portal.project).currency == "EUR"
    before, _, rest = SMALL["partners/one.yml"].partition("budget:\n")
    unstated = f"{before}claims:{rest.partition('claims:')[2]}"
    portal = spoilt({**first, "partners/one.yml": unstated})
    table = budget_table(portal.registry, portal.project)
    assert (table.currency, table.unrated) == ("NOK", ("EUR",))
    bare = portal.registry.get(Project, "bare")
    assert bare is not None
    assert budget_table(portal.registry, bare).currency == "", "no line, no currency"


def test_a_purpose_that_cant_be_summed_has_no_gap_and_the_others_have_theirs(
    spoilt: Callable[[Edits], Portal],
):
    reserve = SMALL["partners/budget/grant.yml"].replace("order: 1", "order: 0")
    portal = spoilt(
        {
            "partners/budget/reserve.yml": reserve.replace(
                "purpose: travel", "purpose: operations"
            ),
            "partners/one.yml": ("NOK: 0.1", "SEK: 0.1"),
        }
    )
    table = budget_table(portal.registry, portal.project)
    assert [row.purpose for row in table.rows] == ["operations", "travel", "travel", "operations"]
    assert [each.purpose for each in table.coverage] == ["travel"]
