"""The in-kind table, its charts, and a partner's part of it."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from guildhall.core.words import word
from guildhall.model.records.kinds.in_kind import InKind
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.project import Project
from guildhall.network.ledger.in_kind import InKindTable, Scenario
from guildhall.network.ledger.lookups import InKindOf, ScenariosOf, ShareOf
from guildhall.sphinx_ext.charts.bars import Bar, BarChart
from guildhall.sphinx_ext.directives.amounts import AmountsDirective
from guildhall.sphinx_ext.directives.table_files import offer
from guildhall.sphinx_ext.records.directive import words
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.tables import TableBuilder, TableCell

_TEXT = directives.unchanged


class _InKindDirective(AmountsDirective):
    """Shows in-kind rows."""

    option_spec: ClassVar[dict[str, Any]] = {"project": _TEXT}

    def table(
        self,
        project: Project,
        table: InKindTable,
        without: str = "",
        *,
        totals: bool = True,
        part: bool = False,
    ) -> list[nodes.Node]:
        """The rows of ``table``, with totals where there is more than one row.

        Args:
            project: the project of the rows.
            table: the rows.
            without: the note marks that the caption says are left out.
            totals: whether there is a row of totals.
            part: whether the rows are only a part of the project's table.
        """
        caption = word(self.language, "In-kind contributions in person-months (PM)")
        if without:
            text = word(self.language, "{caption}, excluding amounts under note {marks}")
            caption = text.format(caption=caption, marks=without)
        rows = []
        for row in table.rows:
            record = self.shown.get(InKind, row.key, ("label",))
            label = TableCell([display.record_link(InKind.KIND, row.key, row.label)])
            rows.append(self.row(row, table.years, record, label))
        footer = []
        if totals and len(rows) > 1:
            footer.append(self.totals(word(self.language, "Total"), table.totals, table.total))
        builder = TableBuilder(
            caption=caption,
            prefix=self.prefix("in-kind"),
            header=self.header(word(self.language, "Contribution"), table.years),
            rows=rows,
            footer=footer,
            notes=self.notes(project, "in_kind", table.notes),
        )
        rounded = list(self.rounded_rows(table.rows))
        files = [] if part else [offer(self, builder.prefix, builder.sheet())]
        if footer and not part and not without and project.in_kind:
            stated = project.in_kind.stated
            rounded += self.rounded_totals(stated, table.totals, table.total)
        return [*builder.build(self.state.document), *files, *self.rounded(rounded)]

    def by_year(self, table: InKindTable, title: str) -> BarChart:
        """A bar a year."""
        bars = [Bar(str(year), total) for year, total in table.totals.items()]
        return BarChart(title, word(self.language, "person-months"), bars)


class InKindTableDirective(_InKindDirective):
    """The in-kind table of a project.

    Options:
        project: by default the portal's.
        partner: only the rows of that partner.
        without: note marks; cells with one of them are left out.
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
            table = self.shown.ask(InKindOf(project.key, partner))
            return self.table(project, table, totals=totals, part=True)
        table = self.shown.ask(InKindOf(project.key, without=tuple(sorted(without))))
        return self.table(project, table, ", ".join(without), totals=totals)


class InKindScenarios(_InKindDirective):
    """Totals of the in-kind table with and without conditional contributions."""

    def build(self) -> list[nodes.Node]:
        """Build the table."""
        project = self.project("in_kind", "start", "end")
        rows = [
            self.totals(self._label(project, scenario), scenario.table.totals, scenario.table.total)
            for scenario in self.shown.ask(ScenariosOf(project.key))
        ]
        builder = TableBuilder(
            caption=word(
                self.language, "In-kind totals with and without conditional contributions (PM)"
            ),
            prefix=self.prefix("scenarios"),
            header=self.header(word(self.language, "Included"), project.period.years),
            rows=rows,
        )
        built = builder.build(self.state.document)
        return [*built, offer(self, builder.prefix, builder.sheet())]

    def _label(self, project: Project, scenario: Scenario) -> str:
        """The assumption in words; ``Scenario.label`` is the same in English."""
        if not scenario.without:
            return word(self.language, "All contributions as stated")
        notes = project.in_kind.notes if project.in_kind else {}
        first = notes[scenario.without[0]].condition
        if len(scenario.without) == 1 and first:
            text = word(self.language, "Excluding amounts under note {mark}: {name}")
            return text.format(mark=scenario.without[0], name=first.name)
        text = word(self.language, "Excluding all conditional amounts: notes {marks}")
        return text.format(marks=", ".join(scenario.without))


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
        table = self.shown.ask(InKindOf(project.key))
        if self.options.get("by", "partner") == "year":
            drawn = self.by_year(table, word(self.language, "In-kind contributions by year"))
            return self.picture(drawn, self.data_table(drawn, word(self.language, "Year")))
        bars = [Bar(name, table.of_partner(key)) for key, name in table.partners.items()]
        title = word(self.language, "In-kind contributions by partner")
        drawn = BarChart(title, word(self.language, "person-months"), bars)
        return self.picture(drawn, self.data_table(drawn, word(self.language, "Partner")))


class PartnerContribution(_InKindDirective):
    """For a partner's page: its rows in one project, its share, and a chart by year."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {}

    def build(self) -> list[nodes.Node]:
        """Build the table, the share in words, and the chart."""
        partner = self.own_record_of(Partner)
        project = self.project("in_kind", "start", "end")
        table = self.shown.ask(InKindOf(project.key, partner.key))
        if not table.rows:
            text = word(self.language, "No in-kind contribution is recorded.")
            return [display.paragraph(nodes.Text(text))]
        built = self.table(project, table, part=True)
        share = self.shown.ask(ShareOf(project.key, partner.key))
        if share:
            text = word(
                self.language,
                "Share of all in-kind contributions: {share}, computed from the table.",
            ).format(share=share)
            built.append(display.paragraph(nodes.Text(text), classes=["gh-computed"]))
        title = word(self.language, "In-kind contribution of {partner} by year")
        # Its numbers are those of the table.
        return [*built, *self.picture(self.by_year(table, title.format(partner=partner.label)))]


class InKindRow(_InKindDirective):
    """For the page of an in-kind row: the row with its notes, and a chart by year."""

    option_spec: ClassVar[dict[str, Any]] = {}

    def build(self) -> list[nodes.Node]:
        """Build the table and the chart."""
        record = self.own_record_of(InKind)
        project = self.project("in_kind", "start", "end", key=record.project)
        whole = self.shown.ask(InKindOf(project.key, record.partner))
        table = whole.only(record.key)
        built = self.table(project, table, part=True)
        title = word(self.language, "{name}: person-months by year").format(name=record.name)
        return [*built, *self.picture(self.by_year(table, title))]


DIRECTIVES: dict[str, type[AmountsDirective]] = {
    "in-kind-table": InKindTableDirective,
    "in-kind-scenarios": InKindScenarios,
    "in-kind-chart": InKindChart,
    "in-kind-row": InKindRow,
    "partner-contribution": PartnerContribution,
}
