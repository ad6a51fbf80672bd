"""Dates, times and zones as a workshop's page writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date as babel_date
from babel.dates import get_timezone_location, get_timezone_name

from guildhall.core.values.dates import Period
from guildhall.core.values.format import EN_DASH, format_date, format_month, locale_of
from guildhall.model.records.kinds.workshop import Workshop

MINUS = "\N{MINUS SIGN}"
THIN_SPACE = "\N{THIN SPACE}"


def dates_of(workshop: Workshop, language: str) -> str:
    """When a workshop is: its days, or its months where the dates are open.

    Args:
        workshop: the workshop.
        language: the language of the page.
    """
    if workshop.dates_are_open:
        return _months(workshop.period, language)
    return short_period(workshop.period, language)


def short_period(period: Period, language: str) -> str:
    """A period with nothing said twice: ``22–24 September 2026``.

    The order and signs are those of CLDR's intervals, with the months in full. Some releases of
    CLDR have thin spaces around the dash, others have not; so a dash between days stands close, and
    any other has the blanks around it that a sentence has.
    """
    if period.start == period.end:
        return format_date(period.start, language)
    locale = _dated(language)
    greatest = (
        "y"
        if period.start.year != period.end.year
        else "M"
        if period.start.month != period.end.month
        else "d"
    )
    found = locale.interval_formats.get("yMMMd", {}).get(greatest)
    if not found:
        return (
            f"{format_date(period.start, language)} {EN_DASH} {format_date(period.end, language)}"
        )
    patterns = [str(each).replace("MMMM", "MMM").replace("MMM", "MMMM") for each in found]
    written = "".join(
        babel_date(day, pattern, locale=locale)
        for day, pattern in zip(period, patterns, strict=True)
    )
    blank = "" if greatest == "d" else " "
    return written.replace(f"{THIN_SPACE}{EN_DASH}{THIN_SPACE}", f"{blank}{EN_DASH}{blank}")


def _months(period: Period, language: str) -> str:
    start, end = period
    if period.is_of_years:
        return EN_DASH.join(dict.fromkeys((str(start.year), str(end.year))))
    first, last = (format_month(day, language) for day in period)
    return first if first == last else f"{first} {EN_DASH} {last}"


def full_date(day: date, language: str) -> str:
    """A date with its weekday: ``Tuesday, 22 September 2026``."""
    return babel_date(day, "full", locale=_dated(language))


def clock(moment: datetime) -> str:
    """The time that clocks show at a moment: ``09:30``."""
    return f"{moment:%H:%M}"


def offset(moment: datetime) -> str:
    """How far a zone is from UTC at a moment: ``UTC+2``, ``UTC+5:30``."""
    delta = moment.utcoffset() or timedelta()
    sign = MINUS if delta < timedelta() else "+"
    hours, minutes = divmod(abs(delta) // timedelta(minutes=1), 60)
    if not hours and not minutes:
        return "UTC"
    return f"UTC{sign}{hours}" + (f":{minutes:02d}" if minutes else "")


def zone_place(zone: ZoneInfo, language: str) -> str:
    """The place whose clocks a zone describes, such as ``Stockholm``; else the zone's id."""
    if "/" not in zone.key:
        return zone.key
    return str(get_timezone_location(zone, locale=locale_of(language), return_city=True))


def zone_names(moments: Sequence[datetime], language: str) -> list[str]:
    """What the time is called at moments, with its offset, each once and in turn."""
    found = (
        f"{get_timezone_name(each, locale=locale_of(language))}, {offset(each)}" for each in moments
    )
    return list(dict.fromkeys(found))


def tag_for_dates(language: str) -> str:
    """The tag to write dates by; English without a country has the day before the month."""
    return "en-GB" if language == "en" else language


def _dated(language: str) -> Locale:
    return locale_of(tag_for_dates(language))
