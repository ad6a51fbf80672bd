"""What a path means on a page of a lesson: the lesson's own root, and nothing outside.

Sphinx asks its environment for the file behind every image, download, include and listing
(``relfn2path``), so this one method is the place to give absolute paths their meaning and to keep
foreign pages from reaching out of their lesson.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.environment import BuildEnvironment

from guildhall.lessons.sources import checkout_folder
from guildhall.records.faults import Subtype
from guildhall.sphinx_ext.diagnostics import warn
from guildhall.sphinx_ext.domain import domain_of
from guildhall.sphinx_ext.lessons.scope import lesson_at

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from guildhall.records.kinds.lesson import Lesson


class PortalEnvironment(BuildEnvironment):
    """Sphinx's environment, with lessons that have roots of their own."""

    def relfn2path(self, filename: str | Path, docname: str | None = None) -> tuple[str, str]:
        """The file that a page names, from the source folder and absolute.

        On a page of a lesson, an absolute path begins at the lesson's root. What would lead out
        of a lesson that lives elsewhere, or out of the portal, is told and leads nowhere.
        """
        page = docname or self.docname
        lesson = lesson_at(self, page)
        folder = domain_of(self).portal.outline(lesson).folder if lesson else None
        if lesson is None or folder is None:
            return super().relfn2path(filename, docname)
        name = os.fspath(filename)
        if name.startswith(("/", os.sep)):
            path = self._from_root(name.lstrip("/" + os.sep), folder)
        else:
            path = Path(self.doc2path(page, base=True)).parent / name
        path = Path(os.path.normpath(path))
        if not self._may_read(path, lesson):
            message = f"the path {name!r} leads out of the lesson; it is left out"
            warn(Subtype.LESSON, message, page)
            path = folder / "_outside" / path.name
        return Path(os.path.relpath(path, self.srcdir)).as_posix(), str(path)

    def _from_root(self, name: str, folder: Path) -> Path:
        inside = folder / name
        # Extensions name files they made, or have found already, from the portal's root.
        from_portal = Path(self.srcdir) / name
        return from_portal if from_portal.exists() and not inside.exists() else inside

    def _may_read(self, path: Path, lesson: Lesson) -> bool:
        bounds = [checkout_folder(lesson, Path(self.srcdir)) or Path(self.srcdir)]
        notebooks = getattr(self, "mystnb_config", None)
        if notebooks is not None:
            # MyST-NB writes the pictures of notebooks there, and then names them.
            bounds.append(Path(notebooks.output_folder))
        resolved = path.resolve()
        return any(resolved.is_relative_to(each.resolve()) for each in bounds)


def setup_environment(app: Sphinx) -> None:
    """Let the application's environment know lessons."""
    app.connect("builder-inited", _know_lessons, priority=60)


def _know_lessons(app: Sphinx) -> None:
    # Sphinx makes its environment itself, or reads it from a file; there is no hook to give another
    # class, and the state of both is the same.
    app.env.__class__ = PortalEnvironment
