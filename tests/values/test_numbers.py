"""Exact decimals and ranges: laws of interval arithmetic, and spellings."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guildhall.core.values.cells import Cell
from guildhall.core.values.faults import ValueFault
from guildhall.core.values.numbers import (
    EXPECTED_NUMBER,
    EXPECTED_RANGE,
    ZERO,
    Range,
    differs,
    parse_decimal,
    parse_degrees,
    plain,
    readings,
    unambiguous,
)

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
    ends = [unambiguous(f"{end:f}") for end in (amount.low, amount.high)]
    assert Range.parse(ends) == amount


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
    low_end, high_end = (unambiguous(f"{end:f}") for end in (low, high))
    with pytest.raises(ValueFault) as caught:
        Range.parse(f"{high_end}-{low_end}")
    assert caught.value.suggestion == f"{low_end}-{high_end}"
    assert caught.value.found == f"{high_end}-{low_end}"
    assert caught.value.expected == "a range from the smaller to the larger number"


@given(AMOUNTS)
def test_plain_digits_lose_nothing(amount: Decimal):
    text = plain(amount)
    assert Decimal(text) == amount
    assert "E" not in text
    assert not ("." in text and text.endswith("0"))


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("1_000", "1000"),
        ("47 560", "47560"),
        ("47\u202f560", "47560"),
        ("1'000", "1000"),
        ("1.000.000", "1000000"),
        ("1,000,000", "1000000"),
        ("1.000,50", "1000.50"),
        ("1,000.50", "1000.50"),
        ("1 000,5", "1000.5"),
        ("0,125", "0.125"),
        ("1234,567", "1234.567"),
        ("010", "10"),
        ("007.5", "7.5"),
        ("00", "0"),
        ("7,5", "7.5"),
        ("1e3", None),
        ("nan", None),
        ("Infinity", None),
        ("about five", None),
        ("", None),
        ("1234567890123456", None),
        ("0x10", None),
        ("--5", None),
        ("\N{MINUS SIGN}-5", None),
        ("+\N{MINUS SIGN}5", None),
        ("5-", None),
        (",5", None),
        ("1,2,3", None),
        ("٣", None),
    ],
)
def test_other_spellings_are_refused_and_mended_where_that_is_safe(
    text: str, suggestion: str | None
):
    with pytest.raises(ValueFault) as caught:
        parse_decimal(text)
    fault = caught.value
    assert (fault.found, fault.expected, fault.suggestion) == (text, EXPECTED_NUMBER, suggestion)


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("10.000", "`10000` or `10.0`"),
        ("10,000", "`10000` or `10.0`"),
        ("47,560", "`47560` or `47.56`"),
        ("1.234", "`1234` or `1.2340`"),
        ("-1.500", "`-1500` or `-1.5`"),
        ("\N{MINUS SIGN}1.500", "`-1500` or `-1.5`"),
        ("10.000-20.000", "`10000-20000` or `10.0-20.0`"),
        ("10.000\N{EN DASH}12", "`10000-12` or `10.0-12`"),
    ],
)
def test_three_digits_after_one_point_or_comma_are_asked_about(text: str, ways: str):
    with pytest.raises(ValueFault, match=re.escape(f"found `{text}`, expected a number")) as caught:
        Range.parse(text)
    assert str(caught.value).endswith(f"in one way only: {ways}")
    assert caught.value.suggestion is None


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("12,5\N{EN DASH}15", "12.5-15"),
        ("12,5-15,25", "12.5-15.25"),
        ("1 000 - 2 000", "1000-2000"),
        ("010-20", "10-20"),
        ("1.000,50-2.000,50", "1000.50-2000.50"),
    ],
)
def test_a_range_is_mended_as_a_whole(text: str, suggestion: str):
    with pytest.raises(ValueFault) as caught:
        Range.parse(text)
    assert (caught.value.found, caught.value.suggestion) == (text, suggestion)


@pytest.mark.parametrize("text", ["0.125", "0.000", "1000.125", "1.25", "10", "0.0001", "+5"])
def test_decimals_that_are_no_thousands_are_read_as_they_stand(text: str):
    assert readings(text) == (text,)
    assert parse_decimal(text) == Decimal(text)


def test_a_number_below_0_may_have_a_minus_sign():
    assert parse_decimal("\N{MINUS SIGN}5.5") == Decimal("-5.5")


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("10.000", "10.0"), ("1.230", "1.23"), ("1.234", "1.2340"), ("-1.500", "-1.5"),
        ("-123.456", "-123.4560"), ("1234.567", "1234.567"), ("-1234.567", "-1234.567"),
        ("0.125", "0.125"), ("-0.125", "-0.125"), ("7.5", "7.5"), ("1234", "1234"),
    ],
)  # fmt: skip
def test_a_number_is_written_so_that_no_one_takes_it_for_thousands(number: str, written: str):
    assert unambiguous(number) == written
    assert parse_decimal(written) == Decimal(number)


DEGREES = "degrees as a number from -90 to 90"


@pytest.mark.parametrize("text", ["90", "-90", "59.8434075", "0", "-0.5"])
def test_degrees_are_decimal(text: str):
    assert parse_degrees(text, 90) == Decimal(text)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("90.1", None),
        ("-91", None),
        ("59,9", "59.9"),
        ("59° 50'", None),
        ("north", None),
        ("", None),
    ],
)
def test_what_are_no_degrees_is_refused(text: str, suggestion: str | None):
    with pytest.raises(ValueFault) as caught:
        parse_degrees(text, 90)
    fault = caught.value
    assert (fault.found, fault.expected, fault.suggestion) == (text, DEGREES, suggestion)


@pytest.mark.parametrize(
    ("amount", "is_exact", "is_zero"),
    [
        (Range.exactly(0), True, True),
        (Range.exactly(5), True, False),
        (Range.parse("0-5"), False, False),
        (Range.parse("-5-0"), False, False),
        (Range(Decimal(5), Decimal(5), about=True), False, False),
    ],
)
def test_an_amount_may_be_exact_or_nothing(amount: Range, is_exact: bool, is_zero: bool):
    assert (amount.is_exact, amount.is_zero) == (is_exact, is_zero)


@pytest.mark.parametrize(
    ("stated", "computed", "rounded_to", "is_other"),
    [
        ("5", "5", None, False),
        ("5", "5.000001", None, True),
        ("5-6", "5-7", None, True),
        ("5-6", "4-6", None, True),
        ("5-6", "4.5-6.5", "1", False),
        ("5-6", "4.4-6", "1", True),
        ("5", "5.6", "1", True),
        ("-5", "-5.5", "1", False),
    ],
)
def test_a_total_is_another_one_where_rounding_does_not_explain_it(
    stated: str, computed: str, rounded_to: str | None, is_other: bool
):
    step = Decimal(rounded_to) if rounded_to else None
    assert differs(Range.parse(stated), Range.parse(computed), step) is is_other


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6))
def test_every_number_can_be_written_so_that_it_is_read_again(number: Decimal):
    assert parse_decimal(unambiguous(plain(number))) == number


@given(st.text(st.sampled_from("0123456789.,'_ -+\N{MINUS SIGN}"), max_size=12))
@example("--0")
def test_whatever_is_advised_is_read(text: str):
    for advice in readings(text):
        assert parse_decimal(advice) == Decimal(advice)


@given(st.decimals(-1000, 1000, places=2), st.decimals(-1000, 1000, places=2))
def test_ranges_below_0_are_read_again(a: Decimal, b: Decimal):
    amount = Range(min(a, b), max(a, b))
    assert Range.parse(str(amount)) == amount


@pytest.mark.parametrize(
    "raw", ["5-", "-", "5-6-7", "five-six", ["1"], ["1", "2", "3"], [1, 2], 5, None, {}]
)
def test_what_is_no_range_is_refused(raw: object):
    with pytest.raises(ValueFault) as caught:
        Range.parse(raw)
    pair = "a list of two numbers such as `[5, 10]`"
    expected = pair if isinstance(raw, list) else EXPECTED_RANGE
    assert (caught.value.found, caught.value.expected) == (raw, expected)


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
