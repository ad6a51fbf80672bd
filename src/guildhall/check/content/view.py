"""A page as its rules see it: the elements that they ask for, found in one walk."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

from guildhall.check.site.fault import SiteFault

Attributes = dict[str, str | None]

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
"""The elements of headings, by level."""

OBSOLETE = {
    "acronym": "`abbr`", "applet": "`object`", "basefont": "a style", "bgsound": "`audio`",
    "big": "a style", "blink": "no blinking", "center": "a style", "dir": "`ul`",
    "font": "a style", "frame": "`iframe`", "frameset": "`iframe`", "isindex": "`input`",
    "listing": "`pre`", "marquee": "no moving text", "multicol": "a style", "nobr": "a style",
    "noembed": "`object`", "plaintext": "`pre`", "spacer": "a style", "strike": "`s` or `del`",
    "tt": "`code`, `kbd` or `samp`", "xmp": "`pre`",
}  # fmt: skip
"""Elements that HTML no longer has, and what is used in their place (HTML, 16.2)."""

_ATTRIBUTES = (
    *("lang", "role", "tabindex", "accesskey", "style", "aria-hidden"),
    *("aria-labelledby", "aria-describedby", "aria-details", "aria-controls", "aria-owns"),
    *("headers", "list", "form", "for"),
)
_MARKED = f":is({','.join(f'[{name}]' for name in _ATTRIBUTES)})"
_TAGS = (
    *(
        *HEADINGS,
        "a",
        "area",
        "audio",
        "button",
        "embed",
        "form",
        "frame",
        "iframe",
        "image",
        "img",
    ),
    *("input", "label", "link", "main", "meta", "object", "script", "select", "source", "style"),
    *("summary", "table", "textarea", "title", "track", "use", "video", *OBSOLETE),
)
_ELEMENTS = f":is({','.join(_TAGS)})"
_NO_PROSE = ":is(pre,code,kbd,samp,var,tt,script,style,textarea,noscript,math)"
_BLOCKS = frozenset(
    {*HEADINGS, "address", "article", "aside", "blockquote", "br", "button", "caption", "dd"}
    | {"details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "hr"}
    | {"img", "input", "label", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "code"}
    | {"section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "svg"}
    | {"text", "title"}
)
BREAK = "\x1e"
"""What stands between the blocks of a page's prose; no page can hold it."""


class View:
    """A page.

    Args:
        tree: the page as a browser reads it; it is not changed.
        path: the file, relative to the site's folder, with slashes.
    """

    def __init__(self, tree: LexborHTMLParser, path: str) -> None:
        self.tree = tree
        self.path = path
        self._by_tag: dict[str, list[LexborNode]] = {}
        for node in tree.css(_ELEMENTS):
            self._by_tag.setdefault(node.tag or "", []).append(node)

    def all(self, *tags: str) -> Iterator[LexborNode]:
        """The elements of these names, name by name, each in the order of the page."""
        for tag in tags:
            yield from self._by_tag.get(tag, ())

    @property
    def tags(self) -> Set[str]:
        """The names of the elements that there are, of those that rules ask for."""
        return self._by_tag.keys()

    @cached_property
    def root(self) -> Attributes:
        """The attributes of the ``html`` element."""
        return self.tree.root.attributes if self.tree.root is not None else {}

    @cached_property
    def language(self) -> str:
        """The language that the page states, in small letters and without its region."""
        return (self.root.get("lang") or "").lower().partition("-")[0]

    @cached_property
    def content(self) -> LexborNode | None:
        """What the page has of its own: its ``main`` element, or all of it."""
        return next(self.all("main"), None) or self.tree.css_first("[role=main]") or self.tree.body

    @cached_property
    def marked(self) -> list[tuple[LexborNode, Attributes]]:
        """The elements with any of the attributes that rules ask for, in the page's order."""
        return [(node, node.attributes) for node in self.tree.css(_MARKED)]

    @cached_property
    def links(self) -> list[tuple[LexborNode, Attributes]]:
        """The page's links, in its order; those of navigation, header and footer come last."""
        framed = {node.mem_id for node in self.tree.css("nav a,header a,footer a")}
        found = [
            (node, attributes)
            for node in self.all("a")
            if (attributes := node.attributes).get("href") is not None
        ]
        return sorted(found, key=lambda each: each[0].mem_id in framed)

    @cached_property
    def addresses(self) -> list[str]:
        """Where the page's links lead, as they are written."""
        return [attributes["href"] or "" for _, attributes in self.links]

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of the page's elements."""
        return frozenset(node.attributes.get("id") or "" for node in self.tree.css("[id]"))

    @cached_property
    def is_redirect(self) -> bool:
        """Whether the page only sends its readers on."""
        return any(
            (node.attributes.get("http-equiv") or "").lower() == "refresh"
            for node in self.all("meta")
        )

    @cached_property
    def prose(self) -> str:
        """The text of the content without code, its blocks set apart by :data:`BREAK`."""
        content = self.content
        if content is None:
            return ""
        skipped = {
            node.mem_id
            for code in content.css(_NO_PROSE)
            for node in code.traverse(include_text=True)
        }
        parts: list[str] = []
        for node in content.traverse(include_text=True):
            if node.is_text_node:
                if node.mem_id not in skipped:
                    parts.append(node.text_content or "")
            elif node.tag in _BLOCKS:
                parts.append(BREAK)
        return "".join(parts)

    def fault(
        self, rule: str, message: str, needle: str = "", nth: int = 0, target: str = ""
    ) -> SiteFault:
        """A fault of this page."""
        return SiteFault(self.path, rule, message, needle, nth, target)


def words(node: LexborNode) -> str:
    """The text of an element, on one line."""
    return " ".join(node.text().split())


def beginning(node: LexborNode) -> str:
    """The first text within an element, which its source has in one piece."""
    for each in node.traverse(include_text=True):
        text = " ".join((each.text_content or "").split()) if each.is_text_node else ""
        if text:
            return text
    return ""


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around one, from the inside."""
    around = node.parent
    while around is not None and around.is_element_node:
        yield around
        around = around.parent


def is_hidden(node: LexborNode) -> bool:
    """Whether an element is surely not there for screen readers."""
    return _hides(node) or any(map(_hides, ancestors(node)))


def _hides(node: LexborNode) -> bool:
    attributes = node.attributes
    return attributes.get("aria-hidden") == "true" or is_unseen(attributes)


def is_unseen(attributes: Attributes) -> bool:
    """Whether an element's own attributes keep it from being shown to anybody."""
    if "hidden" in attributes or "inert" in attributes:
        return True
    style = (attributes.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style


def is_labelled(attributes: Attributes) -> bool:
    """Whether attributes alone give an element its name.

    Whether the elements that ``aria-labelledby`` names are there is another rule's.
    """
    return any(
        (attributes.get(name) or "").strip() for name in ("aria-label", "aria-labelledby", "title")
    )


def has_name(node: LexborNode, attributes: Attributes) -> bool:
    """Whether an element has an accessible name from its attributes or from what it holds.

    Source: Accessible Name and Description Computation 1.2, in the parts that need no style.
    """
    if is_labelled(attributes) or node.text().strip():
        return True
    inside = node.css(":is(img,svg,[aria-label],[aria-labelledby],[title],input)")
    return any(
        is_labelled(each.attributes) or (each.attributes.get("alt") or "").strip()
        for each in inside
        if each.mem_id != node.mem_id
    )
