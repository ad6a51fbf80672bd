"""Look-ups of lessons: their outlines, and how they are built."""

from __future__ import annotations

from dataclasses import dataclass

from guildhall.model.lookup import Lookup, digest_of, existing
from guildhall.model.portal import Portal
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.shown import Shown
from guildhall.network.lessons.outline import Outline, outline_of
from guildhall.network.lessons.sources import locked_commit


def outline_in(portal: Portal, lesson: Lesson) -> Outline:
    """The outline of a lesson of a portal; its files are read once."""
    # Of a lesson, pages and checks may hold different records: with, and without all people.
    shown = portal.registry.get(Lesson, lesson.key) or lesson
    return portal.once((Outline, lesson.key), lambda: outline_of(shown, portal.root))


@dataclass(frozen=True)
class OutlineOf(Lookup[Outline]):
    """The outline of a lesson: order, titles and minutes of its pages.

    Args:
        lesson: the lesson's id.
    """

    lesson: str

    def result(self, portal: Portal) -> Outline:
        """The outline."""
        return outline_in(portal, existing(portal, Lesson, self.lesson))

    def digest(self, result: Outline, portal: Portal) -> str:
        """A digest of all that pages show of it."""
        pages = [
            (
                each.docname,
                each.title,
                each.teaching,
                each.exercises,
                each.optional,
                each.is_episode,
                each.for_leaders,
            )
            for each in result.pages
        ]
        return digest_of((pages, result.teaching, result.exercises))


@dataclass(frozen=True)
class BuildingOf(Lookup[Lesson]):
    """How the pages of a lesson are built: as its record says, from the locked commit.

    Args:
        lesson: the lesson's id.
    """

    lesson: str

    def result(self, portal: Portal) -> Lesson:
        """The lesson."""
        return existing(portal, Lesson, self.lesson)

    def digest(self, result: Lesson, portal: Portal) -> str:
        """A digest of what the record says of building, and of the commit."""
        locked = locked_commit(result, portal.root)
        return digest_of((result.build, result.source, result.language, locked))


def outline_on(shown: Shown, lesson: Lesson) -> Outline:
    """The outline of a lesson, as a page asks for it."""
    return shown.ask(OutlineOf(lesson.key))
