"""When the pages of a lesson were last changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from guildhall.lessons import history
from guildhall.lessons.sources import pages_folder

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from guildhall.records.kinds.lesson import Lesson


def last_change(env: BuildEnvironment, lesson: Lesson) -> date | None:
    """The day of the last change of a lesson that lies in the portal's own repository."""
    if lesson.source is not None and lesson.source.git is not None:
        return None
    folder = pages_folder(lesson, Path(env.srcdir))
    return history.last_change(folder) if folder else None
