"""Headings, lists and tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from selectolax.lexbor import LexborNode

from guildhall.check.content.view import HEADINGS, View, has_name, is_hidden, words
from guildhall.check.site.fault import SiteFault
from guildhall.core.values.faults import quote

_LEVELS = {tag: level for level, tag in enumerate(HEADINGS, 1)}
_HEADINGS = f":is({','.join(HEADINGS)})"
_MISPLACED = (
    ":is(:is(ul,ol,menu)>:not(li,script,template),:not(ul,ol,menu)>li,"
    "dl>:not(dt,dd,div,script,template),:not(dl,dl>div)>:is(dt,dd))"
)
_SCOPES = ("row", "col", "rowgroup", "colgroup")


def headings(view: View) -> Iterator[SiteFault]:
    """One title, no skipped levels, nothing empty."""
    content = view.content
    if content is None or view.is_redirect:
        return
    found = [node for node in content.css(_HEADINGS) if not is_hidden(node)]
    shown = [(_LEVELS[node.tag or ""], _heading_words(node)) for node in found]
    # Many themes have the site's own name as a heading in the header of each page.
    titles = [text for level, text in shown if level == 1] or [
        _heading_words(node) for node in view.all("h1") if not is_hidden(node)
    ][:1]
    if not titles:
        first = shown[0] if shown else None
        message = (
            f"the first heading {quote(first[1])} has level {first[0]}, expected a title of level 1"
            if first
            else "the page has no title, expected a heading of level 1"
        )
        yield view.fault("one-title", message, first[1] if first else "")
    for number, title in enumerate(titles[1:], 1):
        message = (
            f"{quote(title)} is a second title after {quote(titles[0])}; "
            "expected a heading of level 2 or deeper"
        )
        yield view.fault("one-title", message, title, titles[:number].count(title))
    for (before, _), (level, text) in pairwise(shown):
        if level > before + 1:
            message = (
                f"{quote(text)} has level {level} below a heading of level {before}, "
                f"expected level {before + 1}"
            )
            yield view.fault("heading-order", message, text)
    for node, (level, text) in zip(found, shown, strict=True):
        if not text and not has_name(node, node.attributes):
            message = f"found an empty heading of level {level}, expected words"
            # It has no words to look for, but raw HTML stands in the source as it is.
            yield view.fault("pages.heading-empty", message, node.html or "")


def _heading_words(node: LexborNode) -> str:
    """The words of a heading without the sign that links to it."""
    text, link = words(node), node.css_first("a.headerlink")
    return text.removesuffix(words(link)).rstrip() if link is not None else text


def lists(view: View) -> Iterator[SiteFault]:
    """Items in lists, and nothing else in them."""
    for node in view.tree.css(_MISPLACED):
        parent = node.parent
        if parent is None or "role" in node.attributes or "role" in parent.attributes:
            continue
        message = f"found `{node.tag}` in `{parent.tag}`, expected {_expected(node, parent)}"
        yield view.fault("pages.list", message, words(node)[:60])


def _expected(node: LexborNode, parent: LexborNode) -> str:
    if parent.tag in {"ul", "ol", "menu"}:
        return "only `li` in it"
    if parent.tag == "dl":
        return "only `dt` and `dd` in it"
    return "a list around it"


def tables(view: View) -> Iterator[SiteFault]:
    """Headers, scopes and captions of tables that hold data."""
    for table in view.all("table"):
        role = (table.attributes.get("role") or "").lower()
        if role in {"presentation", "none"} or len(table.css("table")) > 1:
            continue
        if is_hidden(table):
            continue
        yield from _captions(view, table)
        yield from _scopes(view, table)
        rows = [_cells(row) for row in table.css("tr")]
        rows = [row for row in rows if row]
        if len(rows) < 2 or max(map(len, rows)) < 2:
            continue
        yield from _headers(view, table, rows)


def _cells(row: LexborNode) -> list[LexborNode]:
    return [node for node in row.iter() if node.tag in {"td", "th"}]


def _headers(view: View, table: LexborNode, rows: list[list[LexborNode]]) -> Iterator[SiteFault]:
    start = next((text for row in rows for cell in row if (text := words(cell))), "")
    if table.css_first(":is(th,[role=columnheader],[role=rowheader])") is None:
        if start:
            message = (
                f"the table that begins with {quote(start)} has no header, expected `th` in its "
                "first row or column"
            )
            yield view.fault("pages.table-headers", message, start)
        return
    for number, cell in enumerate(rows[0]):
        # The corner above the headers of rows has nothing to say.
        if number and cell.tag == "th" and not has_name(cell, cell.attributes):
            message = (
                f"column {number + 1} of the table that begins with {quote(start)} has an empty "
                "header, expected words"
            )
            yield view.fault("pages.table-header-empty", message, start)


def _captions(view: View, table: LexborNode) -> Iterator[SiteFault]:
    for caption in table.css("caption"):
        if not has_name(caption, caption.attributes):
            message = "found an empty caption of a table, expected words"
            yield view.fault("pages.table-structure", message)


def _scopes(view: View, table: LexborNode) -> Iterator[SiteFault]:
    for cell in table.css("[scope]"):
        scope = (cell.attributes.get("scope") or "").lower()
        if cell.tag != "th":
            message = f"found `scope` on `{cell.tag}`, expected it on `th`"
        elif scope not in _SCOPES:
            message = f"found the scope {quote(scope)}, expected one of {', '.join(_SCOPES)}"
        else:
            continue
        yield view.fault("pages.table-structure", message, words(cell))
