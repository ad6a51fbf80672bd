"""Which files are documents, and what they are called, where lessons have folders of their own.

Sphinx's project is a map from document names to files. This one also maps the pages of lessons that
lie elsewhere, so nothing is copied into the source tree, and every message names the real file.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.project import EXCLUDE_PATHS
from sphinx.util.matching import compile_matchers

from guildhall.core.walking import Oddity, Walk
from guildhall.model.base import rules
from guildhall.model.records.kinds.lesson import LESSON_FILE, Lesson
from guildhall.model.records.load import FOLDER_RECORDS
from guildhall.model.records.registry import Registry
from guildhall.network.lessons.folder import folder_of, twin
from guildhall.sphinx_ext.compat.project import OpenProject, replace_project
from guildhall.sphinx_ext.faults.diagnostics import log_fault
from guildhall.sphinx_ext.portal.loading import portal_of

if TYPE_CHECKING:
    import os

    from sphinx.application import Sphinx


class PortalProject(OpenProject):
    """Sphinx's project with lessons in it.

    Args:
        srcdir: the portal's folder.
        source_suffix: suffixes of documents.
        registry: gives the records as they are at the moment.
    """

    def __init__(
        self,
        srcdir: str | os.PathLike[str],
        source_suffix: Iterable[str],
        registry: Callable[[], Registry],
    ) -> None:
        super().__init__(srcdir, source_suffix)
        self._registry = registry

    def __getstate__(self) -> dict[str, Any]:
        # Sphinx keeps the project in its environment's file; records are read anew each time.
        return {**self.__dict__, "_registry": Registry}

    def discover(
        self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)
    ) -> set[str]:
        """Find all documents, those of lessons by the lessons' own rules."""
        registry = self._registry()
        folders = {
            docname: path
            for docname, path in registry.documents.items()
            if path.name in FOLDER_RECORDS
        }
        # What else a lesson's folder holds is material, in which Sphinx would find faults.
        homes = [
            f"{docname.removesuffix('index')}**"
            for docname, path in folders.items()
            if path.name == LESSON_FILE
        ]
        unread = [
            path.relative_to(self.srcdir).as_posix()
            for path in (*folders.values(), *registry.hidden.values(), *registry.unread.values())
        ]
        self.clear()
        oddities = self._walk([*exclude_paths, *homes, *unread, *EXCLUDE_PATHS], include_paths)
        for docname, record in folders.items():
            lesson = registry.at_document(docname)
            folder = folder_of(lesson, Path(self.srcdir)) if isinstance(lesson, Lesson) else None
            for name, path in {docname: record, **(folder.pages if folder else {})}.items():
                self.add(name, path)
            oddities += folder.oddities if folder else ()
        for each in sorted({*oddities, *self._alike()}):
            log_fault(rules.FILE.at(Path(each.path), 1, 1, each.message))
        return self.docnames

    def path2doc(self, filename: str | os.PathLike[str]) -> str | None:
        """The document that a file is, by an absolute path or one from the source folder."""
        path = Path(filename)
        if path.is_absolute() and path.is_relative_to(self.srcdir):
            known = self.docname_of(path.relative_to(self.srcdir))
            if known is not None:
                return known
        return super().path2doc(filename)

    def _walk(self, exclude: Iterable[str], include: Iterable[str]) -> list[Oddity]:
        """Take the pages that lie outside of lessons; what can't be a page is given back."""
        excluded, included = compile_matchers(exclude), compile_matchers(include)

        def is_open(name: str) -> bool:
            return not any(matches(_composed(name)) for matches in excluded)

        def is_wanted(name: str) -> bool:
            return any(matches(_composed(name)) for matches in included)

        def is_told(name: str) -> bool:
            return is_wanted(name) or is_wanted(f"{name}/page")

        root = Path(self.srcdir)
        walk = Walk(root, root, self.source_suffix, is_open, is_told)
        twins = []
        for name in walk.files():
            docname = self.path2doc(_composed(name))
            if not docname or not is_wanted(name) or not is_open(name):
                continue
            if docname in self.docnames:
                twins.append(twin(root / name, root / self.file_of(docname)))
            else:
                self.add(docname, root / name)
        return [*walk.oddities, *twins]

    def _alike(self) -> Iterator[Oddity]:
        """Pages whose names differ in capitals alone, which not all computers tell apart."""
        first: dict[str, str] = {}
        for docname in sorted(self.docnames):
            other = first.setdefault(docname.casefold(), docname)
            if other != docname:
                files = [str(self.doc2path(name, absolute=True)) for name in (other, docname)]
                message = (
                    f"{Path(files[0]).name} differs only in case, so that one of the two "
                    "pages is lost on some computers; rename one"
                )
                yield Oddity(files[1], message)


def _composed(name: str) -> str:
    # Some systems write letters and their accents apart; names of pages have them in one.
    return unicodedata.normalize("NFC", name)


def setup_project(app: Sphinx) -> None:
    """Put the project in the place of Sphinx's own."""
    # Before other handlers, which may ask where files lie.
    app.connect("builder-inited", _replace_project, priority=50)


def _replace_project(app: Sphinx) -> None:
    project = PortalProject(app.srcdir, app.config.source_suffix, lambda: portal_of(app).registry)
    replace_project(app, project)
