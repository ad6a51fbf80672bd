"""Lists of what a lesson holds: ``exerciselist`` as sphinx-lesson has it, and its siblings.

A list shows its own lesson only, where sphinx-lesson's shows those of the whole site, and moves the
boxes to its page as they are, so that ids of several pages meet there. So the list is ours; which
classes it shows by default is the package's.

It is a node while pages are read, and takes its content from the lesson's pages when its own page
is resolved; so any builder prints it, in any order of reading.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx_lesson.exerciselist import (
    DEFAULT_EXERCISELIST_CLASSES,
    DEFAULT_EXERCISELIST_CLASSES_EXCLUDE,
)

from guildhall.core.words import word
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.sphinx_ext.lessons.collapsible import OPEN
from guildhall.sphinx_ext.lessons.copies import adopt, prefix_of, seen_from
from guildhall.sphinx_ext.lessons.untrusted.shown import clean_raw
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.portal.material import (
    Matches,
    found_in,
    has_class,
    is_captioned,
    is_glossary,
    note_material,
    number_exercises,
)
from guildhall.sphinx_ext.portal.reading_order import reading_order
from guildhall.sphinx_ext.portal.scope import lesson_at
from guildhall.sphinx_ext.records.directive import PortalDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx

EXERCISES = tuple(sorted(DEFAULT_EXERCISELIST_CLASSES))
"""Classes that an exercise list shows by default, those of sphinx-lesson."""
NO_EXERCISES = tuple(sorted(DEFAULT_EXERCISELIST_CLASSES_EXCLUDE))
"""Classes that it leaves out by default."""


class lesson_list(nodes.General, nodes.Element):  # noqa: N801
    """A list of the lesson ``node["lesson"]``.

    It has its ``kind``, the classes to include and exclude, and whether boxes that are closed in
    the lesson are ``open`` in it.
    """


class LessonList(PortalDirective):
    """A list of elements of a lesson.

    Options:
        lesson: another lesson's id; by default the page's own.
    """

    optional_arguments = 0
    option_spec: ClassVar[dict[str, Any]] = {"lesson": directives.unchanged_required}
    kind: ClassVar[str]
    is_open: ClassVar[bool] = False
    include: ClassVar[tuple[str, ...]] = ()
    exclude: ClassVar[tuple[str, ...]] = ()

    def build(self) -> list[nodes.Node]:
        """Mark the place of the list."""
        lesson = self.lesson()
        node = lesson_list(
            lesson=lesson.key,
            kind=self.kind,
            open=self.is_open,
            include=self._classes("include", self.include),
            exclude=self._classes("exclude", self.exclude),
        )
        self.set_source_info(node)
        domain_of(self.env).lists.setdefault(self.env.docname, set()).add(lesson.key)
        return [node]

    def _classes(self, option: str, default: tuple[str, ...]) -> list[str]:
        given = self.options.get(option)
        return [each for each in re.split(r"[ ,]+", given) if each] if given else list(default)


class ExerciseList(LessonList):
    """The exercises of a lesson with their solutions, under the titles of their pages.

    Options:
        include: classes of admonitions to list, set apart by blanks or commas.
        exclude: classes of admonitions to leave out.
        lesson: another lesson's id; by default the page's own.
    """

    option_spec: ClassVar[dict[str, Any]] = {
        **LessonList.option_spec,
        "include": directives.unchanged_required,
        "exclude": directives.unchanged_required,
    }
    kind = "admonitions"
    include = EXERCISES
    exclude = NO_EXERCISES


class KeypointsList(LessonList):
    """The key points of all pages of a lesson."""

    kind = "admonitions"
    include = ("keypoints",)


class ObjectivesList(LessonList):
    """The objectives of all pages of a lesson."""

    kind = "admonitions"
    include = ("objectives",)


class QuestionsList(LessonList):
    """The questions of all pages of a lesson."""

    kind = "admonitions"
    include = ("questions",)


class InstructorNotes(LessonList):
    """The instructor notes of all pages of a lesson."""

    kind = "admonitions"
    is_open = True
    include = ("instructor-note",)


class GlossaryList(LessonList):
    """All glossaries of a lesson."""

    kind = "glossaries"


class FiguresList(LessonList):
    """The captioned figures and tables of a lesson, as links."""

    kind = "figures"


COPIED_FROM, LED_HOME = "copied-from", "led-home"
"""Attributes of copies and of links in them, which are gone when the page is written."""
_WITH_PATHS = frozenset({"html", "dirhtml", "epub"})
"""Builders whose pages refer to each other by relative paths."""


class FillLists(SphinxPostTransform):
    """Fills the lists of a page."""

    # Before MyST (9) and Sphinx (10) resolve the references that the lists will hold.
    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Number the page's own exercises, and put the content in the place of each list."""
        page = self.env.docname
        lesson = lesson_at(self.env, page)
        if lesson is not None:
            number_exercises(self.env, lesson, page, self.document)
        for serial, node in enumerate(list(self.document.findall(lesson_list))):
            source = domain_of(self.env).portal.registry.get(Lesson, node["lesson"])
            filled = self._filled(node, source, serial) if source else []
            node.replace_self(filled or [_nothing(source)] if source else [])

    def _filled(self, node: lesson_list, lesson: Lesson, serial: int) -> list[nodes.Node]:
        built: list[nodes.Node] = []
        for docname in reading_order(self.env, lesson):
            if docname == self.env.docname:
                continue
            found = self._of_page(node, lesson, docname, serial)
            if found:
                section = nodes.section(ids=[f"{prefix_of(docname, lesson.root)}list-{serial}"])
                section += self._title(docname)
                section += found
                built.append(section)
        return built

    def _of_page(
        self, node: lesson_list, lesson: Lesson, docname: str, serial: int
    ) -> list[nodes.Node]:
        tree = self.env.get_doctree(docname)
        if node["kind"] == "figures":
            return self._figures(tree, docname)
        number_exercises(self.env, lesson, docname, tree)
        built: list[nodes.Node] = []
        for found in found_in(tree, _matches(node)):
            home = next(iter(found["ids"]), None) or _target_before(found)
            copy = found.deepcopy()
            if lesson.is_elsewhere and lesson_at(self.env, self.env.docname) != lesson:
                # A box that doesn't end is the strangers' own page's affair, and no other's.
                clean_raw(copy, keeps=False)
            adopt(copy, docname, f"{prefix_of(docname, lesson.root)}{serial}--", self._address)
            copy[COPIED_FROM] = docname
            if node["open"]:
                copy["classes"].append(OPEN)
            for link in copy.findall(nodes.reference):
                link[LED_HOME] = True
            built.append(copy)
            if home and node["kind"] == "admonitions":
                words = word(lesson.language, "See it in the lesson")
                link = nodes.reference("", words, refuri=self._address(docname, home))
                link["internal"] = True
                built.append(nodes.paragraph("", "", link, classes=["gh-list-origin"]))
        return built

    def _figures(self, tree: nodes.document, docname: str) -> list[nodes.Node]:
        listed = nodes.bullet_list(bullet="-")
        for found in found_in(tree, is_captioned):
            caption = next(c for c in found if isinstance(c, nodes.caption | nodes.title))
            home = next(iter(found["ids"]), "")
            link = nodes.reference(
                "", caption.astext(), refuri=self._address(docname, home), internal=True
            )
            listed += nodes.list_item("", nodes.paragraph("", "", link))
        return [listed] if len(listed) else []

    def _title(self, docname: str) -> nodes.title:
        title = self.env.titles[docname].astext()
        link = nodes.reference("", title, refuri=self._address(docname, ""), internal=True)
        return nodes.title("", "", link)

    def _address(self, docname: str, name: str) -> str:
        try:
            address = self.app.builder.get_relative_uri(self.env.docname, docname)
        except NoUri:
            address = ""
        return f"{address}#{name}" if name else address


class LeadHome(SphinxPostTransform):
    """Turns the references in copies, once they are resolved, into addresses seen from this page.

    Sphinx resolves them for the page that they were copied from, which is right for what they name
    but not for where they stand now.
    """

    # After MyST (9) and Sphinx (10) have resolved references.
    default_priority = 15

    def run(self, **kwargs: Any) -> None:
        """Go through all copies of the page."""
        for copy in list(self.document.findall(lambda node: COPIED_FROM in _attributes(node))):
            assert isinstance(copy, nodes.Element)  # noqa: S101
            docname = copy.attributes.pop(COPIED_FROM)
            own = {name for node in copy.findall(nodes.Element) for name in node["ids"]}
            for link in copy.findall(nodes.reference):
                if not link.attributes.pop(LED_HOME, False):
                    self._lead(link, docname, own)

    def _lead(self, link: nodes.reference, docname: str, own: set[str]) -> None:
        builder = self.app.builder
        if link.get("refid") and link["refid"] not in own:
            name = link.attributes.pop("refid")
            link["refuri"] = f"{builder.get_relative_uri(self.env.docname, docname)}#{name}"
        elif builder.name in _WITH_PATHS and link.get("refuri"):
            here = builder.get_target_uri(self.env.docname)
            link["refuri"] = seen_from(here, builder.get_target_uri(docname), link["refuri"])


def _attributes(node: nodes.Node) -> dict[str, Any]:
    return node.attributes if isinstance(node, nodes.Element) else {}


def _matches(node: lesson_list) -> Matches:
    if node["kind"] == "glossaries":
        return is_glossary
    return has_class(frozenset(node["include"]), frozenset(node["exclude"]))


def _target_before(node: nodes.Element) -> str | None:
    """The id that sphinx-lesson puts before an admonition rather than on it."""
    siblings = node.parent.children
    at = siblings.index(node)
    before = siblings[at - 1] if at else None
    if isinstance(before, nodes.target) and before["ids"]:
        return str(before["ids"][0])
    return None


def _nothing(lesson: Lesson) -> nodes.paragraph:
    return nodes.paragraph("", word(lesson.language, "The lesson has none."))


DIRECTIVES: dict[str, type[LessonList]] = {
    "exerciselist": ExerciseList,
    "keypoints-list": KeypointsList,
    "objectives-list": ObjectivesList,
    "questions-list": QuestionsList,
    "instructor-notes": InstructorNotes,
    "glossary-list": GlossaryList,
    "figures-list": FiguresList,
}


def setup_lists(app: Sphinx) -> None:
    """Register the lists, over those of sphinx-lesson where it is loaded too."""
    app.add_node(lesson_list)
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive, override=True)
    app.add_post_transform(FillLists)
    app.add_post_transform(LeadHome)
    app.connect("doctree-read", note_material)
