"""When files were changed, from git: the same commit gives the same answer."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

SECONDS = 20
"""The longest that git is waited for."""

_COMMIT = "\x01"
_LOG = (
    *("-c", "log.showSignature=false", "log", "--topo-order", "--relative", "-z"),
    # The commits that a number counts never grow fewer: none is left out because a merge took the
    # other side, and a file keeps those it had under another name.
    *("--full-history", "--no-merges", "--find-renames", "--name-status"),
    f"--format={_COMMIT}%cI",
)


@dataclass(frozen=True, slots=True)
class Change:
    """What git knows of the changes of a file, or of all files of a folder.

    Args:
        commits: how many commits touched it.
        first: when the first of them was made.
        last: when the last of them was made.
    """

    commits: int
    first: datetime
    last: datetime

    def and_also(self, other: Change) -> Change:
        """The changes of both; commits that touched both count twice."""
        return Change(
            self.commits + other.commits, min(self.first, other.first), max(self.last, other.last)
        )


@dataclass(frozen=True)
class Changes:
    """The changes of all files of some folders.

    Args:
        root: the folder that names begin at.
        files: the changes of each file by its name, with ``/``.
    """

    root: Path
    files: Mapping[str, Change] = field(default_factory=dict)

    def of(self, path: Path) -> Change | None:
        """The changes of a file; None where git knows none."""
        return self.files.get(self._name(path))

    def below(self, folder: Path) -> Change | None:
        """The changes of all files in a folder; None where git knows none."""
        inside = f"{self._name(folder)}/"
        total: Change | None = None
        for name, change in self.files.items():
            if name.startswith(inside):
                total = total.and_also(change) if total else change
        return total

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else ""


def changes_of(root: Path, folders: Iterable[str]) -> Changes:
    """The changes of all files in some folders, asked in one go.

    Args:
        root: a folder of a git repository.
        folders: folders below it.

    Returns:
        the changes that are committed; none outside git, without git, and in a shallow clone, where
        git knows no more than the last commit.
    """
    names = [each for each in folders if (root / each).is_dir()]
    if not names or not has_history(root):
        return Changes(root)
    logged = git_output(root, *_LOG, "--", *names)
    return Changes(root, _read(logged) if logged else {})


def has_history(folder: Path) -> bool:
    """Whether a folder is of a git repository that has all of its commits."""
    return git_output(folder, "rev-parse", "--is-shallow-repository") == "false"


def git_output(folder: Path, *arguments: str) -> str | None:
    """What git prints when it is asked something; None where it fails, or isn't there."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, timeout=SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "surrogateescape").strip()


def _read(logged: str) -> dict[str, Change]:
    """The changes of each file by the name that it has now."""
    found: dict[str, Change] = {}
    later_names: dict[str, str] = {}
    for moment, before, after in _entries(logged):
        # From the newest to the oldest commit: what a file is called later is known already.
        name = later_names.get(after, after)
        if before != after:
            later_names[before] = name
        known = found.get(name)
        found[name] = Change(
            known.commits + 1 if known else 1,
            min(known.first, moment) if known else moment,
            max(known.last, moment) if known else moment,
        )
    return found


def _entries(logged: str) -> Iterator[tuple[datetime, str, str]]:
    """Moment, earlier and later name of each change of a file, the latest first."""
    parts = iter(logged.split("\0"))
    moment: datetime | None = None
    for part in parts:
        if part.startswith(_COMMIT):
            moment = datetime.fromisoformat(part.removeprefix(_COMMIT))
        elif (status := part.strip()) and moment is not None:
            before = next(parts)
            yield moment, before, next(parts) if status[0] in "RC" else before
