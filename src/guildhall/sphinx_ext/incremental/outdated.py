"""Which pages are read again: those whose source, or a file that they show, holds something else.

It takes the place of Sphinx's comparison of times in the environment (``get_outdated_files``).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from guildhall.sphinx_ext.incremental.file_digests import UNSURE, FileDigests, moment_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class ReadFiles:
    """The files that each page was read from, with a digest of each; kept in the environment."""

    def __init__(self) -> None:
        self.digests = FileDigests()
        self.by_page: dict[str, dict[str, str]] = {}
        self._reading: dict[str, dict[str, str]] = {}

    def is_outdated(self, env: BuildEnvironment, docname: str) -> bool:
        """Whether a page has to be read again."""
        known = self.by_page.get(docname)
        if known is None:
            return True
        files = list(files_of(env, docname))
        # What is not there is looked for again, so that it is told again too.
        return any(not (now := self.digests.of(path)) or now != known.get(path) for path in files)

    def begin(self, env: BuildEnvironment, docnames: list[str]) -> None:
        """Look at files before pages are read: what changes after that is read again."""
        self._reading = {
            docname: {path: self.digests.of(path) for path in files_of(env, docname)}
            for docname in docnames
        }

    def end(self, env: BuildEnvironment) -> None:
        """Take over the files of the pages that were read, and forget what is gone."""
        made = getattr(getattr(env, "mystnb_config", None), "output_folder", None)
        for docname, before in self._reading.items():
            self.by_page[docname] = {
                path: before.get(path) or self._first(path, made) for path in files_of(env, docname)
            }
        self._reading = {}
        for docname in self.by_page.keys() - env.all_docs.keys():
            del self.by_page[docname]
        self.digests.forget_all_but({path for files in self.by_page.values() for path in files})

    def _first(self, path: str, made: str | None) -> str:
        """The digest of a file of which nothing was known before the page was read."""
        # Pictures of notebooks are made while the page is read.
        if self.digests.has_changed(path) and not (made and Path(path).is_relative_to(made)):
            return UNSURE
        return self.digests.of(path)


def files_of(env: BuildEnvironment, docname: str) -> Iterator[str]:
    """The source of a page, and the files that it depends on, absolute."""
    yield str(env.doc2path(docname))
    for path in env.dependencies.get(docname, ()):
        yield os.path.normpath(os.path.join(env.srcdir, path))


def read_files(env: BuildEnvironment) -> ReadFiles:
    """What the environment knows of files."""
    found = getattr(env, "guildhall_files", None)
    if found is None:
        found = env.guildhall_files = ReadFiles()  # type: ignore[attr-defined]
    return found


def outdated(env: BuildEnvironment) -> Iterator[str]:
    """The pages that were read before and have to be read again."""
    files = read_files(env)
    for docname in env.found_docs & env.all_docs.keys():
        has_tree = (Path(env.doctreedir) / f"{docname}.doctree").is_file()
        if not has_tree or docname in env.reread_always or files.is_outdated(env, docname):
            yield docname


def setup_outdated(app: Sphinx) -> None:
    """Note what pages are read from."""
    app.connect("builder-inited", _begin)
    app.connect("env-before-read-docs", lambda app, env, names: read_files(env).begin(env, names))
    app.connect("env-updated", lambda app, env: read_files(env).end(env))


def _begin(app: Sphinx) -> None:
    read_files(app.env).digests.moment = moment_in(Path(app.doctreedir))
