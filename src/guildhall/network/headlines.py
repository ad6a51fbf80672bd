"""What a portal comes to in a few numbers: workshops, learners, their countries, partners."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from guildhall.core.values.numbers import ZERO, Range
from guildhall.model.lookup import Lookup
from guildhall.model.portal import Portal
from guildhall.model.records.kinds.partner import Partner
from guildhall.network.ledger.lookups import figures_of_portal
from guildhall.network.statistics.by_year import Tally
from guildhall.network.statistics.lookups import statistics_of_portal

Topic = Literal["workshops", "learners", "countries", "partners"]
TOPICS: tuple[Topic, ...] = get_args(Topic)
"""What is counted, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A number, and what it rests on.

    Args:
        topic: what it counts.
        tally: the number; of workshops and partners, all are known.
    """

    topic: Topic
    tally: Tally


@dataclass(frozen=True)
class Headlines(Lookup[tuple[Headline, ...]]):
    """The numbers of a portal, until the day of the build; those of which nothing is known are out.

    Workshops, learners and countries are those of the statistics. Partners are those of the
    portal's project, or else all that haven't ended.
    """

    def result(self, portal: Portal) -> tuple[Headline, ...]:
        """The numbers."""
        return tuple(
            Headline(topic, tally)
            for topic, tally in _tallies(portal)
            if tally.known and not tally.value.is_zero
        )


def _tallies(portal: Portal) -> Iterator[tuple[Topic, Tally]]:
    statistics = statistics_of_portal(portal)
    yield "workshops", statistics.of("workshops").amount
    yield "learners", statistics.of("learners").amount
    yield "countries", statistics.countries()
    partners = _partners(portal)
    count = int(partners.high)
    yield "partners", Tally(partners, count, count)


def _partners(portal: Portal) -> Range:
    if portal.settings.project is not None:
        figure = figures_of_portal(portal).get("partners.count")
        return figure.value if figure else ZERO
    today = portal.settings.today
    partners = portal.registry.of(Partner)
    return Range.exactly(sum(not each.ended or each.ended >= today for each in partners))
