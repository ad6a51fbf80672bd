"""Learning paths: how long they are, and where a lesson stands on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from guildhall.model.records.kinds.lesson import LEVELS, Lesson
from guildhall.model.records.kinds.path import Path, Step
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.registry import Registry
from guildhall.network.lessons.outline import Outline
from guildhall.network.lessons.prerequisites import required_by
from guildhall.network.programme.programme import programme_of


@dataclass(frozen=True, slots=True)
class Position:
    """Where a lesson stands on a path.

    Args:
        path: the path.
        number: the lesson's step, from 1.
        of: how many steps there are.
        previous: the step before.
        following: the step after.
    """

    path: Path
    number: int
    of: int
    previous: Step | None
    following: Step | None


@dataclass(frozen=True, slots=True)
class Length:
    """How long a path is.

    Args:
        minutes: of the steps that are not optional, where they are known.
        optional: of the optional steps, where they are known.
        unknown: how many steps that are not optional have no known length.
    """

    minutes: int
    optional: int
    unknown: int


def places_in_paths(lesson: Lesson, paths: Iterable[Path]) -> tuple[Position, ...]:
    """Every path that a lesson is on, in the order of paths."""
    found = []
    for path in paths:
        for index, step in enumerate(path.steps):
            if step.lesson == lesson.key:
                before = path.steps[index - 1] if index else None
                after = path.steps[index + 1] if index + 1 < len(path.steps) else None
                found.append(Position(path, index + 1, len(path.steps), before, after))
    return tuple(found)


def minutes_of(step: Step, registry: Registry, outline: Callable[[Lesson], Outline]) -> int | None:
    """How long a step takes: as it says itself, or else as long as its lesson or workshop."""
    if step.minutes is not None:
        return step.minutes
    workshop = registry.get(Workshop, step.workshop)
    if workshop:
        return programme_of(workshop).teaching_minutes
    lesson = registry.get(Lesson, step.lesson)
    return outline(lesson).minutes if lesson else None


def length_of(path: Path, registry: Registry, outline: Callable[[Lesson], Outline]) -> Length:
    """Add up the steps of a path."""
    minutes = optional = unknown = 0
    for step in path.steps:
        found = minutes_of(step, registry, outline)
        if step.optional:
            optional += found or 0
        elif found is None:
            unknown += 1
        else:
            minutes += found
    return Length(minutes, optional, unknown)


def levels_of(path: Path, registry: Registry) -> tuple[str, ...]:
    """The levels of a path's lessons, from the lowest."""
    lessons = (registry.get(Lesson, step.lesson) for step in path.steps)
    found = {lesson.level for lesson in lessons if lesson and lesson.level}
    return tuple(level for level in LEVELS if level in found)


def requirements(path: Path, registry: Registry) -> dict[str, tuple[str, ...]]:
    """The lessons of a path, and those that they require: on the path, or before it."""
    found: dict[str, tuple[str, ...]] = {}
    wanted = [step.lesson for step in path.steps if step.lesson]
    while wanted:
        key = wanted.pop(0)
        lesson = registry.get(Lesson, key)
        if key in found or lesson is None:
            continue
        found[key] = tuple(each for each in required_by(lesson) if registry.get(Lesson, each))
        wanted += found[key]
    return found
