"""What the Markdown cells of a notebook are made of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from guildhall.lint.elements import Content, Place, Silence
from guildhall.lint.markdown import MarkdownReader


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


class Notebook:
    """A notebook as one page: the lines of its Markdown cells, counted through.

    Args:
        text: the file, JSON as nbformat 4 defines it; one that can't be read is an empty page.
        reader: reads the cells.
    """

    def __init__(self, text: str, reader: MarkdownReader) -> None:
        self.content = Content()
        self._lines: list[CellLine] = []
        notebook = _parsed(text)
        metadata = notebook.get("metadata")
        # Jupyter keeps what is said of a notebook there; cells have no front matter.
        self.content.front_matter = metadata if isinstance(metadata, dict) else {}
        for number, source, file_lines in _markdown_cells(notebook, text):
            shift = len(self._lines)
            found = reader.read(source, has_front_matter=False)
            self.content.elements += [
                replace(each, place=_shifted(each.place, shift)) for each in found.elements
            ]
            self.content.silences += [_shifted_silence(each, shift) for each in found.silences]
            count = source.count("\n") + 1
            last = file_lines[-1] if file_lines else 1
            self._lines += [
                CellLine(file_lines[n] if n < len(file_lines) else last, number, n + 1)
                for n in range(count)
            ]

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


def _markdown_cells(notebook: dict[str, Any], text: str) -> Iterator[tuple[int, str, list[int]]]:
    """Number, source and lines in the file of each Markdown cell."""
    cells = notebook.get("cells", [])
    places = _Places(text)
    for number, cell in enumerate(cells if isinstance(cells, list) else [], start=1):
        if not isinstance(cell, dict):
            continue
        source = cell.get("source", "")
        parts = [str(part) for part in source] if isinstance(source, list) else [str(source)]
        lines = [line for part in parts for line in places.of(part)]
        if cell.get("cell_type") == "markdown":
            yield number, "".join(parts), lines


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
