"""The names that pictures get in a site, which don't depend on the order in which pages are read.

Sphinx numbers pictures of one name as it comes across them, so that two processes, or two builds,
may name them differently. Here a picture keeps its name where no other has it. Where several have
it, each gets a mark that comes from its own path.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Set
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

LONGEST_NAME = 200
"""Bytes of a picture's name that are kept as they are."""


class Pictures(dict[str, tuple[set[str], str]]):
    """Documents and name of each picture, by its path from the portal's folder.

    Args:
        root: the portal's folder.
    """

    def __init__(self, root: Path = Path()) -> None:
        super().__init__()
        self.root = root

    def __reduce__(self) -> tuple[type[Pictures], tuple[Path], None, None, object]:
        """What is pickled: the root and the pictures."""
        return Pictures, (self.root,), None, None, iter(list(self.items()))

    def add_file(self, docname: str, newfile: str | os.PathLike[str]) -> str:
        """Note that a document shows a picture.

        Returns:
            a name that no other picture has. The final names are given when all pages are read;
            pictures that come later, when pages are written, keep this one.
        """
        path = str(newfile)
        docnames, name = self.setdefault(path, (set(), ""))
        docnames.add(docname)
        if not name:
            name = marked(path, self.root)
            self[path] = (docnames, name)
        return name

    def purge_doc(self, docname: str) -> None:
        """Forget a document, and pictures that only it shows."""
        for path, (docnames, _) in list(self.items()):
            docnames.discard(docname)
            if not docnames:
                del self[path]

    def merge_other(self, docnames: Set[str], other: dict[str, tuple[set[str], str]]) -> None:
        """Take over what a worker read."""
        for path, (shown_by, _) in other.items():
            for docname in shown_by & set(docnames):
                self.add_file(docname, path)

    def settle(self) -> None:
        """Give all pictures their final names."""
        same: dict[str, list[str]] = {}
        for path in self:
            same.setdefault(_folded(PurePosixPath(path).name), []).append(path)
        for paths in same.values():
            for path in paths:
                own = PurePosixPath(path).name
                is_kept = len(paths) == 1 and len(os.fsencode(own)) <= LONGEST_NAME
                self[path] = (self[path][0], own if is_kept else marked(path, self.root))

    def by_document(self) -> dict[str, list[tuple[str, str]]]:
        """Path and name of the pictures of each document, sorted."""
        found: dict[str, list[tuple[str, str]]] = {}
        for path, (docnames, name) in sorted(self.items()):
            for docname in docnames:
                found.setdefault(docname, []).append((path, name))
        return found


def marked(path: str, root: Path) -> str:
    """A name with a mark that only this path has.

    Outside of the portal lie pictures that programs make, wherever the site is built; their mark
    comes from what they hold.
    """
    there = PurePosixPath(path)
    key = path.encode(errors="surrogateescape")
    if there.is_absolute() or there.parts[:1] == ("..",):
        try:
            key = (root / path).read_bytes()
        except OSError:
            key = there.name.encode(errors="surrogateescape")
    mark = hashlib.sha256(key).hexdigest()[:8]
    stem = os.fsencode(there.stem)[:LONGEST_NAME].decode(errors="ignore")
    return f"{stem}-{mark}{there.suffix}"


def _folded(name: str) -> str:
    # Some systems know neither capitals nor two ways to write an accent.
    return unicodedata.normalize("NFC", name).casefold()


def pictures_of(env: BuildEnvironment) -> Pictures:
    """The pictures of a portal."""
    # Sphinx types it as a class of its own, of which it asks these methods alone.
    found: Any = env.images
    if not isinstance(found, Pictures):
        found = env.images = cast("Any", Pictures(Path(env.srcdir)))
    return cast("Pictures", found)


def setup_pictures(app: Sphinx) -> None:
    """Put these names in the place of Sphinx's own."""
    app.connect("builder-inited", lambda app: pictures_of(app.env), priority=60)
    app.connect("env-updated", lambda app, env: pictures_of(env).settle())
