"""What the Markdown cells of a notebook are made of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from guildhall.check.lint.elements import Content, Place, Silence
from guildhall.check.lint.markdown import MarkdownReader


class CellLine(NamedTuple):
    """A line of a cell.

    Args:
        file_line: the line of the notebook's file that holds it, from 1.
        cell: the number of the cell among all cells, from 1.
        line: the line within the cell, from 1.
    """

    file_line: int
    cell: int
    line: int

    @property
    def words(self) -> str:
        """The place as a message begins with it."""
        return f"cell {self.cell}, line {self.line}: "


class CellLines:
    """The lines of a notebook's cells, and where its file holds them.

    Args:
        text: the file, JSON as nbformat 4 defines it; one that can't be read has no cells.
    """

    def __init__(self, text: str) -> None:
        self.notebook = _parsed(text)
        self._cells = list(_cells(self.notebook, text))

    @property
    def markdown(self) -> Iterator[tuple[int, str]]:
        """Number and source of each Markdown cell."""
        for number, (kind, source, _) in enumerate(self._cells, 1):
            if kind == "markdown":
                yield number, source

    def source(self, cell: int) -> tuple[str, ...]:
        """The lines that a cell holds."""
        return tuple(self._cells[cell - 1][1].split("\n"))

    def line(self, cell: int, line: int) -> CellLine:
        """A line of a cell; the nearest one where there is none."""
        file_lines = self._cells[cell - 1][2] if 0 < cell <= len(self._cells) else []
        if not file_lines:
            return CellLine(1, cell, line)
        return CellLine(file_lines[min(line, len(file_lines)) - 1], cell, line)

    def of_build(self, line: int) -> CellLine | None:
        """The place that MyST-NB gives as one number, which is no line of the file.

        It counts 10,000 for each cell, and the lines of a cell from 2.
        """
        cell, within = divmod(line, _CELL)
        return self.line(cell, max(within - 1, 1)) if 0 < cell <= len(self._cells) else None

    def at(self, file_line: int) -> CellLine | None:
        """The line of a cell that a line of the file holds, or the cell that it is part of."""
        found = None
        for number, (_, _, file_lines) in enumerate(self._cells, 1):
            for within, each in enumerate(file_lines, 1):
                if each == file_line:
                    return CellLine(each, number, within)
            if file_lines and file_lines[0] < file_line:
                found = CellLine(file_line, number, 1)
        return found


_CELL = 10_000


class Notebook:
    """A notebook as one page: the lines of its Markdown cells, counted through.

    Args:
        text: the file, JSON as nbformat 4 defines it; one that can't be read is an empty page.
        reader: reads the cells.
    """

    def __init__(self, text: str, reader: MarkdownReader) -> None:
        self.content = Content()
        self._lines: list[CellLine] = []
        cells = CellLines(text)
        metadata = cells.notebook.get("metadata")
        # Jupyter keeps what is said of a notebook there; cells have no front matter.
        self.content.front_matter = metadata if isinstance(metadata, dict) else {}
        for number, source in cells.markdown:
            shift = len(self._lines)
            found = reader.read(source, has_front_matter=False)
            self.content.elements += [
                replace(each, place=_shifted(each.place, shift)) for each in found.elements
            ]
            self.content.findings += [
                replace(each, line=each.line + shift) for each in found.findings
            ]
            self.content.silences += [_shifted_silence(each, shift) for each in found.silences]
            count = source.count("\n") + 1
            self._lines += [cells.line(number, n + 1) for n in range(count)]

    def line(self, number: int) -> CellLine:
        """The line of a cell that is line ``number`` of the page."""
        return self._lines[number - 1] if number <= len(self._lines) else CellLine(1, 1, 1)


def _shifted(place: Place, by: int) -> Place:
    return Place(place.line + by, place.column)


def _shifted_silence(silence: Silence, by: int) -> Silence:
    lines = (silence.lines[0] + by, silence.lines[1] + by) if silence.lines else None
    return replace(silence, place=_shifted(silence.place, by), lines=lines)


def _parsed(text: str) -> dict[str, Any]:
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return notebook if isinstance(notebook, dict) else {}


def _cells(notebook: dict[str, Any], text: str) -> Iterator[tuple[str, str, list[int]]]:
    """Kind, source and lines in the file of each cell."""
    cells = notebook.get("cells", [])
    places = _Places(text)
    for cell in cells if isinstance(cells, list) else []:
        if not isinstance(cell, dict):
            yield "", "", []
            continue
        source = cell.get("source", "")
        parts = [str(part) for part in source] if isinstance(source, list) else [str(source)]
        lines = [line for part in parts for line in places.of(part)]
        yield str(cell.get("cell_type", "")), "".join(parts), lines


class _Places:
    """Finds strings in JSON text, one after the other."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._cursor = 0
        self._line = 1

    def of(self, part: str) -> Iterator[int]:
        """The file's line for each line of a string."""
        for form in (json.dumps(part, ensure_ascii=False), json.dumps(part)):
            at = self._text.find(form, self._cursor)
            if at >= 0:
                self._line += self._text.count("\n", self._cursor, at)
                self._cursor = at + len(form)
                break
        for _ in range(part.count("\n") or 1):
            yield self._line
