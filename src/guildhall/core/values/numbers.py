"""Exact decimals and ranges of them, with interval arithmetic.

A range ``5-10`` says that the amount lies between 5 and 10, both included; a single number is the
range whose two ends are equal. Sums of ranges follow interval arithmetic (IEEE 1788 names the
operation; here it is exact, since all bounds are decimals of bounded size).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from guildhall.core.values.faults import ValueFault

LONGEST_AMOUNT = 100
"""Signs of an amount as text; longer ones are prose, and slow to match."""

MINUS = "\N{MINUS SIGN}"
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?")
_SIGNED = re.compile(rf"(?P<sign>[-+{MINUS}]?)(?P<digits>.*)", re.DOTALL)
_LEADING_ZEROS = re.compile(r"\A0+(?=[0-9])")
_GROUPED = re.compile(
    r"(?P<first>[1-9][0-9]{0,2})(?P<by>[.,_'\u2019 \u00a0\u202f])"
    r"(?P<rest>[0-9]{3}((?P=by)[0-9]{3})*)"
    r"(?P<decimals>(?!(?P=by))[.,][0-9]{1,6})?"
)
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,12})?")
_DASHES = "-\N{EN DASH}\N{EM DASH}\N{FIGURE DASH}\N{NON-BREAKING HYPHEN}\N{MINUS SIGN}"
_END = r"[0-9][0-9.,_'\u2019 \u00a0\u202f]*"
_RANGE = re.compile(rf"(?P<low>{_END}?)\s*[{_DASHES}]+\s*(?P<high>{_END})")
_RANGE_FROM_BELOW_0 = re.compile(
    rf"(?P<low>[-{MINUS}]{_END}?)\s*[{_DASHES}]\s*(?P<high>[-{MINUS}]?{_END})"
)

EXPECTED_NUMBER = "a number such as `7.5` (digits, at most 15 before and 6 after the point)"
EXPECTED_RANGE = "a number such as `7.5` or a range such as `5-10`"


def parse_decimal(text: str) -> Decimal:
    """Read a plain decimal number exactly.

    Raises:
        ValueFault: for separators, exponents, words, infinities and oversized numbers; where a
            number is meant all the same, it is answered with the way to write it. Three digits
            after one point, as in ``10.000``, may be thousands or decimals, so they are asked
            about; as in ``0.125`` they are decimals.
    """
    text = text.strip()
    meant = readings(text)
    written = text.replace(MINUS, "-")
    if _NUMBER.fullmatch(written) and len(meant) == 1:
        return Decimal(written)
    raise _unreadable(text, EXPECTED_NUMBER, meant)


def readings(text: str) -> tuple[str, ...]:
    """The numbers that a text may mean, each as it has to be written.

    There are two where a point or comma may set apart thousands or decimals: the whole number
    comes first. There is none where the text is no number.
    """
    match = _SIGNED.fullmatch(text)
    assert match is not None  # noqa: S101  (whatever the text is)
    sign = match["sign"].replace(MINUS, "-")
    found = (f"{sign}{each}" for each in _unsigned(_LEADING_ZEROS.sub("", match["digits"])))
    return tuple(each for each in found if _NUMBER.fullmatch(each))


def _unsigned(digits: str) -> tuple[str, ...]:
    grouped = _GROUPED.fullmatch(digits)
    if grouped:
        whole = grouped["first"] + grouped["rest"].replace(grouped["by"], "")
        decimals = grouped["decimals"]
        if grouped["by"] in ".," and decimals is None and len(grouped["rest"]) == 3:
            return whole, unambiguous(f"{grouped['first']}.{grouped['rest']}")
        return (f"{whole}.{decimals[1:]}" if decimals else whole,)
    return (digits.replace(",", "."),)


def unambiguous(number: str) -> str:
    """A plain number that isn't taken for thousands: ``10.000`` is ``10.0``, ``1.234`` 1.2340."""
    whole, point, decimals = number.partition(".")
    if len(decimals) != 3 or len(whole.lstrip("-")) > 3 or whole.lstrip("-") == "0":
        return number
    kept = decimals.rstrip("0")
    return f"{whole}{point}{kept or '0'}" if len(kept) < 3 else f"{number}0"


def _unreadable(text: str, expected: str, meant: tuple[str, ...]) -> ValueFault:
    if len(meant) == 2:
        expected = f"a number that can be read in one way only: `{meant[0]}` or `{meant[1]}`"
        return ValueFault(text, expected)
    return ValueFault(text, expected, meant[0] if meant and meant[0] != text else None)


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
        high: the largest amount, not below ``low``; infinite where nothing is known of it.
        about: whether the ends are only known approximately.

    Raises:
        ValueFault: when the ends are reversed.
    """

    low: Decimal
    high: Decimal
    about: bool = False

    def __post_init__(self) -> None:
        if self.high < self.low:
            low, high = (unambiguous(f"{end:f}") for end in (self.low, self.high))
            expected = "a range from the smaller to the larger number"
            raise ValueFault(f"{low}-{high}", expected, f"{high}-{low}")

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
        match = _RANGE.fullmatch(text) or _RANGE_FROM_BELOW_0.fullmatch(text)
        ends = (match["low"], match["high"]) if match else (text,)
        try:
            read = [parse_decimal(end) for end in ends]
        except ValueFault:
            meant = [readings(end.strip()) for end in ends]
            raise _unreadable(text, EXPECTED_RANGE, _ranges_meant(meant)) from None
        return cls(read[0], read[-1])

    @classmethod
    def total(cls, ranges: Iterable[Range]) -> Self:
        """The interval sum of all ranges; of none, exactly 0."""
        low = high = Decimal(0)
        about = False
        for each in ranges:
            low += each.low
            high += each.high
            about = about or each.about
        return cls(low, high, about)

    def __add__(self, other: Range) -> Range:
        return Range.total((self, other))

    def minus_part(self, part: Range) -> Range:
        """What is left of a sum when one of its own summands is taken out.

        Unlike the interval difference, end is taken from end: ``(130-160).minus_part(18-36)`` is
        ``112-124``, the sum of the others.
        """
        return Range(self.low - part.low, self.high - part.high)

    @property
    def is_exact(self) -> bool:
        """Whether the range holds one amount only, and that is certain."""
        return self.low == self.high and not self.about

    @property
    def is_open(self) -> bool:
        """Whether nothing is known of the high end."""
        return not self.high.is_finite()

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
        low, high = (unambiguous(plain(end)) for end in (self.low, self.high))
        ends = low if self.is_open or self.low == self.high else f"{low}-{high}"
        about = "ca. " if self.about else ""
        return f"{'at least ' if self.is_open else ''}{about}{ends}"


def _ranges_meant(ends: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The ranges that two ends may mean, thousands or decimals in both."""
    if not all(ends):
        return ()
    ways = max(map(len, ends))
    return tuple("-".join(end[min(way, len(end) - 1)] for end in ends) for way in range(ways))


ZERO = Range.exactly(0)


def differs(stated: Range, computed: Range, rounded_to: Decimal | None = None) -> bool:
    """Whether a stated total is another than the computed one.

    Args:
        stated: the total as its source states it.
        computed: the sum.
        rounded_to: what the source rounded the total to, such as 1 or 0.5; each end of the sum
            then rounds to the stated one where it lies within half of that.
    """
    off = max(abs(computed.low - stated.low), abs(computed.high - stated.high))
    return off > (rounded_to / 2 if rounded_to else 0)


def plain(amount: Decimal) -> str:
    """A decimal as plain digits without an exponent or trailing zeros: ``7.50`` gives ``7.5``."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
