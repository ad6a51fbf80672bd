"""Which figures a change of one place moves: exactly those, and each once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.check.differences.figures import difference, merged
from guildhall.check.differences.words import moved_by, signed
from guildhall.core.values.numbers import Range

from ..statistics.portals import FILES as WORKSHOPS
from .conftest import Make
from .repositories import Repository, figures


def test_where_nothing_changed_nothing_is_told(small: Repository):
    found = small.compare()
    assert found.are_none
    assert found.figures == ()


def test_a_cell_moves_its_row_its_column_the_grand_total_shares_and_the_claim(small: Repository):
    small.change("partners/rows/beta.yml", "2026: 2\n", "2026: 4\n")
    found = small.compare()
    assert figures(found) == [
        "* Beta, 2026: 2 -> 4",
        "Beta, all years: 4-5 -> 6-7",
        "All partners, 2026: 5 -> 7",
        "All partners, in all: 11-14 -> 13-16",
        "Share of Alpha: 58-69 -> 50-60",
        "Share of Beta: 31-42 -> 40-50",
        "Excluding amounts under note a: a pending grant: 9-11 -> 11-13",
    ]
    (claim,) = found.claims
    assert (claim.text, claim.outcome) == ("11 to 14 person-months", "no longer holds")
    assert str(claim.new and claim.new.computed) == "13-16"


def test_a_figure_says_where_it_stands_by_how_much_it_moves_and_what_is_still_stated(
    small: Repository,
):
    small.change("partners/rows/beta.yml", "2025: 2-3 [a]", "2025: 2-5 [a]")
    cell, row, *_ = small.compare().figures
    assert cell.place is not None
    assert cell.place.location == "partners/rows/beta.yml:6:9"
    assert cell.difference == (Decimal(0), Decimal(2))
    assert cell.remarks == ()
    assert row.place is not None
    assert row.place.location == "partners/rows/beta.yml:8:8"
    assert row.remarks == ("still stated as 4–5",)
    assert row.names == ("in_kind.partner.beta",)


def test_totals_that_are_brought_up_to_date_need_no_remark(small: Repository):
    small.change("partners/rows/beta.yml", "2026: 2\n", "2026: 4\n")
    small.change("partners/rows/beta.yml", "total: 4-5", "total: 6-7")
    small.change("partners/one.yml", "2026: 5\n    total: 11-14", "2026: 7\n    total: 13-16")
    found = small.compare()
    assert [each.remarks for each in found.figures if each.remarks] == []
    assert found.faults.brought == 1  # The claim.


def test_a_stated_total_alone_is_told_and_is_a_fault(small: Repository):
    small.change("partners/rows/beta.yml", "total: 4-5", "total: 4-6")
    found = small.compare()
    (row,) = found.figures
    assert (row.label, row.difference) == ("Beta, all years", (0, 0))
    assert row.remarks == ("stated as 4–6, before as 4–5",)
    assert found.faults.brought == 1


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (
            "rows/alpha.yml",
            "2025: 4-6",
            "2025: 4-6 [a]",
            "note a added (condition: a pending grant)",
        ),
        ("rows/alpha.yml", "2026: 3 [b]", "2026: 3", "note b removed"),
        ("rows/alpha.yml", "2026: 3 [b]", "2026: 3 [x]", "note x added (no such note)"),
    ],
)
def test_a_footnote_on_a_cell_is_told(small: Repository, name: str, old: str, new: str, told: str):
    small.change(f"partners/{name}", old, new)
    cell = small.compare().figures[0]
    assert cell.is_cause
    assert told in cell.remarks


def test_a_condition_that_is_added_to_a_note_is_told_before_what_follows(small: Repository):
    small.change(
        "partners/one.yml",
        "text: Funding has ended.",
        "text: Funding has ended.\n      condition: {name: new funding, effect: depends}",
    )
    told = figures(small.compare())
    assert told[0].startswith("* Note b: Funding has ended. -> Funding has ended. (condition: new")
    assert "Excluding amounts under note b: new funding: None -> 8-11" in told
    assert "Excluding all conditional amounts: notes a, b: None -> 6-8" in told


def test_a_budget_line_moves_what_is_required_and_what_nothing_covers(small: Repository):
    small.change("partners/budget/trips.yml", "2025: 500\n", "2025: 700\n")
    found = small.compare()
    assert figures(found) == [
        "* Trips, 2025: 500 -> 700",
        "Trips, all years: 1000 -> 1200",
        "Required, 2025: 1500 -> 1700",
        "Required, in all: 2000 -> 2200",
        "Not covered by allocations, 2025: 200 -> 400",
        "Not covered by allocations, in all: 400 -> 600",
        "Required for travel, 2025: 500 -> 700",
        "Required for travel, in all: 1000 -> 1200",
    ]


def test_another_currency_is_told_as_such_and_not_as_a_difference(small: Repository):
    small.change("partners/budget/hosting.yml", "currency: NOK", "currency: EUR")
    cell = small.compare().figures[0]
    assert (cell.old_unit, cell.new_unit, cell.difference) == ("NOK", "EUR", None)
    small.change("partners/budget/hosting.yml", "currency: EUR", "currency: SEK")
    told = figures(small.compare())
    assert "Required, in all: 2000 -> not known, since a currency has no rate" in told


def test_what_a_line_is_and_a_rate_are_causes_too(small: Repository):
    small.change("partners/budget/hosting.yml", "type: cost", "type: allocation")
    small.change("partners/one.yml", "NOK: 0.1", "NOK: 0.2")
    told = figures(small.compare())
    assert {"* Hosting, type: cost -> allocation", "* Rate of NOK: 0.1 -> 0.2"} <= set(told)


def test_a_row_that_is_gone_stands_where_it_stood_before(small: Repository):
    (small.root / "partners/rows/beta.yml").unlink()
    cell = small.compare().figures[0]
    assert (cell.label, cell.new, cell.difference) == ("Beta, 2025", None, (-2, -3))
    assert cell.place is not None
    assert cell.place.is_gone
    assert cell.place.location == "partners/rows/beta.yml:6:9"


def test_a_row_under_another_file_name_is_the_same_row(small: Repository):
    row = small.root / "partners/rows/beta.yml"
    row.rename(row.with_name("iceland.yml"))
    assert figures(small.compare()) == []


def test_a_claim_that_changes_its_words_and_one_that_is_gone(small: Repository):
    small.change("partners/one.yml", "text: two partners\n", "text: three partners\n")
    small.change("partners/one.yml", "value: 2\n", "value: 3\n")
    small.change(
        "partners/one.yml",
        "  - text: 11 to 14 person-months\n    figure: in_kind.total\n    value: 11-14\n",
        "",
    )
    told = [(each.text, each.outcome, each.place.is_gone) for each in small.compare().claims]
    assert told == [
        ("three partners", "no longer holds", False),
        ("11 to 14 person-months", "gone", True),
    ]


def test_a_record_that_is_broken_before_keeps_the_rest_comparable(small: Repository):
    small.change("partners/rows/alpha.yml", "amounts:", "amuonts:")
    small.commit()
    small.change("partners/rows/alpha.yml", "amuonts:", "amounts:")
    small.change("partners/budget/trips.yml", "2025: 500\n", "2025: 700\n")
    found = small.compare()
    assert [place.path for place in found.faults.unread_before] == ["partners/rows/alpha.yml"]
    assert found.faults.unread_now == ()
    assert found.faults.mended >= 1
    told = figures(found)
    assert "* Trips, 2025: 500 -> 700" in told
    assert not any(each.startswith("* Alpha") for each in told)


def test_settings_and_schemas_of_another_time_are_no_obstacle(make: Make):
    portal = make({"conf/portal.yml": "title: Small\nproject: one\nsources: [partners]\nold: x\n"})
    portal.change("conf/portal.yml", "old: x\n", "")
    portal.change("partners/rows/beta.yml", "2026: 2\n", "2026: 4\n")
    found = portal.compare()
    assert found.faults.unread_before[0].path == "conf/portal.yml"
    assert "* Beta, 2026: 2 -> 4" in figures(found)


def test_participants_move_the_statistics_of_their_year(make: Make):
    portal = make(WORKSHOPS, only=True)
    portal.change("workshops/second.yml", "total: 100", "total: 110")
    portal.change("workshops/second.yml", "SE: 30", "SE: 40")
    told = figures(portal.compare())
    assert told[:2] == [
        "* Git for teams (2025-09-09), learners: 100 -> 110",
        "* Git for teams (2025-09-09), from Sweden: 30 -> 40",
    ]
    assert {
        "Learners in 2025: 100 -> 110",
        "Learners, in all: 130 -> 140",
        "Sweden, 2025: 30 -> 40",
        "Sweden, all years: 37 -> 47",
        "online, 2025: 100 -> 110",
    } <= set(told)


def test_a_workshop_more_moves_counts(make: Make):
    portal = make(WORKSHOPS, only=True)
    portal.change("workshops/off.yml", "status: cancelled\n", "")
    told = figures(portal.compare())
    assert "Workshops, in all: 3 -> 4" in told
    assert "Workshops in 2025: 2 -> 3" in told


ends = st.decimals(-(10**9), 10**9, places=3)
ranges = st.tuples(ends, ends).map(lambda pair: Range(min(pair), max(pair)))


@given(ranges, ranges)
def test_a_difference_leads_from_the_one_range_to_the_other(old: Range, new: Range):
    found = difference(old, new)
    assert found is not None
    assert (old.low + found[0], old.high + found[1]) == (new.low, new.high)
    assert (moved_by(found) == "") == (old == new)


@given(st.lists(st.tuples(ranges, ranges), max_size=5))
def test_a_total_moves_by_the_sum_of_what_its_parts_move_by(parts: list[tuple[Range, Range]]):
    total = difference(Range.total(old for old, _ in parts), Range.total(new for _, new in parts))
    moves = [each for old, new in parts if (each := difference(old, new))]
    assert total == (sum(low for low, _ in moves), sum(high for _, high in moves))


@given(ends)
def test_a_number_keeps_its_sign_and_digits(number: Decimal):
    text = signed(number).replace(",", "").replace("\N{MINUS SIGN}", "-").replace("±", "")
    assert Decimal(text) == number


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (None, ""),
        ((Decimal(0), Decimal(0)), ""),
        ((Decimal(2), Decimal(2)), "+2"),
        ((Decimal(-1200), Decimal(-1200)), "−1,200"),
        ((Decimal(2), Decimal(0)), "+2 at the low end"),
        ((Decimal(0), Decimal("-0.5")), "−0.5 at the high end"),
        ((Decimal(-1), Decimal(4)), "−1 at the low end, +4 at the high end"),
    ],
)
def test_a_difference_in_words(found: tuple[Decimal, Decimal] | None, words: str):
    assert moved_by(found) == words


@given(st.lists(st.integers(0, 9), unique=True), st.lists(st.integers(0, 9), unique=True))
def test_two_orders_are_merged_by_the_second(old: list[int], new: list[int]):
    found = merged(old, new)
    assert sorted(found) == sorted({*old, *new})
    assert [each for each in found if each in new] == new
