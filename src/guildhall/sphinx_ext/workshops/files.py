"""Files beside the pages of a site, such as calendars: written on change, and linked to."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.osutil import relative_uri

from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.vocabularies import WORKSHOP_TYPE
from guildhall.model.shown import Shown
from guildhall.network.workshops.publishing import Published
from guildhall.sphinx_ext.domain import domain_of
from guildhall.sphinx_ext.generated import BUILDERS
from guildhall.sphinx_ext.labels import term

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder


class file_link(nodes.Inline, nodes.TextElement):  # noqa: N801
    """A link to the file ``node["file"]`` of the site.

    Builders that write no such files link to the published one; where the portal's address isn't
    known, the words alone stay.
    """


class SiteFiles:
    """Writes the files of one maker, and deletes those that it no longer makes.

    Args:
        builder: the builder that they lie beside the pages of.
        name: the name of the maker.
    """

    def __init__(self, builder: StandaloneHTMLBuilder, name: str) -> None:
        self._folder = Path(builder.outdir)
        self._builder = builder.name
        self._file = Path(builder.doctreedir) / f"guildhall-{name}.json"
        self._now: set[str] = set()

    def write(self, name: str, content: bytes) -> None:
        """Write a file, whole or not at all; one that is the same already stays untouched."""
        self._now.add(name)
        path = self._folder / name
        if path.is_file() and path.read_bytes() == content:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"{path.name}.part")
        unfinished.write_bytes(content)
        os.replace(unfinished, path)

    def keep(self) -> None:
        """Remember all files that were written, and delete those that are no more."""
        kept = self._read()
        for name in set(kept.get(self._builder, ())) - self._now:
            (self._folder / name).unlink(missing_ok=True)
        kept[self._builder] = sorted(self._now)
        self._file.write_text(json.dumps(kept, sort_keys=True), encoding="utf-8")

    def _read(self) -> dict[str, list[str]]:
        try:
            return dict(json.loads(self._file.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {}


def published(app: Sphinx, shown: Shown | None = None) -> Published:
    """The portal as what it publishes for programs knows it.

    Args:
        app: the application.
        shown: the portal as the page sees it that shows what is published.
    """
    portal = domain_of(app.env).portal
    settings = portal.settings

    def page(docname: str) -> str | None:
        base = str(app.config.html_baseurl or "")
        # Other builders may know no address of a page, or another.
        if not base or not publishes(app):
            return None
        return f"{base}{app.builder.get_target_uri(docname)}"

    def category(workshop: Workshop) -> str:
        return term(settings.language, WORKSHOP_TYPE, workshop.type, settings)

    return Published(
        settings,
        shown or Shown(portal),
        page,
        lambda workshop: portal.changes.of(workshop.origin.path),
        category,
    )


def publishes(app: Sphinx) -> bool:
    """Whether a build writes a site with such files."""
    return app.builder.name in BUILDERS


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    base = str(app.config.html_baseurl or "")
    for link in list(doctree.findall(file_link)):
        if publishes(app):
            address = relative_uri(app.builder.get_target_uri(docname), link["file"])
        else:
            address = f"{base}{link['file']}" if base else ""
        if address:
            reference = nodes.reference(
                "", "", *link.children, refuri=address, internal=publishes(app)
            )
            reference["classes"] = link["classes"]
            link.replace_self(reference)
        else:
            link.replace_self(link.children)


def setup_files(app: Sphinx) -> None:
    """Register the links."""
    app.add_node(file_link)
    app.connect("doctree-resolved", _resolve)
