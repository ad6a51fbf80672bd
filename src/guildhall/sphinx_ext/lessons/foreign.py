"""Pages that strangers wrote: nothing of them acts, on their own page or on another one.

All of it is done while a page is read, before anything is collected from it. So whatever shows a
part of such a page later (contents, navigation, lists, the search, another builder) has nothing to
fear from it. When the page is written, its whole body is cleaned once more
(:mod:`guildhall.sphinx_ext.page_context`).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from guildhall.lessons.fragments import after_end, clean_fragment, is_ours
from guildhall.lessons.origins import is_followed, scheme_of
from guildhall.records.faults import Subtype
from guildhall.records.kinds.lesson import LESSON_FILE
from guildhall.sphinx_ext.diagnostics import warn
from guildhall.sphinx_ext.lessons.embeds import tame_frames
from guildhall.sphinx_ext.lessons.scope import lesson_at, page_language
from guildhall.sphinx_ext.nodes import MADE
from guildhall.values.faults import quote

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_LEAVING = (nodes.title, nodes.caption, nodes.term, nodes.rubric)
"""What other pages show of a page: all that is in it becomes text."""
_INERT = frozenset({"gh-minutes", "gh-figure"})
"""Classes that Guildhall's own directives and roles give to words of lessons."""
_SIZES = ("width", "height")
_SIZE = re.compile(r"[0-9]+(?:\.[0-9]+)?\s*[a-z%]*", re.I)


def is_foreign(env: BuildEnvironment, docname: str) -> bool:
    """Whether strangers wrote a page; the record that describes their lesson is the portal's."""
    lesson = lesson_at(env, docname)
    if lesson is None or not lesson.is_elsewhere:
        return False
    return Path(env.doc2path(docname)).name != LESSON_FILE


class ForeignNames(SphinxTransform):
    """Takes the theme's own classes, which its styles and scripts act upon."""

    # Before Guildhall adds parts of its own to the page (204).
    default_priority = 203

    def apply(self, **kwargs: Any) -> None:
        """Change the document."""
        if not is_foreign(self.env, self.env.docname):
            return
        for node in self.document.findall(nodes.Element):
            if MADE not in node.attributes:
                node["classes"] = [
                    name for name in node["classes"] if name in _INERT or not is_ours(name)
                ]


class ForeignPage(SphinxTransform):
    """Makes raw HTML harmless, and takes addresses that run something."""

    # After all other transforms, and before anything is collected from the page (879, 880).
    default_priority = 870

    def apply(self, **kwargs: Any) -> None:
        """Change the document."""
        if not is_foreign(self.env, self.env.docname):
            return
        tame_frames(self.document, page_language(self.env, self.env.docname))
        for meta in list(self.document.findall(nodes.meta)):
            meta.parent.remove(meta)
        clean_raw(self.document)
        for node in list(self.document.findall(nodes.Element)):
            self._tame(node)

    def _tame(self, node: nodes.Element) -> None:
        if isinstance(node, addnodes.toctree):
            entries = [entry for entry in node["entries"] if self._may_lead(node, entry[1])]
            node["entries"] = entries
        elif isinstance(node, addnodes.download_reference):
            if not self._may_lead(node, node["reftarget"]):
                _keep_words(node)
        elif isinstance(node, nodes.image):
            for name in _SIZES:
                if name in node and not _SIZE.fullmatch(str(node[name]).strip()):
                    del node[name]
            if scheme_of(node["uri"]) not in {"", "http", "https", "data"}:
                self._may_lead(node, node["uri"], fetches=True)
                node.replace_self(nodes.inline("", node.get("alt", "")))
        elif "refuri" in node and not self._may_lead(node, node["refuri"]):
            _keep_words(node)

    def _may_lead(self, node: nodes.Element, address: str, *, fetches: bool = False) -> bool:
        if is_followed(address) and not fetches:
            return True
        found = f"the address {quote(address)} is left out: found `{scheme_of(address)}:`"
        warn(Subtype.LESSON, f"{found}, expected `https:`, `http:`, `mailto:` or `tel:`", node)
        return False


class ForeignOutput(SphinxPostTransform):
    """The same for HTML that is put into a page when its references are resolved."""

    # After MyST-NB has chosen among the outputs of cells, and put in those that a page names.
    default_priority = 600

    def run(self, **kwargs: Any) -> None:
        """Change the document."""
        if is_foreign(self.env, self.env.docname):
            clean_raw(self.document)


def clean_raw(tree: nodes.Element, *, keeps: bool = True) -> None:
    """Clean every piece of raw HTML; what is raw in another format goes.

    Args:
        tree: what holds the pieces; it is changed.
        keeps: whether tags may stay; otherwise only the text between them does.
    """
    at = 0
    while at < len(tree.children):
        child = tree.children[at]
        if isinstance(child, nodes.raw):
            is_html = "html" in str(child.get("format", "")).split()
            cleaned = clean_fragment(child.astext() if is_html else "")
            if cleaned.unclosed:
                _drop_until_end(tree, at, cleaned.unclosed)
            if not keeps or not cleaned.html:
                del tree[at]
                continue
            child["format"] = "html"
            child.children = []
            child.append(nodes.Text(cleaned.html))
        elif isinstance(child, nodes.Element):
            clean_raw(child, keeps=keeps and not isinstance(child, _LEAVING))
        at += 1


def _drop_until_end(tree: nodes.Element, begin: int, tag: str) -> None:
    """Drop what stands between the beginning and the end of an element, if there is an end."""
    for at, sibling in enumerate(tree.children[begin + 1 :], begin + 1):
        rest = after_end(sibling.astext(), tag) if isinstance(sibling, nodes.raw) else None
        if rest is not None and isinstance(sibling, nodes.raw):
            sibling.children = []
            sibling.append(nodes.Text(rest))
            del tree[begin + 1 : at]
            return


def _keep_words(node: nodes.Element) -> None:
    """Put the words of a link in its place."""
    if node.parent is None:
        return
    words = nodes.inline("", "", *node.children, ids=node["ids"], names=node["names"])
    words["classes"] = node["classes"]
    node.parent.replace(node, words)


def setup_foreign(app: Sphinx) -> None:
    """Register what is done with pages of strangers."""
    app.add_transform(ForeignNames)
    app.add_transform(ForeignPage)
    app.add_post_transform(ForeignOutput)
