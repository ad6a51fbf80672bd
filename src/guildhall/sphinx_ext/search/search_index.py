"""Sphinx's search index, made from what each page gave it, in this build or in an earlier one.

It is for other themes, and for builders of other forms; Guildhall's own theme has a search of its
own (:mod:`guildhall.sphinx_ext.search`).

Sphinx takes what earlier builds gave from the published index, which doesn't tell the entries of
glossaries and of the index apart by page. So they are lost. Here each page's part is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from guildhall.sphinx_ext.compat.search_words import (
    OpenIndex,
    PageWords,
    before_writing,
    without_index,
)
from guildhall.sphinx_ext.rendering.assets import is_site
from guildhall.sphinx_ext.search.extension import has_own_search

if TYPE_CHECKING:
    import os

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.search import IndexBuilder

_FILE = "guildhall-search-{builder}.json"
_FORM = 1


class Index(OpenIndex):
    """Sphinx's index, put together from the parts of all pages each time."""

    parts: dict[str, PageWords]

    def feed(
        self,
        docname: str,
        filename: str | os.PathLike[str],
        title: str,
        doctree: nodes.document,
    ) -> None:
        """Take the part of a page that is written."""
        self.clear()
        super().feed(docname, filename, title, doctree)
        self.parts[docname] = self.page(docname)

    def prune(self, docnames: Iterable[str]) -> None:
        """Keep the parts of some pages only."""
        kept = set(docnames)
        self.parts = {name: part for name, part in self.parts.items() if name in kept}

    def freeze(self) -> dict[str, Any]:
        """The index as it is published."""
        self.fill(dict(sorted(self.parts.items())))
        return super().freeze()


class Memory:
    """The parts of the last build.

    Args:
        builder: the builder whose index it is.
    """

    def __init__(self, builder: StandaloneHTMLBuilder) -> None:
        self._builder = builder
        self._file = Path(builder.doctreedir) / _FILE.format(builder=builder.name)

    def load(self, docnames: set[str]) -> None:
        """Give the index the parts of all pages that are not written in this build.

        A page whose part is not known is resolved for it, as if it were written.
        """
        env, config = self._builder.env, self._builder.config
        language = config.html_search_language or config.language
        index = Index(env, language, config.html_search_options, config.html_search_scorer)
        index.parts = self._read(index)
        self._builder.indexer = index
        kept = set(env.all_docs) - docnames
        index.prune(kept)
        for docname in sorted(kept - index.parts.keys()):
            tree = env.get_and_resolve_doctree(docname, self._builder)
            title = env.longtitles.get(docname)
            words = self._builder.render_partial(title)["title"]
            self._builder.index_page(docname, tree, words)

    def save(self) -> None:
        """Keep the parts for the next build."""
        index = self._builder.indexer
        if isinstance(index, Index):
            parts = {name: vars(part) for name, part in sorted(index.parts.items())}
            text = json.dumps({"form": self._form(index), "parts": parts}, separators=(",", ":"))
            self._file.write_text(text, encoding="utf-8")

    def _form(self, index: IndexBuilder) -> list[Any]:
        return [_FORM, type(index.lang).__qualname__, index.lang.options]

    def _read(self, index: IndexBuilder) -> dict[str, PageWords]:
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
            if found["form"] != self._form(index):
                return {}
            return {
                name: PageWords(
                    part["title"],
                    part["filename"],
                    [(title, anchor) for title, anchor in part["titles"]],
                    [(entry, anchor, main) for entry, anchor, main in part["entries"]],
                    part["title_words"],
                    part["words"],
                )
                for name, part in found["parts"].items()
            }
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return {}


def setup_search_index(app: Sphinx) -> None:
    """Put the index together in this way."""
    app.connect("builder-inited", _prepare)
    app.connect("html-page-context", _show_as_text)
    app.connect("build-finished", _save)


def _prepare(app: Sphinx) -> None:
    if getattr(app.builder, "search", False):
        builder = cast("StandaloneHTMLBuilder", app.builder)
        if has_own_search(app):
            without_index(builder)
        else:
            before_writing(builder, Memory(builder).load)


def _save(app: Sphinx, error: Exception | None) -> None:
    if error is None and getattr(app.builder, "search", False) and not has_own_search(app):
        Memory(cast("StandaloneHTMLBuilder", app.builder)).save()


def _show_as_text(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    if pagename == "search" and is_site(app) and not has_own_search(app):
        cast("StandaloneHTMLBuilder", app.builder).add_js_file("search-as-text.js", defer="defer")
