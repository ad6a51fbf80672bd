"""Which source files changed: told by what they hold, not by their times alone.

Times say nothing where an older file takes the place of a newer one, as ``git checkout``, ``rsync``
and archives do. A file is read again to be sure only where its size, times or number changed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

RACY = 100_000_000
"""Nanoseconds within which two changes of a file may leave it with the same times."""

LARGE = 64 * 2**20
"""Bytes from which a file isn't read: the system's word is taken for whether it has changed."""

Stamp = tuple[int, int, int, int]
Known = tuple[Stamp | None, str]
"""The stamp of a file, None where it says nothing of the next change, and the file's digest."""

UNSURE = "?"
"""The digest of a file that changed while it was read; no file has it, so it is read again."""


class FileDigests:
    """Digests of files, with what the file system said of each; kept from build to build.

    Args:
        known: digests that an earlier build kept.
    """

    def __init__(self, known: Mapping[str, Known] | None = None) -> None:
        self._known: dict[str, Known] = dict(known or {})
        self.moment = 0
        """When this build began, by the clock of the file system."""

    def of(self, path: str) -> str:
        """A digest of what a file holds now; empty where it can't be read."""
        try:
            stamp = stamp_of(path)
            before = self._known.get(path)
            if before is not None and before[0] == stamp:
                return before[1]
            digest = repr(stamp) if stamp[0] >= LARGE else _read(path)
        except OSError:
            self._known.pop(path, None)
            return ""
        is_settled = self.moment - max(stamp[1], stamp[2]) > RACY
        self._known[path] = (stamp if is_settled else None, digest)
        return digest

    def known_of(self, path: str, digest: str) -> Known:
        """What to keep of a file whose digest is known, to be compared with later."""
        known = self._known.get(path)
        return known if known is not None and known[1] == digest else (None, digest)

    def has_changed(self, path: str) -> bool:
        """Whether a file may have changed since this build began."""
        try:
            stamp = stamp_of(path)
        except OSError:
            return True
        return max(stamp[1], stamp[2]) > self.moment - RACY

    def forget_all_but(self, paths: set[str]) -> None:
        """Forget files that nothing depends on any more."""
        for path in self._known.keys() - paths:
            del self._known[path]


def _read(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:24]


def moment_in(folder: Path) -> int:
    """The present moment in nanoseconds, as a file written to this folder now tells it."""
    file = folder / "guildhall-began"
    file.write_bytes(b"")
    return file.stat().st_mtime_ns


def stamp_of(path: str) -> Stamp:
    """What the file system says of a file that changes with it.

    Raises:
        OSError: where there is no such file.
    """
    found = os.stat(path)
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
