"""What all chapters of a workshop's page share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from docutils import nodes

from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.kinds.workshop import Taught, Workshop
from guildhall.model.records.shared import Link
from guildhall.model.records.vocabularies import ROLE
from guildhall.model.shown import Shown
from guildhall.network.lessons.lookups import OutlineOf
from guildhall.network.programme.programme import Programme, programme_of
from guildhall.network.workshops.lookups import StandingOf
from guildhall.network.workshops.timeline import Standing
from guildhall.sphinx_ext.lessons.links import page_link
from guildhall.sphinx_ext.records.prose import render_prose
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.labels import term
from guildhall.sphinx_ext.rendering.nodes import separated

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

Pairs = list[tuple[str, Sequence[nodes.Node]]]
"""Labels and their values."""


@dataclass(frozen=True)
class WorkshopView:
    """A workshop as one page shows it.

    Args:
        workshop: the workshop.
        shown: the portal as the page sees it.
        document: the document that nodes will be part of.
        env: the environment.
    """

    workshop: Workshop
    shown: Shown
    document: nodes.document
    env: BuildEnvironment

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.shown.settings.language

    @cached_property
    def programme(self) -> Programme:
        """The workshop's programme."""
        return programme_of(self.workshop)

    @cached_property
    def standing(self) -> Standing:
        """Where the workshop stands on the day of the build."""
        return self.shown.ask(StandingOf(self.workshop.key))

    def prose(self, *place: str | int) -> list[nodes.Node]:
        """A text of the record; nothing where it has none there."""
        return render_prose(self.workshop, place, self.document)

    def link(self, item: Link, default: str, *place: str | int) -> list[nodes.Node]:
        """A link of the record, under its own words or else under a default."""
        named = item if item.text else item.model_copy(update={"text": default})
        return display.link(named, self.workshop, place, self.language)

    def link_list(self, items: Sequence[Link], default: str, place: str) -> list[nodes.Node]:
        """Links of the record, one a line; those without words of their own are numbered."""
        if len(items) == 1:
            return [display.paragraph(*self.link(items[0], default, place, 0))]
        nameless = [each for each in items if not each.text]
        listed = nodes.bullet_list(bullet="-", classes=["gh-links"])
        number = 0
        for index, item in enumerate(items):
            number += not item.text
            words = f"{default} {number}" if len(nameless) > 1 else default
            listed += nodes.list_item("", display.paragraph(*self.link(item, words, place, index)))
        return [listed] if items else []

    def person(self, key: str, *place: str | int) -> nodes.Node:
        """A person's name, linked."""
        return display.to_record(self.shown, Person.KIND, key, self.workshop, *place)

    def people(self, people: Mapping[str, Sequence[str]], *place: str | int) -> Pairs:
        """People by role, each role with its label."""
        return [
            (
                term(self.language, ROLE, role, self.shown.settings),
                separated(
                    [self.person(key, *place, role, index)] for index, key in enumerate(keys)
                ),
            )
            for role, keys in people.items()
            if keys
        ]

    def taught(self, entry: Taught, *place: str | int) -> list[nodes.Node]:
        """Links to the episodes that are taught, or else to the whole lesson."""
        lesson = self.shown.get(Lesson, entry.lesson, ("label", "episodes"))
        at = (*place, "lesson")
        whole = display.to_record(self.shown, Lesson.KIND, entry.lesson, self.workshop, *at)
        if lesson is None or not entry.episodes:
            return [whole]
        outline = self.shown.ask(OutlineOf(lesson.key))
        pages = {each.docname: each for each in (*outline.pages, *outline.unlisted)}
        found = [pages.get(f"{lesson.root}{name}") for name in entry.episodes]
        links = [
            [display.located(page_link(page), self.workshop, (*place, "episodes", index))]
            for index, page in enumerate(found)
            if page
        ]
        return separated(links) if links else [whole]


def aside(labels: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Labels after words: in brackets, which HTML shows only to those who listen."""
    opened = nodes.inline("", "(", classes=["gh-hidden"])
    closed = nodes.inline("", ")", classes=["gh-hidden"])
    return [nodes.Text(" "), opened, *labels, closed] if labels else []
