"""Whether the records bear a claim out."""

from __future__ import annotations

from guildhall.records.kinds.project import Claim
from guildhall.values.numbers import Range, plain

_WORDS = {
    "at-least": "at least",
    "more-than": "more than",
    "at-most": "at most",
    "less-than": "less than",
}


def holds(claim: Claim, computed: Range) -> bool:
    """Whether a claim agrees with a figure.

    Where either is a range, the claim holds for whatever the amounts are within them; two ranges
    are equal where both of their ends are.

    Args:
        claim: the claim.
        computed: the figure as computed from the records.
    """
    stated = claim.value
    if claim.compare == "equal":
        return stated == computed
    if claim.compare == "about" and claim.tolerance is not None:
        share = claim.tolerance / 100
        least, most = stated.low * (1 - share), stated.high * (1 + share)
        return least <= computed.low and computed.high <= most
    return {
        "at-least": computed.low >= stated.high,
        "more-than": computed.low > stated.high,
        "at-most": computed.high <= stated.low,
        "less-than": computed.high < stated.low,
    }[claim.compare]


def in_words(claim: Claim) -> str:
    """The figure as the claim states it: ``more than 40``, ``about 500 (20 % more or less)``."""
    if claim.tolerance is not None:
        return f"about {claim.value} ({plain(claim.tolerance)} % more or less)"
    return " ".join(filter(None, (_WORDS.get(claim.compare), str(claim.value))))
