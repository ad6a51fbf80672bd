"""Raw HTML in headings: anchors become ids, and nothing of it gets into contents and titles."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from guildhall.core.markup.marks import HEADING_RULE, Mark
from guildhall.core.values.faults import quote
from guildhall.sphinx_ext.content.marks import Sources, log_mark
from guildhall.sphinx_ext.lessons.raw_html import anchors_in, is_html

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_ANCHOR = re.compile(
    r"""<a\s+(?:name|id)\s*=\s*["']?(?P<name>[^\s"'<>]+)["']?\s*/?>""", re.IGNORECASE
)
_TAG = re.compile(r"<([a-zA-Z][\w-]*)")
_OTHERS = frozenset({
    "a", "area", "article", "aside", "audio", "button", "canvas", "center", "details", "div",
    "embed", "figure", "font", "form", "iframe", "img", "input", "label", "link", "meta", "nav",
    "object", "p", "picture", "pre", "script", "section", "style", "summary", "svg", "table",
    "video",
})  # fmt: skip
"""Elements that don't belong into headings; what no element is called is told on the page."""


class HeadingHtml(SphinxTransform):
    """Tells of raw HTML in headings, and makes ids of the anchors there."""

    # Before MyST gives headings their slugs (700), after ids are assigned.
    default_priority = 690

    def apply(self, **kwargs: Any) -> None:
        """Change the headings of the document."""
        sources = Sources()
        for title in self.document.findall(nodes.title):
            found = [node for node in title.findall(nodes.raw) if is_html(node)]
            told = next((node for node in found if _is_told(node)), None)
            if told is not None:
                self._tell(sources, title, told)
            if isinstance(title.parent, nodes.section):
                self._move_anchors(title.parent, found)

    def _tell(self, sources: Sources, title: nodes.title, raw: nodes.raw) -> None:
        html = raw.astext()
        anchor = _ANCHOR.fullmatch(html)
        expected = (
            f"{quote('({})='.format(anchor['name']))} on the line above the heading"
            if anchor
            else "words, and what else there is below the heading"
        )
        message = f"found {quote(html)} in a heading, raw HTML; expected {expected}"
        place = sources.place(title, html, Mark(0, html, HEADING_RULE, message))
        path, line, column, where = place or (Path(self.env.doc2path(self.env.docname)), 1, 1, "")
        log_mark(path, line, column, HEADING_RULE, f"{where}{message}")

    def _move_anchors(self, section: nodes.section, found: list[nodes.raw]) -> None:
        """Give the section the ids of empty anchors in its title, and take these out."""
        for node in found:
            anchor = _ANCHOR.fullmatch(node.astext())
            if anchor is None or node.parent is None:
                continue
            index = node.parent.index(node)
            after = node.parent[index + 1 : index + 2]
            is_closed = bool(after) and isinstance(after[0], nodes.raw)
            if is_closed and after[0].astext().lower() != "</a>":
                continue
            parent = node.parent
            for each in (node, *(after if is_closed else ())):
                parent.remove(each)
            name = anchor["name"]
            if name not in self.document.ids:
                section["ids"].append(name)
                self.document.ids[name] = section


class HtmlAnchors(SphinxTransform):
    """Lets links of Markdown lead to anchors that raw HTML of the page has."""

    # Before MyST looks where such links lead (879).
    default_priority = 870

    def apply(self, **kwargs: Any) -> None:
        """Make the anchors known."""
        for node in self.document.findall(nodes.raw):
            if is_html(node):
                for name in anchors_in(node.astext()):
                    self.document.ids.setdefault(name, node)


def _is_told(node: nodes.raw) -> bool:
    tags = {tag.lower() for tag in _TAG.findall(node.astext())}
    return bool(tags & _OTHERS)


def _without_html(app: Sphinx, doctree: nodes.document) -> None:
    """Keep raw HTML out of contents and titles, which stand on other pages."""
    env = app.env
    for kept in (env.titles, env.longtitles, env.tocs):
        shown = kept.get(env.docname)
        for node in list(shown.findall(nodes.raw)) if shown is not None else ():
            node.parent.remove(node)


def setup_headings(app: Sphinx) -> None:
    """Register the transforms."""
    app.add_transform(HeadingHtml)
    app.add_transform(HtmlAnchors)
    # After Sphinx has collected both (500).
    app.connect("doctree-read", _without_html, priority=600)
