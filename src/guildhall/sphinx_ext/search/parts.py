"""What each page gave to the search, kept from build to build: its words, its text in the site.

Both are written together with the page, in the process that writes it.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guildhall.sphinx_ext.pages.written import made_of
from guildhall.sphinx_ext.search.content import Content, Words, content_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.builders.html import StandaloneHTMLBuilder

FOLDER = "_search"
"""Where the index lies in the site."""

_FORM = 2
"""Raised whenever the form of what is kept changes."""


class Parts:
    """The parts of all pages.

    Args:
        builder: the builder of the site.
    """

    def __init__(self, builder: StandaloneHTMLBuilder) -> None:
        self._builder = builder
        self._words = Path(builder.doctreedir) / f"guildhall-search-{builder.name}"
        self._texts = Path(builder.outdir) / FOLDER / "text"

    def take(self, docname: str, doctree: nodes.document) -> None:
        """Keep what a page gives that is written in this build."""
        metadata = self._builder.env.metadata.get(docname, {})
        is_out = "nosearch" in metadata or "no-search" in metadata
        content = None if is_out else content_of(doctree)
        of = made_of(self._builder, docname)
        words = astuple(content.words) if content else None
        _write(self._words / f"{docname}.json", {"form": _FORM, "of": of, "words": words})
        if content is None:
            (self._texts / f"{docname}.json").unlink(missing_ok=True)
        else:
            _write(self._texts / f"{docname}.json", _text(content))

    def all(self) -> dict[str, Words]:
        """The words of all pages that can be found, by the pages' names, sorted.

        A page whose part isn't there, or is of another state of it, is resolved for it, as if it
        were written. Parts of pages that are gone are deleted.
        """
        env = self._builder.env
        found: dict[str, Words] = {}
        for docname in sorted(env.all_docs):
            words = self._read(docname)
            if words is None:
                self.take(docname, env.get_and_resolve_doctree(docname, self._builder))
                words = self._read(docname)
            if words is not None and words.title:
                found[docname] = words
        _tidy(self._words, set(env.all_docs))
        _tidy(self._texts, set(found))
        return found

    def _read(self, docname: str) -> Words | None:
        try:
            kept: Any = json.loads((self._words / f"{docname}.json").read_bytes())
            if kept["form"] != _FORM or kept["of"] != made_of(self._builder, docname):
                return None
            if kept["words"] is None:
                return Words()
            if not (self._texts / f"{docname}.json").is_file():
                return None
            title, headings, often, once, marked = kept["words"]
            return Words(title, headings, often, once, marked)
        except (OSError, ValueError, TypeError, KeyError):
            return None


def _text(content: Content) -> list[list[str]]:
    return [[each.anchor, each.heading, each.text] for each in content.sections]


def _write(file: Path, data: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    file.write_text(text, encoding="utf-8")


def _tidy(folder: Path, docnames: set[str]) -> None:
    """Delete the files of pages that are no more, and folders that are empty without them."""
    kept = {os.path.join(folder, *f"{docname}.json".split("/")) for docname in docnames}
    for place, folders, names in os.walk(folder, topdown=False):
        for name in names:
            file = os.path.join(place, name)
            if file not in kept:
                os.unlink(file)
        for name in folders:
            with contextlib.suppress(OSError):
                os.rmdir(os.path.join(place, name))
