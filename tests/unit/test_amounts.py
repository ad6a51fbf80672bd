"""An amount is short: texts made to be slow to match are refused before they are matched."""

from __future__ import annotations

import pytest

from guildhall.core.values.cells import Cell
from guildhall.core.values.faults import ValueFault
from guildhall.core.values.numbers import Range


@pytest.mark.parametrize("read", [Range.parse, Cell.parse])
@pytest.mark.parametrize(
    "text",
    ["5" + " " * 100_000 + "x", "5 " * 1_000 + " " * 50_000 + "x", "1," * 50_000, "5-" * 50_000,
     "5 " + "[" * 50_000, " " * 100_000 + "x [a"],
    ids=["blanks", "digits and blanks", "commas", "dashes", "brackets", "leading blanks"],
)  # fmt: skip
def test_a_text_made_to_be_slow_is_refused_for_its_length(read, text: str):
    with pytest.raises(ValueFault, match="expected a number such as"):
        read(text)
