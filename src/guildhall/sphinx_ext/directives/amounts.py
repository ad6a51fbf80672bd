"""Tables of amounts by year: what the in-kind table and the budget have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from docutils import nodes

from guildhall.core.values.cells import Cell
from guildhall.core.values.format import capital, format_range, with_decimals
from guildhall.core.values.numbers import Range, plain
from guildhall.core.words import word
from guildhall.model.base.model import Record
from guildhall.model.records.kinds.project import Note, Project, StatedTotals
from guildhall.network.ledger.amounts import Row
from guildhall.sphinx_ext.charts.bars import BarChart, render_bars
from guildhall.sphinx_ext.records.directive import PortalDirective
from guildhall.sphinx_ext.records.prose import render_prose
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.nodes import chart, disclosure
from guildhall.sphinx_ext.rendering.tables import TableBuilder, TableCell, TableNote

NUMBER = ("gh-number",)
TOTAL = ("gh-number", "gh-total")


class AmountsDirective(PortalDirective):
    """A directive that shows amounts."""

    def amount(
        self, value: Range, classes: tuple[str, ...] = NUMBER, decimals: int | None = None
    ) -> TableCell:
        """A cell with a computed amount."""
        text = format_range(value, self.language, decimals)
        return TableCell(text, classes, number=_number(value, decimals))

    def stated(
        self, cell: Cell | None, record: Record | None, year: int, decimals: int | None = None
    ) -> TableCell:
        """A cell with an amount of a record, empty where it has none."""
        if cell is None:
            return TableCell("", NUMBER)
        source = None
        if record is not None:
            source = (str(record.origin.path), record.at("amounts", str(year)).line)
        text = format_range(cell.amount, self.language, decimals)
        return TableCell(text, NUMBER, cell.notes, source, _number(cell.amount, decimals))

    def row(
        self,
        row: Row,
        years: Iterable[int],
        record: Record | None,
        label: TableCell,
        decimals: int | None = None,
    ) -> list[TableCell]:
        """A table row: label, a cell a year, and the computed total with the marks stated on it."""
        total = self.amount(row.total, TOTAL, decimals)
        marks = row.stated.notes if row.stated else ()
        return [
            label,
            *(self.stated(row.cells[year], record, year, decimals) for year in years),
            replace(total, notes=marks),
        ]

    def totals(
        self, label: str, years: Mapping[int, Range], total: Range, decimals: int | None = None
    ) -> list[TableCell]:
        """A row of computed totals."""
        return [
            TableCell(label),
            *(self.amount(amount, NUMBER, decimals) for amount in years.values()),
            self.amount(total, TOTAL, decimals),
        ]

    def rounded(self, totals: Iterable[tuple[str, Range, Range]]) -> list[nodes.Node]:
        """What the source states of sums that it rounded; nothing where all are exact.

        Args:
            totals: label, stated total and computed total of each that the source rounded.
        """
        text = word(self.language, "{name}: {stated}, computed {computed}")
        told = [
            text.format(
                name=name,
                stated=format_range(stated, self.language),
                computed=format_range(computed, self.language),
            )
            for name, stated, computed in totals
            if stated != computed
        ]
        if not told:
            return []
        line = word(self.language, "Totals as rounded by their source: {totals}.")
        line = line.format(totals="; ".join(told))
        return [display.paragraph(nodes.Text(line), classes=["gh-computed"])]

    def rounded_rows(self, rows: Iterable[Row]) -> Iterator[tuple[str, Range, Range]]:
        """The totals of rows that their source rounded."""
        for row in rows:
            if row.stated and row.rounded_to:
                yield row.label, row.stated.amount, row.total

    def rounded_totals(
        self, stated: StatedTotals | None, years: Mapping[int, Range], total: Range
    ) -> Iterator[tuple[str, Range, Range]]:
        """The totals of a table that their source rounded."""
        if stated is None or stated.rounded_to is None:
            return
        for year, amount in stated.years.items():
            if year in years:
                yield str(year), amount, years[year]
        if stated.total is not None:
            yield word(self.language, "Total"), stated.total, total

    def header(self, label: str, years: Iterable[int]) -> list[TableCell]:
        """The header: the label, the years, the total."""
        return [
            TableCell(label),
            *(TableCell(str(year), NUMBER) for year in years),
            TableCell(word(self.language, "Total"), TOTAL),
        ]

    def notes(self, project: Project, part: str, used: Iterable[str]) -> list[TableNote]:
        """The notes of a project's table that are in use."""
        statement = getattr(project, part)
        defined: Mapping[str, Note] = statement.notes if statement else {}
        return [
            TableNote(
                mark,
                render_prose(project, (part, "notes", mark, "text"), self.state.document),
            )
            for mark in used
            if mark in defined
        ]

    def picture(self, drawn: BarChart, data: Sequence[nodes.Node] = ()) -> list[nodes.Node]:
        """A chart, and beneath it the table of its numbers unless another one has them."""
        svg = render_bars(drawn, prefix=self.prefix("chart"), locale=self.language)
        box = chart(svg=svg, title=f"{drawn.title} ({drawn.unit})")
        if data:
            summary = word(self.language, "{title}: the numbers").format(title=drawn.title)
            box += disclosure("", *data, summary=summary, classes=["gh-chart-data"])
        return [box]

    def data_table(self, drawn: BarChart, label: str) -> list[nodes.Node]:
        """The numbers of a chart as a table."""
        builder = TableBuilder(
            caption=f"{drawn.title} ({drawn.unit})",
            prefix=self.prefix("chart-data"),
            header=[TableCell(label), TableCell(capital(drawn.unit), NUMBER)],
            rows=[
                [TableCell(bar.label), self.amount(bar.value, NUMBER, drawn.decimals)]
                for bar in drawn.bars
            ],
        )
        return builder.build(self.state.document)


def _number(value: Range, decimals: int | None) -> Decimal | None:
    """The number that a page shows of an amount; None where it is a range, or not certain."""
    if not value.is_exact:
        return None
    return Decimal(plain(value.low)) if decimals is None else with_decimals(value.low, decimals)
