"""Which files may be mended, and how they are written."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from guildhall.check.fixes.source import RefusedError
from guildhall.core.history import git_output

YAML = frozenset({".yml", ".yaml"})
MARKDOWN = frozenset({".md"})
RST = frozenset({".rst"})
_MADE = frozenset({"build", "_build", "node_modules"})


class SourceFiles:
    """The files of a portal that are somebody's own writing.

    Where the portal is in a git repository, that is what git keeps track of.

    Args:
        root: the portal's folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        listed = git_output(self.root, "ls-files", "-z")
        self._tracked = None if listed is None else frozenset(listed.split("\0"))

    def names(self) -> tuple[str, ...]:
        """The paths of all that may be mended, relative to the portal's folder, in order."""
        names = self._written() if self._tracked is None else self._tracked
        return tuple(name for name in sorted(names) if self.refusal(name) is None)

    def _written(self) -> Iterator[str]:
        for folder, folders, files in os.walk(self.root):
            folders[:] = [each for each in folders if each not in _MADE and each[0] != "."]
            below = Path(folder).relative_to(self.root)
            yield from ((below / name).as_posix() for name in files)

    def refusal(self, name: str) -> str | None:
        """Why a file isn't mended; None where it may be.

        Args:
            name: the path relative to the portal's folder, with slashes.
        """
        path = PurePosixPath(name)
        if not name or "\\" in name or "\0" in name or path.is_absolute() or ".." in path.parts:
            return "it is not a file of the portal"
        if path.suffix not in YAML | MARKDOWN | RST:
            return "only YAML, Markdown and reStructuredText are fixed"
        if _MADE & {*path.parts[:-1]} or any(part.startswith(".") for part in path.parts):
            return "it is generated, or belongs to someone else"
        if self._tracked is not None and path.as_posix() not in self._tracked:
            return "git does not track it"
        at = self.root
        for part in path.parts:
            at /= part
            if at.is_symlink():
                return "it is reached through a symbolic link"
        return None if at.is_file() else "there is no such file"

    def path(self, name: str) -> Path:
        """The file of a name."""
        return self.root / name


def write(path: Path, before: bytes, after: bytes) -> None:
    """Write a file, all of it at once, with the mode that it has.

    Args:
        path: the file.
        before: what it held when it was read.
        after: what it is to hold.

    Raises:
        RefusedError: where it can't be written, or was changed in the meantime.
    """
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if not os.access(path, os.W_OK):
            raise RefusedError("the file may not be written")
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        aside = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(after)
            aside.chmod(mode)
            if path.read_bytes() != before:
                raise RefusedError("the file was changed in the meantime")
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise RefusedError(f"the file can't be written: {error.strerror}") from None
