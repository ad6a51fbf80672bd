"""The in-kind table, its charts, and a partner's part of it."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from guildhall.charts.bars import Bar, BarChart
from guildhall.ledger.in_kind import UNIT, InKindTable
from guildhall.records.kinds.in_kind import InKind
from guildhall.records.kinds.partner import Partner
from guildhall.records.kinds.project import Project
from guildhall.sphinx_ext import display
from guildhall.sphinx_ext.directives.amounts import AmountsDirective
from guildhall.sphinx_ext.directives.base import words
from guildhall.sphinx_ext.tables import TableBuilder, TableCell

_TEXT = directives.unchanged
_CAPTION = "In-kind contributions in person-months (PM)"


class _InKindDirective(AmountsDirective):
    """Shows in-kind rows."""

    option_spec: ClassVar[dict[str, Any]] = {"project": _TEXT}

    def table(
        self, project: Project, table: InKindTable, caption: str, *, totals: bool = True
    ) -> list[nodes.Node]:
        """The rows of ``table``, with totals where there is more than one row."""
        rows = []
        for row in table.rows:
            record = self.shown.get(InKind, row.key, ("label",))
            label = TableCell([display.record_link(InKind.KIND, row.key, row.label)])
            rows.append(self.row(row, table.years, record, label))
        footer = []
        if totals and len(rows) > 1:
            footer.append(self.totals("Total", table.totals, table.total))
        builder = TableBuilder(
            caption=caption,
            prefix=self.prefix("in-kind"),
            header=self.header("Contribution", table.years),
            rows=rows,
            footer=footer,
            notes=self.notes(project, "in_kind", table.notes),
        )
        return builder.build(self.state.document)

    def by_year(self, table: InKindTable, title: str) -> BarChart:
        """A bar a year."""
        bars = [Bar(str(year), total) for year, total in table.totals.items()]
        return BarChart(title, UNIT, bars)


class InKindTableDirective(_InKindDirective):
    """The in-kind table of a project.

    Options:
        project: by default the portal's.
        partner: only the rows of that partner.
        without: note marks; cells that carry one of them are left out.
        totals: ``no`` leaves out the totals row.
    """

    option_spec: ClassVar[dict[str, Any]] = {
        "project": _TEXT,
        "partner": _TEXT,
        "without": _TEXT,
        "totals": lambda argument: directives.choice(argument, ("yes", "no")),
    }

    def build(self) -> list[nodes.Node]:
        """Build the table and its notes."""
        project = self.project("in_kind", "start", "end")
        without = words(self.options.get("without"))
        defined = tuple(project.in_kind.notes) if project.in_kind else ()
        for mark in without:
            if mark not in defined:
                raise self.unknown("note", mark, defined)
        totals = self.options.get("totals", "yes") == "yes"
        partner = self.options.get("partner", "").strip()
        if partner:
            if self.shown.get(Partner, partner, ("label",)) is None:
                raise self.unknown("partner", partner, self.shown.keys(Partner.KIND))
            table = self.shown.in_kind_of(project, partner)
            return self.table(project, table, _CAPTION, totals=totals)
        caption = _CAPTION
        if without:
            caption = f"{_CAPTION}, without amounts under note {', '.join(without)}"
        table = self.shown.in_kind(project, without)
        return self.table(project, table, caption, totals=totals)


class InKindScenarios(_InKindDirective):
    """Totals of the in-kind table with and without conditional contributions."""

    def build(self) -> list[nodes.Node]:
        """Build the table."""
        project = self.project("in_kind", "start", "end")
        rows = [
            self.totals(scenario.label, scenario.table.totals, scenario.table.total)
            for scenario in self.shown.in_kind_scenarios(project)
        ]
        builder = TableBuilder(
            caption="In-kind totals with and without conditional contributions (PM)",
            prefix=self.prefix("scenarios"),
            header=self.header("Counted", project.period.years),
            rows=rows,
        )
        return builder.build(self.state.document)


class InKindChart(_InKindDirective):
    """A chart of in-kind contributions.

    Options:
        project: by default the portal's.
        by: ``partner`` (default) or ``year``.
    """

    option_spec: ClassVar[dict[str, Any]] = {
        "project": _TEXT,
        "by": lambda argument: directives.choice(argument, ("partner", "year")),
    }

    def build(self) -> list[nodes.Node]:
        """Build the chart, with its numbers beneath it."""
        project = self.project("in_kind", "start", "end")
        table = self.shown.in_kind(project)
        if self.options.get("by", "partner") == "year":
            drawn = self.by_year(table, "In-kind contributions by year")
            return self.picture(drawn, self.data_table(drawn, "Year"))
        bars = [Bar(name, table.of_partner(key)) for key, name in table.partners.items()]
        drawn = BarChart("In-kind contributions by partner", UNIT, bars)
        return self.picture(drawn, self.data_table(drawn, "Partner"))


class PartnerContribution(_InKindDirective):
    """For a partner's page: its rows in one project, its share, and a chart by year."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {}

    def build(self) -> list[nodes.Node]:
        """Build the table, the share in words, and the chart."""
        partner = self.own_record_of(Partner)
        project = self.project("in_kind", "start", "end")
        table = self.shown.in_kind_of(project, partner.key)
        if not table.rows:
            return [display.paragraph(nodes.Text("No in-kind contribution is recorded."))]
        built = self.table(project, table, _CAPTION)
        share = self.shown.share(project.key, partner.key)
        if share:
            text = f"Share of all in-kind contributions: {share}, computed from the table."
            built.append(display.paragraph(nodes.Text(text), classes=["gh-computed"]))
        drawn = self.by_year(table, f"In-kind contribution of {partner.label} by year")
        return [*built, *self.picture(drawn, self.data_table(drawn, "Year"))]


class InKindRow(_InKindDirective):
    """For the page of an in-kind row: the row with its notes, and a chart by year."""

    option_spec: ClassVar[dict[str, Any]] = {}

    def build(self) -> list[nodes.Node]:
        """Build the table and the chart."""
        record = self.own_record_of(InKind)
        project = self.project("in_kind", "start", "end", key=record.project)
        whole = self.shown.in_kind_of(project, record.partner)
        table = whole.only(record.key)
        built = self.table(project, table, _CAPTION)
        drawn = self.by_year(table, f"{record.name}: person-months by year")
        return [*built, *self.picture(drawn, self.data_table(drawn, "Year"))]


DIRECTIVES: dict[str, type[AmountsDirective]] = {
    "in-kind-table": InKindTableDirective,
    "in-kind-scenarios": InKindScenarios,
    "in-kind-chart": InKindChart,
    "in-kind-row": InKindRow,
    "partner-contribution": PartnerContribution,
}
