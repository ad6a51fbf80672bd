"""Scripts of what directives and records show, in whatever theme.

Each page loads those that it needs. Its tree says which: the names of its nodes, and their classes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

STATIC = Path(__file__).parents[1] / "static"

NEEDED = "gh_needed"
"""Where a page that is made without a tree of its own says in its context what it needs."""

PRIORITY = 300
"""After the theme's own (200), before those of other extensions (500) and of the portal (800)."""
_CLASSES = re.compile(r"""\bclass\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)


@dataclass(frozen=True, slots=True)
class Asset:
    """A script, or a style sheet of another extension.

    Args:
        file: its name.
        marks: what the names of nodes, or their classes, begin with on pages that need it; every
            page loads one without any.
        script: a script that stands in the page itself, which runs before anything is shown.
    """

    file: str
    marks: tuple[str, ...] = ()
    script: str = ""


_LISTING = ("listing", "months_box")
ASSETS = (
    Asset("opening.js"),
    Asset(
        "narrowing",
        ("gh-catalogue",),
        'if (location.search) document.documentElement.dataset.ghNarrowing = "";',
    ),
    Asset("listing.js", _LISTING),
    Asset("catalogue.js", ("gh-catalogue", *_LISTING)),
    Asset("workshop.js", ("dated", *_LISTING)),
    Asset("teaching.js", ("citation_form", "copy_button", "diagram", "local_time", "video_embed")),
    Asset("outside.js", ("outside_picture",)),
    Asset("terms.js", ("std-term",)),
    Asset("zoom.js", ("picture_link",)),
    Asset("chosen-tabs.js", ("sphinx-tabs", "sd-tab-set")),
)
"""Guildhall's own scripts, in the order in which pages load them."""
BORROWED = (
    Asset("copybutton", ("doctest_block", "highlight", "literal_block")),
    Asset("clipboard", ("doctest_block", "highlight", "literal_block")),
    Asset("/tabs.", ("sphinx-tabs",)),
    # On no page: chosen-tabs.js and opening.js do what it does.
    Asset("design-tabs"),
    Asset("sphinx-design", ("sd-", "sd_")),
)
"""Those of other extensions, by a part of their names, which Guildhall's theme loads where used."""


def needed_by(tree: nodes.Element) -> frozenset[str]:
    """The files of assets that a resolved tree needs beside those that all pages load."""
    found = frozenset(_marks(tree))
    return frozenset(
        asset.file
        for asset in (*ASSETS, *BORROWED)
        if asset.marks and any(mark.startswith(asset.marks) for mark in found)
    )


def _marks(tree: nodes.Element) -> Iterable[str]:
    for node in tree.findall(nodes.Element):
        yield node.tagname
        yield from node["classes"]
        if isinstance(node, nodes.raw):
            for match in _CLASSES.finditer(node.astext()):
                yield from (match[1] or match[2] or "").split()


def setup_assets(app: Sphinx) -> None:
    """Publish the files, and let pages load them."""
    app.connect("builder-inited", _publish)
    app.connect("html-page-context", _load)


def is_site(app: Sphinx) -> bool:
    """Whether the builder makes pages for browsers."""
    # Readers of books have styles of their own, and few run scripts.
    return app.builder.format == "html" and app.builder.name != "epub"


def _publish(app: Sphinx) -> None:
    if is_site(app):
        # The portal's own folders come later, and may hold other files of the same names.
        app.config.html_static_path.insert(0, str(STATIC))


def _load(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    needed = needed_by(doctree) if doctree is not None else frozenset(context.get(NEEDED, ()))
    context["gh_wants"] = partial(_wants, needed)
    context["gh_deferred"] = _deferred
    if not is_site(app):
        return
    builder = cast("StandaloneHTMLBuilder", app.builder)
    for priority, asset in enumerate(ASSETS, PRIORITY):
        if asset.marks and asset.file not in needed:
            continue
        if asset.script:
            builder.add_js_file("", body=asset.script, priority=priority)
        else:
            builder.add_js_file(asset.file, defer="defer", priority=priority)


def _wants(needed: frozenset[str], name: str) -> bool:
    """Whether a page needs a style sheet or script of another extension."""
    return all(asset.file in needed for asset in BORROWED if asset.file in name)


def _deferred(scripts: Iterable[Any]) -> list[Any]:
    """Scripts as Sphinx has them, to be run in their order once the page is read.

    One that stands in the page itself runs at once, so those before it are left as they are;
    Guildhall's own needs none.
    """
    found = list(scripts)
    own = {asset.script for asset in ASSETS}
    bodies = [each.attributes.get("body", "") for each in found]
    inside = [number for number, body in enumerate(bodies) if body and body not in own]
    first = inside[-1] + 1 if inside else 0
    return [*found[:first], *map(_defer, found[first:])]


def _defer(script: Any) -> Any:
    if not script.filename or {"async", "defer", "type"} & script.attributes.keys():
        return script
    attributes = {**script.attributes, "defer": "defer"}
    return type(script)(script.filename, priority=script.priority, **attributes)
