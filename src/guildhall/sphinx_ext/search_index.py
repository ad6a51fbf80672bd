"""The search index, made from what each page gave it, in this build or in an earlier one.

Sphinx takes what earlier builds gave from the published index, which doesn't tell the entries of
glossaries and of the index apart by page. So they are lost. Here each page's part is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sphinx.search import IndexBuilder

if TYPE_CHECKING:
    import os

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

_FILE = "guildhall-search-{builder}.json"
_FORM = 1


@dataclass(frozen=True)
class Part:
    """What one page gives to the index.

    Args:
        title: its title.
        filename: its source.
        titles: the titles of its sections, with their ids.
        entries: its entries for the index.
        title_words: the words of its titles.
        words: its other words.
    """

    title: str | None
    filename: str
    titles: list[tuple[str, str | None]]
    entries: list[tuple[str, str, str]]
    title_words: list[str]
    words: list[str]


class Index(IndexBuilder):
    """Sphinx's index, put together from the parts of all pages each time."""

    parts: dict[str, Part]

    def feed(
        self,
        docname: str,
        filename: str | os.PathLike[str],
        title: str,
        doctree: nodes.document,
    ) -> None:
        """Take the part of a page that is written."""
        self._mapping, self._title_mapping = {}, {}
        super().feed(docname, filename, title, doctree)
        self.parts[docname] = Part(
            title,
            str(filename),
            self._all_titles[docname],
            self._index_entries[docname],
            sorted(self._title_mapping),
            sorted(self._mapping),
        )

    def prune(self, docnames: Iterable[str]) -> None:
        """Keep the parts of some pages only."""
        kept = set(docnames)
        self.parts = {name: part for name, part in self.parts.items() if name in kept}

    def freeze(self) -> dict[str, Any]:
        """The index as it is published."""
        parts = dict(sorted(self.parts.items()))
        self._titles = {name: part.title for name, part in parts.items()}
        self._filenames = {name: part.filename for name, part in parts.items()}
        self._all_titles = {name: part.titles for name, part in parts.items()}
        self._index_entries = {name: part.entries for name, part in parts.items()}
        self._objtypes, self._objnames = {}, {}
        self._mapping, self._title_mapping = {}, {}
        for name, part in parts.items():
            for word in part.words:
                self._mapping.setdefault(word, set()).add(name)
            for word in part.title_words:
                self._title_mapping.setdefault(word, set()).add(name)
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
        index = cast("Index", self._builder.indexer)
        index.__class__ = Index
        index.parts = self._read(index)
        env = self._builder.env
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

    def _read(self, index: IndexBuilder) -> dict[str, Part]:
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
            if found["form"] != self._form(index):
                return {}
            return {
                name: Part(
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
    app.connect("build-finished", _save)


def _prepare(app: Sphinx) -> None:
    if getattr(app.builder, "search", False):
        # Sphinx has no hook for this; it calls the method once before it writes pages.
        builder = cast("StandaloneHTMLBuilder", app.builder)
        setattr(builder, "load_indexer", Memory(builder).load)  # noqa: B010


def _save(app: Sphinx, error: Exception | None) -> None:
    if error is None and getattr(app.builder, "search", False):
        Memory(cast("StandaloneHTMLBuilder", app.builder)).save()
