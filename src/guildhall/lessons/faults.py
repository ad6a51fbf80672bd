"""All that can be wrong with lessons before Sphinx reads their pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from guildhall.lessons.outline import Outline
from guildhall.records.faults import Fault
from guildhall.records.kinds.lesson import Lesson
from guildhall.records.registry import Registry


def lesson_faults(registry: Registry, outline: Callable[[Lesson], Outline]) -> Iterator[Fault]:
    """Find the faults of all lessons.

    Args:
        registry: the portal's records.
        outline: gives the outline of a lesson.
    """
    for lesson in registry.of(Lesson):
        yield from outline(lesson).faults
