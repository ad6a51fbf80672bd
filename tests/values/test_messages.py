"""What messages say of a value, and the nearest name that there is."""

from __future__ import annotations

import pytest

from guildhall.core.values.faults import ValueFault, describe, nearest, quote


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        (None, "nothing"),
        ({"a": 1}, "a mapping"),
        ([1, 2], "a list"),
        ((), "a list"),
        (5, "`5`"),
        ("", "``"),
        ("a" * 60, f"`{'a' * 60}`"),
        ("a" * 61, f"`{'a' * 60}…`"),
        ("https://ada:secret@example.org/", "`https://…@example.org/`"),
        ("a\x1bb", "`a\N{REPLACEMENT CHARACTER}b`"),
    ],
)
def test_a_value_is_shown_on_one_short_line(found: object, shown: str):
    assert quote(found) == shown


def test_a_fault_says_what_was_found_and_expected_and_what_is_near():
    fault = ValueFault("fiev", "a number", "five")
    assert str(fault) == describe("fiev", "a number", "five")
    assert str(fault) == "found `fiev`, expected a number; did you mean `five`?"
    assert (fault.found, fault.expected, fault.suggestion) == ("fiev", "a number", "five")
    assert str(ValueFault(None, "a number")) == "found nothing, expected a number"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("partner", "Partner"),
        ("PRATNER", "Partner"),
        ("pers", "person"),
        ("workshop", None),
        ("", None),
    ],
)
def test_the_nearest_name_is_found_whatever_its_case(name: str, near: str | None):
    assert nearest(name, ["project", "Partner", "person"]) == near
    assert nearest(name, []) is None
