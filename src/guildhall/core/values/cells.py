"""A table cell: a range and the marks of the notes that stand on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from guildhall.core.values.faults import ValueFault
from guildhall.core.values.numbers import LONGEST_AMOUNT, Range

MARK = re.compile(r"[a-z]{1,2}|[1-9][0-9]?|[*†‡§]")
EXPECTED_MARK = "a note mark: one or two small letters, a number up to 99, or one of * † ‡ §"
_MARKED = re.compile(r"(?P<amount>[^\[\]]*?)\s*\[(?P<marks>[^\[\]]*)\]")
_EXPECTED_CELL = "a number or range, with note marks in brackets where needed: `5-10 [a, c]`"
_LONGEST_CELL = 2 * LONGEST_AMOUNT
_KEYS = {"amount", "notes"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One amount of a table.

    Args:
        amount: the range as stated; its unit is the table's.
        notes: marks of the notes on this cell, in the order of the source.
    """

    amount: Range
    notes: tuple[str, ...] = ()

    @classmethod
    def parse(cls, raw: object, *, below_zero: bool = False) -> Self:
        """Read ``5-10``, ``5-10 [a, c]``, ``[5, 10]`` or ``{amount: 5-10, notes: [a, c]}``.

        Args:
            raw: what stands in the record.
            below_zero: whether amounts may be below 0.

        Raises:
            ValueFault: for anything else.
        """
        marks: tuple[str, ...] = ()
        amount = raw
        if isinstance(raw, dict):
            if not set(raw) <= _KEYS or "amount" not in raw:
                raise ValueFault(raw, "a mapping with `amount` and, where needed, `notes`")
            amount, marks = raw["amount"], parse_marks(raw.get("notes", []))
        elif isinstance(raw, str) and (match := _marked(raw)):
            amount = match["amount"]
            marks = parse_marks([mark.strip() for mark in match["marks"].split(",")])
        elif not isinstance(raw, str | list | tuple):
            raise ValueFault(raw, _EXPECTED_CELL)
        value = Range.parse(amount)
        if value.low < 0 and not below_zero:
            expected = "an amount that is not below 0: a reduction makes the amount smaller"
            raise ValueFault(amount, expected)
        return cls(value, marks)

    def __str__(self) -> str:
        return f"{self.amount} [{', '.join(self.notes)}]" if self.notes else str(self.amount)


def _marked(raw: str) -> re.Match[str] | None:
    # A cell has an amount and a few marks; on longer texts the pattern would be slow.
    return _MARKED.fullmatch(raw.strip()) if len(raw) <= _LONGEST_CELL else None


def parse_marks(raw: object) -> tuple[str, ...]:
    """Read a list of note marks.

    Raises:
        ValueFault: when it is no list, or holds a mark twice or one that is not well-formed.
    """
    if not isinstance(raw, list | tuple):
        raise ValueFault(raw, "a list of note marks such as `[a, c]`")
    marks = tuple(parse_mark(mark) for mark in raw)
    if len(set(marks)) < len(marks):
        raise ValueFault(", ".join(marks), "each note mark once")
    return marks


def parse_mark(raw: object) -> str:
    """Read one note mark.

    Raises:
        ValueFault: when it is not well-formed.
    """
    if isinstance(raw, str) and MARK.fullmatch(raw):
        return raw
    raise ValueFault(raw, EXPECTED_MARK)
