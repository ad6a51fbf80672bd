"""Addresses in files of XML: pictures (SVG), feeds (Atom, RSS), site maps, search descriptions.

Sources: SVG 2; RFC 4287; RSS 2.0 (rssboard.org); sitemaps.org; OpenSearch 1.1.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers import expat

from guildhall.check.site.elements import Kind
from guildhall.check.site.fault import SiteFault
from guildhall.check.site.page import Link, Page, parse_page
from guildhall.check.site.texts import in_style

_XLINK = "http://www.w3.org/1999/xlink href"
_BASE = "http://www.w3.org/XML/1998/namespace base"
_ATOM = "http://www.w3.org/2005/Atom"
_TEMPLATE = re.compile(r"\{[^{}]*\}")
_DEEPEST = 500
_HOLDS_HTML = frozenset({"description", "encoded", "content", "summary"})


class _RefusedError(Exception):
    """The file declares entities, or is nested too deep."""


class _Reader:
    """Reads one file; which elements matter follows from the outermost one."""

    def __init__(self, relative: str) -> None:
        self.relative = relative
        self.links: dict[tuple[str, str, Kind], int] = {}
        self.ids: dict[str, int] = {}
        self.base: str | None = None
        self._path: list[str] = []
        self._attributes: list[dict[str, str]] = []
        self._text: list[str] = []

        self._start: Callable[[str, dict[str, str]], None] | None = None
        self._end: Callable[[str, str, dict[str, str]], None] | None = None

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._starts
        parser.EndElementHandler = self._ends
        parser.CharacterDataHandler = self._holds
        parser.EntityDeclHandler = self._refuse
        parser.Parse(data, True)

    def page(self, size: int) -> Page:
        return Page(
            path=self.relative,
            size=size,
            base=self.base,
            ids=tuple(self.ids),
            repeated=tuple(name for name, times in self.ids.items() if times > 1),
            links=tuple(Link(*key, times, 0) for key, times in self.links.items()),
        )

    def _refuse(self, *declared: object) -> None:
        raise _RefusedError("it declares entities")

    def _starts(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if not self._path:
            self._choose(local, name.rpartition(" ")[0])
            self.base = attributes.get(_BASE)
        if len(self._path) >= _DEEPEST:
            raise _RefusedError(f"its elements are nested deeper than {_DEEPEST}")
        self._path.append(local)
        self._attributes.append(attributes)
        self._text.clear()
        if self._start:
            self._start(local, attributes)

    def _ends(self, name: str) -> None:
        local, attributes = self._path.pop(), self._attributes.pop()
        if self._end:
            self._end(local, "".join(self._text), attributes)
        self._text.clear()

    def _holds(self, text: str) -> None:
        if self._end:
            self._text.append(text)

    def _choose(self, root: str, namespace: str) -> None:
        if root == "svg":
            self._start, self._end = self._svg, self._svg_style
        elif root == "feed" and namespace == _ATOM:
            self._start, self._end = self._atom, self._atom_text
        elif root in {"rss", "RDF"}:
            self._start, self._end = self._rss, self._rss_text
        elif root in {"urlset", "sitemapindex"}:
            self._start, self._end = self._sitemap, self._sitemap_text
        elif root == "OpenSearchDescription":
            self._start, self._end = self._search, self._search_text

    def _add(self, address: str, use: str, kind: Kind = Kind.METADATA) -> None:
        key = (address, use, kind)
        self.links[key] = self.links.get(key, 0) + 1

    def _svg(self, name: str, attributes: dict[str, str]) -> None:
        if attributes.get("id"):
            self.ids[attributes["id"]] = self.ids.get(attributes["id"], 0) + 1
        address = attributes.get("href", attributes.get(_XLINK))
        if address is not None:
            self._add(address, f"svg {name}", Kind.PAGE if name == "a" else Kind.RESOURCE)
        for found in in_style(attributes.get("style", "")):
            self._add(found, "svg style", Kind.RESOURCE)

    def _svg_style(self, name: str, text: str, attributes: dict[str, str]) -> None:
        if name == "style":
            for found in in_style(text):
                self._add(found, "svg style", Kind.RESOURCE)

    def _atom(self, name: str, attributes: dict[str, str]) -> None:
        if name == "link" and "href" in attributes:
            self._add(attributes["href"], "atom link")
        elif name == "content" and "src" in attributes:
            self._add(attributes["src"], "atom content")
        elif "div" in self._path and name != "div":
            for attribute, kind in (("href", Kind.PAGE), ("src", Kind.RESOURCE)):
                if attribute in attributes:
                    self._add(attributes[attribute], "atom text", kind)

    def _atom_text(self, name: str, text: str, attributes: dict[str, str]) -> None:
        if name in {"icon", "logo", "uri"} and text.strip():
            self._add(text.strip(), f"atom {name}")
        elif name in _HOLDS_HTML and attributes.get("type") == "html":
            self._read_html(text, "atom text")

    def _rss(self, name: str, attributes: dict[str, str]) -> None:
        if name == "enclosure" and "url" in attributes:
            self._add(attributes["url"], "rss enclosure")
        elif name == "link" and "href" in attributes:
            self._add(attributes["href"], "rss link")

    def _rss_text(self, name: str, text: str, attributes: dict[str, str]) -> None:
        bare = text.strip()
        if name in {"link", "url", "comments", "docs"} and bare:
            self._add(bare, f"rss {name}")
        elif name == "guid" and bare and attributes.get("isPermaLink", "true") == "true":
            self._add(bare, "rss guid")
        elif name in _HOLDS_HTML:
            self._read_html(text, "rss text")

    def _read_html(self, text: str, use: str) -> None:
        if "<" in text:
            for link in parse_page(text.encode(), self.relative).links:
                self._add(link.address, use, link.kind)

    def _sitemap(self, name: str, attributes: dict[str, str]) -> None:
        if name == "link" and "href" in attributes:
            self._add(attributes["href"], "sitemap link")

    def _sitemap_text(self, name: str, text: str, attributes: dict[str, str]) -> None:
        if name == "loc":
            self._add(text.strip(), "sitemap loc")

    def _search(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Url" and "template" in attributes:
            self._add(_TEMPLATE.sub("", attributes["template"]), "opensearch url")

    def _search_text(self, name: str, text: str, attributes: dict[str, str]) -> None:
        if name in {"Image", "SearchForm"} and text.strip():
            self._add(text.strip(), "opensearch image" if name == "Image" else "opensearch form")


def read_xml(data: bytes, relative: str) -> Page:
    """The addresses and ids of a file of XML.

    Nothing outside of the file is read, and a file that declares entities of its own is refused.

    Args:
        data: the file.
        relative: its name in the site, with slashes.
    """
    reader = _Reader(relative)
    try:
        reader.read(data)
    except _RefusedError as error:
        return _unreadable(relative, data, str(error))
    except (expat.ExpatError, ValueError, LookupError) as error:
        return _unreadable(relative, data, f"it is not valid XML: {error}")
    return reader.page(len(data))


def _unreadable(relative: str, data: bytes, why: str) -> Page:
    message = f"the file can't be read: {why}"
    fault = SiteFault(relative, "links.unreadable", message)
    return Page(path=relative, size=len(data), faults=(fault,))
