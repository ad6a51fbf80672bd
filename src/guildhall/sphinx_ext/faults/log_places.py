"""Warnings name places that files have: cells of notebooks, and pages by their real names.

MyST-NB counts 10,000 lines for each cell. Sphinx takes the file that the directive of a listing
stands in for the name of a document, and gives it a suffix again.
"""

from __future__ import annotations

import logging as std_logging
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util.logging import NAMESPACE

from guildhall.core.markup.notebook import CellLines

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_LINE = re.compile(r"(?P<path>.+?)(?::(?P<line>\d+))?", re.DOTALL)


class RealPlaces(std_logging.Filter):
    """Corrects the places of warnings, after Sphinx has written them out."""

    def filter(self, record: std_logging.LogRecord) -> bool:
        """Change the record's place; none is held back."""
        location = getattr(record, "location", None)
        found = _LINE.fullmatch(location) if isinstance(location, str) else None
        if found is None:
            return True
        path = _without_twice_a_suffix(found["path"])
        line, where = int(found["line"] or 0), ""
        if path.endswith(".ipynb") and line >= _CELL and Path(path).is_file():
            cell = _cells(path, Path(path).stat().st_mtime_ns).of_build(line)
            if cell is not None:
                line, where = cell.file_line, cell.words
        record.location = f"{path}:{line}" if line else path
        if where:
            # Not the record's own method, which writes the place before it.
            record.msg, record.args = f"{where}{std_logging.LogRecord.getMessage(record)}", ()
        return True


class OfOtherFormats(std_logging.Filter):
    """Keeps warnings of what other formats than HTML can't show to builds of those."""

    def filter(self, record: std_logging.LogRecord) -> bool:
        """Whether the record is of this format."""
        kind = (getattr(record, "type", ""), getattr(record, "subtype", ""))
        return kind != ("myst", "strikethrough")


_CELL = 10_000


@cache
def _cells(path: str, changed: int) -> CellLines:
    return CellLines(Path(path).read_text(encoding="utf-8-sig", errors="replace"))


def _without_twice_a_suffix(path: str) -> str:
    shorter = Path(path).with_suffix("")
    return (
        str(shorter) if shorter.suffix and shorter.is_file() and not Path(path).exists() else path
    )


def setup_log_places(app: Sphinx) -> None:
    """Correct what is logged in this application."""
    app.connect("builder-inited", _correct_places, priority=10)


def _correct_places(app: Sphinx) -> None:
    for handler in std_logging.getLogger(NAMESPACE).handlers:
        handler.addFilter(RealPlaces())
        if app.builder.format == "html":
            # Before Sphinx counts it. Its own setting would make each format read all pages anew.
            handler.filters.insert(0, OfOtherFormats())
