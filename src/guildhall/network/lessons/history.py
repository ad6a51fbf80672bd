"""When a lesson was last changed, from git."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path

from guildhall.core.history import git_output, has_history


@cache
def last_change(folder: Path) -> date | None:
    """The day of the last commit that touched a folder.

    Returns:
        the day in the committer's own time zone; None outside git, without git, for files never
        committed, and in a shallow clone, where git knows no more than the last commit.
    """
    if not has_history(folder):
        return None
    stated = git_output(folder, "log", "-1", "--format=%cI", "--", ".")
    return datetime.fromisoformat(stated).date() if stated else None
