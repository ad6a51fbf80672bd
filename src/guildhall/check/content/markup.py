"""What browsers repair or drop in silence: lost names, unended formatting, old ways of layout.

The source of a page is asked first, which is cheap; only where something may be wrong is it read
tag by tag.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from html.entities import html5

from guildhall.check.content.view import OBSOLETE, View, ancestors
from guildhall.check.site.fault import SiteFault
from guildhall.core.values.faults import nearest, quote

_ELEMENTS = frozenset({
    "a", "abbr", "address", "area", "article", "aside", "audio", "b", "base", "bdi", "bdo",
    "blockquote", "body", "br", "button", "canvas", "caption", "cite", "code", "col", "colgroup",
    "data", "datalist", "dd", "del", "details", "dfn", "dialog", "div", "dl", "dt", "em", "embed",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "head", "header", "hgroup", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd",
    "label", "legend", "li", "link", "main", "map", "mark", "menu", "meta", "meter", "nav",
    "noscript", "object", "ol", "optgroup", "option", "output", "p", "picture", "pre", "progress",
    "q", "rp", "rt", "ruby", "s", "samp", "script", "search", "section", "select",
    "selectedcontent", "slot", "small", "source", "span", "strong", "style", "sub", "summary",
    "sup", "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time",
    "title", "tr", "track", "u", "ul", "var", "video", "wbr", "math",
})  # fmt: skip
"""The elements of HTML (HTML, "Index of elements")."""
_OLD = frozenset({
    "command", "content", "element", "image", "keygen", "menuitem", "nextid", "noframes", "param",
    "rb", "rtc",
})  # fmt: skip
_FORMATTING = frozenset({
    "b", "big", "code", "em", "i", "s", "small", "strike", "strong", "tt", "u",
})  # fmt: skip
"""Elements that go on until they are ended, also in what follows (HTML, 13.2.4.3)."""

_TAGS = re.compile(rb"</?[a-zA-Z][a-zA-Z0-9-]*")
_REFERENCES = re.compile(rb"&([a-zA-Z][a-zA-Z0-9]*;)")
_NO_MARKUP = re.compile(
    r"<!--.*?-->|<(script|style|textarea|title|xmp|iframe|noembed|noframes|noscript)\b.*?</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(
    r"<(/?)([a-zA-Z][^\s/>]*)"
    r"(?:[^>=]++|=\s*+(?:\"[^\"]*\"|'[^']*'|[^\s>\"'][^\s>]*+)?+)*+>"
)
_COMMON = frozenset({
    "nbsp", "amp", "lt", "gt", "quot", "apos", "copy", "shy", "ndash", "mdash", "hellip", "times",
    "euro", "middot", "rarr", "larr", "aring", "auml", "ouml", "uuml", "aelig", "oslash", "eacute",
    "Aring", "Auml", "Ouml", "Uuml", "AElig", "Oslash", "Eacute", "szlig", "laquo", "raquo",
})  # fmt: skip
_OF_SCRIPTS = frozenset({"type", "language", "async", "defer", "charset", "nonce"})
_LEAST_NEAR = 4
_SNIFFED = 4096


def doctype(view: View) -> Iterator[SiteFault]:
    """Whole pages without a doctype; those that only send readers on show nothing.

    Files with neither ``html``, ``head``, ``body`` nor ``title`` are parts for scripts to fetch.
    """
    node = view.tree.root.prev if view.tree.root is not None else None
    while node is not None:
        if node.tag == "-doctype":
            return
        node = node.prev
    source = (view.tree.raw_html or b"")[:_SNIFFED].lower()
    whole = any(tag in source for tag in (b"<html", b"<head", b"<body", b"<title"))
    if whole and not view.is_redirect:
        message = "the page doesn't begin with a doctype, expected `<!DOCTYPE html>`"
        yield view.fault("pages.doctype", message)


def empty_scripts(view: View) -> Iterator[SiteFault]:
    """Scripts with neither text nor address; one with other attributes is filled by another."""
    nth = 0
    for node in view.all("script"):
        attributes = node.attributes
        if attributes.keys() <= _OF_SCRIPTS and not node.text().strip():
            html = node.html or ""
            message = f"found {quote(html)}, expected a script in it or the attribute `src`"
            yield view.fault("pages.empty-script", message, html, nth)
            nth += 1


def elements(view: View) -> Iterator[SiteFault]:
    """Elements that don't exist, and formatting that isn't ended, or not begun."""
    source = view.tree.raw_html or b""
    counts: Counter[str] = Counter()
    for tag, times in Counter(_TAGS.findall(source)).items():
        counts[tag[1:].decode("ascii").lower()] += times
    for name in sorted(counts):
        if not name.startswith("/") and "-" not in name and not _exists(name):
            yield from _unknown(view, name)
    if any(counts[name] != counts[f"/{name}"] for name in _FORMATTING):
        yield from _formatting(view, source.decode("utf-8", "replace"))


def _exists(name: str) -> bool:
    return name in _ELEMENTS or name in _OLD or name in OBSOLETE


def _unknown(view: View, name: str) -> Iterator[SiteFault]:
    """The elements of a name that HTML doesn't have; drawings and formulas have others."""
    near = nearest(name, _ELEMENTS) if len(name) >= _LEAST_NEAR else None
    hint = f"; did you mean `{near}`?" if near else ""
    for nth, node in enumerate(view.tree.css(name)):
        if not any(around.tag in {"svg", "math"} for around in ancestors(node)):
            message = (
                f"found `<{name}>`, which is not an HTML element and isn't shown, expected an "
                f"element or `&lt;{name}&gt;`{hint}"
            )
            yield view.fault("pages.unknown-element", message, f"<{name}", nth)


def _formatting(view: View, source: str) -> Iterator[SiteFault]:
    """Formatting without an end or a beginning; browsers agree on what is nested wrongly."""
    begun: dict[str, list[tuple[str, int]]] = defaultdict(list)
    seen: Counter[str] = Counter()
    for match in _TAG.finditer(_NO_MARKUP.sub("", source)):
        name, text = match[2].lower(), match[0]
        if name not in _FORMATTING:
            continue
        place = (text, seen[text])
        seen[text] += 1
        if not match[1]:
            begun[name].append(place)
        elif begun[name]:
            begun[name].pop()
        else:
            message = f"found `</{name}>` without an opening tag, expected `<{name}>` before it"
            yield view.fault("pages.formatting", message, *place)
    for name in sorted(begun):
        for place in begun[name]:
            message = f"{quote(place[0])} is never closed and affects everything after it"
            yield view.fault("pages.formatting", f"{message}, expected `</{name}>`", *place)


def references(view: View) -> Iterator[SiteFault]:
    """Character references that don't exist, where readers see them; code may show them.

    Right after a letter, such as in `R&D;`, only what nearly is a common one is told.

    Source: HTML, "Character references", ambiguous ampersand.
    """
    source = view.tree.raw_html or b""
    names = {name.decode("ascii") for name in _REFERENCES.findall(source)} - html5.keys()
    if not names:
        return
    markup = _NO_MARKUP.sub("", source.decode("utf-8", "replace"))
    for name in sorted(names):
        found = f"&{name}"
        if found not in markup or found not in view.prose:
            continue
        near = nearest(name[:-1], _COMMON) if len(name) >= _LEAST_NEAR else None
        if near or re.search(rf"(?<!\w){found}", markup):
            hint = f"; did you mean `&{near};`?" if near else ""
            message = f"found {quote(found)}, which is not a character and is shown as is{hint}"
            yield view.fault("pages.character-reference", message, found)
