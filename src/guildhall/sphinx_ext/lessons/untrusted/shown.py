"""Pages that strangers wrote: nothing of them acts, on their own page or on another one.

All of it is done while a page is read, before anything is collected from it. So whatever shows a
part of such a page later (contents, navigation, lists, the search, another builder) has nothing to
fear from it. When the page is written, its whole body is cleaned once more
(:mod:`guildhall.sphinx_ext.pages.page_context`).
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.logging import suppress_logging

from guildhall.core.values.faults import quote
from guildhall.model.checkouts import CACHE
from guildhall.network.lessons.drawings import clean_drawing
from guildhall.network.lessons.fragments import after_end, clean_fragment, is_ours
from guildhall.network.lessons.handing import PICTURES, objection, runs
from guildhall.network.lessons.origins import is_followed, scheme_of
from guildhall.sphinx_ext.content.outside import drop_empty_forms
from guildhall.sphinx_ext.lessons.embeds import tame_frames
from guildhall.sphinx_ext.lessons.untrusted.pages import is_untrusted, tell_untrusted
from guildhall.sphinx_ext.portal.scope import page_language
from guildhall.sphinx_ext.rendering.nodes import MADE

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_LEAVING = (nodes.title, nodes.caption, nodes.term, nodes.rubric)
"""What other pages show of a page: all that is in it becomes text."""
_INERT = frozenset({"gh-minutes", "gh-figure"})
"""Classes that Guildhall's own directives and roles give to words of lessons."""
_SIZES = ("width", "height")
_SIZE = re.compile(r"[0-9]+(?:\.[0-9]+)?\s*[a-z%]*", re.I)


class UntrustedNames(SphinxTransform):
    """Takes the theme's own classes, which its styles and scripts act upon."""

    # Before Guildhall adds parts of its own to the page (204).
    default_priority = 203

    def apply(self, **kwargs: Any) -> None:
        """Change the document."""
        if not is_untrusted(self.env, self.env.docname):
            return
        for node in self.document.findall(nodes.Element):
            if MADE not in node.attributes:
                node["classes"] = [
                    name for name in node["classes"] if name in _INERT or not is_ours(name)
                ]


class UntrustedPage(SphinxTransform):
    """Makes raw HTML harmless, and takes addresses that run something."""

    # After all other transforms, and before anything is collected from the page (879, 880).
    default_priority = 870

    def apply(self, **kwargs: Any) -> None:
        """Change the document."""
        if not is_untrusted(self.env, self.env.docname):
            return
        tame_frames(self.document, page_language(self.env, self.env.docname))
        clean_raw(self.document)
        drop_empty_forms(self.document)
        for node in list(self.document.findall(nodes.Element)):
            self._tame(node)

    def _tame(self, node: nodes.Element) -> None:
        if isinstance(node, addnodes.toctree):
            entries = [entry for entry in node["entries"] if self._may_lead(node, entry[1])]
            node["entries"] = entries
        elif isinstance(node, addnodes.download_reference):
            target = node["reftarget"]
            may = self._may_hand_out(node) if "://" not in target else self._may_lead(node, target)
            if not may:
                _keep_words(node)
        elif isinstance(node, nodes.image):
            for name in _SIZES:
                if name in node and not _SIZE.fullmatch(str(node[name]).strip()):
                    del node[name]
            if scheme_of(node["uri"]) not in {"", "http", "https", "data"}:
                self._may_lead(node, node["uri"], fetches=True)
                node.replace_self(nodes.inline("", node.get("alt", "")))
            elif not scheme_of(node["uri"]) and not self._may_show(node):
                node.replace_self(nodes.inline("", node.get("alt", "")))
        elif "refuri" in node and not self._may_lead(node, node["refuri"]):
            _keep_words(node)

    def _may_lead(self, node: nodes.Element, address: str, *, fetches: bool = False) -> bool:
        if is_followed(address) and not fetches:
            return True
        found = f"the address {quote(address)} is left out: found `{scheme_of(address)}:`"
        tell_untrusted(f"{found}, expected `https:`, `http:`, `mailto:` or `tel:`", node)
        return False

    def _may_hand_out(self, node: addnodes.download_reference) -> bool:
        found = objection(self._file(node["reftarget"]))
        if found:
            mend = "link to it in the lesson's repository"
            message = f"the file {quote(node['reftarget'])} is not handed out: {found}; {mend}"
            tell_untrusted(message, node)
        return not found

    def _file(self, name: str) -> Path:
        # Sphinx asks again, and then it is told where a path leads out of the lesson.
        with suppress_logging():
            return Path(self.env.relfn2path(name, self.env.docname)[1])

    def _may_show(self, node: nodes.image) -> bool:
        address = str(node["uri"])
        path = self._file(address)
        suffix = path.suffix.lower()
        if suffix == ".*":
            return True
        if suffix not in PICTURES or runs(path.name):
            shown = quote(address)
            message = f"the file {shown} is not shown: found `{suffix}`, expected a picture"
            tell_untrusted(message, node)
            return False
        if suffix != ".svg" or not path.is_file():
            return True
        content = path.read_bytes()
        cleaned = clean_drawing(content)
        if cleaned is None:
            message = f"the drawing {quote(address)} is not shown: it is not valid SVG"
            tell_untrusted(message, node)
        elif cleaned != content:
            taken = "scripts, and parts of other sites, were taken out"
            tell_untrusted(
                f"the drawing {quote(address)} is shown without all of it: {taken}", node
            )
        return cleaned is not None


class CleanDrawings(SphinxPostTransform):
    """Gives readers clean copies of drawings, which may be opened by themselves.

    Whose a drawing is, its place tells: parts of foreign pages are shown on others too.
    """

    # After pictures of other forms have been converted.
    default_priority = 500

    def run(self, **kwargs: Any) -> None:
        """Change the document."""
        for image in self.document.findall(nodes.image):
            candidates: dict[str, str] = image.get("candidates", {})
            for kind, name in list(candidates.items()):
                if not name.lower().endswith(".svg") or not self._is_untrusted(name):
                    continue
                copy = self._copy(name)
                if copy is None:
                    del candidates[kind]
                elif copy != name:
                    candidates[kind] = copy
                    if image["uri"] == name:
                        image["uri"] = copy

    def _is_untrusted(self, name: str) -> bool:
        path = Path(self.env.srcdir, name).resolve()
        outputs = getattr(self.env, "mystnb_config", None)
        folders = [Path(self.env.srcdir) / CACHE]
        if outputs is not None:
            folders.append(Path(outputs.output_folder))
        return any(path.is_relative_to(folder.resolve()) for folder in folders)

    def _copy(self, name: str) -> str | None:
        """The file to show in the place of one; None where it is no drawing."""
        path = Path(self.env.srcdir) / name
        if not path.is_file():
            return name
        content = path.read_bytes()
        cleaned = clean_drawing(content)
        if cleaned is None or cleaned == content:
            return None if cleaned is None else name
        # Named by what it holds, so that nothing depends on the order of pages.
        digest = hashlib.sha256(cleaned).hexdigest()[:12]
        copy = Path(self.env.doctreedir, "drawings", f"{path.stem}-{digest}.svg")
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not copy.is_file():
            copy.write_bytes(cleaned)
        self.env.images.add_file(self.env.docname, str(copy))
        return str(copy)


class UntrustedOutput(SphinxPostTransform):
    """The same for what is put into a page when its references are resolved."""

    # After MyST-NB has chosen among the outputs of cells, and put in those that a page names.
    default_priority = 600

    def run(self, **kwargs: Any) -> None:
        """Change the document."""
        if not is_untrusted(self.env, self.env.docname):
            return
        clean_raw(self.document)
        for link in list(self.document.findall(nodes.reference)):
            if not is_followed(link.get("refuri", "")):
                _keep_words(link)


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


def setup_shown(app: Sphinx) -> None:
    """Register what is done with pages of strangers."""
    app.add_transform(UntrustedNames)
    app.add_transform(UntrustedPage)
    app.add_post_transform(UntrustedOutput)
    app.add_post_transform(CleanDrawings)
