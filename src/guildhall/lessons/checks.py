"""The checks of lessons: each a line of the report, with all that it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from guildhall.ledger.checks import CheckResult, Finding, counted
from guildhall.lessons.outline import Outline
from guildhall.lessons.prerequisites import prerequisite_faults
from guildhall.lessons.timetable import length_faults
from guildhall.records.faults import Fault
from guildhall.records.kinds.lesson import Lesson
from guildhall.records.kinds.path import Path
from guildhall.records.registry import Registry


def lesson_checks(
    registry: Registry, outline: Callable[[Lesson], Outline]
) -> tuple[CheckResult, ...]:
    """Check every lesson and every path.

    Args:
        registry: the portal's records.
        outline: gives the outline of a lesson.
    """
    lessons = registry.of(Lesson)
    outlines = [outline(lesson) for lesson in lessons]
    with_pages = [each for each in outlines if each.pages]
    paths = registry.of(Path)
    return (
        _result(
            "lesson.pages",
            "Records of lessons and their pages fit each other",
            counted(len(with_pages), "lesson") if with_pages else "no lesson has pages here",
            [fault for each in outlines for fault in each.faults],
            looked=bool(with_pages),
        ),
        _result(
            "lesson.length",
            "Stated lengths of lessons are the sums of their episodes",
            counted(len(with_pages), "lesson") if with_pages else "no lesson has pages here",
            [fault for each in with_pages for fault in length_faults(each)],
            looked=bool(with_pages),
        ),
        _result(
            "lesson.prerequisites",
            "Prerequisites come first",
            f"{counted(len(lessons), 'lesson')}, {counted(len(paths), 'path')}"
            if lessons
            else "no lessons",
            prerequisite_faults(registry),
            looked=bool(lessons),
        ),
    )


def _result(
    name: str, title: str, detail: str, faults: Iterable[Fault], *, looked: bool
) -> CheckResult:
    findings = tuple(Finding(fault) for fault in sorted(faults))
    if not looked:
        return CheckResult(name, title, "skip", detail)
    return CheckResult(name, title, "fail" if findings else "pass", detail, findings)
