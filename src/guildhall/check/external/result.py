"""What the check returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guildhall.check.external.entries import Exemption
from guildhall.check.external.outcomes import Anchor, Outcome


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one address.

    Args:
        address: the address as it is written.
        outcome: what became of its page.
        anchor: what became of its anchor; None where it has none, or nobody looked.
        checked: the day on which the page was asked; None where it wasn't.
        since: the first day, without a break, on which it was graded so.
        allowed: the reason for which the answer is fine; empty where it isn't allowed.
        secure: whether an ``http`` address answers to ``https`` as well.
        archived: a copy of a dead page; empty where none is known.
        historic: whether the address is kept as history.
    """

    address: str
    outcome: Outcome
    anchor: Anchor | None = None
    checked: date | None = None
    since: date | None = None
    allowed: str = ""
    secure: bool = False
    archived: str = ""
    historic: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of all addresses.

    Args:
        results: one result an address, in the order of the addresses.
        asked: how many pages were asked.
        remembered: how many pages were known well enough from before.
        offline: whether nothing was asked because nothing was to be.
        away: whether nothing could be asked because there is no network.
        unused: entries of the settings that no address matches.
        ended: entries whose last day has passed.
    """

    results: tuple[Result, ...]
    asked: int = 0
    remembered: int = 0
    offline: bool = False
    away: bool = False
    unused: tuple[Exemption, ...] = ()
    ended: tuple[Exemption, ...] = ()
