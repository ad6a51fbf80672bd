"""All checks of a portal in one report: its records and sums, its lessons and workshops."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from guildhall.ledger.checks import Report, run_checks
from guildhall.lessons.checks import lesson_checks
from guildhall.lessons.outline import Outline, outline_of
from guildhall.records.kinds.lesson import Lesson
from guildhall.records.registry import Registry, load_registry
from guildhall.settings import Settings, load_settings
from guildhall.workshops.checks import workshop_checks


def check_records(
    registry: Registry, settings: Settings, root: Path, outline: Callable[[Lesson], Outline]
) -> Report:
    """Run all checks that need no page to be read.

    Args:
        registry: the portal's records.
        settings: the portal's settings.
        root: the portal's folder.
        outline: gives the outline of a lesson.
    """
    report = run_checks(registry, settings)
    more = (
        *lesson_checks(registry, root, outline),
        *workshop_checks(registry, settings, outline),
    )
    return replace(report, results=(*report.results, *more))


def check_portal(root: Path) -> Report:
    """Read the portal at ``root`` and run all checks, those of lesson pages too."""
    from guildhall.lint.check import page_check

    settings, faults = load_settings(root)
    registry = load_registry(root, settings)
    outlines = {lesson.key: outline_of(lesson, root) for lesson in registry.of(Lesson)}
    report = check_records(registry, settings, root, lambda lesson: outlines[lesson.key])
    pages = page_check(outlines.values(), settings)
    return replace(report, faults=(*faults, *report.faults), results=(*report.results, pages))
