"""The budget table, its summary and its chart."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from guildhall.charts.bars import Bar, BarChart
from guildhall.ledger.budget import BudgetRow, BudgetTable
from guildhall.records.kinds.budget_line import BudgetLine
from guildhall.records.kinds.project import Project
from guildhall.sphinx_ext import display
from guildhall.sphinx_ext.directives.amounts import TOTAL, AmountsDirective
from guildhall.sphinx_ext.directives.base import UnusableError
from guildhall.sphinx_ext.labels import line_type
from guildhall.sphinx_ext.tables import TableBuilder, TableCell
from guildhall.words import word

_SHOWN = ("budget", "start", "end")


class _BudgetDirective(AmountsDirective):
    """Shows budget lines."""

    option_spec: ClassVar[dict[str, Any]] = {"project": directives.unchanged}

    def lines(
        self, project: Project, table: BudgetTable, rows: tuple[BudgetRow, ...]
    ) -> list[nodes.Node]:
        """The rows with their notes; the header names the currency."""
        language = self.language
        built = []
        for row in rows:
            record = self.shown.get(BudgetLine, row.key, ("label",))
            link = display.record_link(BudgetLine.KIND, row.key, row.label)
            label = TableCell([link], notes=row.notes)
            cells = self.row(row, table.years, record, label)
            if row.currency != table.currency:
                cells[-1] = TableCell(f"{cells[-1].content} {row.currency}", TOTAL)
            built.append([cells[0], TableCell(line_type(language, row.type)), *cells[1:]])
        used = tuple(sorted({mark for row in rows for mark in row.marks}))
        line = word(language, "Line ({currency})").format(currency=table.currency)
        header = self.header(line, table.years)
        builder = TableBuilder(
            caption=word(language, "Budget lines in {currency}").format(currency=table.currency),
            prefix=self.prefix("budget"),
            header=[header[0], TableCell(word(language, "What it is")), *header[1:]],
            rows=built,
            notes=self.notes(project, "budget", used),
            widths=(4, 2, *([1] * (len(table.years) + 1))),
        )
        return builder.build(self.state.document)


class BudgetTableDirective(_BudgetDirective):
    """The budget lines of a project, as the source states them."""

    def build(self) -> list[nodes.Node]:
        """Build the table, its notes, and who pays."""
        project = self.project(*_SHOWN)
        table = self.shown.budget(project)
        built = self.lines(project, table, table.rows)
        if project.budget:
            text = word(self.language, "These costs are invoiced to {payer}.")
            text = text.format(payer=project.budget.payer)
            built.append(display.paragraph(nodes.Text(text)))
        return built


class BudgetSummary(_BudgetDirective):
    """What is required, what is allocated towards it, and what nothing covers, by year."""

    def build(self) -> list[nodes.Node]:
        """Build the table, and say what is computed."""
        project = self.project(*_SHOWN)
        table = self.shown.budget(project)
        if table.required is None:
            raise UnusableError("the budget has currencies without a stated rate; no sum is shown")
        language = self.language
        rows = [
            self.totals(text.format(purpose=part.purpose), sums.years, sums.total)
            for part in table.coverage
            for text, sums in (
                (word(language, "Required for {purpose}"), part.required),
                (word(language, "Allocated towards {purpose}"), part.allocated),
                (word(language, "Not covered for {purpose}"), part.uncovered),
            )
        ]
        in_all = word(language, "Required in all")
        footer = [self.totals(in_all, table.required.years, table.required.total)]
        caption = word(language, "Required and allocated in {currency} (computed)")
        heading = word(language, "Sum ({currency})").format(currency=table.currency)
        builder = TableBuilder(
            caption=caption.format(currency=table.currency),
            prefix=self.prefix("budget-summary"),
            header=self.header(heading, table.years),
            rows=rows,
            footer=footer,
        )
        built = builder.build(self.state.document)
        built.append(display.paragraph(nodes.Text(self._origin(project)), classes=["gh-computed"]))
        return built

    def _origin(self, project: Project) -> str:
        has_totals = project.budget is not None and project.budget.stated is not None
        language = self.language
        origin = (
            word(language, "The source states totals; each was checked against these sums.")
            if has_totals
            else word(
                language, "The source states no total row: these sums are computed from its lines."
            )
        )
        allocations = word(
            language,
            "An allocation is money set aside, not a cost, so it is never added to what is "
            "required.",
        )
        return f"{origin} {allocations}"


class BudgetChart(_BudgetDirective):
    """A chart of what is required by year, or by line.

    Options:
        project: by default the portal's.
        by: ``year`` (default) or ``line``.
    """

    option_spec: ClassVar[dict[str, Any]] = {
        "project": directives.unchanged,
        "by": lambda argument: directives.choice(argument, ("year", "line")),
    }

    def build(self) -> list[nodes.Node]:
        """Build the chart, with its numbers beneath it."""
        language = self.language
        project = self.project(*_SHOWN)
        table = self.shown.budget(project)
        if self.options.get("by", "year") == "line":
            bars = [
                Bar(
                    f"{row.label} ({line_type(language, row.type)})",
                    row.total,
                    2 if row.type == "allocation" else 1,
                )
                for row in table.rows
                if row.currency == table.currency
            ]
            drawn = BarChart(word(language, "Budget by line"), table.currency, bars)
            return self.picture(drawn, self.data_table(drawn, word(language, "Line")))
        if table.required is None or table.allocated is None:
            raise UnusableError("the budget has currencies without a stated rate; no sum is drawn")
        bars = []
        for year in table.years:
            required = word(language, "{year}: required").format(year=year)
            allocated = word(language, "{year}: allocated").format(year=year)
            bars.append(Bar(required, table.required.years[year]))
            bars.append(Bar(allocated, table.allocated.years[year], 2))
        drawn = BarChart(word(language, "Budget by year"), table.currency, bars)
        return self.picture(drawn, self.data_table(drawn, word(language, "Year")))


class BudgetLineRow(_BudgetDirective):
    """For the page of a budget line: the line with its notes."""

    option_spec: ClassVar[dict[str, Any]] = {}

    def build(self) -> list[nodes.Node]:
        """Build the table."""
        record = self.own_record_of(BudgetLine)
        project = self.project(*_SHOWN, key=record.project)
        table = self.shown.budget(project)
        return self.lines(project, table, tuple(r for r in table.rows if r.key == record.key))


DIRECTIVES: dict[str, type[AmountsDirective]] = {
    "budget-table": BudgetTableDirective,
    "budget-summary": BudgetSummary,
    "budget-chart": BudgetChart,
    "budget-line-row": BudgetLineRow,
}
