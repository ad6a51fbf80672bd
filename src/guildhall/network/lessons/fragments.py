"""Pieces of raw HTML of pages that strangers wrote.

A page's raw HTML comes in pieces that needn't be whole: a box may begin in one and end in another,
with text of the page between them. So each tag is looked at by itself, and written anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from guildhall.network.lessons.origins import asks_elsewhere, is_picture_data, scheme_of
from guildhall.network.lessons.sanitising import (
    CHOICES,
    MATHML_TAGS,
    SVG_TAGS,
    TAGS,
    WITH_CONTENT,
    attribute,
)

_PROPER = {tag.lower(): tag for tag in TAGS}
_EMPTY = frozenset({"br", "col", "hr", "img", "input", "mprescripts", "source", "wbr"})
_FETCHING = frozenset({"audio", "embed", "iframe", "img", "source", "track", "video"})
_WHOLE = frozenset(tag.lower() for tag in (*SVG_TAGS, *MATHML_TAGS))
_NAME = re.compile(r"[a-z][a-z0-9-]*", re.I)
_LOADING = frozenset({("data", "object"), ("href", "link"), ("href", "image"), ("href", "use")})
_LOADED = re.compile(
    r"""(?:url\(\s*["']?|@import\s+["'])(?:https?:)?//|//[\w.-]+/[^\s"'<>]*\.m?js\b|//cdn\.""", re.I
)
_LIBRARY = 200_000
_OURS = re.compile(r"(?:gh|guildhall)(?:-|$)", re.I)
_SVG_NAMES = {
    name.lower(): name
    for name in ("viewBox", "preserveAspectRatio", "markerHeight", "markerWidth", "refX", "refY")
}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A piece of HTML, cleaned.

    Args:
        html: what is left.
        unclosed: an element that was taken out, and goes on in the pieces that follow; empty where
            there is none.
    """

    html: str
    unclosed: str


def clean_fragment(html: str) -> Cleaned:
    """Clean one piece of raw HTML.

    Args:
        html: the piece, as its author wrote it.
    """
    parser = _Cleaner()
    parser.feed(html)
    parser.close()
    unclosed = parser.within[0] if parser.within else ""
    parser.end_drawings()
    return Cleaned("".join(parser.parts), unclosed)


def fetches_elsewhere(html: str) -> bool:
    """Whether a browser that shows a piece of HTML would ask another site for anything.

    Args:
        html: the piece; it may hold scripts.
    """
    parser = _Asker()
    parser.feed(html)
    parser.close()
    return parser.asks


def after_end(html: str, tag: str) -> str | None:
    """What stands in a piece behind the end of an element; None where it doesn't end there."""
    found = re.search(rf"</{re.escape(tag)}(?=[\s/>])[^>]*>", html, re.I)
    return html[found.end() :] if found else None


def is_ours(name: str) -> bool:
    """Whether a class or id is one of those that the theme and its scripts act upon."""
    return bool(_OURS.match(name))


class _Asker(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.asks = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"src", "srcset", "poster"} or (name, tag) in _LOADING:
                self.asks |= _is_elsewhere(value or "", is_set=name == "srcset")
            elif name in {"style", "srcdoc"}:
                self.asks |= bool(_LOADED.search(value or ""))

    def handle_data(self, data: str) -> None:
        # A library that is there itself, and that names others, is far longer.
        if self.cdata_elem is not None and len(data) < _LIBRARY:
            self.asks |= bool(_LOADED.search(data))


def _is_elsewhere(address: str, *, is_set: bool) -> bool:
    is_here = scheme_of(address) in {"data", "blob", "about", "javascript"}
    return not is_here and asks_elsewhere(address, is_set=is_set)


class _Cleaner(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.within: list[str] = []
        self._open = {"a": 0, "audio": 0, "math": 0, "svg": 0, "video": 0}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in WITH_CONTENT:
            self.within.append(tag)
        if self.within:
            return
        # Of an attribute that stands twice, browsers take the first.
        values: dict[str, str] = {}
        for name, value in attrs:
            values.setdefault(name, value or "")
        fetched = values.get("src", "")
        if tag in _FETCHING and asks_elsewhere(fetched) and not is_picture_data(fetched):
            self._lead(values)
        elif self._stays(tag, values):
            if tag in self._open:
                self._open[tag] += 1
            proper = _PROPER[tag]
            self.parts.append(f"<{proper}{self._attributes(proper, values)}")
            self.parts.append(" />" if tag in _EMPTY else ">")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        depth, written = len(self.within), len(self.parts)
        self.handle_starttag(tag, attrs)
        is_begun = len(self.within) > depth or self.parts[written:][-1:] == [">"]
        # In SVG and MathML such a tag is a whole element.
        if is_begun and tag in _WHOLE:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.within:
            if tag == self.within[-1]:
                self.within.pop()
        elif self._stays(tag, {}) and tag not in _EMPTY and self._open.get(tag, 1) > 0:
            if tag in self._open:
                self._open[tag] -= 1
            self.parts.append(f"</{_PROPER[tag]}>")

    def end_drawings(self) -> None:
        """End drawings and formulas that don't end by themselves; they would take in the rest."""
        for tag in ("svg", "math"):
            self.parts += [f"</{tag}>"] * self._open[tag]

    def _stays(self, tag: str, values: dict[str, str]) -> bool:
        if tag == "input":
            return values.get("type") in CHOICES
        # Outside of a drawing, all that follows would be the page's title.
        return tag in _PROPER and (tag != "title" or self._open["svg"] > 0)

    def handle_data(self, data: str) -> None:
        if not self.within:
            self.parts.append(escape(data, quote=False))

    def _lead(self, values: dict[str, str]) -> None:
        """Put a link in the place of what would be fetched from another site."""
        address = values["src"].strip()
        words = values.get("alt") or values.get("title") or ""
        if self._open["a"] or scheme_of(address) not in {"http", "https", ""}:
            self.parts.append(escape(words))
        else:
            self.parts.append(f'<a href="{escape(address)}">{escape(words or address)}</a>')

    def _attributes(self, tag: str, values: dict[str, str]) -> str:
        written = []
        for given, value in values.items():
            name = _SVG_NAMES.get(given, given)
            if given.startswith("data-") or not _NAME.fullmatch(given):
                continue
            kept = attribute(tag, name, value)
            if kept is not None and name in {"class", "id"}:
                kept = " ".join(each for each in kept.split() if not is_ours(each))
            if kept is not None and (kept or not value):
                written.append(f' {name}="{escape(kept)}"')
        return "".join(written)
