"""Links to files beside the pages of a site, such as calendars, and what these publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.osutil import relative_uri

from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.vocabularies import WORKSHOP_TYPE
from guildhall.model.shown import Shown
from guildhall.network.workshops.publishing import Published
from guildhall.sphinx_ext.pages.site_files import publishes
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.rendering.labels import term

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class file_link(nodes.Inline, nodes.TextElement):  # noqa: N801
    """A link to the file ``node["file"]`` of the site.

    Builders that write no such files link to the published one; where the portal's address isn't
    known, the words alone stay.
    """


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
