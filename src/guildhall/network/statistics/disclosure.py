"""Counts of people so small that they could point at one are shown together with others.

The rule is the one of statistical disclosure control for tables that add up: a small cell is
suppressed, and so is as much else as it takes that the cell can't be computed back from the total
(primary and complementary suppression; Hundepool et al., Statistical Disclosure Control, 2012,
chapter 4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Disclosed:
    """Counts as they may be published.

    Args:
        shown: the counts that stand for themselves, in the order in which they came.
        others: the sum of all that were merged, and of what had no name before.
        merged: the names of those that were merged; never to be published beside `others`.
    """

    shown: Mapping[str, int]
    others: int = 0
    merged: tuple[str, ...] = field(default=())

    @property
    def total(self) -> int:
        """The sum of all counts, which merging doesn't change."""
        return sum(self.shown.values()) + self.others


def suppressed(parts: Mapping[str, int], below: int, others: int = 0) -> Disclosed:
    """Merge small counts into others, so that none of them follows from the total.

    As long as what is merged would give a count away, the next smallest joins; where the whole is
    too small for that, all of it is merged. So even whoever knows this rule, the limit, and which
    counts are merged can't tell any of them, unless one sum is all that is published. Counts of 0
    point at nobody, hide nobody, and stay.

    Args:
        parts: the counts by name, not below 0.
        below: the limit; counts from 1 up to it, without itself, are small. With 0 and 1 nothing
            is merged.
        others: how many have no name among the parts already.

    Raises:
        ValueError: for counts below 0.
    """
    if others < 0 or any(count < 0 for count in parts.values()):
        raise ValueError("counts of people are not below 0")
    counts = [count for count in parts.values() if count]
    if min(counts, default=below) >= below and not 0 < others < below:
        return Disclosed(dict(parts), others)
    merged: set[str] = set()
    total, members = others, int(others > 0)
    for count in sorted(set(counts)):
        if count >= below and _hides(members, total, below):
            break
        # Equal ones go together: which of them stays would tell something of the small ones.
        equal = {name for name, found in parts.items() if found == count}
        merged |= equal
        total, members = total + count * len(equal), members + len(equal)
    shown = {name: count for name, count in parts.items() if name not in merged}
    return Disclosed(shown, total, tuple(name for name in parts if name in merged))


def _hides(members: int, total: int, below: int) -> bool:
    """Whether a sum gives none of its counts away.

    It does where there is one count only, where the sum is small itself, and where all of its
    counts have to be 1, or else all the largest that is still small.
    """
    return members > 1 and total >= below and total not in (members, members * (below - 1))
