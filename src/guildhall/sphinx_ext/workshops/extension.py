"""Registers all parts of workshops and people with Sphinx."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from guildhall.sphinx_ext.workshops.calendars import setup_calendars
from guildhall.sphinx_ext.workshops.certificates import setup_certificates
from guildhall.sphinx_ext.workshops.contributors import setup_contributors
from guildhall.sphinx_ext.workshops.downloads import setup_downloads
from guildhall.sphinx_ext.workshops.featured import setup_featured
from guildhall.sphinx_ext.workshops.feeds import setup_feeds
from guildhall.sphinx_ext.workshops.linked_data import setup_linked_data_of_workshops
from guildhall.sphinx_ext.workshops.listing import setup_listing
from guildhall.sphinx_ext.workshops.map import setup_map
from guildhall.sphinx_ext.workshops.months import setup_months
from guildhall.sphinx_ext.workshops.page import setup_page
from guildhall.sphinx_ext.workshops.people import setup_people
from guildhall.sphinx_ext.workshops.statistics import setup_statistics
from guildhall.sphinx_ext.workshops.withdrawn import setup_withdrawn

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_workshops(app: Sphinx) -> None:
    """Register all parts."""

    set_ups: tuple[Callable[[Sphinx], None], ...] = (
        setup_calendars,
        setup_feeds,
        setup_linked_data_of_workshops,
        setup_page,
        setup_listing,
        setup_featured,
        setup_months,
        setup_map,
        setup_people,
        setup_certificates,
        setup_contributors,
        setup_withdrawn,
        setup_statistics,
        setup_downloads,
    )
    for set_up in set_ups:
        set_up(app)
