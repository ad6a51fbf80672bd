"""Which partner another one became, and in which years a partner takes part in a project."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.project import Project
from guildhall.model.records.registry import Registry


def became_in_the_end(registry: Registry, partner: Partner) -> Partner | None:
    """The partner that one is now: itself, or what it became; None where that goes in a circle."""
    seen = {partner.key}
    while partner.became is not None:
        follower = registry.get(Partner, partner.became)
        if follower is None:
            return partner
        if follower.key in seen:
            return None
        seen.add(follower.key)
        partner = follower
    return partner


def circle_of(registry: Registry, partner: Partner) -> tuple[str, ...]:
    """The ids of partners that became one another, from one on; empty where it ends."""
    chain = [partner.key]
    while (follower := registry.get(Partner, partner.became)) is not None:
        if follower.key == chain[0]:
            return tuple(chain)
        if follower.key in chain:
            return ()
        chain.append(follower.key)
        partner = follower
    return ()


def counted_once(registry: Registry, partners: Iterable[Partner]) -> frozenset[str]:
    """The ids of what partners are now, so that those that merged are there once."""
    return frozenset((became_in_the_end(registry, each) or each).key for each in partners)


def years_in(partner: Partner, project: Project) -> tuple[int, ...]:
    """The years of a project in which a partner takes part, in order.

    They follow from the dates of its participation, and from the partner's last day.
    """
    found: set[int] = set()
    for part in partner.participation:
        if part.project == project.key:
            start = max(part.start or date.min, project.start)
            ends = (part.end, partner.ended, project.end)
            end = min(each for each in ends if each)
            if start <= end:
                found.update(range(start.year, end.year + 1))
    return tuple(year for year in project.period.years if year in found)
