"""The budget table, its summary and its chart."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from guildhall.core.values.format import format_date, format_range
from guildhall.core.values.money import decimals_of
from guildhall.core.words import word
from guildhall.model.records.kinds.budget_line import BudgetLine
from guildhall.model.records.kinds.project import Project
from guildhall.network.ledger.budget import ALLOCATION, Amounts, BudgetRow, BudgetTable
from guildhall.network.ledger.lookups import BudgetOf
from guildhall.sphinx_ext.charts.bars import Bar, BarChart
from guildhall.sphinx_ext.directives.amounts import AmountsDirective
from guildhall.sphinx_ext.directives.table_files import offer
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.labels import line_type
from guildhall.sphinx_ext.rendering.tables import TableBuilder, TableCell

_SHOWN = ("budget", "start", "end")


class _BudgetDirective(AmountsDirective):
    """Shows budget lines."""

    option_spec: ClassVar[dict[str, Any]] = {"project": directives.unchanged}

    def lines(
        self,
        project: Project,
        table: BudgetTable,
        rows: tuple[BudgetRow, ...],
        sums: Mapping[str, Amounts] | None = None,
    ) -> list[nodes.Node]:
        """The rows with their notes, each in its own currency.

        The caption names the currency where there is one; otherwise a column does, and lines in
        other currencies than the table's stand in that one too, below themselves.

        Args:
            project: the project of the budget.
            table: the budget.
            rows: the rows to show of it.
            sums: computed sums by their names, at the end of the table, in the budget's currency;
                None where the rows are only a part of the budget, which has no files.
        """
        is_whole, sums = sums is not None, sums or {}
        language, currency = self.language, table.currency
        is_mixed = any(row.currency != currency for row in rows)
        decimals = {code: _decimals(rows, code) for code in {row.currency for row in rows}}
        converted = decimals_of(
            [
                amount
                for row in rows
                if row.currency != currency and row.converted
                for amount in row.converted.years.values()
            ],
            currency,
            computed=True,
        )
        summed = self.sum_decimals(sums.values(), currency)
        decimals[currency] = max(decimals.get(currency, 0), converted, summed)
        built = []
        for row in rows:
            record = self.shown.get(BudgetLine, row.key, ("label",))
            link = display.record_link(BudgetLine.KIND, row.key, row.label)
            label = TableCell([link], notes=row.notes)
            cells = self.row(row, table.years, record, label, decimals[row.currency])
            what = [TableCell(line_type(language, row.type))]
            if is_mixed:
                what.append(TableCell(row.currency))
            built.append([cells[0], *what, *cells[1:]])
            if row.converted and row.currency != currency:
                text = word(language, "{name}, in {currency}")
                named = text.format(name=row.label, currency=currency)
                cells = self._sums(named, row.converted, decimals[currency])
                what = [TableCell(word(language, "converted")), TableCell(currency)]
                built.append([cells[0], *what, *cells[1:]])
        footer = []
        for name, each in sums.items():
            cells = self._sums(name, each, decimals[currency])
            what = [TableCell(), *([TableCell(currency)] if is_mixed else [])]
            footer.append([cells[0], *what, *cells[1:]])
        used = tuple(sorted({mark for row in rows for mark in row.marks}))
        if is_mixed:
            caption = word(language, "Budget lines, each in its own currency")
            header = self.header(word(language, "Line"), table.years)
            more = [TableCell(word(language, "Currency"))]
        else:
            caption = word(language, "Budget lines in {currency}").format(currency=currency)
            line = word(language, "Line ({currency})").format(currency=currency)
            header, more = self.header(line, table.years), []
        builder = TableBuilder(
            caption=caption,
            prefix=self.prefix("budget"),
            header=[header[0], TableCell(word(language, "Type")), *more, *header[1:]],
            rows=built,
            footer=footer,
            notes=self.notes(project, "budget", used),
            widths=(4, 2, *([1] * (len(table.years) + 1 + is_mixed))),
        )
        shown = {row.currency for row in rows}
        rounded = list(self.rounded_rows(rows))
        if sums and project.budget and table.required:
            required = table.required
            rounded += self.rounded_totals(project.budget.stated, required.years, required.total)
        files = [offer(self, builder.prefix, builder.sheet())] if is_whole else []
        return [
            *builder.build(self.state.document),
            *files,
            *self.rounded(rounded),
            *self.rates(table, shown),
            *self.missing_rates(table, shown),
        ]

    def _sums(self, label: str, sums: Amounts, decimals: int) -> list[TableCell]:
        return self.totals(label, sums.years, sums.total, decimals)

    def rates(self, table: BudgetTable, currencies: Container[str]) -> list[nodes.Node]:
        """At which rates amounts in some currencies are converted."""
        language = self.language
        told = []
        for code, stated in table.rates.items():
            if code not in currencies:
                continue
            text = word(language, "Converted at 1 {currency} = {rate} {table}")
            rate = format_range(stated.rate, language)
            line = text.format(currency=code, rate=rate, table=table.currency)
            day = word(language, "no date given")
            if stated.date:
                day = format_date(stated.date, language)
            told.append(f"{line} ({', '.join(filter(None, (day, stated.source)))}).")
        return [display.paragraph(nodes.Text(" ".join(told)), classes=["gh-computed"])] * bool(told)

    def missing_rates(
        self, table: BudgetTable, currencies: Container[str] | None = None
    ) -> list[nodes.Node]:
        """That no sums are made across currencies without a stated rate."""
        codes = [code for code in table.unrated if currencies is None or code in currencies]
        if not codes:
            return []
        text = word(
            self.language,
            "No exchange rate to {table} is given for {currencies}, so there is no total across "
            "currencies.",
        ).format(table=table.currency, currencies=", ".join(codes))
        return [display.paragraph(nodes.Text(text), classes=["gh-computed"])]

    def sum_decimals(self, sums: Iterable[Amounts], currency: str) -> int:
        """The decimals of computed sums."""
        amounts = [each for part in sums for each in (*part.years.values(), part.total)]
        return decimals_of(amounts, currency, computed=True)


class BudgetTableDirective(_BudgetDirective):
    """The budget lines of a project, as the source states them, and their computed sums.

    What is required and what is allocated have a sum each, where there are several such lines.
    """

    def build(self) -> list[nodes.Node]:
        """Build the table, its notes, and who pays."""
        project = self.project(*_SHOWN)
        table = self.shown.ask(BudgetOf(project.key))
        built = self.lines(project, table, table.rows, dict(self._totals(table)))
        if project.budget:
            text = word(self.language, "These costs are invoiced to {payer}.")
            text = text.format(payer=project.budget.payer)
            built.append(display.paragraph(nodes.Text(text)))
        return built

    def _totals(self, table: BudgetTable) -> Iterator[tuple[str, Amounts]]:
        allocations = sum(row.type == ALLOCATION for row in table.rows)
        if table.required and len(table.rows) - allocations > 1:
            yield word(self.language, "Total required"), table.required
        if table.allocated and allocations > 1:
            yield word(self.language, "Total allocated"), table.allocated


class BudgetSummary(_BudgetDirective):
    """What is required, allocated and not covered, by year."""

    def build(self) -> list[nodes.Node]:
        """Build the table, and say what is computed."""
        project = self.project(*_SHOWN)
        table = self.shown.ask(BudgetOf(project.key))
        if table.required is None:
            return self.missing_rates(table)
        language = self.language
        decimals = self.sum_decimals(
            [
                table.required,
                *(
                    sums
                    for part in table.coverage
                    for sums in (part.required, part.allocated, part.uncovered)
                ),
            ],
            table.currency,
        )
        rows = [
            self._sums(text.format(purpose=part.purpose), sums, decimals)
            for part in table.coverage
            for text, sums in (
                (word(language, "Required for {purpose}"), part.required),
                (word(language, "Allocated towards {purpose}"), part.allocated),
                (word(language, "Not covered for {purpose}"), part.uncovered),
            )
        ]
        in_all = word(language, "Total required")
        required = table.required
        footer = [self._sums(in_all, required, decimals)]
        caption = word(language, "Required and allocated in {currency} (computed)")
        heading = word(language, "Total ({currency})").format(currency=table.currency)
        builder = TableBuilder(
            caption=caption.format(currency=table.currency),
            prefix=self.prefix("budget-summary"),
            header=self.header(heading, table.years),
            rows=rows,
            footer=footer,
        )
        built = builder.build(self.state.document)
        built.append(offer(self, builder.prefix, builder.sheet()))
        stated = project.budget.stated if project.budget else None
        built += self.rounded(self.rounded_totals(stated, required.years, required.total))
        built.append(display.paragraph(nodes.Text(self._origin(project)), classes=["gh-computed"]))
        return [*built, *self.rates(table, table.rates)]

    def _origin(self, project: Project) -> str:
        has_totals = project.budget is not None and project.budget.stated is not None
        language = self.language
        origin = (
            word(language, "The source states totals; each has been checked against these sums.")
            if has_totals
            else word(
                language, "The source states no totals; these sums are computed from its lines."
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
        table = self.shown.ask(BudgetOf(project.key))
        if self.options.get("by", "year") == "line":
            sums = [(row, row.converted) for row in table.rows if row.converted]
            bars = [
                Bar(
                    f"{row.label} ({line_type(language, row.type)})",
                    amounts.total,
                    2 if row.type == ALLOCATION else 1,
                )
                for row, amounts in sums
            ]
            decimals = decimals_of([bar.value for bar in bars], table.currency, computed=True)
            title = word(language, "Budget by line")
            drawn = BarChart(title, table.currency, bars, decimals)
            picture = self.picture(drawn, self.data_table(drawn, word(language, "Line")))
            return [*picture, *self.rates(table, table.rates), *self.missing_rates(table)]
        if table.required is None or table.allocated is None:
            return self.missing_rates(table)
        bars = []
        for year in table.years:
            required = word(language, "{year}: required").format(year=year)
            allocated = word(language, "{year}: allocated").format(year=year)
            bars.append(Bar(required, table.required.years[year]))
            bars.append(Bar(allocated, table.allocated.years[year], 2))
        decimals = self.sum_decimals([table.required, table.allocated], table.currency)
        drawn = BarChart(word(language, "Budget by year"), table.currency, bars, decimals)
        picture = self.picture(drawn, self.data_table(drawn, word(language, "Year")))
        return [*picture, *self.rates(table, table.rates)]


def _decimals(rows: Iterable[BudgetRow], currency: str) -> int:
    """The decimals of the stated amounts of one currency, and of their sums."""
    own = [row for row in rows if row.currency == currency]
    stated = [cell.amount for row in own for cell in row.cells.values() if cell]
    return decimals_of([*stated, *(row.total for row in own)], currency)


class BudgetLineRow(_BudgetDirective):
    """For the page of a budget line: the line with its notes."""

    option_spec: ClassVar[dict[str, Any]] = {}

    def build(self) -> list[nodes.Node]:
        """Build the table."""
        record = self.own_record_of(BudgetLine)
        project = self.project(*_SHOWN, key=record.project)
        table = self.shown.ask(BudgetOf(project.key))
        return self.lines(project, table, tuple(r for r in table.rows if r.key == record.key))


DIRECTIVES: dict[str, type[AmountsDirective]] = {
    "budget-table": BudgetTableDirective,
    "budget-summary": BudgetSummary,
    "budget-chart": BudgetChart,
    "budget-line-row": BudgetLineRow,
}
