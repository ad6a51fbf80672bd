"""Numbers, dates and periods as people read them, in the language of the pages."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date as babel_date
from babel.numbers import format_decimal

from guildhall.core.values.dates import Period
from guildhall.core.values.numbers import Range
from guildhall.core.words import word

EN_DASH = "\N{EN DASH}"
# Two numbers with a dash between them. Three are a date, a zero begins a month, and codes and
# addresses keep their hyphens.
_RANGE = re.compile(
    r"(?<![\w/=#.-])([0-9]+(?:\.[0-9]+)?)\s?[-\N{EM DASH}]\s?(?!0[0-9])([0-9]+)(?![0-9]|-[0-9])"
)
_PATTERN = "#,##0.######"


def locale_of(tag: str) -> Locale:
    """The locale of a language tag; English for languages that CLDR has no forms for."""
    try:
        return Locale.parse(tag, sep="-")
    except UnknownLocaleError:
        return Locale("en")


def format_number(number: Decimal | int, locale: str) -> str:
    """A number with the grouping and decimal sign of the language: ``47,560`` in English."""
    return format_decimal(Decimal(number), format=_PATTERN, locale=locale_of(locale))


def format_range(amount: Range, locale: str, decimals: int | None = None) -> str:
    """A range with an en dash: ``130–160``; a single amount as one number.

    What is only known about, or from below, says so: ``about 40``, ``at least 25``.

    Args:
        amount: the range.
        locale: the language.
        decimals: how many decimals all numbers have, rounded half up; by default as many as
            they need.
    """

    def shown(number: Decimal) -> str:
        if decimals is None:
            return format_number(number, locale)
        return _fixed(number, locale, decimals)

    text = shown(amount.low)
    if amount.low != amount.high and not amount.is_open:
        # After a minus sign, a dash without blanks would look like another one.
        dash = f" {EN_DASH} " if amount.low < 0 else EN_DASH
        text = f"{text}{dash}{shown(amount.high)}"
    if amount.about:
        text = word(locale, "about {number}").format(number=text)
    if amount.is_open:
        text = word(locale, "at least {number}").format(number=text)
    return text


def with_decimals(number: Decimal, decimals: int) -> Decimal:
    """A number with a fixed number of decimals, rounded half up, as pages show it."""
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _fixed(number: Decimal, locale: str, decimals: int) -> str:
    return format_decimal(
        with_decimals(number, decimals), format=f"#,##0.{'0' * decimals}", locale=locale_of(locale)
    )


def whole_percent(share: tuple[Decimal, Decimal]) -> Range:
    """Two shares of 1, least and largest, as a range of whole percent; rounded half up."""
    low, high = ((each * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP) for each in share)
    return Range(low, high)


def format_percent_range(share: tuple[Decimal, Decimal], locale: str) -> str:
    """Two shares of 1 as whole percent: ``13–24 %``; rounded half up."""
    return f"{format_range(whole_percent(share), locale)}\N{NO-BREAK SPACE}%"


def format_date(day: date, locale: str) -> str:
    """A date in full: ``1 March 2025`` style of the language."""
    if locale.split("-")[0] == "en":
        return babel_date(day, "d MMMM y", locale=locale_of(locale))
    return babel_date(day, "long", locale=locale_of(locale))


def format_month(day: date, locale: str, *, with_year: bool = True) -> str:
    """The month of a day, to stand alone: ``March 2025`` style of the language."""
    return babel_date(day, "LLLL y" if with_year else "LLLL", locale=locale_of(locale))


def format_period(period: Period, locale: str) -> str:
    """A period in full, both days named."""
    return f"{format_date(period.start, locale)} {EN_DASH} {format_date(period.end, locale)}"


def format_text_dashes(text: str) -> str:
    """A text whose ranges of numbers have en dashes: ``3-4 days`` gives ``3–4 days``."""
    return _RANGE.sub(rf"\1{EN_DASH}\2", text)


def format_minutes(minutes: int) -> str:
    """Write a length in hours and minutes, by the symbols of the SI: ``1 h 30 min``."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours}\N{NO-BREAK SPACE}h"] if hours else []
    if rest or not hours:
        parts.append(f"{rest}\N{NO-BREAK SPACE}min")
    return "\N{NO-BREAK SPACE}".join(parts)


def capital(words: str) -> str:
    """Words with a capital at the front, and the rest as it is."""
    return words[:1].upper() + words[1:]
