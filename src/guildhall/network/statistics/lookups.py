"""Look-ups of tables by year."""

from __future__ import annotations

from dataclasses import dataclass

from guildhall.model.lookup import Lookup
from guildhall.model.portal import Portal
from guildhall.network.statistics.by_year import By, Statistic, Statistics, Topic, Years


def statistics_of_portal(portal: Portal) -> Statistics:
    """The tables of workshops and learners by year of a portal."""
    settings = portal.settings
    return portal.once(
        Statistics,
        lambda: Statistics(portal.complete, settings.today, settings.suppress_below),
    )


@dataclass(frozen=True)
class StatisticOf(Lookup[Statistic]):
    """A table by year, of the records with everybody.

    Args:
        topic: what is counted.
        by: what workshops, learners and hours are told apart by.
        project: the id of a project, whose workshops alone count.
        years: the first and the last year.
    """

    topic: Topic
    by: By | None = None
    project: str | None = None
    years: Years | None = None

    def result(self, portal: Portal) -> Statistic:
        """The table.

        Raises:
            ValueError: where the topic can't be told apart so.
        """
        return statistics_of_portal(portal).of(self.topic, self.by, self.project, self.years)
