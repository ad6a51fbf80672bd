"""What files beside the pages of a site, such as calendars, publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.vocabularies import WORKSHOP_TYPE
from guildhall.model.shown import Shown
from guildhall.network.workshops.publishing import Published
from guildhall.sphinx_ext.pages.site_files import page_address, publishes
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.rendering.labels import term
from guildhall.sphinx_ext.workshops.roles import roles_in_words

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def published(app: Sphinx, shown: Shown | None = None) -> Published:
    """The portal as what it publishes for programs knows it.

    Args:
        app: the application.
        shown: the portal as the page sees it that shows what is published.
    """
    portal = domain_of(app.env).portal
    settings = portal.settings

    def page(docname: str) -> str | None:
        # Other builders may know no address of a page, or another.
        return page_address(app, docname) if publishes(app) else None

    def category(workshop: Workshop) -> str:
        return term(settings.language, WORKSHOP_TYPE, workshop.type, settings)

    return Published(
        settings,
        shown or Shown(portal),
        page,
        lambda workshop: portal.changes.of(workshop.origin.path),
        category,
        lambda roles: roles_in_words(roles, settings),
    )
