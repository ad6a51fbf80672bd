"""One file of HTML, read once, as the few facts that checks of the whole site need."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from guildhall.check.site.elements import ADDRESSES, HINTS, METADATA_RELATIONS, PREVIEWS, Kind
from guildhall.check.site.fault import SiteFault
from guildhall.check.site.linked_data import UnreadableDataError, in_linked_data
from guildhall.check.site.texts import in_refresh, in_srcset, in_style

ContentRule = Callable[[LexborHTMLParser, str], Iterable[SiteFault]]
"""A check of one page: it is given the tree and the page's file, relative to the site's folder.

The tree is that of a browser that runs scripts, so what ``noscript`` holds is one text, and what
``template`` holds is no part of it. Rules must not change the tree."""

_WANTED = (
    r":is([id],[href],[src],[srcset],[style],[xlink\:href],[poster],[action],[formaction],[cite],"
    r"[imagesrcset],[longdesc],[background],object[data],a[name],map[name],meta[content],"
    r"iframe[srcdoc],"
    r'style,noscript,script[type="application/ld+json" i])'
)
# Not `:is(head,nav) [href]`, which Lexbor takes for children only.
_FRAME = ",".join(
    f"{around} :is([href],[src],[srcset],[action])"
    for around in ("head", "nav", "header", "footer")
)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]+)", re.IGNORECASE)
_SNIFFED = 1024
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


class Link(NamedTuple):
    """An address on a page, with how often it stands there.

    Args:
        address: as the attribute holds it, with character references read and nothing else changed.
        use: the element and attribute, such as ``a href``, or ``meta og:image``.
        kind: what it is for.
        own: how often it stands in the page's own content.
        frame: how often it stands in the head, in navigation, header or footer.
    """

    address: str
    use: str
    kind: Kind
    own: int
    frame: int


@dataclass(frozen=True, slots=True)
class Page:
    """What checks of the whole site need of one page; plain data that can be pickled.

    Args:
        path: the file, relative to the site's folder, with slashes.
        size: its length in bytes.
        title: the text of its ``title``.
        language: its ``lang``.
        base: the address of its first ``base`` element.
        ids: the ids of its elements, each once, in order.
        repeated: those that more than one element has.
        names: the names of its anchors (``<a name=…>``).
        links: its addresses, each once for each use, in the order of their first places.
        refresh: where it sends its readers on.
        routes: whether it does so, and a script of its own may do it by the fragment.
        canonical: the addresses that it says are its own.
        hidden: whether it asks search engines to leave it out.
        faults: what the rules for content found, and what could not be read.
    """

    path: str
    size: int = 0
    title: str = ""
    language: str = ""
    base: str | None = None
    ids: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    refresh: str | None = None
    routes: bool = False
    canonical: tuple[str, ...] = ()
    hidden: bool = False
    faults: tuple[SiteFault, ...] = ()

    @property
    def is_html(self) -> bool:
        """Whether readers open it as a page."""
        return self.path.lower().endswith((".html", ".htm", ".xhtml"))


def read_page(path: Path, relative: str, content: Iterable[ContentRule] = ()) -> Page:
    """Read one file of HTML.

    Args:
        path: the file.
        relative: its name in the site, with slashes.
        content: rules that are asked with the same tree.

    Raises:
        OSError: where it can't be read.
    """
    return parse_page(path.read_bytes(), relative, content)


def parse_page(data: bytes, relative: str, content: Iterable[ContentRule] = ()) -> Page:
    """Like :func:`read_page`, from bytes."""
    tree = LexborHTMLParser(decode(data), scripting=True)
    facts = _Facts(relative)
    facts.read(tree)
    for rule in content:
        facts.faults.extend(rule(tree, relative))
    return facts.page(tree, len(data))


def decode(data: bytes) -> str:
    """The text of a page, by its byte order mark or the encoding that it states, else as UTF-8.

    Source: Encoding Standard, "decode"; HTML, "prescan a byte stream".
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    stated = _CHARSET.search(data, 0, _SNIFFED)
    if stated:
        name = stated[1].decode("ascii").lower()
        if name not in {"utf-8", "utf8"} and not name.startswith("utf-16"):
            # Browsers read these two names as their superset.
            name = "cp1252" if name in {"iso-8859-1", "latin1", "us-ascii", "ascii"} else name
            try:
                return data.decode(name, "replace")
            except LookupError:
                pass
    return data.decode("utf-8", "replace")


class _Facts:
    """The facts of one page while its tree is read."""

    def __init__(self, relative: str, *, is_within: bool = False) -> None:
        self.relative = relative
        self.is_within = is_within
        self.base: str | None = None
        self.ids: dict[str, int] = {}
        self.names: list[str] = []
        self.links: dict[tuple[str, str, Kind], list[int]] = {}
        self.refresh: str | None = None
        self.canonical: list[str] = []
        self.hidden = False
        self.faults: list[SiteFault] = []

    def page(self, tree: LexborHTMLParser, size: int) -> Page:
        title, root = tree.css_first("head > title"), tree.root
        return Page(
            path=self.relative,
            size=size,
            title=title.text(strip=True) if title else "",
            language=(root.attributes.get("lang") or "") if root else "",
            base=self.base,
            ids=tuple(self.ids),
            repeated=tuple(name for name, times in self.ids.items() if times > 1),
            names=tuple(dict.fromkeys(self.names)),
            links=tuple(Link(*key, own, frame) for key, (own, frame) in self.links.items()),
            refresh=self.refresh,
            routes=self.refresh is not None and any(map(_may_route, tree.css("script"))),
            canonical=tuple(self.canonical),
            hidden=self.hidden,
            faults=tuple(self.faults),
        )

    def read(self, tree: LexborHTMLParser) -> None:
        frame = {node.mem_id for node in tree.css(_FRAME)}
        for node in tree.css(_WANTED):
            self._read_node(node, node.mem_id in frame)

    def _read_node(self, node: LexborNode, framed: bool) -> None:
        tag = node.tag or ""
        attributes = node.attributes
        for name, value in attributes.items():
            if name == "id":
                if value:
                    self.ids[value] = self.ids.get(value, 0) + 1
                continue
            kind = ADDRESSES.get((tag, name))
            if kind is not None:
                self._read_address(tag, name, value or "", kind, attributes, framed)
            elif name == "style" and value:
                for address in in_style(value):
                    self._add(address, f"{tag} style", Kind.RESOURCE, framed)
        special = _SPECIAL.get(tag)
        if special:
            special(self, node, attributes)

    def _read_address(
        self,
        tag: str,
        name: str,
        value: str,
        kind: Kind,
        attributes: dict[str, str | None],
        framed: bool,
    ) -> None:
        if name in {"srcset", "imagesrcset"}:
            for address in in_srcset(value):
                self._add(address, f"{tag} {name}", kind, framed)
            return
        if name == "xlink:href" and "href" in attributes:
            return
        if tag == "link":
            relations = set((attributes.get("rel") or "").lower().split())
            if "canonical" in relations:
                self.canonical.append(value)
            if relations <= HINTS:
                kind = Kind.HINT
            elif not relations - METADATA_RELATIONS:
                kind = Kind.METADATA
        elif (tag, name) == ("input", "src") and (attributes.get("type") or "").lower() != "image":
            return
        self._add(value, f"{tag} {name}", kind, framed)

    def _add(self, address: str, use: str, kind: Kind, framed: bool) -> None:
        if kind is Kind.RESOURCE and address[:5].lower() == "data:":
            return
        counts = self.links.setdefault((address, use, kind), [0, 0])
        counts[framed] += 1

    def read_anchor(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        name = attributes.get("name")
        if name:
            self.names.append(name)

    def read_base(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        if self.base is None and attributes.get("href"):
            self.base = attributes["href"]

    def read_meta(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        content = attributes.get("content") or ""
        name = (attributes.get("property") or attributes.get("name") or "").lower()
        if name in PREVIEWS:
            self._add(content, f"meta {name}", Kind.METADATA, True)
        elif name == "robots":
            self.hidden |= "noindex" in content.lower()
        elif (attributes.get("http-equiv") or "").lower() == "refresh":
            address = in_refresh(content)
            if address is not None and self.refresh is None:
                self.refresh = address
                self._add(address, "meta refresh", Kind.REDIRECT, True)

    def read_style(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        for address in in_style(node.text()):
            self._add(address, "style", Kind.RESOURCE, False)

    def read_script(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        if (attributes.get("type") or "").strip().lower() != "application/ld+json":
            return
        try:
            for address, is_identifier in in_linked_data(node.text()):
                use = "json-ld @id" if is_identifier else "json-ld"
                self._add(address, use, Kind.METADATA, True)
        except UnreadableDataError as error:
            message = f"linked data that is not valid JSON: {error}"
            self.faults.append(SiteFault(self.relative, "links.unreadable", message))

    def read_noscript(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        """Links for readers without scripts; its ids are no anchors for all others."""
        text = node.text()
        if "<" not in text:
            return
        self._read_within(LexborHTMLParser(text, is_fragment=True, scripting=False))

    def read_frame(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        """Links in a frame's own text, relative to the page as the page's own are.

        One within another is left out. Source: HTML, "fallback base URL".
        """
        text = attributes.get("srcdoc") or ""
        if "<" in text and not self.is_within:
            self._read_within(LexborHTMLParser(text, scripting=True), is_document=True)

    def _read_within(self, tree: LexborHTMLParser, *, is_document: bool = False) -> None:
        within = _Facts(self.relative, is_within=True)
        within.read(tree)
        if is_document and within.base is not None:
            return
        for key, (own, frame) in within.links.items():
            # Anchors are those of the document within, and what it sends on is the frame.
            if key[2] is Kind.REDIRECT or (is_document and key[0].lstrip()[:1] == "#"):
                continue
            counts = self.links.setdefault(key, [0, 0])
            counts[0] += own
            counts[1] += frame


def _may_route(script: LexborNode) -> bool:
    return "src" in script.attributes or "hash" in script.text()


_SPECIAL: dict[str, Callable[[_Facts, LexborNode, dict[str, str | None]], None]] = {
    "a": _Facts.read_anchor,
    "map": _Facts.read_anchor,
    "base": _Facts.read_base,
    "meta": _Facts.read_meta,
    "style": _Facts.read_style,
    "script": _Facts.read_script,
    "noscript": _Facts.read_noscript,
    "iframe": _Facts.read_frame,
}


def nodes_of(tree: LexborHTMLParser, selector: str) -> Iterator[LexborNode]:
    """The elements that a selector finds, each once, in the order of the page.

    A list of selectors gives an element once for each that it fits; this doesn't.
    """
    yield from tree.css(f":is({selector})")
