"""``lesson-catalogue``: all lessons as cards, with filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from docutils import nodes

from guildhall.core.facets import Value
from guildhall.core.values.format import format_minutes
from guildhall.core.values.names import language_name
from guildhall.core.words import word
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.shown import Shown
from guildhall.network.lessons.catalogue import (
    FACETS,
    LENGTHS,
    ListedLesson,
    entries,
    facet_values,
    first_sentence,
)
from guildhall.network.lessons.lookups import outline_on
from guildhall.sphinx_ext.lessons import labels
from guildhall.sphinx_ext.pages.templated import inline_part, inline_parts, templated
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.records.directive import PortalDirective
from guildhall.sphinx_ext.records.facets import (
    Catalogue,
    CatalogueDirective,
    add_catalogue,
    catalogue_card,
    catalogue_list,
    catalogue_part,
)
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.templating.template_values import Named

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

NAME = "lessons"
TEMPLATE = "guildhall/lesson-card.html.j2"


class LessonCards(Catalogue[ListedLesson]):
    """The catalogue of lessons."""

    facets = FACETS

    def values(self, facet: str) -> tuple[Value, ...]:
        """The values of a facet, in the order of the page."""
        return facet_values(self.found, facet)

    def count(self) -> str:
        """How many are shown of all, with places for ``shown`` and ``all``."""
        return word(self.language, "{shown} of {all} lessons")

    def digest(self) -> str:
        """What cards and filters are made from."""
        return repr([(entry.lesson.model_dump(), entry.minutes) for entry in self.found])

    def cards(self, found: Sequence[ListedLesson]) -> list[nodes.Node]:
        """The cards of lessons, those of archived ones apart from the others."""
        built: list[nodes.Node] = [
            self._cards(each for each in found if each.lesson.status != "archived")
        ]
        archived = [each for each in found if each.lesson.status == "archived"]
        if archived:
            apart = catalogue_part(classes=["gh-catalogue-archived"])
            title = nodes.Text(word(self.language, "Archived lessons"))
            apart += display.paragraph(title, classes=["gh-catalogue-apart"])
            apart += self._cards(archived)
            built.append(apart)
        return built

    def _cards(self, found: Iterable[ListedLesson]) -> nodes.Element:
        listed = catalogue_list()
        for entry in found:
            listed += self._card(entry)
        return listed

    def facet_name(self, facet: str) -> str:
        """What a facet is called."""
        return {
            "topic": word(self.language, "Topic"),
            "level": word(self.language, "Level"),
            "length": word(self.language, "Length"),
            "format": word(self.language, "Format"),
            "audience": word(self.language, "For"),
            "language": word(self.language, "Language"),
        }[facet]

    def value_name(self, facet: str, value: Value) -> str:
        """What a value of a facet is called."""
        if facet == "level":
            return labels.level(self.language, value.name)
        if facet == "format":
            return labels.form(self.language, value.name)
        if facet == "audience":
            return labels.audience(self.language, value.name)
        if facet == "language":
            return language_name(value.name, self.language)
        if facet == "length":
            return {
                LENGTHS[0]: word(self.language, "Up to 1 hour"),
                LENGTHS[1]: word(self.language, "1 to 3 hours"),
                LENGTHS[2]: word(self.language, "Over 3 hours"),
            }[value.name]
        return value.label

    def _card(self, entry: ListedLesson) -> nodes.Element:
        lesson = entry.lesson
        card = catalogue_card(values=entry.values)
        facets = Named(entry.values, ())
        shown = templated(template=TEMPLATE, values={"facets": facets})
        link = display.record_link(Lesson.KIND, lesson.key, lesson.title)
        shown += display.paragraph(inline_part("link", link))
        summary = nodes.Text(_plain(first_sentence(lesson.summary)))
        shown += display.paragraph(inline_part("summary", summary))
        facts = [*lesson.topics[:1], *facts_of(entry, self.language)]
        line = inline_parts("facts", [[nodes.Text(each)] for each in facts], " · ")
        if lesson.status != "stable":
            status = nodes.Text(labels.status(self.language, lesson.status))
            badge = display.badge(inline_part("status", status), "gh-badge-status")
            line += [nodes.Text(" "), badge]
        if not entry.has_pages:
            elsewhere = nodes.Text(word(self.language, "on another site"))
            line += [nodes.Text(" "), display.badge(inline_part("elsewhere", elsewhere))]
        shown += display.paragraph(*line)
        card += shown
        return card


def facts_of(entry: ListedLesson, language: str) -> list[str]:
    """Level, length, format and language of a lesson, as far as they are known."""
    lesson = entry.lesson
    facts = (
        labels.level(language, lesson.level) if lesson.level else "",
        "" if entry.minutes is None else format_minutes(entry.minutes),
        labels.form(language, lesson.format) if lesson.format != "lesson" else "",
        language_name(lesson.language, language),
    )
    return [each for each in facts if each]


def _plain(markdown: str) -> str:
    """Markdown of a sentence without its marks."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").parseInline(markdown)[0].children or []
    return "".join(token.content if token.type != "softbreak" else " " for token in tokens)


class LessonCatalogue(CatalogueDirective):
    """All lessons of the portal as cards, with filters; added to the navigation."""

    catalogue_name = NAME

    def build(self) -> list[nodes.Node]:
        """Build filters, cards and a hidden toctree."""
        self.note_catalogue()
        cards = _lesson_cards(self.env, self.env.docname, self.shown)
        pages = [(entry.lesson.title, entry.lesson.docname) for entry in cards.found]
        return [self.toctree(pages), cards.catalogue()]


def _lesson_cards(env: BuildEnvironment, page: str, shown: Shown) -> LessonCards:
    found = listed_lessons(env, shown, "summary", "audience")
    return LessonCards(found, page, str(env.config.language or "en"))


def listed_lessons(env: BuildEnvironment, shown: Shown, *fields: str) -> tuple[ListedLesson, ...]:
    """All lessons in the order of the catalogue.

    Args:
        env: the environment.
        shown: the portal as the page sees it.
        fields: what the page shows of them beside title, topics and :func:`facts_of`.
    """
    always = ("title", "topics", "level", "format", "language", "status", "order")
    shown.select("lesson", (), (*always, "teaching", "exercises", *fields))
    shown.select("path", (), ("steps", "order"))
    return entries(domain_of(env).portal.registry, partial(outline_on, shown))


DIRECTIVES: dict[str, type[PortalDirective]] = {"lesson-catalogue": LessonCatalogue}


def setup_catalogue(app: Sphinx) -> None:
    """Register the catalogue and its pages."""
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    add_catalogue(app, NAME, _lesson_cards)
