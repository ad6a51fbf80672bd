"""Generated pages of each lesson: all of it on one page, its exercises, its summary, its notes.

They are made when a site is written, from the pages' doctrees, and only where a page of the lesson
has changed. They are no documents: a search finds the page where a thing stands, not its copies.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urldefrag, urljoin, urlsplit

from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes

from guildhall.core.words import word
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.network.lessons.lookups import outline_in
from guildhall.sphinx_ext.lessons.copies import adopt, prefix_of, seen_from
from guildhall.sphinx_ext.lessons.lists import (
    EXERCISES,
    NO_EXERCISES,
    InstructorNotes,
    KeypointsList,
    ObjectivesList,
    QuestionsList,
    lesson_list,
)
from guildhall.sphinx_ext.lessons.raw_html import ids_of, lead_raw
from guildhall.sphinx_ext.pages.generated import (
    BUILDERS,
    Fragments,
    Memory,
    Renderer,
    setup_view_links,
    view_link,
)
from guildhall.sphinx_ext.pages.written import borrowed_of, made_of, navigation_around
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.portal.material import material_digest
from guildhall.sphinx_ext.portal.reading_order import reading_order
from guildhall.sphinx_ext.rendering.assets import NEEDED

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment

FOLDER = "view/"
"""Where the pages lie, below the lesson."""


@dataclass(frozen=True, slots=True)
class View:
    """One kind of generated page.

    Args:
        name: the page's name.
        title: gives its title in a language.
        classes: the admonitions that it lists; None for all of the lesson.
        is_open: whether those that are closed in the lesson are open on it.
    """

    name: str
    title: Callable[[str], str]
    classes: tuple[str, ...] | None = None
    is_open: bool = False


VIEWS = (
    View("all", lambda language: word(language, "The lesson on one page")),
    View("exercises", lambda language: word(language, "Exercises"), EXERCISES),
    View(
        "summary",
        lambda language: word(language, "Questions, objectives and key points"),
        (*QuestionsList.include, *ObjectivesList.include, *KeypointsList.include),
    ),
    View(
        "instructor-notes",
        lambda language: word(language, "Instructor notes"),
        InstructorNotes.include,
        InstructorNotes.is_open,
    ),
)


def view_links(env: BuildEnvironment, lesson: Lesson) -> list[nodes.Node]:
    """Links to the generated pages of a lesson; none where it has no pages of its own."""
    if not outline_in(domain_of(env).portal, lesson).pages:
        return []
    built: list[nodes.Node] = []
    for view in VIEWS:
        if built:
            built.append(nodes.Text(", "))
        title = view.title(lesson.language)
        built.append(view_link("", title, pagename=f"{lesson.root}{FOLDER}{view.name}"))
    return built


class ViewMaker:
    """Makes the generated pages of one build.

    Args:
        builder: an HTML builder.
    """

    def __init__(self, builder: StandaloneHTMLBuilder) -> None:
        self._builder = builder
        self._env = builder.env
        self._memory = Memory(builder, "views")
        self._fragments = Fragments(builder, "views")

    def pages(self) -> Iterator[tuple[str, dict[str, Any], str]]:
        """Name, context and template of every page that has to be written."""
        for lesson in self._lessons():
            around = self._around(lesson)
            for view in VIEWS:
                page = f"{lesson.root}{FOLDER}{view.name}"
                if self._memory.must_write(page, self._digest(lesson, view, around)):
                    yield page, self._context(lesson, view, page), "page.html"
        self._memory.keep()
        self._fragments.keep()

    def _lessons(self) -> Iterator[Lesson]:
        portal = domain_of(self._env).portal
        for lesson in portal.registry.of(Lesson):
            if outline_in(portal, lesson).pages and lesson.docname in self._env.all_docs:
                yield lesson

    def _around(self, lesson: Lesson) -> str:
        """What every view of a lesson shows beside the content of pages."""
        env = self._env
        sections = [
            env.titles[each].astext()
            for each in env.toctree_includes.get(env.config.root_doc, ())
            if each in env.titles
        ]
        return repr((sections, lesson.title, reading_order(env, lesson)))

    def _digest(self, lesson: Lesson, view: View, around: str) -> str:
        """A digest of what a view is made of: whole pages, or what lists take from them."""
        of_page = made_of if view.classes is None else self._listed_of
        pages = [of_page(self._builder, each) for each in reading_order(self._env, lesson)]
        material = material_digest(self._env, lesson)
        # A view stands in the navigation where its lesson does.
        navigation = navigation_around(self._builder, lesson.docname)
        shown = (pages, around, material, navigation)
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]

    def _listed_of(self, builder: StandaloneHTMLBuilder, docname: str) -> object:
        numbers = self._env.toc_fignumbers.get(docname)
        return borrowed_of(builder, docname), numbers

    def _context(self, lesson: Lesson, view: View, page: str) -> dict[str, Any]:
        title = view.title(lesson.language)
        body, needed = self._render(lesson, view, page)
        heading = f"<h1>{escape(title)}</h1>\n"
        home = self._builder.get_relative_uri(page, lesson.docname)
        back = f'<p><a href="{escape(home)}">{escape(lesson.title)}</a></p>\n'
        return {
            "title": f"{escape(title)} – {escape(lesson.title)}",
            "body": heading + back + body,
            "metatags": '<meta name="robots" content="noindex">',
            "gh_is_view": True,
            NEEDED: needed,
            "display_toc": False,
            "parents": [],
        }

    def _render(self, lesson: Lesson, view: View, page: str) -> tuple[str, set[str]]:
        if view.classes is None:
            return self._whole(lesson, page)
        renderer = Renderer(self._builder, page)
        return renderer.render(self._listed(lesson, view, page)), renderer.needed

    def _whole(self, lesson: Lesson, page: str) -> tuple[str, set[str]]:
        """All pages of a lesson; those that are as they were are not rendered again."""
        around = self._around(lesson)
        parts, needed = [], set[str]()
        for docname in reading_order(self._env, lesson):
            digest = f"{made_of(self._builder, docname)} {around}"
            part = self._fragments.get(docname, digest)
            if part is None:
                renderer = Renderer(self._builder, page)
                # Made while it is rendered: what is told of it has been told at the page itself.
                html = renderer.render(self._page(lesson, each, page) for each in (docname,))
                part = html, sorted(renderer.needed)
                self._fragments.put(docname, digest, *part)
            parts.append(part[0])
            needed.update(part[1])
        return "".join(parts), needed

    def _page(self, lesson: Lesson, docname: str, page: str) -> nodes.document:
        """One page of a lesson as a part of the view that has all of them."""
        tree = self._env.get_doctree(docname)
        for toctree in list(tree.findall(addnodes.toctree)):
            toctree.parent.remove(toctree)
        self._env.apply_post_transforms(tree, docname)
        self._builder.post_process_images(tree)
        prefix = prefix_of(docname, lesson.root)
        self._builder.fignumbers = {
            kind: {prefix + name: number for name, number in numbers.items()}
            for kind, numbers in self._env.toc_fignumbers.get(docname, {}).items()
        }
        adopt(tree, docname, prefix, lambda _, name: f"#{name}")
        self._lead_home(tree, docname, page, lesson)
        section = next(tree.findall(nodes.section), None)
        if section is not None:
            section["ids"] = [f"{prefix}page", *section["ids"]]
        else:
            tree.insert(0, nodes.target("", "", ids=[f"{prefix}page"]))
        return tree

    def _lead_home(self, tree: nodes.document, docname: str, page: str, lesson: Lesson) -> None:
        """Turn addresses seen from the original page into those seen from the view."""
        here = self._builder.get_target_uri(docname)
        inside = {
            self._builder.get_target_uri(each): prefix_of(each, lesson.root)
            for each in reading_order(self._env, lesson)
        }
        written = ids_of(tree)

        def led(uri: str, *, is_raw: bool = False) -> str:
            if not uri or urlsplit(uri).scheme or uri.startswith("//"):
                return uri
            target, anchor = urldefrag(urljoin(f"/{here}", uri))
            target = target.lstrip("/")
            if target not in inside:
                return seen_from(self._builder.get_target_uri(page), here, uri)
            if is_raw and target == here and anchor in written:
                return f"#{anchor}"
            return f"#{inside[target]}{anchor or 'page'}"

        for node in tree.findall(nodes.reference):
            if node.get("refuri"):
                node["refuri"] = led(node["refuri"])
        lead_raw(tree, lambda uri: led(uri, is_raw=True))

    def _listed(self, lesson: Lesson, view: View, page: str) -> Iterator[nodes.document]:
        document = new_document(page, self._env.get_doctree(lesson.docname).settings)
        document += lesson_list(
            lesson=lesson.key,
            kind="admonitions",
            open=view.is_open,
            include=list(view.classes or ()),
            exclude=list(NO_EXERCISES),
        )
        self._env.apply_post_transforms(document, page)
        self._builder.post_process_images(document)
        yield document


def setup_views(app: Sphinx) -> None:
    """Register the generated pages."""
    setup_view_links(app)
    app.connect("html-collect-pages", _collect)


def _collect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    if app.builder.name in BUILDERS:
        yield from ViewMaker(cast("StandaloneHTMLBuilder", app.builder)).pages()
