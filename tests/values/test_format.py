"""Numbers, dates and periods as people read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from guildhall.core.values.counts import parse_count
from guildhall.core.values.dates import Period
from guildhall.core.values.format import (
    format_date,
    format_minutes,
    format_percent_range,
    format_period,
    format_range,
    format_text_dashes,
)
from guildhall.core.values.names import country_name, language_name
from guildhall.core.values.numbers import Range

NO_BREAK, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("amount", "locale", "text"),
    [
        ("130-160", "en", "130–160"),
        ("7.50", "en", "7.5"),
        ("47560", "en", "47,560"),
        ("47560.25", "de", "47.560,25"),
        ("37.5-45.5", "nb", "37,5–45,5"),
        ("47560", "fr", f"47{NARROW}560"),
        ("47560", "fi", f"47{NO_BREAK}560"),
        ("1000", "grc", "1,000"),
        ("0.123456", "en", "0.123456"),
    ],
)
def test_amounts_are_grouped_as_the_language_does(amount: str, locale: str, text: str):
    assert format_range(Range.parse(amount), locale) == text


@pytest.mark.parametrize(
    ("amount", "decimals", "text"),
    [
        (Range.parse("1"), 2, "1.00"),
        (Range.parse("0.5-1234"), 0, "1–1,234"),
        (Range.parse("2.3450"), 2, "2.35"),
        (Range.parse("-2--1"), None, "-2 – -1"),
        (Range.parse("-2-1"), 1, "-2.0 – 1.0"),
        (Range.parse("0-1"), None, "0–1"),
        (parse_count("ca. 30-40"), 0, "about 30–40"),
        (parse_count("at least ca. 1500"), None, "at least about 1,500"),
    ],
)
def test_amounts_have_the_decimals_that_are_asked_for(
    amount: Range, decimals: int | None, text: str
):
    assert format_range(amount, "en", decimals) == text
    assert format_range(Range.parse("1234.5"), "de", 2) == "1.234,50"


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "0 min"),
        (1, "1 min"),
        (59, "59 min"),
        (60, "1 h"),
        (61, "1 h 1 min"),
        (150, "2 h 30 min"),
    ],
)
def test_lengths_are_written_in_hours_and_minutes(minutes: int, text: str):
    assert format_minutes(minutes) == text.replace(" ", NO_BREAK)


@pytest.mark.parametrize(
    ("code", "locale", "name"),
    [
        ("NO", "en", "Norway"),
        ("NO", "nb-NO", "Norge"),
        ("EU", "en", "European Union"),
        ("international", "nb", "Internasjonal"),
        ("QX", "en", "QX"),
        ("NO", "grc", "Norway"),
    ],
)
def test_a_country_has_the_name_that_it_has_in_the_language(code: str, locale: str, name: str):
    assert country_name(code, locale) == name


@pytest.mark.parametrize(
    ("tag", "locale", "name"),
    [
        ("nb", "nb-NO", "norsk bokmål"),
        ("pt-BR", "en", "Brazilian Portuguese"),
        ("de-NO", "nb", "tysk"),
        ("qqq-NO", "nb", "qqq-NO"),
    ],
)
def test_a_language_has_the_name_of_its_form_or_its_own(tag: str, locale: str, name: str):
    assert language_name(tag, locale) == name


@pytest.mark.parametrize(
    ("share", "text"),
    [(("0.1267", "0.2432"), "13–24"), (("0.125", "0.125"), "13"), (("0", "1"), "0–100")],
)
def test_shares_are_whole_percent_rounded_half_up(share: tuple[str, str], text: str):
    low, high = share
    assert format_percent_range((Decimal(low), Decimal(high)), "en") == f"{text}{NO_BREAK}%"


def test_dates_and_periods_are_written_out():
    period = Period(date(2025, 3, 1), date(2028, 2, 29))
    assert format_date(period.start, "en") == format_date(period.start, "en-US") == "1 March 2025"
    assert format_date(period.start, "nb-NO") == "1. mars 2025"
    assert format_period(period, "en") == "1 March 2025 – 29 February 2028"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("3-4 days", "3–4 days"),
        ("2025 - 2028", "2025–2028"),
        ("130—160 months", "130–160 months"),
        ("1.5-2.5 days", "1.5–2.5 days"),
        ("3 half-days", "3 half-days"),
        ("2025-03-01", "2025-03-01"),
        ("2025-03", "2025-03"),
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("CC-BY-4.0", "CC-BY-4.0"),
        ("see https://example.org/1-2", "see https://example.org/1-2"),
    ],
)
def test_only_ranges_of_numbers_get_an_en_dash(text: str, shown: str):
    assert format_text_dashes(text) == shown
