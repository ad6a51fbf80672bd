"""Linked data in the head of workshops' and people's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guildhall.network.lessons.jsonld import to_script
from guildhall.network.workshops.jsonld import data_of
from guildhall.sphinx_ext.domain import domain_of
from guildhall.sphinx_ext.workshops.files import published

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


def _note_uses(app: Sphinx, doctree: nodes.document) -> None:
    """Note what the data show of other records, so that the page is read again when it changes."""
    domain = domain_of(app.env)
    docname = app.env.docname
    record = domain.portal.registry.at_document(docname)
    data_of(record, published(app, domain.shown_on(docname)))


def _add_to_head(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    record = domain_of(app.env).portal.registry.at_document(pagename)
    data = data_of(record, published(app))
    if data is not None:
        context["gh_linked_data"] = to_script(data)


def setup_linked_data_of_workshops(app: Sphinx) -> None:
    """Describe workshops and people to machines."""
    app.connect("doctree-read", _note_uses)
    # After the data of lessons, which say of every other page that it has none.
    app.connect("html-page-context", _add_to_head, priority=600)
