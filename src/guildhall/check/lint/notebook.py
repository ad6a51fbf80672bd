"""What the Markdown cells of a notebook are made of."""

from __future__ import annotations

from dataclasses import replace

from guildhall.check.lint.elements import Content, Place, Silence
from guildhall.check.lint.markdown import MarkdownReader
from guildhall.core.markup.notebook import CellLine, CellLines


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
