"""What a static host answers: which file of the site an address gets.

Source: the behaviour of GitHub Pages, on which the rules for other static hosts agree where nothing
is said: names are compared letter by letter, a folder shows its ``index.html``, a folder's address
without last slash is sent on to the one with it, and ``.html`` may be left out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Answer(StrEnum):
    """How a host answers."""

    FILE = "file"
    """It has the file."""
    SLASH = "slash"
    """It sends the reader on to the folder's address, with a slash."""
    EXTENSION = "extension"
    """It adds ``.html``, which not every host does."""
    NO_INDEX = "no-index"
    """It has the folder, but no page for it."""
    OTHER_CASE = "other-case"
    """It has nothing of that name, but something that differs in case only."""
    ALMOST = "almost"
    """It has nothing of that name, but a page whose address ends otherwise."""
    MISSING = "missing"
    """It has nothing of that name."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer.

    Args:
        answer: how the host answers.
        file: the file that it gives, or that was likely meant; empty where there is none.
        path: the path that would be right, where it isn't the one asked for.
    """

    answer: Answer
    file: str = ""
    path: str = ""


class Host:
    """Answers as a static host would.

    Args:
        files: all files of the site, relative to its folder, with slashes.
    """

    def __init__(self, files: Iterable[str]) -> None:
        self.files = frozenset(files)
        self.folders = frozenset(
            {"", *(name[:at] for name in self.files for at in _slashes(name))},
        )
        self._seen: dict[str, Answered] = {}

    def ask(self, path: str) -> Answered:
        """The answer for a path below the site's own, without percent-encoding."""
        found = self._seen.get(path)
        if found is None:
            found = self._seen[path] = self._ask(path)
        return found

    def named(self, name: str) -> tuple[str, ...]:
        """The files of that name, in whichever folder."""
        return self._by_name.get(name, ())

    def inside(self, folder: str) -> tuple[str, ...]:
        """The names of the files in a folder, without those in folders below it."""
        return self._by_folder.get(folder, ())

    def _ask(self, path: str) -> Answered:
        exact = self._exactly(path)
        if exact is not None:
            return exact
        other = self._folded.get(_fold(path.rstrip("/")))
        if other is not None:
            wanted = other + "/" if path.endswith("/") and other in self.folders else other
            found = self._exactly(wanted)
            if found is not None and found.answer in {Answer.FILE, Answer.SLASH}:
                return Answered(Answer.OTHER_CASE, found.file, found.path or wanted)
        return Answered(Answer.MISSING)

    def _exactly(self, path: str) -> Answered | None:
        if path in self.files:
            return Answered(Answer.FILE, path)
        bare = path.rstrip("/")
        index = f"{bare}/index.html" if bare else "index.html"
        if bare in self.folders and (path.endswith("/") or not path):
            if index in self.files:
                return Answered(Answer.FILE, index)
            return self._almost(bare) or Answered(Answer.NO_INDEX)
        if f"{path}.html" in self.files:
            return Answered(Answer.EXTENSION, f"{path}.html", f"{path}.html")
        if bare in self.folders:
            if index in self.files:
                return Answered(Answer.SLASH, index, f"{path}/")
            return Answered(Answer.NO_INDEX)
        return self._almost(bare)

    def _almost(self, bare: str) -> Answered | None:
        """The page whose address only ends otherwise."""
        if bare in self.files and bare:
            return Answered(Answer.ALMOST, bare, bare)
        if f"{bare}.html" in self.files:
            return Answered(Answer.ALMOST, f"{bare}.html", f"{bare}.html")
        stem = bare.removesuffix(".html")
        if stem != bare and f"{stem}/index.html" in self.files:
            return Answered(Answer.ALMOST, f"{stem}/index.html", f"{stem}/")
        return None

    @cached_property
    def _by_name(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for path in sorted(self.files):
            found.setdefault(path.rpartition("/")[2], []).append(path)
        return {name: tuple(paths) for name, paths in found.items()}

    @cached_property
    def _by_folder(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for path in sorted(self.files):
            folder, _, name = path.rpartition("/")
            found.setdefault(folder, []).append(name)
        return {folder: tuple(names) for folder, names in found.items()}

    @cached_property
    def _folded(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name in sorted(self.files | self.folders, reverse=True):
            found[_fold(name)] = name
        return found


def _slashes(name: str) -> list[int]:
    return [at for at, letter in enumerate(name) if letter == "/"]


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
