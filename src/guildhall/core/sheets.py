"""Tables as files: CSV, and workbooks for spreadsheet programs.

The same table gives the same bytes, whenever and wherever the files are made.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

SheetCell = str | int | Decimal | None
"""A text, a number, or None where nothing is known."""

_FORMULA_STARTS = ("=", "+", "-", "@")
_DIGITS_KEPT = 15
"""How many digits of a number spreadsheet programs keep."""
_WIDEST = 60
_CREATED = datetime(1980, 1, 1)
"""When all workbooks say that they were made: the first day that an archive can name."""


def csv_of(rows: Iterable[Iterable[SheetCell]]) -> bytes:
    """Rows as CSV, as RFC 4180 has it, in UTF-8; None is empty, and no text is a formula.

    Text that begins like a formula gets an apostrophe before it: the recommendation of OWASP
    against CSV injection.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)  # The default dialect is the one of RFC 4180.
    writer.writerows(_inert(row) for row in rows)
    return text.getvalue().encode()


def _inert(row: Iterable[SheetCell]) -> list[SheetCell]:
    return [
        f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell
        for cell in row
    ]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a page, as it is shown.

    Args:
        title: what it shows.
        header: the names of its columns.
        rows: its rows, sums among them.
        notes: mark and text of each note under it.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[SheetCell, ...], ...]
    notes: tuple[tuple[str, str], ...] = ()

    def to_csv(self) -> bytes:
        """The table as CSV; notes follow after an empty row."""
        return csv_of([self.header, *self.rows, *self._below()])

    def to_xlsx(self) -> bytes:
        """The table as a workbook of one sheet, whose first row stays in view.

        Numbers are numbers, with the decimals that the page shows; one with more digits than
        spreadsheet programs keep is text, and so is everything else. Nothing is a formula.
        """
        # Only builds that make one pay for the library.
        from xlsxwriter import Workbook

        file = io.BytesIO()
        with Workbook(file, {"in_memory": True}) as book:
            book.set_properties({"title": self.title, "created": _CREATED})
            page, bold = book.add_worksheet(), book.add_format({"bold": True})
            formats = {
                decimals: book.add_format({"num_format": _pattern(decimals)})
                for decimals in sorted({_decimals(cell) for row in self.rows for cell in row})
            }
            page.freeze_panes(1, 1)
            for column, name in enumerate(self.header):
                page.set_column(column, column, self._width(column))
                page.write_string(0, column, name, bold)
            for line, row in enumerate([*self.rows, *self._below()], start=1):
                for column, cell in enumerate(row):
                    if isinstance(cell, str) or _is_long(cell):
                        page.write_string(line, column, str(cell))
                    elif cell is not None:
                        page.write_number(line, column, cell, formats[_decimals(cell)])
        return file.getvalue()

    def _below(self) -> Sequence[tuple[SheetCell, ...]]:
        return [(), *self.notes] if self.notes else []

    def _width(self, column: int) -> int:
        cells = (self.header[column], *(row[column] for row in self.rows))
        return min(_WIDEST, 2 + max(len("" if cell is None else str(cell)) for cell in cells))


def _decimals(cell: SheetCell) -> int:
    exponent = cell.as_tuple().exponent if isinstance(cell, Decimal) else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _pattern(decimals: int) -> str:
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"


def _is_long(cell: SheetCell) -> bool:
    return isinstance(cell, int | Decimal) and len(Decimal(cell).as_tuple().digits) > _DIGITS_KEPT
