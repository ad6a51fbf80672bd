"""What comes before what: the order that prerequisites ask for, and where records break it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from guildhall.core.findings.finding import Finding
from guildhall.core.values.faults import quote
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.kinds.path import Path
from guildhall.model.records.registry import Registry
from guildhall.network.lessons.rules import RULES


def required_by(lesson: Lesson) -> tuple[str, ...]:
    """The ids of the lessons that a lesson asks for, in its own order."""
    return tuple(each.lesson for each in lesson.prerequisites if each.lesson)


def alternatives_to(lesson: Lesson | None, required: str) -> frozenset[str]:
    """The ids of lessons that do as well as one that a lesson asks for."""
    prerequisites = lesson.prerequisites if lesson else ()
    asked = (each for each in prerequisites if each.lesson == required)
    return frozenset(key for each in asked for key in each.alternatives)


def prerequisite_faults(registry: Registry) -> Iterator[Finding]:
    """Find circles of prerequisites and successors, and steps that come too late.

    Args:
        registry: the portal's records.
    """
    lessons = {lesson.key: lesson for lesson in registry.of(Lesson)}
    graph = {key: required_by(lesson) for key, lesson in lessons.items()}
    for circle in _circles(graph):
        first = lessons[circle[0]]
        index = required_by_index(first, circle[1])
        message = f"circular prerequisites: {_spelled(circle, 'requires')}"
        mark = first.origin.value(("prerequisites", index, "lesson"))
        yield first.origin.fault(mark, RULES["lesson.prerequisites"], message)
    successors = {
        key: (lesson.successor,) if lesson.successor else () for key, lesson in lessons.items()
    }
    for circle in _circles(successors):
        first = lessons[circle[0]]
        message = f"circular successors: {_spelled(circle, 'is followed by')}"
        mark = first.origin.value(("successor",))
        yield first.origin.fault(mark, RULES["lesson.prerequisites"], message)
    for path in registry.of(Path):
        yield from _late_steps(path, lessons)


def prerequisite_notes(registry: Registry) -> Iterator[Finding]:
    """Find what may be meant as it is: steps that require more than the path has, or are archived.

    These are no failures; whoever shows them says so.

    Args:
        registry: the portal's records.
    """
    lessons = {lesson.key: lesson for lesson in registry.of(Lesson)}
    for path in registry.of(Path):
        keys = {step.lesson for step in path.steps}
        for index, step in enumerate(path.steps):
            lesson = lessons.get(step.lesson) if step.lesson else None
            if lesson is None:
                continue
            mark = path.origin.value(("steps", index, "lesson"))
            for required in dict.fromkeys(required_by(lesson)):
                is_missing = keys.isdisjoint((required, *alternatives_to(lesson, required)))
                if required in lessons and is_missing:
                    message = (
                        f"{quote(lesson.key)} requires {quote(required)}, which is not on this path"
                    )
                    yield path.origin.fault(mark, RULES["lesson.prerequisites"], message)
            if lesson.status == "archived":
                after = (
                    f"its successor is {quote(lesson.successor)}"
                    if lesson.successor
                    else "it names no successor"
                )
                message = f"{quote(lesson.key)} is archived; {after}"
                yield path.origin.fault(mark, RULES["lesson.prerequisites"], message)


def required_by_index(lesson: Lesson, key: str) -> int:
    """Where in its list of prerequisites a lesson names another one."""
    return next(index for index, each in enumerate(lesson.prerequisites) if each.lesson == key)


def _late_steps(path: Path, lessons: Mapping[str, Lesson]) -> Iterator[Finding]:
    keys = [step.lesson for step in path.steps]
    for index, key in enumerate(keys):
        lesson = lessons.get(key) if key else None
        if lesson is None:
            continue
        for required in required_by(lesson):
            before = {required, *alternatives_to(lesson, required)}
            if required in keys[index + 1 :] and before.isdisjoint(keys[:index]):
                message = (
                    f"{quote(lesson.key)} requires {quote(required)}, which comes later "
                    f"on this path, as step {keys.index(required) + 1}"
                )
                place = ("steps", index, "lesson")
                mark = path.origin.value(place)
                yield path.origin.fault(mark, RULES["lesson.prerequisites"], message)


def _circles(graph: Mapping[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """Each circle of a graph once, beginning with its first name."""
    # Lists, since sets come in another order in every run.
    rest = {
        key: [each for each in dict.fromkeys(found) if each in graph]
        for key, found in graph.items()
    }
    while True:
        try:
            TopologicalSorter(rest).prepare()
        except CycleError as error:
            circle = list(reversed(error.args[1][1:]))
            start = circle.index(min(circle))
            circle = [*circle[start:], *circle[:start]]
            yield [*circle, circle[0]]
            rest[circle[0]].remove(circle[1 % len(circle)])
        else:
            return


def _spelled(circle: list[str], verb: str) -> str:
    return f" {verb} ".join(quote(key) for key in circle)
