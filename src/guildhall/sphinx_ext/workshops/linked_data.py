"""Linked data in the head of workshops' and people's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guildhall.network.workshops.jsonld import data_of
from guildhall.sphinx_ext.pages.generated import BUILDERS
from guildhall.sphinx_ext.pages.page_context import add_to_head, script_of
from guildhall.sphinx_ext.portal.domain import domain_of
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
    if app.builder.name not in BUILDERS:
        return
    record = domain_of(app.env).portal.registry.at_document(pagename)
    data = data_of(record, published(app))
    if data is not None:
        add_to_head(context, script_of(data))


def setup_linked_data_of_workshops(app: Sphinx) -> None:
    """Describe workshops and people to machines."""
    app.connect("doctree-read", _note_uses)
    app.connect("html-page-context", _add_to_head)
