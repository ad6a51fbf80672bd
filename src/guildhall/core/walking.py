"""The files below a folder, whatever lies there: loops of links, pipes, unfit names.

``os.walk`` follows links for ever, or none; and what is no file at all stops who opens it. Here
each thing that can't be a page is told, and the walk goes on.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

LONGEST_NAME = 230
"""Bytes of a page's name without its suffix: with those of the files that are made of it, such as
``.doctree``, it has to fit in the 255 that file systems allow."""

_LOOKED_AT = 2000
"""Most files of a folder outside that are looked at, to see whether pages would be missed."""

_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@dataclass(frozen=True, slots=True, order=True)
class Oddity:
    """Something among the files that can't be a page, and is left out.

    Args:
        path: where it is, fit to be shown.
        message: why it is left out, and how to mend it.
    """

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder of the walk.

    Args:
        path: the folder.
        name: its path below the top, empty for the top itself.
        around: the real paths of the folders around it and of itself.
        via_link: whether it was reached by a link.
    """

    path: Path
    name: str
    around: tuple[str, ...]
    via_link: bool = False


class Walk:
    """One walk through the files below a folder.

    Links to folders are followed, but not out of ``inside`` and not in a circle.

    Args:
        top: the folder.
        inside: the folder that links may not lead out of.
        suffixes: the suffixes of pages; only of such files it is told that they are left out.
        enters: whether a folder is gone into, by its path below ``top``.
        tells: whether what is left out is told, by its path below ``top``.
        whole: what ``inside`` is called.
    """

    def __init__(
        self,
        top: Path,
        inside: Path,
        suffixes: tuple[str, ...],
        enters: Callable[[str], bool] = lambda name: True,
        tells: Callable[[str], bool] = lambda name: True,
        whole: str = "portal",
    ) -> None:
        self.oddities: list[Oddity] = []
        self._top = top
        self._inside = inside.resolve()
        self._suffixes = suffixes
        self._enters = enters
        self._tells = tells
        self._whole = whole
        self._linked: set[str] = set()

    def files(self) -> Iterator[str]:
        """Paths below the folder, with slashes, of all files that can be read; sorted by folder."""
        yield from self._files(_Folder(self._top, "", (os.path.realpath(self._top),)))

    def _files(self, place: _Folder) -> Iterator[str]:
        try:
            with os.scandir(place.path) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            message = f"the folder can't be read: {error.strerror}; it is left out"
            self._tell(place.path, place.name, message)
            return
        folders = []
        for entry in entries:
            name = f"{place.name}/{entry.name}" if place.name else entry.name
            if _is_folder(entry):
                folders.append((entry, name))
            elif self._is_fit(entry, name):
                yield name
        for entry, name in folders:
            if self._enters(name) and self._is_named_well(entry, name):
                inner = self._folder(entry, name, place)
                if inner is not None:
                    yield from self._files(inner)

    def _folder(self, entry: os.DirEntry[str], name: str, place: _Folder) -> _Folder | None:
        if not entry.is_symlink():
            # Its real path need not be asked for: that costs a look at each folder above.
            real = os.path.join(place.around[-1], entry.name)
            return _Folder(Path(entry.path), name, (*place.around, real), place.via_link)
        real = os.path.realpath(entry.path)
        if any(f"{each}{os.sep}".startswith(f"{real}{os.sep}") for each in place.around):
            # Two links can lead to each other; each is told where it lies, once.
            message = "the link leads back to a folder that contains it; remove it"
            self._tell(os.path.join(place.around[-1], entry.name), name, message)
            return None
        if not self._is_inside(real):
            if self._has_pages(real):
                message = f"the link leads out of the {self._whole}; its pages are left out"
                self._tell(entry.path, name, message)
            return None
        if not place.via_link:
            self._linked = set()
        if real in self._linked:
            return None
        self._linked.add(real)
        return _Folder(Path(entry.path), name, (*place.around, real), via_link=True)

    def _has_pages(self, folder: str) -> bool:
        files = (name for _, _, names in os.walk(folder) for name in names)
        return any(name.endswith(self._suffixes) for name in islice(files, _LOOKED_AT))

    def _is_fit(self, entry: os.DirEntry[str], name: str) -> bool:
        """Whether a file can be read; of one that looks like a page it is told why not."""
        reason = self._unfit(entry)
        if reason and name.endswith(self._suffixes) and self._enters(name):
            self._tell(entry.path, name, reason)
        return not reason

    def _is_named_well(self, entry: os.DirEntry[str], name: str) -> bool:
        reason = about_name(entry.name)
        if reason and self._has_pages(entry.path):
            self._tell(entry.path, name, reason)
        return not reason

    def _unfit(self, entry: os.DirEntry[str]) -> str:
        """Why a file can't be a page; empty where it can."""
        reason = about_name(entry.name)
        if reason:
            return reason
        try:
            mode = entry.stat().st_mode
        except OSError as error:
            if entry.is_symlink():
                return "the link is broken; it is left out"
            return f"the file can't be read: {error.strerror}; it is left out"
        if not stat.S_ISREG(mode):
            kind = next((words for test, words in _KINDS if test(mode)), "something else")
            return f"found {kind}, expected a file; it is left out"
        if entry.is_symlink() and not self._is_inside(entry.path):
            return f"the link leads out of the {self._whole}; the page is left out"
        if not os.access(entry.path, os.R_OK):
            return "the file can't be read: Permission denied; it is left out"
        return ""

    def _is_inside(self, path: str) -> bool:
        return Path(os.path.realpath(path)).is_relative_to(self._inside)

    def _tell(self, path: str | Path, name: str, message: str) -> None:
        if self._tells(name):
            self.oddities.append(Oddity(shown(os.fspath(path)), message))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def about_name(name: str) -> str:
    """What keeps a file or folder of this name from being a page; empty where nothing does."""
    try:
        size = len(os.path.splitext(name)[0].encode())
    except UnicodeEncodeError:
        return "the name isn't UTF-8; rename it"
    if size > LONGEST_NAME:
        return f"the name has {size} bytes, expected {LONGEST_NAME} at most; give a shorter one"
    return ""


def shown(path: str) -> str:
    """A path as it can be printed: what isn't UTF-8 in it becomes ``\\xe9``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
