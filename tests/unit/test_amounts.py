"""An amount is short: texts made to be slow to match are refused at once."""

from __future__ import annotations

import time

import pytest

from guildhall.values.cells import Cell
from guildhall.values.faults import ValueFault
from guildhall.values.numbers import Range


@pytest.mark.parametrize("read", [Range.parse, Cell.parse])
@pytest.mark.parametrize(
    "text",
    ["5" + " " * 100_000 + "x", "5 " * 1_000 + " " * 50_000 + "x", "1," * 50_000, "5-" * 50_000,
     "5 " + "[" * 50_000, " " * 100_000 + "x [a"],
    ids=["blanks", "digits and blanks", "commas", "dashes", "brackets", "leading blanks"],
)  # fmt: skip
def test_a_text_made_to_be_slow_is_refused_at_once(read, text: str):
    started = time.perf_counter()
    with pytest.raises(ValueFault, match="expected a number such as"):
        read(text)
    assert time.perf_counter() - started < 1
