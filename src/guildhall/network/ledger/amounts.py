"""What rows of amounts by year have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from guildhall.core.values.cells import Cell
from guildhall.core.values.numbers import Range


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Args:
        key: the record's id.
        label: the row's name.
        cells: the amount of each year; None where the record has none.
        stated: the total as the source states it.
        total: the sum of the cells.
        notes: marks on the row's name.
        rounded_to: what the source rounded the stated total to.
    """

    key: str
    label: str
    cells: Mapping[int, Cell | None]
    stated: Cell | None
    total: Range
    notes: tuple[str, ...] = ()
    rounded_to: Decimal | None = None

    @property
    def marks(self) -> tuple[str, ...]:
        """All note marks of the row, each once, in the order of their places."""
        on_cells = (mark for cell in self.cells.values() if cell for mark in cell.notes)
        on_total = self.stated.notes if self.stated else ()
        return tuple(dict.fromkeys((*self.notes, *on_cells, *on_total)))


def cells_by_year(
    amounts: Mapping[int, Cell], years: Iterable[int], without: frozenset[str] = frozenset()
) -> dict[int, Cell | None]:
    """The cell of each year; None for years without one, and for cells that carry a mark of
    ``without``."""
    found: dict[int, Cell | None] = {}
    for year in years:
        cell = amounts.get(year)
        found[year] = None if cell is None or without & set(cell.notes) else cell
    return found


def sum_cells(cells: Iterable[Cell | None]) -> Range:
    """The interval sum of cells; those that are None count as 0."""
    return Range.total(cell.amount for cell in cells if cell is not None)


def column_totals(rows: Iterable[Row], years: Iterable[int]) -> dict[int, Range]:
    """The interval sum of each year."""
    held = list(rows)
    return {year: sum_cells(row.cells[year] for row in held) for year in years}


def used_marks(rows: Iterable[Row]) -> tuple[str, ...]:
    """All note marks of a table, sorted."""
    return tuple(sorted({mark for row in rows for mark in row.marks}))
