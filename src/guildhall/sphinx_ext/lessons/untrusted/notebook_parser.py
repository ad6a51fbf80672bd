"""The parser of notebooks, and of Markdown where there are notebooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from myst_nb.sphinx_ import Parser

from guildhall.sphinx_ext.compat.notebook_code import Load, load_code, replace_load_code
from guildhall.sphinx_ext.lessons.untrusted.parsers import PageParser
from guildhall.sphinx_ext.portal.scope import lesson_at

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class NotebookParser(PageParser, Parser):  # type: ignore[misc]
    """Parses notebooks and Markdown, which MyST-NB tells apart."""

    supported: tuple[str, ...] = Parser.supported  # type: ignore[misc]


def _loading(app: Sphinx) -> Load:
    """MyST-NB's own way to read the code of a cell from a file, kept within a lesson."""

    def load(page: Any, name: str, token: Any, lines: list[str]) -> list[str]:
        env = app.env
        if lesson_at(env, env.docname) is None:
            return load_code(page, name, token, lines)
        _, path = env.relfn2path(name)
        env.note_dependency(path)
        try:
            return Path(path).read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError):
            return lines

    return load


def setup_notebook_parser(app: Sphinx) -> None:
    """Put this parser instead of MyST-NB's own."""
    replace_load_code(_loading(app))
    app.add_source_parser(NotebookParser, override=True)
