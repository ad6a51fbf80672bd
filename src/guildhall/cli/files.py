"""Files read as they are, and written together: all of them, or none."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path


class ChangedError(Exception):
    """A file was changed by somebody else while it was worked on; nothing was written."""


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a file.

    Args:
        before: what it held when it was read; None where it wasn't there.
        after: what it is to hold.
    """

    before: bytes | None
    after: bytes


def write_all(changes: Mapping[Path, Change]) -> None:
    """Write files, each whole at any moment; where one can't be written, the others stay.

    Args:
        changes: the files, in the order in which they take their places.

    Raises:
        ChangedError: where a file isn't what it was.
        OSError: where one can't be written.
    """
    aside: dict[Path, Path] = {}
    replaced: list[Path] = []
    made: list[Path] = []
    try:
        for path, change in changes.items():
            for folder in _missing(path.parent):
                folder.mkdir(exist_ok=True)
                made.append(folder)
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            aside[path] = Path(name)
            with os.fdopen(handle, "wb") as file:
                file.write(change.after)
            aside[path].chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        for path, change in changes.items():
            if content(path) != change.before:
                raise ChangedError(f"{path.name} was changed in the meantime.")
            aside[path].replace(path)
            replaced.append(path)
    except BaseException:
        for path in replaced:
            _put_back(path, changes[path].before)
        _discard(aside.values(), reversed(made))
        raise
    _discard(aside.values(), ())


def _missing(folder: Path) -> list[Path]:
    """The folders that have to be made, the outermost first."""
    return [each for each in (*reversed(folder.parents), folder) if not each.exists()]


def _discard(files: Iterable[Path], folders: Iterable[Path]) -> None:
    for each in files:
        each.unlink(missing_ok=True)
    for folder in folders:
        # Somebody else may have put something there.
        with contextlib.suppress(OSError):
            folder.rmdir()


def content(path: Path) -> bytes | None:
    """What a file holds; None where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def text_of(path: Path) -> str:
    """What a file holds; empty where there is none, or no text."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _put_back(path: Path, before: bytes | None) -> None:
    if before is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(before)
