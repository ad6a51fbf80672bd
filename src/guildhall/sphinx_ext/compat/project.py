"""Sphinx's project, which knows documents and their files, with its two tables open.

Why: Sphinx finds documents below one folder by their suffixes. It has no hook for another project,
and its project none to add a document.

Without it: lessons that lie elsewhere would have to be copied into the portal, and messages would
name the copies.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.project import Project

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class OpenProject(Project):
    """A project whose documents are put in by hand."""

    def clear(self) -> None:
        """Forget all documents."""
        self.docnames.clear()
        self._path_to_docname.clear()
        self._docname_to_path.clear()

    def add(self, docname: str, file: Path) -> None:
        """Add a document."""
        path = file.relative_to(self.srcdir) if file.is_relative_to(self.srcdir) else file
        self.docnames.add(docname)
        self._path_to_docname[path] = docname
        self._docname_to_path[docname] = path

    def docname_of(self, path: Path) -> str | None:
        """The document that was added with a file; the path is one from the source folder."""
        return self._path_to_docname.get(path)

    def file_of(self, docname: str) -> Path:
        """The file of a document, from the source folder where it lies in there."""
        return self._docname_to_path[docname]


def replace_project(app: Sphinx, project: Project) -> None:
    """Put a project in the place of Sphinx's own, with what that one knows already."""
    project.restore(app.project)
    app.project = project
    app.env.project = project
