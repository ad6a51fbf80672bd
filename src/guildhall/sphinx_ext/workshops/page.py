"""A workshop's page: the box at its top, and its chapters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from guildhall.core.words import word
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.sphinx_ext.records.directive import PortalDirective, words
from guildhall.sphinx_ext.workshops.classrooms import classrooms_nodes
from guildhall.sphinx_ext.workshops.credits import (
    fulfilment_nodes,
    partners_nodes,
    people_nodes,
)
from guildhall.sphinx_ext.workshops.head import glance_nodes, state_line_nodes
from guildhall.sphinx_ext.workshops.joining import joining_nodes
from guildhall.sphinx_ext.workshops.marks import setup_marks
from guildhall.sphinx_ext.workshops.materials import links_nodes, materials_nodes
from guildhall.sphinx_ext.workshops.numbers import numbers_nodes
from guildhall.sphinx_ext.workshops.preparation import lessons_nodes, preparation_nodes
from guildhall.sphinx_ext.workshops.schedule import schedule_nodes, setup_schedule
from guildhall.sphinx_ext.workshops.spans import setup_spans
from guildhall.sphinx_ext.workshops.view import WorkshopView

if TYPE_CHECKING:
    from sphinx.application import Sphinx

Chapter = Callable[[WorkshopView], list[nodes.Node]]

_AFTERWARDS = ("numbers", "materials")
"""What readers look for first once a workshop is over."""


def _text_nodes(view: WorkshopView) -> list[nodes.Node]:
    return view.prose("text")


def _pages_nodes(view: WorkshopView) -> list[nodes.Node]:
    """The further pages in the workshop's folder, as a part of the navigation."""
    workshop, env = view.workshop, view.env
    if not workshop.root:
        return []
    # Sphinx reads pages in here again whenever a page comes or goes.
    env.glob_toctrees.add(env.docname)
    found = sorted(name for name in env.found_docs if _is_beside(name, workshop))
    if not found:
        return []
    tree = addnodes.toctree(
        parent=workshop.docname,
        entries=[(None, name) for name in found],
        includefiles=found,
        maxdepth=1,
        caption=None,
        glob=False,
        hidden=False,
        includehidden=False,
        numbered=0,
        titlesonly=True,
    )
    return [nodes.compound("", tree, classes=["toctree-wrapper"])]


def _is_beside(docname: str, workshop: Workshop) -> bool:
    """Whether a document lies right in the workshop's folder, or is the first of one in it."""
    if docname == workshop.docname or not docname.startswith(workshop.root):
        return False
    return "/" not in docname.removeprefix(workshop.root).removesuffix("/index")


_CHAPTERS: dict[str, Chapter] = {
    "join": joining_nodes,
    "schedule": schedule_nodes,
    "preparation": preparation_nodes,
    "lessons": lessons_nodes,
    "classrooms": classrooms_nodes,
    "people": people_nodes,
    "partners": partners_nodes,
    "materials": materials_nodes,
    "numbers": numbers_nodes,
    "text": _text_nodes,
    "fulfils": fulfilment_nodes,
    "links": links_nodes,
    "pages": _pages_nodes,
}


def _title(language: str, chapter: str) -> str:
    return {
        "join": word(language, "How to join"),
        "schedule": word(language, "Schedule"),
        "preparation": word(language, "Before you come"),
        "lessons": word(language, "Lessons"),
        "classrooms": word(language, "Local classrooms"),
        "people": word(language, "People"),
        "partners": word(language, "Supported by"),
        "materials": word(language, "Recordings and material"),
        "numbers": word(language, "In numbers"),
        "text": word(language, "More about this workshop"),
        "fulfils": word(language, "Planned activities fulfilled by this workshop"),
        "links": word(language, "Links"),
        "pages": word(language, "More pages"),
    }[chapter]


class _WorkshopDirective(PortalDirective):
    """What directives of a workshop's own page share."""

    def view(self) -> WorkshopView:
        """The workshop that this page is."""
        workshop = self.own_record_of(Workshop)
        # The page is read again when somebody whom the record names may be named, or no longer.
        self.shown.get(Workshop, workshop.key)
        return WorkshopView(workshop, self.shown, self.state.document, self.env)


class WorkshopState(_WorkshopDirective):
    """The type and state of the page's own workshop, and how to register and add it to a calendar.

    With a notice if it isn't held.
    """

    def build(self) -> list[nodes.Node]:
        """Build the line, the links, and the notice."""
        return state_line_nodes(self.view())


class WorkshopGlance(_WorkshopDirective):
    """When and where the page's own workshop is, and for whom."""

    def build(self) -> list[nodes.Node]:
        """Build the box."""
        return glance_nodes(self.view())


class WorkshopChapters(_WorkshopDirective):
    """Chapters of the page's own workshop; empty ones are left out.

    The argument lists them in order; by default all, and recordings and numbers first once the
    workshop is over.
    """

    optional_arguments = 1
    final_argument_whitespace = True

    def build(self) -> list[nodes.Node]:
        """Build a section for each chapter."""
        view = self.view()
        names = words(self.arguments[0]) if self.arguments else self._order(view)
        built: list[nodes.Node] = []
        for name in names:
            if name not in _CHAPTERS:
                raise self.unknown("chapter", name, tuple(_CHAPTERS))
            content = _CHAPTERS[name](view)
            if content:
                built.append(self._section(view, name, content))
        return built

    def _order(self, view: WorkshopView) -> Iterator[str]:
        first = _AFTERWARDS if view.standing.phase == "past" else ()
        yield from first
        yield from (name for name in _CHAPTERS if name not in first)

    def _section(self, view: WorkshopView, name: str, content: list[nodes.Node]) -> nodes.section:
        section = nodes.section(ids=[f"workshop-{name}"], classes=["gh-workshop-chapter"])
        section += nodes.title("", _title(view.language, name), translatable=False)
        section += content
        view.document.note_explicit_target(section)
        return section


DIRECTIVES: dict[str, type[PortalDirective]] = {
    "workshop-state": WorkshopState,
    "workshop-glance": WorkshopGlance,
    "workshop-chapters": WorkshopChapters,
}


def setup_page(app: Sphinx) -> None:
    """Register nodes and directives."""
    setup_marks(app)
    setup_spans(app)
    setup_schedule(app)
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
