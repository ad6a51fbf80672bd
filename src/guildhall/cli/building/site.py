"""Where built sites lie: each build works aside, and takes the place of the last good one at once.

Besides the site, Sphinx's own memory of it (its doctrees) is kept. Of a build with findings that
keep its site from being published, both are kept aside: the next build goes on from there, and
needs to do no more than what has changed since.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from guildhall.cli.building.software import fingerprint
from guildhall.model.checkouts import MEMORY

try:
    import fcntl
except ImportError:  # pragma: no cover - only on platforms without it
    fcntl = None  # type: ignore[assignment]


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
        self.memory = target.parent / MEMORY / f"{target.name}-{builder}"
        """The folder of all that is kept between builds; it is there once the site is locked."""
        self._made = self.memory / "made"
        self._doctrees = self.memory / "doctrees"
        self._previous = self.memory / "previous"
        self.manifest = self.memory / "manifest.json"
        """What the published site was built of, where that is known."""
        self._tried = self.memory / "tried"
        self.next_site = self.memory / "next" / "site"
        self.next_doctrees = self.memory / "next" / "doctrees"

    @property
    def _tried_doctrees(self) -> Path:
        return self._tried / "doctrees"

    @property
    def log(self) -> Path:
        """Where the log of a failed program is kept."""
        return self.memory / "error.log"

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
        self.memory.mkdir(parents=True, exist_ok=True)
        with (self.memory / "lock").open("w") as lock:
            if fcntl is not None:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    waiting()
                    fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def prepare(self, *, fresh: bool) -> None:
        """Lay out the folders to work in: a copy of the last build, or empty ones."""
        self._recover()
        self.discard()
        if not fresh and _is_base(self._tried / "made", self._tried / "site", self._tried_doctrees):
            base, doctrees = self._tried / "site", self._tried_doctrees
        elif not fresh and _is_base(self._made, self.target, self._doctrees):
            base, doctrees = self.target, self._doctrees
        else:
            self.next_site.mkdir(parents=True)
            self.next_doctrees.mkdir(parents=True)
            return
        # Times of change are kept: Sphinx compares them to see what is outdated.
        shutil.copytree(base, self.next_site)
        shutil.copytree(doctrees, self.next_doctrees)

    def keep_aside(self) -> None:
        """Keep the new build to go on from, without publishing it."""
        shutil.rmtree(self._tried, ignore_errors=True)
        (self.memory / "next").rename(self._tried)
        (self._tried / "made").write_text(fingerprint(), encoding="utf-8")

    def publish(self) -> None:
        """Put the new build in the place of the last good one."""
        self.manifest.unlink(missing_ok=True)
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
        self.next_doctrees.rename(self._doctrees)
        self._made.write_text(fingerprint(), encoding="utf-8")
        shutil.rmtree(self._tried, ignore_errors=True)
        shutil.rmtree(self._previous, ignore_errors=True)
        self.discard()

    def discard(self) -> None:
        """Throw the new build away."""
        shutil.rmtree(self.memory / "next", ignore_errors=True)

    def _recover(self) -> None:
        """Put the last good site back where a build was killed between the moves."""
        kept = self._previous / "site"
        if kept.is_dir() and not self.target.exists():
            kept.rename(self.target)
        shutil.rmtree(self._previous, ignore_errors=True)


def sites_in(folder: Path) -> frozenset[str]:
    """The names of sites that builds have put into a folder."""
    memories = (folder / MEMORY).glob("*-*/made")
    # The folder of a site's memory is named after the site and its builder.
    return frozenset(each.parent.name.rpartition("-")[0] for each in memories)


def _is_base(made: Path, site: Path, doctrees: Path) -> bool:
    """Whether the next build can start from these: they are whole, and this software made them."""
    return (
        site.is_dir()
        and doctrees.is_dir()
        and made.is_file()
        and made.read_text(encoding="utf-8") == fingerprint()
    )


def _is_free(folder: Path) -> bool:
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
