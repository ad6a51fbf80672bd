"""Exact decimals and ranges of them, with interval arithmetic.

A range ``5-10`` says that the amount lies between 5 and 10, both included; a single number is the
range whose two ends are equal. Sums of ranges follow interval arithmetic (IEEE 1788 names the
operation; here it is exact, since all bounds are decimals of bounded size).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from guildhall.values.faults import ValueFault

LONGEST_AMOUNT = 100
"""Signs of an amount as text; longer ones are prose, and slow to match."""

_NUMBER = re.compile(r"[-+]?[0-9]{1,15}(\.[0-9]{1,6})?")
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,12})?")
_DASHES = "-\N{EN DASH}\N{EM DASH}\N{FIGURE DASH}\N{NON-BREAKING HYPHEN}\N{MINUS SIGN}"
_RANGE = re.compile(rf"(?P<low>[0-9][0-9.,_' ]*?)\s*[{_DASHES}]+\s*(?P<high>[0-9][0-9.,_' ]*)")
_GROUPED = re.compile(r"[0-9]{1,3}([,_' \u00a0\u202f][0-9]{3})+(\.[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]+")

EXPECTED_NUMBER = "a number such as `7.5` (digits, at most 15 before and 6 after the point)"
EXPECTED_RANGE = "a number such as `7.5` or a range such as `5-10`"


def parse_decimal(text: str) -> Decimal:
    """Read a plain decimal number exactly.

    Raises:
        ValueFault: for separators, exponents, words, infinities and oversized numbers; grouped
            digits and decimal commas are told apart and answered with the mended spelling.
    """
    text = text.strip()
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    suggestion = None
    if _GROUPED.fullmatch(text):
        suggestion = re.sub(r"[,_' \u00a0\u202f]", "", text)
    elif _DECIMAL_COMMA.fullmatch(text):
        suggestion = text.replace(",", ".")
    raise ValueFault(text, EXPECTED_NUMBER, suggestion)


def parse_degrees(text: str, limit: int) -> Decimal:
    """Read decimal degrees of latitude or longitude (WGS 84).

    Args:
        text: the number, such as ``-21.9`` or ``59.8434075``.
        limit: the largest number there is: 90 for latitudes, 180 for longitudes.

    Raises:
        ValueFault: for anything else.
    """
    expected = f"degrees as a number from -{limit} to {limit}"
    if _DEGREES.fullmatch(text) and abs(degrees := Decimal(text)) <= limit:
        return degrees
    comma = text.replace(",", ".")
    raise ValueFault(text, expected, comma if _DEGREES.fullmatch(comma) and "," in text else None)


@dataclass(frozen=True, slots=True, order=False)
class Range:
    """All amounts from ``low`` to ``high``, both included.

    Args:
        low: the smallest amount.
        high: the largest amount, not below ``low``.

    Raises:
        ValueFault: when the ends are reversed.
    """

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if self.high < self.low:
            raise ValueFault(
                f"{self.low:f}-{self.high:f}",
                "a range from the smaller to the larger number",
                f"{self.high:f}-{self.low:f}",
            )

    @classmethod
    def exactly(cls, amount: Decimal | int) -> Self:
        """The range that holds one amount only."""
        return cls(Decimal(amount), Decimal(amount))

    @classmethod
    def parse(cls, raw: object) -> Self:
        """Read ``5``, ``5-10``, ``5–10`` (any dash) or the list ``[5, 10]``.

        Raises:
            ValueFault: for anything else.
        """
        if isinstance(raw, list | tuple):
            if len(raw) != 2 or not all(isinstance(end, str) for end in raw):
                raise ValueFault(raw, "a list of two numbers such as `[5, 10]`")
            return cls(parse_decimal(raw[0]), parse_decimal(raw[1]))
        if not isinstance(raw, str):
            raise ValueFault(raw, EXPECTED_RANGE)
        text = raw.strip()
        if len(text) > LONGEST_AMOUNT:
            raise ValueFault(text, EXPECTED_RANGE)
        match = _RANGE.fullmatch(text)
        if match:
            return cls(parse_decimal(match["low"]), parse_decimal(match["high"]))
        try:
            return cls.exactly(parse_decimal(text))
        except ValueFault as fault:
            raise ValueFault(text, EXPECTED_RANGE, fault.suggestion) from None

    @classmethod
    def total(cls, ranges: Iterable[Range]) -> Self:
        """The interval sum of all ranges; of none, exactly 0."""
        low = high = Decimal(0)
        for each in ranges:
            low += each.low
            high += each.high
        return cls(low, high)

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high)

    def minus_part(self, part: Range) -> Range:
        """What is left of a sum when one of its own summands is taken out.

        Unlike the interval difference, end is taken from end: ``(130-160).minus_part(18-36)`` is
        ``112-124``, the sum of the others.
        """
        return Range(self.low - part.low, self.high - part.high)

    @property
    def is_exact(self) -> bool:
        """Whether the range holds one amount only."""
        return self.low == self.high

    @property
    def is_zero(self) -> bool:
        """Whether the only amount is 0."""
        return self.low == 0 == self.high

    def share_of(self, total: Range) -> tuple[Decimal, Decimal] | None:
        """Least and largest share (0 to 1) of this summand in ``total``, which contains it.

        The summand also moves the total, so the least share pairs this one's low end with the high
        ends of the others, and the reverse. None when the total may be 0.
        """
        others = total.minus_part(self)
        if self.low + others.high <= 0 or self.high + others.low <= 0:
            return None
        return self.low / (self.low + others.high), self.high / (self.high + others.low)

    def __str__(self) -> str:
        low, high = plain(self.low), plain(self.high)
        return low if self.is_exact else f"{low}-{high}"


ZERO = Range.exactly(0)


def plain(amount: Decimal) -> str:
    """A decimal as plain digits without an exponent or trailing zeros: ``7.50`` gives ``7.5``."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
