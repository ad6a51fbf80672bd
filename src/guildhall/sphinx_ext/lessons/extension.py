"""Registers all that lessons need with Sphinx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guildhall.model.records.kinds.lesson import Lesson
from guildhall.network.lessons.bibliography import EXTENSION as BIBTEX
from guildhall.network.lessons.extensions import is_installed
from guildhall.sphinx_ext.lessons.around import setup_around
from guildhall.sphinx_ext.lessons.box_headings import setup_box_headings
from guildhall.sphinx_ext.lessons.catalogue import setup_catalogue
from guildhall.sphinx_ext.lessons.citing import setup_citing
from guildhall.sphinx_ext.lessons.collapsible import setup_collapsible
from guildhall.sphinx_ext.lessons.copying import setup_copying
from guildhall.sphinx_ext.lessons.diagrams import setup_diagrams
from guildhall.sphinx_ext.lessons.directives import setup_directives_of_lessons
from guildhall.sphinx_ext.lessons.domains import setup_domains
from guildhall.sphinx_ext.lessons.elsewhere import setup_elsewhere
from guildhall.sphinx_ext.lessons.embeds import setup_embeds
from guildhall.sphinx_ext.lessons.environment import setup_environment
from guildhall.sphinx_ext.lessons.front_matter import setup_front_matter
from guildhall.sphinx_ext.lessons.landing import setup_landing
from guildhall.sphinx_ext.lessons.link_roles import setup_link_roles
from guildhall.sphinx_ext.lessons.linked_data import setup_linked_data
from guildhall.sphinx_ext.lessons.lists import setup_lists
from guildhall.sphinx_ext.lessons.mathematics import setup_mathematics
from guildhall.sphinx_ext.lessons.numbering import setup_numbering
from guildhall.sphinx_ext.lessons.page_settings import setup_page_settings
from guildhall.sphinx_ext.lessons.paths import setup_paths
from guildhall.sphinx_ext.lessons.project import setup_project
from guildhall.sphinx_ext.lessons.section_labels import setup_section_labels
from guildhall.sphinx_ext.lessons.summaries import setup_summaries
from guildhall.sphinx_ext.lessons.tabs import setup_tabs
from guildhall.sphinx_ext.lessons.teaching import setup_teaching
from guildhall.sphinx_ext.lessons.timetable import setup_timetable
from guildhall.sphinx_ext.lessons.todos import setup_todos
from guildhall.sphinx_ext.lessons.untrusted.extension import setup_untrusted
from guildhall.sphinx_ext.lessons.views import setup_views
from guildhall.sphinx_ext.portal.loading import loader_of
from guildhall.sphinx_ext.portal.reading_order import setup_reading

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_lessons(app: Sphinx) -> None:
    """Register all that lessons need, and load the extensions that their records ask for."""

    setup_copying(app)
    lessons = loader_of(app).portal.registry.of(Lesson)
    if is_installed(BIBTEX) and (
        BIBTEX in app.config.extensions
        or any(BIBTEX in lesson.build.extensions for lesson in lessons)
    ):
        # It needs a package that may not be installed.
        from guildhall.sphinx_ext.lessons.bibliographies import setup_bibliographies

        setup_bibliographies(app)
    for set_up in (
        setup_project,
        setup_environment,
        setup_domains,
        setup_section_labels,
        setup_page_settings,
        setup_around,
        setup_link_roles,
        setup_untrusted,
        setup_directives_of_lessons,
        setup_landing,
        setup_reading,
        setup_lists,
        setup_todos,
        setup_elsewhere,
        setup_views,
        setup_numbering,
        setup_front_matter,
        setup_teaching,
        setup_tabs,
        setup_timetable,
        setup_catalogue,
        setup_summaries,
        setup_citing,
        setup_linked_data,
        setup_paths,
        setup_collapsible,
        setup_box_headings,
        setup_embeds,
        setup_mathematics,
        setup_diagrams,
    ):
        set_up(app)
