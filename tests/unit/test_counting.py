"""Numbers of things in words."""

from __future__ import annotations

import pytest

from guildhall.core.counting import counted


@pytest.mark.parametrize(
    ("number", "words", "expected"),
    [
        (1, ("finding",), "1 finding"),
        (0, ("entry",), "0 entries"),
        (2, ("day",), "2 days"),
        (2, ("address",), "2 addresses"),
        (1200, ("day",), "1,200 days"),
        (1, ("fault is new", "faults are new"), "1 fault is new"),
        (3, ("fault is new", "faults are new"), "3 faults are new"),
        (7, ("",), "7"),
    ],
)
def test_a_number_of_things(number: int, words: tuple[str, ...], expected: str):
    assert counted(number, *words) == expected
