"""What lessons say to group leaders and data stewards: on each lesson's page, and gathered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from docutils import nodes

from guildhall.core.words import word
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.network.lessons.catalogue import ListedLesson, name_of
from guildhall.network.lessons.lookups import outline_on
from guildhall.network.lessons.outline import Outline
from guildhall.sphinx_ext.lessons import labels
from guildhall.sphinx_ext.lessons.catalogue import facts_of, listed_lessons
from guildhall.sphinx_ext.lessons.links import page_link
from guildhall.sphinx_ext.records.directive import PortalDirective
from guildhall.sphinx_ext.records.prose import render_prose
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.nodes import separated

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def summary_nodes(
    lesson: Lesson, outline: Outline, document: nodes.document, language: str
) -> list[nodes.Node]:
    """A lesson's summary with the sentences of its pages; nothing where it has neither.

    Args:
        lesson: the lesson.
        outline: its pages.
        document: the document that the nodes will be part of.
        language: the language of the labels.
    """
    pairs: list[tuple[str, Sequence[nodes.Node]]] = []
    if lesson.for_leaders is not None:
        for name, label in (
            ("what", word(language, "What it is")),
            ("why", word(language, "Why it matters")),
            ("who", word(language, "Contact")),
        ):
            content = render_prose(lesson, ("for_leaders", name), document)
            if content:
                pairs.append((label, content))
    listed = nodes.bullet_list(bullet="-")
    for page in outline.pages:
        if page.for_leaders is not None:
            text = nodes.Text(f" {display.EM_DASH} {page.for_leaders}")
            listed += nodes.list_item("", display.paragraph(page_link(page), text))
    if len(listed):
        pairs.append((word(language, "Episodes"), [listed]))
    return [display.facts(pairs)] if pairs else []


class LessonSummaries(PortalDirective):
    """The summaries of all lessons for group leaders and data stewards, by main topic.

    Archived lessons are left out; the others without a summary are named at the end.
    """

    def build(self) -> list[nodes.Node]:
        """Build a section for each topic, and in it one for each lesson."""
        prefix = self.prefix("summaries")
        topics: dict[str, nodes.section] = {}
        without: list[Lesson] = []
        for entry in listed_lessons(self.env, self.shown, "for_leaders"):
            lesson = entry.lesson
            if lesson.status == "archived":
                continue
            outline = outline_on(self.shown, lesson)
            summary = summary_nodes(lesson, outline, self.state.document, self.language)
            if not summary:
                without.append(lesson)
                continue
            topic = lesson.topics[0] if lesson.topics else word(self.language, "Other")
            name = name_of(topic)
            if name not in topics:
                topics[name] = self._section(f"{prefix}-topic-{name}", nodes.Text(topic))
            link = display.record_link(Lesson.KIND, lesson.key, lesson.title)
            section = self._section(f"{prefix}-lesson-{lesson.key}", link)
            section["classes"].append("gh-summary")
            section += [self._facts(entry), *summary]
            topics[name] += section
        return [*topics.values(), *self._without(without)]

    def _section(self, name: str, title: nodes.Node) -> nodes.section:
        section = nodes.section(ids=[name])
        section += nodes.title("", "", title, translatable=False)
        self.state.document.note_explicit_target(section)
        return section

    def _facts(self, entry: ListedLesson) -> nodes.Node:
        facts = facts_of(entry, self.language)
        if entry.lesson.status != "stable":
            facts.append(labels.status(self.language, entry.lesson.status))
        if not entry.has_pages:
            facts.append(word(self.language, "on another site"))
        return display.paragraph(nodes.Text(" · ".join(facts)))

    def _without(self, lessons: Iterable[Lesson]) -> list[nodes.Node]:
        links = [[display.record_link(Lesson.KIND, each.key, each.title)] for each in lessons]
        if not links:
            return []
        label = word(self.language, "Lessons without such a summary:")
        return [display.paragraph(nodes.Text(f"{label} "), *separated(links))]


DIRECTIVES: dict[str, type[PortalDirective]] = {"lesson-summaries": LessonSummaries}


def setup_summaries(app: Sphinx) -> None:
    """Register the directive."""
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
