"""What a build depends on, as it can be seen before anything of it is loaded.

Files are told apart by what they hold (``sphinx_ext/incremental/file_digests.py``), and one is only
read where what the file system says of it has changed. All else, such as the day, is one digest.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

import guildhall
from guildhall.cli.building.site import sites_in
from guildhall.core.history import git_output
from guildhall.core.values.dates import TODAY_VARIABLE, current_day
from guildhall.model.checkouts import CACHE, MEMORY
from guildhall.sphinx_ext.incremental.file_digests import (
    UNSURE,
    FileDigests,
    Known,
    Stamp,
    stamp_of,
)

MOST = 200_000
"""Files that are looked at; where there are more, every build is a whole one."""

PACKAGES = frozenset({"site-packages", "dist-packages"})
"""The names of folders that distributions are installed to."""
_INSTALLED = (".dist-info", ".egg-info", ".egg-link", ".pth")
_PASSED_BY = frozenset({".git", MEMORY, "__pycache__", "node_modules", *PACKAGES})
_CACHE_TAG = "CACHEDIR.TAG"
_OF_TERMINALS = frozenset({
    "COLORTERM", "COLUMNS", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "GPG_TTY", "LINES", "NO_COLOR",
    "OLDPWD", "PWD", "SHLVL", "SSH_AGENT_PID", "SSH_AUTH_SOCK", "SSH_CLIENT", "SSH_CONNECTION",
    "SSH_TTY", "TERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "TERM_SESSION_ID", "TMUX",
    "TMUX_PANE", "VTE_VERSION", "WAYLAND_DISPLAY", "WINDOWID", "XDG_SESSION_ID", "_",
})  # fmt: skip
"""Variables that differ from one terminal window to the next, and that no page depends on."""


def circumstances(root: Path) -> str:
    """A digest of all but files: the software, the environment, the day, the commit.

    Asked before a build loads anything, since what it loads may change the environment.

    Args:
        root: the portal's folder.
    """
    environment = sorted(each for each in os.environ.items() if each[0] not in _OF_TERMINALS)
    commit = git_output(root, "rev-parse", "HEAD", "--is-shallow-repository")
    found = (str(root), sys.version, sys.prefix, *_installed(), environment, _day(), commit)
    return hashlib.sha256(repr(found).encode(errors="surrogateescape")).hexdigest()


def _installed() -> Iterator[tuple[str, str, int]]:
    """The distributions that are installed, by the names of their folders, which have versions."""
    for folder in sorted({*sys.path}):
        if os.path.basename(folder) in PACKAGES and os.path.isdir(folder):
            with os.scandir(folder) as found:
                named = sorted(
                    (each.name, each.stat(follow_symlinks=False).st_mtime_ns)
                    for each in found
                    if each.name.endswith(_INSTALLED)
                )
            yield from ((folder, *each) for each in named)


def _day() -> str:
    """The day of a build, where the environment doesn't say it (``load_settings``)."""
    stated = os.environ.get(TODAY_VARIABLE) or os.environ.get("SOURCE_DATE_EPOCH")
    return "" if stated else current_day().isoformat()


class Inputs:
    """The files that a build depends on, and what they hold at the moment.

    Args:
        root: the portal's folder.
        digests: reads files.
        outside: files and folders that don't lie where every build looks, absolute.
    """

    def __init__(self, root: Path, digests: FileDigests, outside: Iterable[str] = ()) -> None:
        self._root = os.path.join(root, "")
        self._digests = digests
        self.files: dict[str, str] = {}
        """A digest of each file by its path; those that can't be read have an empty one."""
        self.outside: list[str] = []
        self._stamps: dict[str, Stamp | None] = {}
        # The software's own files too: it may be installed so that it can be edited.
        for top in (str(root), str(root / CACHE), str(Path(guildhall.__file__).parent)):
            self._look(top, digests.of)
        self._add(outside, digests.of)

    @property
    def is_whole(self) -> bool:
        """Whether all files were looked at; there may be too many."""
        return len(self.files) < MOST

    def begin(self) -> None:
        """Note when each file changed last, to know after a build which changed while it ran."""
        self._stamps = {path: _stamp_of(path) for path in self.files}

    def note(self, paths: Iterable[str]) -> None:
        """Add files and folders that a build turned out to depend on.

        They weren't looked at before the build. So one that may have changed since then counts as
        different from what was read.

        Args:
            paths: absolute; what is known already is passed over.
        """
        self._add(paths, self._first)

    def kept(self) -> dict[str, Known]:
        """What to compare with later, for each file.

        One that has changed since :meth:`begin` isn't known, even where it holds again what it did.
        """
        kept = {}
        for path, digest in self.files.items():
            is_same = path not in self._stamps or self._stamps[path] == _stamp_of(path)
            kept[path] = self._digests.known_of(path, digest) if is_same else (None, UNSURE)
        return kept

    def _first(self, path: str) -> str:
        place = path
        if not os.path.lexists(path):
            # It may have been deleted since it was read; of the portal's own files that is known.
            if path.startswith(self._root):
                return ""
            place = os.path.dirname(path)
        return UNSURE if self._digests.has_changed(place) else self._digests.of(path)

    def _add(self, paths: Iterable[str], digest_of: Callable[[str], str]) -> None:
        for path in sorted({*paths} - self.files.keys()):
            self.outside.append(path)
            if os.path.isdir(path):
                self._look(path, digest_of)
            else:
                self.files[path] = digest_of(path)

    def _look(self, top: str, digest_of: Callable[[str], str]) -> None:
        found = ((path, is_file) for path, is_file in _below(top) if path not in self.files)
        for path, is_file in islice(found, MOST - len(self.files)):
            # What is no file, such as a pipe, can't be read without waiting for it.
            self.files[path] = digest_of(path) if is_file else ""


def _stamp_of(path: str) -> Stamp | None:
    try:
        return stamp_of(path)
    except OSError:
        return None


def _below(top: str) -> Iterator[tuple[str, bool]]:
    """All below a folder that isn't a folder itself, and whether it is a file; sorted.

    Left out are sites and what is kept of them, caches and other software.
    """
    folders, linked = [top], {os.path.realpath(top)}
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda each: each.name)
        except OSError:
            if folder != top:
                yield folder, False
            continue
        names = {each.name for each in entries}
        if folder != top and os.path.basename(folder).startswith(".") and _CACHE_TAG in names:
            continue
        passed_by = _PASSED_BY | (sites_in(Path(folder)) if MEMORY in names else frozenset())
        for entry in entries:
            if entry.name in passed_by:
                continue
            if not entry.is_dir():
                yield entry.path, entry.is_file()
            elif not entry.is_symlink():
                folders.append(entry.path)
            elif (real := os.path.realpath(entry.path)) not in linked:
                linked.add(real)
                folders.append(entry.path)
