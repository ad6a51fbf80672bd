"""How many people there were, as far as it is known: what is read, and what is advised."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.core.values.counts import EXPECTED_COUNT, parse_count
from guildhall.core.values.faults import ValueFault
from guildhall.core.values.format import format_range
from guildhall.core.values.numbers import Range

NO_END = Decimal("Infinity")
COUNTS = st.builds(
    lambda low, more, is_open, about: Range(
        Decimal(low), NO_END if is_open else Decimal(low + more), about
    ),
    st.integers(0, 10**6),
    st.one_of(st.just(0), st.integers(0, 10**6)),
    st.booleans(),
    st.booleans(),
)


@pytest.mark.parametrize(
    ("text", "written", "shown"),
    [
        ("40", "40", "40"),
        ("0", "0", "0"),
        ("ca. 40", "ca. 40", "about 40"),
        ("~40", "ca. 40", "about 40"),
        ("≈ 40", "ca. 40", "about 40"),
        ("about 40", "ca. 40", "about 40"),
        ("30-40", "30-40", "30–40"),
        ("30 – 40", "30-40", "30–40"),
        ("ca. 30-40", "ca. 30-40", "about 30–40"),
        ("≥ 25", "at least 25", "at least 25"),
        ("≥25", "at least 25", "at least 25"),
        (">= 25", "at least 25", "at least 25"),
        ("at least 25", "at least 25", "at least 25"),
        ("at least ca. 1500", "at least ca. 1500", "at least about 1,500"),
    ],
)
def test_a_number_of_people_is_read_with_what_is_uncertain_of_it(
    text: str, written: str, shown: str
):
    found = parse_count(text)
    assert str(found) == written
    assert format_range(found, "en") == shown


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("25+", "at least 25"),
        ("25 +", "at least 25"),
        ("min. 25", "at least 25"),
        ("At least 25", "at least 25"),
        ("vähintään 25", "at least 25"),
        ("> 25", "at least 26"),
        ("> 9999999999", None),
        ("1 to 2 to 3", None),
        ("~ca. 40", None),
        ("more than 25", "at least 26"),
        ("up to 40", "0-40"),
        ("≤ 40", "0-40"),
        ("< 40", "0-39"),
        ("circa 40", "ca. 40"),
        ("c. 40", "ca. 40"),
        ("ca 40", "ca. 40"),
        ("noin 40", "ca. 40"),
        ("approx. 40", "ca. 40"),
        ("30 to 40", "30-40"),
        ("40-30", "30-40"),
        ("1.000", "1000"),
        ("1,000", "1000"),
        ("1 000", "1000"),
        ("ca. 1.000", "ca. 1000"),
        ("010", "10"),
        ("unknown", None),
        ("?", None),
        ("n/a", None),
        ("many", None),
        ("40.5", None),
        ("-3", None),
        ("", None),
        (".inf", None),
        ("at least 30-40", None),
        ("1-2-3", None),
        ("99999999999999999999", None),
        ("4" * 500, None),
    ],
)
def test_other_spellings_are_refused_with_the_way_to_write_them(text: str, suggestion: str | None):
    with pytest.raises(ValueFault) as caught:
        parse_count(text)
    assert caught.value.suggestion == suggestion
    assert caught.value.found == text
    is_reversed = text == "40-30"
    said = "a range from the smaller to the larger number" if is_reversed else EXPECTED_COUNT
    assert caught.value.expected == said


def test_more_people_than_there_may_be_are_refused():
    assert str(parse_count("1000000000")) == "1000000000"
    with pytest.raises(ValueFault):
        parse_count("1000000001")


@pytest.mark.parametrize("raw", [None, 40, ["30", "40"], {}])
def test_what_is_no_text_is_refused(raw: object):
    with pytest.raises(ValueFault, match="omit it if it is unknown"):
        parse_count(raw)


@given(COUNTS)
def test_what_is_written_is_read_again(count: Range):
    assert parse_count(str(count)) == count


@given(st.text(st.sampled_from("0123456789 ca.~≥<>=+-–atleast"), max_size=14))
def test_whatever_is_advised_is_read(text: str):
    try:
        parse_count(text)
    except ValueFault as fault:
        if fault.suggestion:
            parse_count(fault.suggestion)


@given(st.lists(COUNTS, max_size=6))
def test_a_sum_is_as_uncertain_as_its_parts(counts: list[Range]):
    total = Range.total(counts)
    assert total.low == sum(each.low for each in counts)
    assert total.is_open == any(each.is_open for each in counts)
    assert total.about == any(each.about for each in counts)
    if not total.is_open:
        assert total.high == sum(each.high for each in counts)
    assert parse_count(str(total)) == total or total.high > 10**9
