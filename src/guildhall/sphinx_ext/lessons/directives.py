"""Sphinx's directives on pages of lessons: absolute names begin at the lesson's root."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.parsers.rst.directives.misc import Raw
from docutils.statemachine import StringList
from sphinx.directives.other import TocTree
from sphinx.directives.patches import CSVTable
from sphinx.util.docutils import SphinxDirective

from guildhall.sphinx_ext.lessons.scope import lesson_at

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class LessonTocTree(TocTree):
    """``toctree``, where ``/episode`` is the lesson's own page."""

    def run(self) -> list[nodes.Node]:
        """Read the entries as the lesson means them."""
        lesson = lesson_at(self.env, self.env.docname)
        if lesson is not None:
            self.content = StringList(
                [self._own(entry, lesson.root) for entry in self.content],
                items=list(self.content.items),
            )
        return super().run()

    def _own(self, entry: str, root: str) -> str:
        before, bracket, target = entry.rpartition("<")
        return f"{before}{bracket}/{root}{target[1:]}" if target.startswith("/") else entry


class _ReadsFiles(SphinxDirective):
    """A docutils directive that reads files by itself, without asking Sphinx where they lie."""

    def run(self) -> list[nodes.Node]:
        """Say which file is meant, or refuse what a foreign lesson may not read."""
        lesson = lesson_at(self.env, self.env.docname)
        if lesson is not None:
            if lesson.is_elsewhere and "url" in self.options:
                raise self.warning(f"`{self.name}`: a lesson may not read from an address")
            if "file" in self.options:
                _, path = self.env.relfn2path(self.options["file"])
                here = Path(self.env.doc2path(self.env.docname)).parent
                self.options["file"] = os.path.relpath(path, here)
        return list(super().run())


class LessonRaw(_ReadsFiles, Raw):
    """``raw`` with paths that stay in the lesson."""


class LessonCSVTable(_ReadsFiles, CSVTable):  # type: ignore[misc]
    """``csv-table`` with paths that stay in the lesson."""


def setup_directives_of_lessons(app: Sphinx) -> None:
    """Put these directives in the place of Sphinx's own."""
    for name, directive in {
        "toctree": LessonTocTree,
        "raw": LessonRaw,
        "csv-table": LessonCSVTable,
    }.items():
        app.add_directive(name, directive, override=True)
