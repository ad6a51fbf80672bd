"""Figures, differences and shifts in words."""

from __future__ import annotations

from decimal import Decimal

from guildhall.check.differences.held import Value
from guildhall.check.differences.times import Shift
from guildhall.core.counting import counted
from guildhall.core.values.format import format_number, format_range
from guildhall.core.values.numbers import Range

NOTHING = "\N{EM DASH}"
_MINUS = "\N{MINUS SIGN}"
_LANGUAGE = "en"
_DAY, _HOUR = 24 * 60, 60


def shown(value: Value, unit: str = "") -> str:
    """A figure with its unit: ``5–10``, ``21,000 EUR``, ``13 %``; a dash for none."""
    if value is None:
        return NOTHING
    text = format_range(value, _LANGUAGE) if isinstance(value, Range) else value
    sign = "%" if unit == "percent" else unit
    return f"{text}\N{NO-BREAK SPACE}{sign}" if sign and isinstance(value, Range) else text


def signed(number: Decimal) -> str:
    """A number that always has its sign: ``+2``, ``−0.5``, ``±0``."""
    sign = "+" if number > 0 else _MINUS if number < 0 else "±"
    return f"{sign}{format_number(abs(number), _LANGUAGE)}"


def moved_by(difference: tuple[Decimal, Decimal] | None) -> str:
    """By how much a figure moved: ``+2``, or for a range by how much each of its ends did."""
    if difference is None:
        return ""
    low, high = difference
    if low == high:
        return signed(low) if low else ""
    if not low or not high:
        end, number = ("high", high) if high else ("low", low)
        return f"{signed(number)} at the {end} end"
    return f"{signed(low)} at the low end, {signed(high)} at the high end"


def duration(minutes: int) -> str:
    """A length: ``7 days``, ``1 h 30 min``."""
    days, rest = divmod(abs(minutes), _DAY)
    hours, rest = divmod(rest, _HOUR)
    parts = [counted(days, "day")] if days else []
    parts += [f"{hours} h"] if hours else []
    parts += [f"{rest} min"] if rest or not parts else []
    return " ".join(parts)


def shifted(shift: Shift | None, *, in_other_zone: bool) -> str:
    """By how much a time moves, on clocks and in fact.

    Args:
        shift: by how much.
        in_other_zone: whether the time zone changed; else clocks say all there is to say, also
            where a time is moved over a change to or from summer time.
    """
    if shift is None or shift.is_none:
        return ""
    clock, moment = (_later(each) for each in (shift.clock, shift.moment))
    parts = []
    if shift.clock == shift.moment or not in_other_zone:
        parts.append(clock)
    elif not shift.clock:
        parts.append(f"same clock time, actually {moment}")
    else:
        parts.append(f"{clock} by the clock, actually {moment or 'the same moment'}")
    if shift.length:
        parts.append(f"{duration(shift.length)} {'longer' if shift.length > 0 else 'shorter'}")
    return ", ".join(part for part in parts if part)


def _later(minutes: int) -> str:
    return f"{duration(minutes)} {'later' if minutes > 0 else 'earlier'}" if minutes else ""
