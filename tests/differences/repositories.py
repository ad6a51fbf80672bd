"""Small portals in git repositories, and what a change of them moves."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from guildhall.check.differences.portal import Differences, compare

from ..ledger.portals import SMALL

CONF = {"conf/conf.py": 'extensions = ["guildhall"]\n'}
IDENTITY = {
    "GIT_AUTHOR_NAME": "Somebody",
    "GIT_AUTHOR_EMAIL": "somebody@example.org",
    "GIT_COMMITTER_NAME": "Somebody",
    "GIT_COMMITTER_EMAIL": "somebody@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, as somebody whom no configuration of this machine concerns."""
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        env={**os.environ, **IDENTITY},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


class Repository:
    """A portal in a git repository.

    Args:
        root: the portal's folder.
        files: the files of the first commit, on the branch ``main``.
        top: the repository's folder; by default the portal's.
    """

    def __init__(
        self, root: Path, files: Mapping[str, str] = SMALL, top: Path | None = None
    ) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        git(top or root, "init", "-q", "-b", "main")
        self.write({**CONF, **files})
        self.commit("The portal")

    def write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        """Change one place of a file."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def commit(self, message: str = "A change") -> str:
        git(self.root, "add", "-A", ".")
        git(self.root, "commit", "-q", "-m", message)
        return git(self.root, "rev-parse", "HEAD")

    def compare(
        self, ref: str = "main", to: str | None = None, *, exact: bool = False
    ) -> Differences:
        return compare(self.root, ref, to, exact=exact)


def figures(found: Differences) -> list[str]:
    """The figures that moved, each as ``label: old -> new``, causes marked."""
    return [
        f"{'* ' if each.is_cause else ''}{each.label}: {each.old} -> {each.new}"
        for each in found.figures
    ]
