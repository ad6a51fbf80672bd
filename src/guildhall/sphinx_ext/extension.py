"""Registers every part of Guildhall with Sphinx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guildhall.core.version import __version__
from guildhall.sphinx_ext.configuration import setup_configuration
from guildhall.sphinx_ext.content.marks import setup_marks
from guildhall.sphinx_ext.content.notebook_pages import setup_notebook_pages
from guildhall.sphinx_ext.content.outside import setup_outside
from guildhall.sphinx_ext.content.picture_names import setup_picture_names
from guildhall.sphinx_ext.content.picture_places import setup_picture_places
from guildhall.sphinx_ext.content.pictures import setup_pictures
from guildhall.sphinx_ext.content.transforms import setup_transforms
from guildhall.sphinx_ext.content.zoom import setup_zoom
from guildhall.sphinx_ext.directives.extension import setup_directives
from guildhall.sphinx_ext.faults.circles import setup_circles
from guildhall.sphinx_ext.faults.diagnostics import setup_diagnostics
from guildhall.sphinx_ext.faults.log_places import setup_log_places
from guildhall.sphinx_ext.faults.stumbles import setup_stumbles
from guildhall.sphinx_ext.incremental.outdated import setup_outdated
from guildhall.sphinx_ext.incremental.translations import setup_translations
from guildhall.sphinx_ext.incremental.workers import setup_workers
from guildhall.sphinx_ext.lessons.extension import setup_lessons
from guildhall.sphinx_ext.origins import setup_origins
from guildhall.sphinx_ext.pages.borrowed import setup_borrowed
from guildhall.sphinx_ext.pages.file_links import setup_file_links
from guildhall.sphinx_ext.pages.frame import setup_frame
from guildhall.sphinx_ext.pages.leftovers import setup_leftovers
from guildhall.sphinx_ext.pages.navigation import setup_navigation
from guildhall.sphinx_ext.pages.page_context import setup_page_context
from guildhall.sphinx_ext.pages.sharing import setup_sharing
from guildhall.sphinx_ext.pages.sphinx_words import setup_sphinx_words
from guildhall.sphinx_ext.pages.start_pages import setup_pages
from guildhall.sphinx_ext.pages.styles import setup_styles
from guildhall.sphinx_ext.pages.templated import setup_templated
from guildhall.sphinx_ext.pages.written import setup_written
from guildhall.sphinx_ext.portal.dependencies import setup_dependencies
from guildhall.sphinx_ext.portal.domain import setup_domain
from guildhall.sphinx_ext.portal.record_faults import setup_record_faults
from guildhall.sphinx_ext.portal.roles import setup_roles
from guildhall.sphinx_ext.records.facets import setup_facets
from guildhall.sphinx_ext.records.jumps import setup_jumps
from guildhall.sphinx_ext.records.parser import setup_parser
from guildhall.sphinx_ext.rendering.assets import setup_assets
from guildhall.sphinx_ext.rendering.dated import setup_dated
from guildhall.sphinx_ext.rendering.nodes import setup_nodes
from guildhall.sphinx_ext.search.extension import setup_search
from guildhall.sphinx_ext.search.search_index import setup_search_index
from guildhall.sphinx_ext.untrusted.directions import setup_directions
from guildhall.sphinx_ext.untrusted.headings import setup_headings
from guildhall.sphinx_ext.untrusted.substitutions import setup_substitutions
from guildhall.sphinx_ext.workshops.extension import setup_workshops

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from guildhall.sphinx_ext.portal.record_faults import ReportOf

ENV_VERSION = 9
"""Raised whenever the form of what is kept in the environment changes."""


def setup_guildhall(app: Sphinx, report_of: ReportOf) -> ExtensionMetadata:
    """Set up the extension, its theme and the extensions it stands on.

    Args:
        app: the application.
        report_of: checks the records of a portal.
    """

    app.setup_extension("sphinx_design")
    app.setup_extension("sphinx.ext.githubpages")
    for set_up in (
        setup_diagnostics,
        setup_configuration,
        setup_notebook_pages,
        setup_domain,
        lambda app: setup_record_faults(app, report_of),
        setup_dependencies,
        setup_parser,
        setup_substitutions,
        setup_roles,
        setup_nodes,
        setup_dated,
        setup_directives,
        setup_directions,
        setup_transforms,
        setup_zoom,
        setup_marks,
        setup_headings,
        setup_picture_names,
        setup_picture_places,
        setup_log_places,
        setup_translations,
        setup_sphinx_words,
        setup_frame,
        setup_templated,
        setup_assets,
        setup_styles,
        setup_page_context,
        setup_circles,
        setup_outdated,
        setup_pictures,
        setup_borrowed,
        setup_navigation,
        setup_pages,
        setup_sharing,
        setup_file_links,
        setup_facets,
        setup_jumps,
        setup_lessons,
        setup_outside,
        setup_workshops,
        setup_origins,
        setup_written,
        setup_leftovers,
        setup_search,
        setup_search_index,
        setup_stumbles,
        setup_workers,
    ):
        set_up(app)
    return {
        "version": __version__,
        "env_version": ENV_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
