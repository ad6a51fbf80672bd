"""What to know and to install before a workshop: as the lessons that it teaches ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docutils import nodes

from guildhall.core import forges
from guildhall.core.words import word
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.kinds.workshop import PinnedLesson
from guildhall.network.lessons.lookups import OutlineOf
from guildhall.network.lessons.outline import Page
from guildhall.sphinx_ext.lessons.links import page_link
from guildhall.sphinx_ext.records.prose import render_prose
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.nodes import separated
from guildhall.sphinx_ext.rendering.tables import TableBuilder, TableCell
from guildhall.sphinx_ext.workshops.view import WorkshopView

_INSTALLATION = re.compile(r"(^|[-_/])(install(ation|ing)?|set-?up)([-_]|$)", re.IGNORECASE)
"""What lessons of the field call their pages on what to install."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A lesson, and what of it asks for something."""

    lesson: Lesson
    index: int

    @property
    def text(self) -> str:
        """What it says besides, with blanks as they are shown."""
        return " ".join((self.lesson.prerequisites[self.index].text or "").split())


def preparation_nodes(view: WorkshopView) -> list[nodes.Node]:
    """Prerequisites and installation; nothing where the lessons ask for none."""
    lessons = list(_lessons(view))
    return [*_prerequisites(view, lessons), *_installation(view, lessons)]


def _lessons(view: WorkshopView) -> Iterator[Lesson]:
    for key in view.programme.lessons:
        lesson = view.shown.get(Lesson, key, ("label", "prerequisites", "repository", "source"))
        if lesson is not None:
            yield lesson


def _prerequisites(view: WorkshopView, lessons: list[Lesson]) -> list[nodes.Node]:
    """Lessons to take before, each once and with those that need it, and further texts."""
    taught = set(view.programme.lessons)
    needed: dict[str, list[_Asked]] = {}
    texts: list[_Asked] = []
    for lesson in lessons:
        for index, each in enumerate(lesson.prerequisites):
            if each.lesson and taught.isdisjoint(each.lessons):
                needed.setdefault(each.lesson, []).append(_Asked(lesson, index))
            elif each.text and not each.lesson:
                texts.append(_Asked(lesson, index))
    listed = nodes.bullet_list(bullet="-", classes=["gh-asked"])
    for key, all_asked in needed.items():
        line: list[nodes.Node] = [display.to_record(view.shown, Lesson.KIND, key)]
        line += _for(view, all_asked)
        item = nodes.list_item("", display.paragraph(*line))
        # Several lessons may ask for it in the same words.
        for asked in _in_different_words(all_asked):
            item += _text(view, asked)
        listed += item
    for asked in texts:
        content = _text(view, asked)
        if isinstance(content[-1], nodes.paragraph):
            content[-1] += _for(view, [asked], " (", ")")
        listed += nodes.list_item("", *content)
    return [listed] if len(listed) else []


def _in_different_words(all_asked: list[_Asked]) -> list[_Asked]:
    """Those that say something different, each the first of its words."""
    return list({each.text: each for each in reversed(all_asked)}.values())[::-1]


def _for(
    view: WorkshopView, asked: list[_Asked], opened: str = " ", closed: str = ""
) -> list[nodes.Node]:
    """The lessons that ask for something, to go after it."""
    links = separated(
        [display.record_link(Lesson.KIND, each.lesson.key, each.lesson.label)] for each in asked
    )
    words = word(view.language, "for")
    return [nodes.Text(f"{opened}{words} "), *links, nodes.Text(closed)]


def _text(view: WorkshopView, asked: _Asked) -> list[nodes.Node]:
    return render_prose(asked.lesson, ("prerequisites", asked.index, "text"), view.document)


def _installation(view: WorkshopView, lessons: list[Lesson]) -> list[nodes.Node]:
    """Links to the pages on installation of the lessons that are taught."""
    listed = nodes.bullet_list(bullet="-")
    for lesson in lessons:
        outline = view.shown.ask(OutlineOf(lesson.key))
        for page in (*outline.pages, *outline.unlisted):
            if _is_installation(page, lesson):
                line = [
                    page_link(page),
                    nodes.Text(f" {word(view.language, 'for')} "),
                    display.record_link(Lesson.KIND, lesson.key, lesson.label),
                ]
                listed += nodes.list_item("", display.paragraph(*line))
    if not len(listed):
        return []
    text = word(view.language, "Before the workshop begins, install what the lessons use:")
    return [display.paragraph(nodes.Text(text)), listed]


def _is_installation(page: Page, lesson: Lesson) -> bool:
    name = page.docname.removeprefix(lesson.root)
    return bool(_INSTALLATION.search(name))


def lessons_nodes(view: WorkshopView) -> list[nodes.Node]:
    """The lessons that are taught, with the versions where the record pins them."""
    pinned = {each.lesson: (index, each) for index, each in enumerate(view.workshop.lessons)}
    keys = view.programme.lessons
    if not keys:
        return []
    language = view.language
    if not any(each.version or each.url for each in view.workshop.lessons):
        listed = nodes.bullet_list(bullet="-")
        for key in keys:
            listed += nodes.list_item("", display.paragraph(_lesson(view, key, pinned)))
        return [listed]
    rows = [
        [
            TableCell([_lesson(view, key, pinned)]),
            TableCell(_version(view, *pinned[key]) if key in pinned else ""),
        ]
        for key in keys
    ]
    header = [
        TableCell(word(language, "Lesson")),
        TableCell(word(language, "Version taught"))
        if view.standing.phase == "past"
        else TableCell(word(language, "Version to be taught")),
    ]
    caption = word(language, "Lessons of this workshop")
    builder = TableBuilder(caption, "gh-workshop-lessons", header, rows, widths=(3, 2))
    return builder.build(view.document)


def _lesson(
    view: WorkshopView, key: str, pinned: dict[str, tuple[int, PinnedLesson]]
) -> nodes.Node:
    at = ("lessons", pinned[key][0], "lesson") if key in pinned else ()
    return display.to_record(view.shown, Lesson.KIND, key, view.workshop, *at)


def _version(view: WorkshopView, index: int, entry: PinnedLesson) -> list[nodes.Node]:
    """The version, linked to where it can be read: as stated, or else in the repository."""
    words = entry.version or word(view.language, "this version")
    field, address = "url", entry.url
    if address is None and entry.version:
        lesson = view.shown.get(Lesson, entry.lesson, ("repository", "source"))
        repository = _repository(lesson) if lesson else None
        field = "version"
        address = forges.tree_address(repository, entry.version) if repository else None
    if address is None:
        return [nodes.Text(entry.version or "")]
    link = nodes.reference("", words, refuri=address, internal=False)
    return [display.located(link, view.workshop, ("lessons", index, field))]


def _repository(lesson: Lesson) -> str | None:
    return lesson.repository or (lesson.source.git if lesson.source else None)
