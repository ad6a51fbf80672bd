"""Look-ups of computed figures, claims, in-kind contributions and budgets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from guildhall.core.values.format import format_percent_range
from guildhall.model.base.model import Record
from guildhall.model.lookup import Lookup, NoAnswerError, existing
from guildhall.model.portal import Portal
from guildhall.model.records.kinds.budget_line import BudgetLine
from guildhall.model.records.kinds.in_kind import InKind
from guildhall.model.records.kinds.project import Project
from guildhall.network.figure import Figure
from guildhall.network.ledger.budget import BudgetTable, budget_table
from guildhall.network.ledger.claims import Judged, judge
from guildhall.network.ledger.figures import Figures
from guildhall.network.ledger.in_kind import InKindTable, Scenario, in_kind_table, scenarios


def figures_of_portal(portal: Portal) -> Figures:
    """All computed figures of a portal."""
    settings = portal.settings
    return portal.once(Figures, lambda: Figures(portal.complete, settings.project, settings.today))


@dataclass(frozen=True)
class FigureOf(Lookup[Figure]):
    """A computed figure.

    Args:
        name: its name.
        project: what names without a project speak of; by default the portal's project.
        day: the day that figures of workshops speak of; by default that of the build.
    """

    name: str
    project: str | None = None
    day: date | None = None

    def result(self, portal: Portal) -> Figure:
        """The figure.

        Raises:
            UnknownFigureError: where there is none of that name.
        """
        figures = figures_of_portal(portal)
        return (figures.on(self.day) if self.day else figures).lookup(self.name, self.project)


@dataclass(frozen=True)
class ClaimOf(Lookup[Judged]):
    """A claim of a project beside the records.

    Args:
        project: the project's id.
        index: the claim's place among the project's claims.
    """

    project: str
    index: int

    def result(self, portal: Portal) -> Judged:
        """The claim, judged.

        Raises:
            NoAnswerError: where there is no such claim.
            UnknownFigureError: where it speaks of a figure that there is not.
        """
        claims = existing(portal, Project, self.project).claims
        if self.index >= len(claims):
            raise NoAnswerError(f"there are {len(claims)} claims")
        return judge(claims[self.index], figures_of_portal(portal), self.project)

    def records(self, result: Judged, portal: Portal) -> Iterator[Record]:
        """The project, which states it."""
        yield existing(portal, Project, self.project)


@dataclass(frozen=True)
class InKindOf(Lookup[InKindTable]):
    """A project's in-kind table.

    Args:
        project: the project's id.
        partner: only the rows of that partner.
        without: note marks, sorted; cells that carry one of them are left out.
    """

    project: str
    partner: str | None = None
    without: tuple[str, ...] = ()

    def result(self, portal: Portal) -> InKindTable:
        """The table."""
        project, marks = existing(portal, Project, self.project), frozenset(self.without)
        return in_kind_table(portal.registry, project, partner=self.partner, without=marks)

    def records(self, result: InKindTable, portal: Portal) -> Iterator[Record]:
        """The project and the rows."""
        yield existing(portal, Project, self.project)
        for row in result.rows:
            yield existing(portal, InKind, row.key)


@dataclass(frozen=True)
class ScenariosOf(Lookup[tuple[Scenario, ...]]):
    """A project's in-kind table with and without conditional contributions.

    Args:
        project: the project's id.
    """

    project: str

    def result(self, portal: Portal) -> tuple[Scenario, ...]:
        """The table under each assumption."""
        return scenarios(portal.registry, existing(portal, Project, self.project))

    def records(self, result: tuple[Scenario, ...], portal: Portal) -> Iterable[Record]:
        """The project and the rows."""
        return InKindOf(self.project).answer(portal).records


@dataclass(frozen=True)
class ShareOf(Lookup[str | None]):
    """A partner's share of a project's in-kind total, as pages show it, such as ``13–24 %``.

    Args:
        project: the project's id.
        partner: the partner's id.
    """

    project: str
    partner: str

    def result(self, portal: Portal) -> str | None:
        """The share; None where the partner has no rows."""
        share = InKindOf(self.project).answer(portal).result.share_of(self.partner)
        return format_percent_range(share, portal.settings.language) if share else None

    def records(self, result: str | None, portal: Portal) -> Iterable[Record]:
        """The project and the partner's rows."""
        return InKindOf(self.project, self.partner).answer(portal).records


@dataclass(frozen=True)
class BudgetOf(Lookup[BudgetTable]):
    """A project's budget.

    Args:
        project: the project's id.
    """

    project: str

    def result(self, portal: Portal) -> BudgetTable:
        """The budget."""
        return budget_table(portal.registry, existing(portal, Project, self.project))

    def records(self, result: BudgetTable, portal: Portal) -> Iterator[Record]:
        """The project and the lines."""
        yield existing(portal, Project, self.project)
        for row in result.rows:
            yield existing(portal, BudgetLine, row.key)
