"""Cells of tables: an amount and the marks of its notes."""

from __future__ import annotations

import pytest

from guildhall.core.values.cells import EXPECTED_MARK, Cell, parse_marks
from guildhall.core.values.faults import ValueFault

MAPPING = "a mapping with `amount` and, where needed, `notes`"
CELL = "a number or range, with note marks in brackets where needed: `5-10 [a, c]`"


@pytest.mark.parametrize(
    ("raw", "written", "notes"),
    [
        ("5", "5", ()),
        (" 5-10 ", "5-10", ()),
        ("5-10 [a, c]", "5-10 [a, c]", ("a", "c")),
        (" 5[ab ,12,*] ", "5 [ab, 12, *]", ("ab", "12", "*")),
        (["5", "10"], "5-10", ()),
        ({"amount": "5"}, "5", ()),
        ({"amount": ["5", "10"], "notes": ["a"]}, "5-10 [a]", ("a",)),
    ],
)
def test_a_cell_has_an_amount_and_notes(raw: object, written: str, notes: tuple[str, ...]):
    cell = Cell.parse(raw)
    assert (str(cell), cell.notes) == (written, notes)
    assert Cell.parse(str(cell)) == cell


@pytest.mark.parametrize(
    ("raw", "found", "expected"),
    [
        ({"notes": ["a"]}, None, MAPPING),
        ({"amount": "5", "note": "a"}, None, MAPPING),
        ({"amount": "5", "notes": "a"}, "a", "a list of note marks such as `[a, c]`"),
        (5, 5, CELL),
        (None, None, CELL),
        ("5 [a, a]", "a, a", "each note mark once"),
        ("5 []", "", EXPECTED_MARK),
        ("5 [A]", "A", EXPECTED_MARK),
        ("5 [abc]", "abc", EXPECTED_MARK),
        ("5 [100]", "100", EXPECTED_MARK),
        ({"amount": "5", "notes": [1]}, 1, EXPECTED_MARK),
        ("-5 [a]", "-5", "an amount that is not below 0: a reduction makes the amount smaller"),
    ],
)
def test_what_is_no_cell_is_refused(raw: object, found: object, expected: str):
    with pytest.raises(ValueFault) as caught:
        Cell.parse(raw)
    assert caught.value.expected == expected
    assert caught.value.found == (raw if isinstance(raw, dict) and found is None else found)


def test_amounts_below_0_are_read_where_they_may_be():
    assert str(Cell.parse("-5--3 [a]", below_zero=True)) == "-5--3 [a]"


def test_marks_are_a_list_or_what_yaml_makes_of_one():
    assert parse_marks(["a", "†"]) == parse_marks(("a", "†")) == ("a", "†")
