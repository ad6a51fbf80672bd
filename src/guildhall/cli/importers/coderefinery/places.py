"""Countries, time zones and formats, as far as a source's words say them."""

from __future__ import annotations

from functools import cache

from guildhall.core.values.faults import ValueFault, nearest
from guildhall.core.values.identifiers import parse_country
from guildhall.model.records.people import plain_name

# Codes that stand for one country without any doubt, though ISO 3166-1 doesn't have them so.
_OTHER_CODES = {"UK": "GB", "EL": "GR"}
# Codes that nobody has, in the place of one that somebody has.
_SLIPS = {"PO": "PL"}
# What programs that know YAML 1.1 make of a `NO` without quotes, and write again.
_MADE_OF_NO = frozenset({"false"})
# Languages that countries are named in, those of the network after English.
_LANGUAGES = ("en", "da", "et", "fi", "is", "nb", "sv")
_OTHER_NAMES = {
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "usa": "US",
    "united states of america": "US",
    "the netherlands": "NL",
    "holland": "NL",
    "czech republic": "CZ",
    "russia": "RU",
    "turkey": "TR",
    "south korea": "KR",
    "macedonia": "MK",
}
OTHERS = frozenset({"other", "others", "other countries", "rest"})
"""Words for countries that a source doesn't name."""
UNKNOWN = frozenset({"unknown", "na", "n a", "n/a", "not known", "none", "no answer", "?"})
"""Words for participants whose country isn't known."""


def read_country(text: str) -> tuple[str, bool]:
    """Read a country's code or name.

    Returns:
        the ISO 3166-1 alpha-2 code, and whether the text was a code that doesn't exist.

    Raises:
        ValueFault: for anything else, with the nearest name.
    """
    upper = text.upper()
    if len(text) == 2:
        if upper in _SLIPS:
            return _SLIPS[upper], True
        return parse_country(_OTHER_CODES.get(upper, upper)), False
    plain = plain_name(text)
    if plain in _MADE_OF_NO:
        return "NO", True
    code = _OTHER_NAMES.get(plain) or _names().get(plain)
    if code:
        return code, False
    near = nearest(plain, {**_names(), **_OTHER_NAMES})
    expected = "a country's code such as `NO`, or its name"
    raise ValueFault(text, expected, near.title() if near else None)


@cache
def _names() -> dict[str, str]:
    from babel import Locale

    found: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            try:
                found.setdefault(plain_name(name), parse_country(code))
            except ValueFault:
                continue
    return found


@cache
def zone_of(city: str) -> tuple[str, str] | None:
    """The time zone that the IANA database names after a city, and the zone's country.

    Returns:
        both; None for a city that no zone is named after, or more than one.
    """
    from babel.core import get_global

    wanted = plain_name(city).replace(" ", "_")
    found = [
        (zone, country)
        for zone, country in get_global("zone_territories").items()
        if plain_name(zone.rsplit("/", 1)[-1].replace("_", " ")).replace(" ", "_") == wanted
    ]
    return found[0] if len(found) == 1 else None
