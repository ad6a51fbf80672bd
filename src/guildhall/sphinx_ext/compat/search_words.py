"""The words and titles that Sphinx's search index holds, page by page.

Why: Sphinx keeps them in private fields, and takes what earlier builds gave from the published
index, which doesn't tell the entries of glossaries and of the index apart by page.

Without it: an incremental build loses entries that a clean one has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.search import IndexBuilder

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder

SCRIPTS = ("language_data.js", "searchtools.js")
"""What Sphinx publishes for its search; without an index the first of them is no JavaScript."""


@dataclass(frozen=True)
class PageWords:
    """What one page gives to the index.

    Args:
        title: its title.
        filename: its source.
        titles: the titles of its sections, with their ids.
        entries: its entries for the index.
        title_words: the words of its titles, sorted.
        words: its other words, sorted.
    """

    title: str | None
    filename: str
    titles: list[tuple[str, str | None]]
    entries: list[tuple[str, str, str]]
    title_words: list[str]
    words: list[str]


class OpenIndex(IndexBuilder):
    """Sphinx's index, which can be emptied and filled by hand."""

    def clear(self) -> None:
        """Forget all pages."""
        self.fill({})

    def page(self, docname: str) -> PageWords:
        """What the index holds, where it was fed with one page since it was cleared."""
        return PageWords(
            self._titles[docname],
            self._filenames[docname],
            self._all_titles[docname],
            self._index_entries[docname],
            sorted(self._title_mapping),
            sorted(self._mapping),
        )

    def fill(self, pages: Mapping[str, PageWords]) -> None:
        """Hold these pages and no others.

        Args:
            pages: by name; the index is written in their order.
        """
        self._titles = {name: page.title for name, page in pages.items()}
        self._filenames = {name: page.filename for name, page in pages.items()}
        self._all_titles = {name: page.titles for name, page in pages.items()}
        self._index_entries = {name: page.entries for name, page in pages.items()}
        self._objtypes, self._objnames = {}, {}
        self._mapping, self._title_mapping = {}, {}
        for name, page in pages.items():
            for word in page.words:
                self._mapping.setdefault(word, set()).add(name)
            for word in page.title_words:
                self._title_mapping.setdefault(word, set()).add(name)


def before_writing(builder: StandaloneHTMLBuilder, prepare: Callable[[set[str]], Any]) -> None:
    """Have the index prepared in another way than from the published one.

    Args:
        builder: the builder; it calls this once before it writes pages.
        prepare: is given the names of the pages that will be written.
    """
    setattr(builder, "load_indexer", prepare)  # noqa: B010


def without_index(builder: StandaloneHTMLBuilder) -> None:
    """Have no index made, nor what its search runs, while links to the page of the search stay.

    Args:
        builder: the builder, before it writes pages.
    """

    def leave_out(docnames: set[str]) -> None:
        builder.indexer = None

    before_writing(builder, leave_out)


def remove_search(builder: StandaloneHTMLBuilder) -> None:
    """Remove what Sphinx's search needs, once static files are copied; an old index as well."""
    Path(builder.outdir, builder.searchindex_filename).unlink(missing_ok=True)
    for name in SCRIPTS:
        Path(builder.outdir, "_static", name).unlink(missing_ok=True)
