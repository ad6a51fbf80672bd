"""When the pages of a lesson were last changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from guildhall.network.lessons import history
from guildhall.network.lessons.lookups import outline_in
from guildhall.network.lessons.sources import locked_commit
from guildhall.sphinx_ext.portal.domain import domain_of

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from guildhall.model.records.kinds.lesson import Lesson


def last_change(env: BuildEnvironment, lesson: Lesson) -> date | None:
    """The day of the last commit of a lesson: in the portal's repository, or in its own."""
    if lesson.is_elsewhere:
        locked = locked_commit(lesson, Path(env.srcdir))
        return locked.date.date() if locked else None
    outline = outline_in(domain_of(env).portal, lesson)
    if not outline.pages or outline.folder is None:
        # Its pages are elsewhere; a change of the record is none of the lesson.
        return None
    return history.last_change(outline.folder)
