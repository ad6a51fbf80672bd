"""Where built sites lie: each build works aside, and takes the place of the last good one at once.

Besides the site, Sphinx's own memory of it (its doctrees) is kept only of good builds. A failed
build would otherwise leave pages marked as read, and the next one would not repeat their warnings.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from guildhall.cli.software import fingerprint

try:
    import fcntl
except ImportError:  # pragma: no cover - only on platforms without it
    fcntl = None  # type: ignore[assignment]

MEMORY = ".guildhall"


class ForeignFolderError(Exception):
    """The target holds files that no build put there; building would delete them."""


class Site:
    """One site of one builder.

    Args:
        target: the folder that the good site is found in.
        builder: the builder's name.
    """

    def __init__(self, target: Path, builder: str) -> None:
        self.target = target
        self._memory = target.parent / MEMORY / f"{target.name}-{builder}"
        self._made = self._memory / "made"
        self._doctrees = self._memory / "doctrees"
        self._previous = self._memory / "previous"
        self.next_site = self._memory / "next" / "site"
        self.next_doctrees = self._memory / "next" / "doctrees"

    @property
    def log(self) -> Path:
        """Where the log of a failed program is kept."""
        return self._memory / "error.log"

    @contextmanager
    def locked(self, waiting: Callable[[], None]) -> Iterator[None]:
        """Keep other builds of the same site out; ``waiting`` is called where one is at work.

        Processes that the build starts inherit the lock, so what a killed build has left running
        ends before the next one begins.

        Raises:
            ForeignFolderError: where the target isn't empty and no build made it.
        """
        if not self._made.exists() and not _is_free(self.target):
            raise ForeignFolderError(self.target)
        self._memory.mkdir(parents=True, exist_ok=True)
        with (self._memory / "lock").open("w") as lock:
            if fcntl is not None:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    waiting()
                    fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def prepare(self, *, fresh: bool) -> None:
        """Lay out the folders to work in: a copy of the last good build, or empty ones."""
        self._recover()
        self.discard()
        if not fresh and self._is_remembered():
            # Times of change are kept: Sphinx compares them to see what is outdated.
            shutil.copytree(self.target, self.next_site)
            shutil.copytree(self._doctrees, self.next_doctrees)
        else:
            self.next_site.mkdir(parents=True)
            self.next_doctrees.mkdir(parents=True)

    def publish(self, *, remember: bool) -> None:
        """Put the new build in the place of the last good one.

        Args:
            remember: whether the next build may start from this one. After a build with findings
                it may not: Sphinx would not tell them again.
        """
        shutil.rmtree(self._previous, ignore_errors=True)
        self._previous.mkdir(parents=True)
        self.target.parent.mkdir(parents=True, exist_ok=True)
        # Empty until all is in place: a site that a kill leaves here is ours, but not a base.
        self._made.write_text("", encoding="utf-8")
        if self._doctrees.exists():
            self._doctrees.rename(self._previous / "doctrees")
        if self.target.exists():
            self.target.rename(self._previous / "site")
        self.next_site.rename(self.target)
        if remember:
            self.next_doctrees.rename(self._doctrees)
            self._made.write_text(fingerprint(), encoding="utf-8")
        shutil.rmtree(self._previous, ignore_errors=True)
        self.discard()

    def discard(self) -> None:
        """Throw the new build away."""
        shutil.rmtree(self._memory / "next", ignore_errors=True)

    def _is_remembered(self) -> bool:
        return (
            self.target.is_dir()
            and self._doctrees.is_dir()
            and self._made.is_file()
            and self._made.read_text(encoding="utf-8") == fingerprint()
        )

    def _recover(self) -> None:
        """Put the last good site back where a build was killed between the moves."""
        kept = self._previous / "site"
        if kept.is_dir() and not self.target.exists():
            kept.rename(self.target)
        shutil.rmtree(self._previous, ignore_errors=True)


def _is_free(folder: Path) -> bool:
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
