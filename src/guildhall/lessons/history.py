"""When a lesson was last changed, from git: the same commit gives the same answer."""

from __future__ import annotations

import subprocess
from datetime import date, datetime
from functools import cache
from pathlib import Path

SECONDS = 20
"""The longest that git is waited for."""


@cache
def last_change(folder: Path) -> date | None:
    """The day of the last commit that touched a folder.

    Returns:
        the day in the committer's own time zone; None outside git, without git, for files never
        committed, and in a shallow clone, where git knows no more than the last commit.
    """
    if _git(folder, "rev-parse", "--is-shallow-repository") != "false":
        return None
    stated = _git(folder, "log", "-1", "--format=%cI", "--", ".")
    return datetime.fromisoformat(stated).date() if stated else None


def _git(folder: Path, *arguments: str) -> str | None:
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, timeout=SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
