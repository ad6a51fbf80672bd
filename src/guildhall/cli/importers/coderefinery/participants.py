"""Numbers of participants and viewers, as CodeRefinery's site holds them."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from guildhall.cli.importers.coderefinery.places import OTHERS, UNKNOWN, read_country
from guildhall.cli.importers.findings import Sort
from guildhall.cli.importers.source import Part
from guildhall.core.values.faults import ValueFault
from guildhall.model.records.people import plain_name
from guildhall.network.workshops.mistaken import likely_meant

VIEWERS = re.compile(r"(?P<service>[A-Za-z]+)_(?:viewers|participants)")
_LEAST = frozenset({"min", "least", "smallest_viewers_max", "smallest", "minimum"})
_MOST = frozenset({"max", "most", "largest_viewers_max", "largest", "maximum"})


def whole(text: str) -> int:
    """Read a whole number from 0.

    Raises:
        ValueFault: for anything else.
    """
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValueFault(text, "a whole number from 0")
    return int(text)


def read_participants(part: Part, asked: Collection[str] = ()) -> dict[str, Any]:
    """The participants of a record: parts, what isn't known, and the total they make.

    Args:
        part: the value.
        asked: codes of countries that were imported before, and asked about then.

    Raises:
        RefusedError: for values that can't be read, and for a total below the sum of its parts.
    """
    if isinstance(part.data, str):
        return {"total": str(part.read(whole))}
    countries: dict[str, int] = {}
    places: dict[str, Part] = {}
    others = unknown = 0
    stated: Part | None = None
    for key, each in part.mapping().items():
        plain = plain_name(key)
        if plain == "total":
            stated = each
        elif plain in OTHERS:
            others += each.read(whole)
        elif plain in UNKNOWN:
            unknown += each.read(whole)
        else:
            code = _country(key, each)
            number = each.read(whole)
            if code in countries:
                each.tell(Sort.DOUBT, f"`{key}` adds to another number of `{code}`", key=True)
            countries[code] = countries.get(code, 0) + number
            places.setdefault(code, each)
    for code in countries:
        meant = likely_meant(code, countries)
        if meant and code not in asked:
            message = f"`{code}` is taken as it stands; is `{meant}` meant?"
            places[code].tell(Sort.DOUBT, message, key=True)
    parts = sum(countries.values()) + others + unknown
    rest = _unknown(part, stated, parts)
    unknown += rest
    found: dict[str, Any] = {"total": str(parts + rest)}
    if countries:
        found["countries"] = {code: str(number) for code, number in countries.items()}
    if others:
        found["other_countries"] = str(others)
    if unknown:
        found["unknown_country"] = str(unknown)
    return found


def _unknown(part: Part, stated: Part | None, parts: int) -> int:
    """How many of the total no part names; told of, since the source doesn't say it."""
    if stated is None:
        part.tell(Sort.ASSUMED, f"no total is stated; the sum of the countries is {parts}")
        return 0
    total = stated.read(whole)
    if total < parts:
        raise stated.refuse(
            f"the stated total is {total}, but the countries add up to {parts}; "
            "one of them is wrong"
        )
    if total > parts:
        stated.tell(
            Sort.ASSUMED,
            f"the stated total is {total}, the countries add up to {parts}; "
            f"the rest, {total - parts}, becomes `unknown_country`",
        )
    return total - parts


def _country(key: str, part: Part) -> str:
    try:
        code, is_slip = read_country(key.strip())
    except ValueFault as fault:
        raise part.refuse(str(fault), key=True) from None
    if is_slip:
        part.tell(Sort.DOUBT, f"no country has the code `{key}`; taken for `{code}`", key=True)
    return code


def read_viewers(part: Part) -> dict[str, Any] | None:
    """The viewers of one service; None for a key that isn't about viewers.

    Raises:
        RefusedError: for values that can't be read.
    """
    match = VIEWERS.fullmatch(part.name)
    if match is None:
        return None
    found: dict[str, Any] = {"service": _service(match["service"])}
    if isinstance(part.data, str):
        return {**found, "most": str(part.read(whole))}
    for key, each in part.mapping().items():
        for field, words in (("least", _LEAST), ("most", _MOST)):
            if key.casefold() in words and field not in found:
                found[field] = str(each.read(whole))
    return found if len(found) > 1 else None


def _service(word: str) -> str:
    return {"youtube": "YouTube"}.get(word.casefold(), word.title())
