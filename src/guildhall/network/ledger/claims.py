"""Whether the records bear a claim out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from guildhall.core.values.numbers import Range, plain
from guildhall.model.records.kinds.project import Claim
from guildhall.network.figure import Figure
from guildhall.network.ledger.figures import Figures, Point

_WORDS = {
    "at-least": "at least",
    "more-than": "more than",
    "at-most": "at most",
    "less-than": "less than",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim beside the records.

    Args:
        holds: whether they bear it out.
        stated: the figure or the trend as claimed, in words.
        expected: the figure as claimed, or the one that the claim compares with; None for a trend.
        figure: what the claim speaks of, as computed; None for a trend.
        series: the amounts that a trend speaks of, in order.
        why: where a trend breaks, in words; empty where it holds, and for figures.
        origin: what is counted, in words.
    """

    holds: bool
    stated: str
    expected: Range | None
    figure: Figure | None
    series: tuple[Point, ...]
    why: str
    origin: str

    @property
    def computed(self) -> Range | str:
        """What the records give: a figure, or the amounts of a series in words."""
        if self.figure is not None:
            return self.figure.value
        amounts = (each.value for each in self.series)
        return ", ".join("no record" if each is None else str(each) for each in amounts)


def judge(claim: Claim, figures: Figures, project: str) -> Judged:
    """Hold a claim against the records.

    Args:
        claim: the claim.
        figures: the figures of the portal.
        project: the project whose claim it is.

    Raises:
        UnknownFigureError: where it speaks of a figure that there is not.
    """
    spoken_of = figures.on(claim.as_of) if claim.as_of else figures
    if claim.among:
        spoken_of = spoken_of.among(claim.among)
    if claim.trend is None:
        return _of_figure(claim, spoken_of, project)
    series = spoken_of.series(claim.figure, claim.by, project)
    why = _break(claim, series.points)
    stated = f"{in_words(claim)} from {claim.by} to {claim.by}"
    return Judged(not why, stated, None, None, series.points, why, series.origin)


def _of_figure(claim: Claim, figures: Figures, project: str) -> Judged:
    figure = figures.lookup(claim.figure, project)
    if claim.than is not None:
        other = figures.lookup(claim.than, project)
        agrees = _agrees(claim, other.value, figure.value)
        stated = f"{_compared(claim, other.value)} (`{claim.than}`)"
        return Judged(agrees, stated, other.value, figure, (), "", figure.origin)
    assert claim.value is not None  # noqa: S101  (a claim has one of the three)
    agrees = holds(claim, figure.value)
    return Judged(agrees, in_words(claim), claim.value, figure, (), "", figure.origin)


def holds(claim: Claim, computed: Range) -> bool:
    """Whether a claim of a value agrees with a figure.

    Where either is a range, the claim holds for whatever the amounts are within them; two ranges
    are equal where both of their ends are.

    Args:
        claim: the claim.
        computed: the figure as computed from the records.
    """
    return claim.value is not None and _agrees(claim, claim.value, computed)


def _agrees(claim: Claim, stated: Range, computed: Range) -> bool:
    if claim.compare == "equal":
        return stated == computed
    if claim.tolerance is not None:  # `about` has one, and nothing else here.
        share = claim.tolerance / 100
        least, most = stated.low * (1 - share), stated.high * (1 + share)
        return least <= computed.low and computed.high <= most
    return {
        "at-least": computed.low >= stated.high,
        "more-than": computed.low > stated.high,
        "at-most": computed.high <= stated.low,
        "less-than": computed.high < stated.low,
    }[claim.compare]


def _break(claim: Claim, points: Sequence[Point]) -> str:
    """Where a trend breaks; empty where it holds.

    It holds where each amount, whatever it is within its range, follows the one before as claimed;
    one that no record tells proves nothing. Amounts are stable where each lies within the tolerance
    of the first.
    """
    known: list[tuple[str, Range]] = []
    for each in points:
        if each.value is None:
            return f"no record of {each.label}"
        known.append((each.label, each.value))
    if len(known) < 2:
        return "a trend needs at least two amounts"
    if claim.tolerance is not None:  # `stable` has one, and no other trend.
        first = known[0][1]
        share = claim.tolerance / 100
        for label, value in known[1:]:
            if value.low < first.high * (1 - share) or value.high > first.low * (1 + share):
                return f"{value} of {label} is further from {first} of {known[0][0]}"
        return ""
    for (_, before), (label, value) in pairwise(known):
        rises, falls = value.low > before.high, value.high < before.low
        if not (rises if claim.trend == "increasing" else falls):
            return f"{value} of {label} follows {before}"
    return ""


def in_words(claim: Claim) -> str:
    """What is claimed: ``more than 40``, ``about 500 (within 20 %)``, ``increasing``."""
    if claim.trend is not None:
        within = f", within {plain(claim.tolerance)} %" if claim.tolerance is not None else ""
        return f"{claim.trend}{within}"
    return _compared(claim, claim.value) if claim.value is not None else ""


def _compared(claim: Claim, value: Range) -> str:
    if claim.tolerance is not None:
        return f"about {value} (within {plain(claim.tolerance)} %)"
    return " ".join(filter(None, (_WORDS.get(claim.compare), str(value))))
