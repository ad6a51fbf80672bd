"""Codes of countries that are often written where another country is meant."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity
from guildhall.core.values.names import country_name
from guildhall.network.workshops.context import Context, finding

_MEANT = {"GE": "DE", "SL": "SI"}


def likely_meant(code: str, others: Collection[str]) -> str | None:
    """The country that is likely meant by a code, unless it is among the others as well.

    Args:
        code: an ISO 3166-1 alpha-2 code.
        others: all codes of the list that it stands in.
    """
    meant = _MEANT.get(code)
    return meant if meant not in others else None


def country_findings(context: Context) -> Iterator[Finding]:
    """Find codes of participants' countries that are likely another country's."""
    for workshop in context.workshops:
        countries = workshop.participants.countries if workshop.participants else {}
        for code, number in countries.items():
            meant = likely_meant(code, countries) if number else None
            if meant:
                message = (
                    f"`{code}` is {country_name(code, 'en')}, and nobody is listed from "
                    f"{country_name(meant, 'en')}; is `{meant}` meant?"
                )
                place = ("participants", "countries", code)
                yield finding("workshop.countries", workshop, place, message, Severity.INFO)
