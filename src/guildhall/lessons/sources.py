"""Stand-in until the module proper is written."""

from __future__ import annotations

from pathlib import Path

from guildhall.records.kinds.lesson import Lesson


def checkout_folder(lesson: Lesson, root: Path) -> Path | None:
    """."""
    return None


def pages_folder(lesson: Lesson, root: Path) -> Path | None:
    """."""
    folder = lesson.origin.path.parent
    if lesson.source is None:
        return folder
    if lesson.source.git:
        return None
    return folder / lesson.source.path if lesson.source.path else folder
