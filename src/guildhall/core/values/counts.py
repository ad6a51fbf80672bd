"""Numbers of people, with what is uncertain of them: ``40``, ``30-40``, ``ca. 40``, ``≥ 25``."""

from __future__ import annotations

import re
from decimal import Decimal

from guildhall.core.values.faults import ValueFault
from guildhall.core.values.numbers import LONGEST_AMOUNT, Range, readings

EXPECTED_COUNT = (
    "a whole number such as `40`, or `ca. 40`, `30-40`, `at least 25`; omit it if it is unknown"
)
MOST_PEOPLE = 1_000_000_000
_NO_END = Decimal("Infinity")
_AT_LEAST, _ABOUT = "at least ", "ca. "
_DASHES = "-\N{EN DASH}\N{EM DASH}\N{FIGURE DASH}\N{NON-BREAKING HYPHEN}\N{MINUS SIGN}"
_COUNT = re.compile(
    rf"(?P<least>at least\s+|(?:≥|>=)\s*)?(?P<about>(?:ca\.|about)\s+|[~≈]\s*)?"
    rf"(?P<low>[0-9]+)(?:\s*[{_DASHES}]\s*(?P<high>[0-9]+))?"
)
# Spellings that are understood and answered with the one that is read.
_LEAST_TOO = re.compile(
    r"(?:at least|minimum|min\.?|minst|mindst|vähintään|≥|⩾|>=)\s*(?=[^\s])",
    re.IGNORECASE,
)
_MORE = re.compile(r"(?:more than|over|above|>)\s*(?P<number>[0-9]+)", re.IGNORECASE)
_MOST_TOO = re.compile(
    r"(?:at most|up to|maximum|max\.?|≤|⩽|<=)\s*(?P<number>[0-9]+)", re.IGNORECASE
)
_LESS = re.compile(r"(?:less than|fewer than|under|below|<)\s*(?P<number>[0-9]+)", re.IGNORECASE)
_ABOUT_TOO = re.compile(
    r"(?:ca|c|circa|cirka|about|approx|approximately|around|roughly|noin|omkring|ungefär|omtrent)"
    r"(?:\.\s*|\s+)|[~≈]\s*",
    re.IGNORECASE,
)


def parse_count(raw: object) -> Range:
    """Read how many people there were, as far as it is known.

    ``30-40`` lies between both, ``ca. 40`` is near it, and of ``at least 25`` no high end is known;
    ``at least ca. 25`` and ``ca. 30-40`` are possible too.

    Raises:
        ValueFault: for anything else.
    """
    if not isinstance(raw, str) or len(raw) > LONGEST_AMOUNT:
        raise ValueFault(raw, EXPECTED_COUNT)
    text = raw.strip()
    found = _read(text)
    if found is not None:
        return found
    meant = _meant(text)
    raise ValueFault(text, EXPECTED_COUNT, meant if meant and _read(meant) is not None else None)


def _read(text: str) -> Range | None:
    match = _COUNT.fullmatch(text)
    if match is None or (match["least"] and match["high"]):
        return None
    ends = [match["low"], match["high"] or match["low"]]
    if any(readings(end) != (end,) or int(end) > MOST_PEOPLE for end in ends):
        return None
    low, high = map(Decimal, ends)
    if high < low:
        raise ValueFault(text, "a range from the smaller to the larger number", f"{high}-{low}")
    return Range(low, _NO_END if match["least"] else high, bool(match["about"]))


def _meant(text: str) -> str | None:
    """The way to write what another spelling means; None where it can't be told."""
    for pattern, begin, more in ((_MORE, _AT_LEAST, 1), (_MOST_TOO, "0-", 0), (_LESS, "0-", -1)):
        match = pattern.fullmatch(text)
        if match:
            return f"{begin}{int(match['number']) + more}"
    number, least, about = text, "", ""
    if number.endswith("+"):
        number, least = number[:-1].rstrip(), _AT_LEAST
    for pattern in (_LEAST_TOO, _ABOUT_TOO):
        match = pattern.match(number)
        if match:
            number = number[match.end() :].strip()
            least = _AT_LEAST if pattern is _LEAST_TOO else least
            about = _ABOUT if pattern is _ABOUT_TOO else about
    ends = re.split(rf"\s*(?:[{_DASHES}]|\bto\b)\s*", number)
    # People are whole, so a point or comma between digits sets apart thousands.
    whole = [next((w for w in readings(end) if w.isdecimal()), None) for end in ends]
    if None in whole:
        return None
    return f"{least}{about}{'-'.join(filter(None, whole))}"
