"""Exact decimals and ranges: laws of interval arithmetic, and spellings."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.values.cells import Cell
from guildhall.values.faults import ValueFault
from guildhall.values.numbers import ZERO, Range, parse_decimal, plain

AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=3)
RANGES = st.tuples(AMOUNTS, AMOUNTS).map(lambda ends: Range(min(ends), max(ends)))
SMALL_RANGES = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(
    lambda ends: Range(Decimal(min(ends)), Decimal(max(ends)))
)


@given(RANGES)
def test_what_is_written_is_read_again(amount: Range):
    assert Range.parse(str(amount)) == amount


@pytest.mark.parametrize("dash", ["-", "–", "—", "‒", "‑", "−", " – ", "--"])
def test_every_dash_makes_the_same_range(dash: str):
    assert Range.parse(f"37.5{dash}45.5") == Range(Decimal("37.5"), Decimal("45.5"))


@given(RANGES)
def test_a_list_of_two_numbers_is_a_range(amount: Range):
    assert Range.parse([str(amount.low), str(amount.high)]) == amount


@given(RANGES, RANGES, RANGES)
def test_sums_are_exact_and_independent_of_order(a: Range, b: Range, c: Range):
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert a + ZERO == a
    assert Range.total([a, b, c]) == a + b + c
    assert (a + b).minus_part(b) == a


def test_the_total_of_nothing_is_zero():
    assert Range.total([]) == ZERO


@given(st.lists(st.tuples(RANGES, st.booleans()), max_size=8))
def test_a_sum_has_the_sums_of_the_low_and_of_the_high_ends_as_its_ends(
    picks: list[tuple[Range, bool]],
):
    total = Range.total(amount for amount, _ in picks)
    assert total.low == sum(amount.low for amount, _ in picks)
    assert total.high == sum(amount.high for amount, _ in picks)
    chosen = sum(amount.high if high else amount.low for amount, high in picks)
    assert total.low <= chosen <= total.high


def test_tenths_add_up_exactly():
    assert Range.total([Range.parse("0.1")] * 3) == Range.parse("0.3")


@given(st.lists(SMALL_RANGES, min_size=1, max_size=4))
def test_shares_are_the_least_and_the_largest_of_all_possible_ones(parts: list[Range]):
    total = Range.total(parts)
    possible = [
        values[0] / sum(values)
        for values in product(*({part.low, part.high} for part in parts))
        if sum(values) > 0
    ]
    share = parts[0].share_of(total)
    if share is None:
        assert total.low == 0
        return
    assert share[0] == min(possible)
    assert share[1] == max(possible)
    assert 0 <= share[0] <= share[1] <= 1


@given(AMOUNTS, AMOUNTS)
def test_reversed_ends_are_refused_with_the_right_order(a: Decimal, b: Decimal):
    low, high = sorted((a, b))
    if low == high:
        return
    with pytest.raises(ValueFault) as caught:
        Range.parse(f"{high:f}-{low:f}")
    assert caught.value.suggestion == f"{low:f}-{high:f}"


@given(AMOUNTS)
def test_plain_digits_lose_nothing(amount: Decimal):
    text = plain(amount)
    assert Decimal(text) == amount
    assert "E" not in text
    assert not ("." in text and text.endswith("0"))


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("47,560", "47560"),
        ("1_000", "1000"),
        ("47 560", "47560"),
        ("7,5", "7.5"),
        ("1e3", None),
        ("nan", None),
        ("Infinity", None),
        ("about five", None),
        ("", None),
        ("1234567890123456", None),
        ("0x10", None),
        ("٣", None),
    ],
)
def test_other_spellings_are_refused_and_mended_where_that_is_safe(
    text: str, suggestion: str | None
):
    with pytest.raises(ValueFault) as caught:
        parse_decimal(text)
    assert caught.value.suggestion == suggestion


@pytest.mark.parametrize(
    "raw", ["5-", "-", "5-6-7", "five-six", ["1"], ["1", "2", "3"], [1, 2], 5, None, {}]
)
def test_what_is_no_range_is_refused(raw: object):
    with pytest.raises(ValueFault):
        Range.parse(raw)


@given(RANGES, st.lists(st.sampled_from("abc"), unique=True, max_size=3))
def test_cells_are_read_as_written(amount: Range, marks: list[str]):
    cell = Cell(amount, tuple(marks))
    assert Cell.parse(str(cell)) == cell
    assert Cell.parse({"amount": str(amount), "notes": marks}) == cell


@pytest.mark.parametrize(
    "raw", ["5 [a, a]", "5 [A]", "5 []", "-5", ["-5", "5"], {"amount": "5", "note": []}]
)
def test_cells_that_cant_be_meant_are_refused(raw: object):
    with pytest.raises(ValueFault):
        Cell.parse(raw)
