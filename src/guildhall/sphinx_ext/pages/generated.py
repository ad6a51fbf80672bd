"""Pages that are made when a site is written, and links to them."""

from __future__ import annotations

import copy
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.logging import suppress_logging
from sphinx.util.osutil import relative_uri

from guildhall.sphinx_ext.faults.stumbles import NOT_OF_PAGES
from guildhall.sphinx_ext.rendering.assets import needed_by
from guildhall.sphinx_ext.rendering.nodes import add_html_node

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

BUILDERS = frozenset({"html", "dirhtml"})
"""Builders that make such pages."""


class Renderer:
    """Renders document trees as bodies of one page.

    ``needed`` has the files of the style sheets and scripts that they need.

    Args:
        builder: an HTML builder.
        page: the page's name.
    """

    def __init__(self, builder: StandaloneHTMLBuilder, page: str) -> None:
        self._builder = builder
        self._page = page
        self.needed: set[str] = set()
        # What HTML translators look up on the builder for the page that they write.
        builder.current_docname = page
        builder.imgpath = relative_uri(builder.get_target_uri(page), "_images")
        builder.dlpath = relative_uri(builder.get_target_uri(page), "_downloads")
        builder.secnumbers = {}
        builder.fignumbers = {}

    def render(self, trees: Iterable[nodes.document]) -> str:
        """The HTML of resolved trees, one after the other, their headings one level down."""
        # What is to be said of the pages has been said when they were written themselves.
        with suppress_logging():
            return "".join(self._html(tree) for tree in trees)

    def _html(self, tree: nodes.document) -> str:
        self.needed |= needed_by(tree)
        tree.settings = copy.copy(self._builder.docsettings)
        # The page's own heading stands above all of these.
        tree.settings.initial_header_level = "2"
        translator: Any = self._builder.create_translator(tree, self._builder)
        try:
            tree.walkabout(translator)
        except NOT_OF_PAGES:
            raise
        except Exception:  # told at the page itself
            return ""
        return "".join(translator.fragment)


class Memory:
    """Remembers from which input each generated page was made last.

    Args:
        builder: the builder that writes them.
        name: the name of the pages' maker.
    """

    def __init__(self, builder: StandaloneHTMLBuilder, name: str) -> None:
        self._builder = builder
        self._file = Path(builder.doctreedir) / f"guildhall-{name}.json"
        self._before: dict[str, str] = self._read().get(builder.name, {})
        self._now: dict[str, str] = {}
        # What Sphinx itself writes every page again for: settings, with templates among them, and
        # tags.
        info = builder.build_info
        self._around = f"{info.config_hash} {info.tags_hash}"

    def must_write(self, page: str, digest: str) -> bool:
        """Whether a page has to be written, its input having this digest now."""
        digest = f"{digest} {self._around}"
        self._now[page] = digest
        file = Path(self._builder.get_outfilename(page))
        return self._before.get(page) != digest or not file.exists()

    def keep(self) -> None:
        """Remember all pages that were asked for, and delete those that are no more."""
        for page in self._before.keys() - self._now.keys():
            Path(self._builder.get_outfilename(page)).unlink(missing_ok=True)
        kept = {**self._read(), self._builder.name: self._now}
        self._file.write_text(json.dumps(kept, sort_keys=True), encoding="utf-8")

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            return dict(json.loads(self._file.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {}


class Fragments:
    """Rendered parts of generated pages, kept from build to build as long as they are the same.

    Args:
        builder: the builder that writes the pages.
        name: the name of the pages' maker.
    """

    def __init__(self, builder: StandaloneHTMLBuilder, name: str) -> None:
        self._folder = Path(builder.doctreedir) / f"guildhall-{name}-{builder.name}"
        self._env = builder.env
        info = builder.build_info
        self._around = f"{info.config_hash} {info.tags_hash}"

    def get(self, docname: str, digest: str) -> tuple[str, list[str]] | None:
        """The part that was made of a page, if it was made of the same, and what it needs."""
        try:
            kept = json.loads(self._file(docname).read_text(encoding="utf-8"))
            if kept["digest"] != self._whole(digest):
                return None
            return str(kept["html"]), list(kept["needed"])
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def put(self, docname: str, digest: str, html: str, needed: list[str]) -> None:
        """Keep the part that is made of a page."""
        file = self._file(docname)
        file.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"digest": self._whole(digest), "html": html, "needed": needed})
        file.write_text(text, encoding="utf-8")

    def keep(self) -> None:
        """Delete the parts of pages that are no more."""
        kept = {self._file(docname) for docname in self._env.all_docs}
        for file in self._folder.rglob("*.json"):
            if file not in kept:
                file.unlink(missing_ok=True)

    def _file(self, docname: str) -> Path:
        return self._folder / f"{docname}.json"

    def _whole(self, digest: str) -> str:
        return hashlib.sha256(f"{digest} {self._around}".encode()).hexdigest()[:16]


class view_link(nodes.Inline, nodes.TextElement):  # noqa: N801
    """A link to the generated page ``node["pagename"]``, where the builder makes such pages.

    ``data`` holds attributes for scripts, ``current`` says that the link is on that very page.
    """


def setup_view_links(app: Sphinx) -> None:
    """Register links to generated pages."""
    add_html_node(app, view_link, _visit_link, _depart_link, only=True)


def _visit_link(translator: Any, node: view_link) -> None:
    builder = translator.builder
    if node.get("in_list"):
        translator.body.append("<li>")
    if builder.name not in BUILDERS:
        translator.body.append("<span>")
        return
    here, there = map(builder.get_target_uri, (builder.current_docname, node["pagename"]))
    # An empty address would be the page itself, but reads like a slip of the pen.
    address = relative_uri(here, there) or "#"
    data: dict[str, str] = node.get("data", {})
    more = {f"data-{name}": value for name, value in data.items()}
    if node.get("current"):
        more["aria-current"] = "true"
    # An empty address would mean the page itself too, but checks of links take it for a mistake.
    translator.body.append(translator.starttag(node, "a", "", href=address or "#", **more))


def _depart_link(translator: Any, node: view_link) -> None:
    translator.body.append("</a>" if translator.builder.name in BUILDERS else "</span>")
    if node.get("in_list"):
        translator.body.append("</li>\n")
