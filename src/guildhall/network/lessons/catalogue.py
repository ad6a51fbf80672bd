"""The catalogue of lessons: its order, and the facets that it can be narrowed by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from guildhall.core.facets import Value, count_values
from guildhall.model.records.kinds.lesson import AUDIENCES, FORMATS, LEVELS, Lesson
from guildhall.model.records.kinds.path import Path
from guildhall.model.records.registry import Registry
from guildhall.network.lessons.outline import Outline

FACETS = ("topic", "level", "length", "format", "audience", "language")
"""What lessons can be narrowed by, in the order of the page."""
LENGTHS = ("to-1-hour", "1-to-3-hours", "over-3-hours")
_ORDERED = {"level": LEVELS, "length": LENGTHS, "format": FORMATS, "audience": AUDIENCES}
_SENTENCE = re.compile(r"(?s)(.+?[.!?])(?=\s+[^a-z\s]|\s*$)")
_NOT_IN_NAMES = re.compile(r"[^\w]+")
# What tells names apart that are the same without: C, C++ and C#.
_SPOKEN = str.maketrans({"+": " plus ", "#": " sharp ", "&": " and "})


@dataclass(frozen=True, slots=True)
class ListedLesson:
    """A lesson in the catalogue.

    Args:
        lesson: the lesson.
        minutes: its length, where it is known.
        has_pages: whether its pages are in the portal.
        values: its values of each facet, under the names that addresses use.
    """

    lesson: Lesson
    minutes: int | None
    has_pages: bool
    values: dict[str, tuple[str, ...]] = field(hash=False)


def entries(registry: Registry, outline: Callable[[Lesson], Outline]) -> tuple[ListedLesson, ...]:
    """All lessons in the order of the catalogue.

    Lessons of learning paths come first, in the order of paths and steps; archived ones last.
    """
    steps = [step.lesson for path in registry.of(Path) for step in path.steps if step.lesson]
    place = {key: index for index, key in reversed(list(enumerate(steps)))}
    lessons = sorted(
        registry.of(Lesson),
        key=lambda lesson: (
            lesson.status == "archived",
            place.get(lesson.key, len(steps)),
            lesson.sort_key,
        ),
    )
    return tuple(_entry(lesson, outline(lesson)) for lesson in lessons)


def _entry(lesson: Lesson, outline: Outline) -> ListedLesson:
    minutes = outline.minutes
    values = {
        "topic": tuple(dict.fromkeys(map(name_of, lesson.topics))),
        "level": (lesson.level,) if lesson.level else (),
        "length": () if minutes is None else (_length(minutes),),
        "format": (lesson.format,),
        "audience": tuple(lesson.audience),
        "language": (lesson.language,),
    }
    return ListedLesson(lesson, minutes, bool(outline.pages), values)


def _length(minutes: int) -> str:
    if minutes <= 60:
        return LENGTHS[0]
    return LENGTHS[1] if minutes <= 180 else LENGTHS[2]


def facet_values(found: Iterable[ListedLesson], facet: str) -> tuple[Value, ...]:
    """The values that lessons have of a facet: in their own order, else by how many have them."""
    return count_values((_labelled(entry, facet) for entry in found), _ORDERED.get(facet))


def _labelled(entry: ListedLesson, facet: str) -> dict[str, str]:
    """The values of a facet, each with what is shown of it."""
    topics = {name_of(topic): topic for topic in reversed(entry.lesson.topics)}
    names = entry.values[facet]
    return {name: topics[name] if facet == "topic" else name for name in names}


def first_sentence(text: str) -> str:
    """The first sentence of a Markdown text, for where there is room for one only."""
    paragraph = " ".join(text.strip().split("\n\n")[0].split())
    found = _SENTENCE.match(paragraph)
    return found[1] if found else paragraph


def name_of(label: str) -> str:
    """A label as a part of addresses: ``C++ and Git`` gives ``c-plus-plus-and-git``."""
    name = _NOT_IN_NAMES.sub("-", label.translate(_SPOKEN).casefold()).strip("-")
    return name or "-".join(f"{ord(letter):x}" for letter in label)
