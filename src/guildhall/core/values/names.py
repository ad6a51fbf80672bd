"""Names of countries and languages, in the language of the pages."""

from __future__ import annotations

from guildhall.core.values.format import locale_of
from guildhall.core.values.identifiers import INTERNATIONAL
from guildhall.core.words import word


def country_name(code: str, locale: str) -> str:
    """The name of a country, or its code where CLDR has no name for it.

    Bodies that are no country have names as well: ``EU``, ``UN``, ``international``.
    """
    if code == INTERNATIONAL:
        return word(locale, "International")
    return str(locale_of(locale).territories.get(code, code))


def language_name(tag: str, locale: str) -> str:
    """The name of a language, or its tag where CLDR has no name for it."""
    names = locale_of(locale).languages
    return str(names.get(tag.replace("-", "_")) or names.get(tag.split("-")[0], tag))
