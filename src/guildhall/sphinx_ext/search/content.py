"""What a page gives to the search: its words, by where they stand, and its text for snippets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from docutils import nodes
from sphinx import addnodes
from sphinx.util.index_entries import split_index_msg

from guildhall.core.markup.marks import text_of_html
from guildhall.sphinx_ext.records.facets import catalogue_filters, catalogue_tools
from guildhall.sphinx_ext.search.words import fold, split

OFTEN = 4
"""A word that stands so often in the text of a page says more of it than one that stands once."""

MOST_TEXT = 24_000
"""Of so many letters of a page, snippets are made."""

_END = "\x1e"
"""Where a block of text ends, while its page is read."""

_SIGNS = (".", ":", ";", ",", "?", "!", "…", "–", "—")

_NOT_READ = (
    *(nodes.comment, nodes.substitution_definition, nodes.pending, nodes.system_message),
    *(nodes.image, nodes.math, nodes.math_block, addnodes.index, addnodes.toctree),
    *(catalogue_filters, catalogue_tools),
)
_UNREAD_CLASSES = frozenset({"no-search", "toctree-wrapper", "headerlink"})


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page.

    Args:
        anchor: its id; empty for what stands above the first heading.
        heading: its heading.
        text: its text, without those of the sections in it.
    """

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a page, folded and sorted, by where they stand; each is in one place only.

    Args:
        title: those of its title.
        headings: those of its headings, its terms and its entries for the index.
        often: those that its text is full of.
        once: the others of its text.
        marked: how those are written that were folded.
    """

    title: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    often: list[str] = field(default_factory=list)
    once: list[str] = field(default_factory=list)
    marked: dict[str, list[str]] = field(default_factory=dict)

    def with_headings(self, text: str) -> Words:
        """These, and the words of a text that count as those of headings."""
        words = split(text)
        more = set(map(fold, words)).difference(self.title)
        often = [word for word in self.often if word not in more]
        once = [word for word in self.once if word not in more]
        known = (word for written in self.marked.values() for word in written)
        marked = _marked((*words, *known))
        return Words(self.title, sorted({*self.headings, *more}), often, once, marked)


@dataclass(frozen=True, slots=True)
class Content:
    """What one page gives to the search.

    Args:
        words: its words.
        sections: its text.
    """

    words: Words
    sections: list[Section]


@dataclass(slots=True)
class _Reader:
    title: str = ""
    named: list[str] = field(default_factory=list)
    parts: list[tuple[str, str, list[str]]] = field(default_factory=lambda: [("", "", [])])

    def read(self, node: nodes.Node) -> None:
        """Take what a node says, and what is in it."""
        if isinstance(node, nodes.Text):
            self.parts[-1][2].append(node.astext())
        elif isinstance(node, nodes.meta):
            if node.get("name") == "keywords":
                self.named.append(str(node.get("content", "")))
        elif isinstance(node, nodes.raw):
            if "html" in str(node.get("format", "")).split():
                self.parts[-1][2].append(text_of_html(node.astext()))
        elif isinstance(node, nodes.title) and isinstance(node.parent, nodes.section):
            self._begin(node)
        elif isinstance(node, nodes.Element) and _UNREAD_CLASSES.isdisjoint(node["classes"]):
            self._note(node)
            if not isinstance(node, _NOT_READ):
                self._read_children(node)

    def _read_children(self, node: nodes.Element) -> None:
        around = self.parts[-1]
        for child in node.children:
            self.read(child)
        if not isinstance(node, nodes.Inline):
            self.parts[-1][2].append(_END)
        if isinstance(node, nodes.section) and self.parts[-1] is not around and around[1]:
            # What follows a section within another belongs to the outer one again.
            self.parts.append((around[0], around[1], []))

    def _begin(self, node: nodes.title) -> None:
        if not self.title:
            self.title = node.astext()
            return
        ids = node.parent["ids"]
        self.named.append(node.astext())
        self.parts.append((ids[0] if ids else "", node.astext(), []))

    def _note(self, node: nodes.Element) -> None:
        if isinstance(node, nodes.term):
            # The labels of facts are the same on many pages.
            if node.get("translatable", True):
                self.named.append(node.astext())
        elif isinstance(node, addnodes.index):
            for sort, value, *_ in node["entries"]:
                self.named.extend(_entry(sort, value))


def content_of(doctree: nodes.document) -> Content | None:
    """What a resolved page gives to the search; None for one that has no title."""
    reader = _Reader()
    reader.read(doctree)
    if not reader.title:
        return None
    in_title, in_headings = split(reader.title), split("\n".join(reader.named))
    counts = Counter(word for part in reader.parts for word in split("".join(part[2])))
    title, headings = set(map(fold, in_title)), set(map(fold, in_headings))
    text: Counter[str] = Counter()
    for word, count in counts.items():
        if len(word) > 1:
            text[fold(word)] += count
    headings -= title
    rest = sorted(text.keys() - title - headings)
    words = Words(
        sorted(title),
        sorted(headings),
        [word for word in rest if text[word] >= OFTEN],
        [word for word in rest if text[word] < OFTEN],
        _marked((*in_title, *in_headings, *counts)),
    )
    return Content(words, list(_sections(reader)))


def _marked(words: Iterable[str]) -> dict[str, list[str]]:
    """How those words are written that folding changes, by what they are then."""
    found: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        form = fold(word)
        if form != word:
            found.setdefault(form, []).append(word)
    return found


def _sections(reader: _Reader) -> Iterator[Section]:
    left = MOST_TEXT
    begun: set[str] = set()
    for anchor, heading, texts in reader.parts:
        text = _joined("".join(texts))[:left]
        left -= len(text)
        if text or (heading and anchor not in begun):
            begun.add(anchor)
            yield Section(anchor, heading, text)


def _joined(text: str) -> str:
    """Blocks of text in one line, parted where no sign at their ends parts them."""
    blocks = (" ".join(block.split()) for block in text.split(_END))
    found = ""
    for block in filter(None, blocks):
        found += f" {block}" if found.endswith(_SIGNS) else f" · {block}" if found else block
    return found


def _entry(sort: str, value: str) -> list[str]:
    try:
        return list(split_index_msg(sort, value))
    except ValueError:
        return []
