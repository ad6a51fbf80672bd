"""What is wrong at the moment, though a build tells only what is wrong with pages that it read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath

from guildhall.cli.messages import Message
from guildhall.model.records.load import FOLDER_RECORDS


class Findings:
    """Keeps the messages of earlier builds until the file or its page is new.

    Args:
        root: the portal's folder; messages are kept with paths relative to it.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._kept: dict[str, set[Message]] = {}

    def update(
        self, messages: Iterable[Message], changed: Collection[str], pages: Collection[str]
    ) -> list[Message]:
        """Take over the messages of a build.

        Args:
            messages: what the build told.
            changed: the source files that changed before it, relative to the portal's folder.
            pages: the files of the site that it changed.

        Returns:
            those that are new, or are about a file that changed: Sphinx tells some, such as pages
            in no toctree, at every build.
        """
        before = set(self.all())
        for path in list(self._kept):
            gone = path and not (self._root / path).exists()
            if not path or gone or path in changed or page_of(path) in pages:
                del self._kept[path]
        told = {message.relative_to(self._root) for message in messages}
        for message in told:
            self._kept.setdefault(message.path, set()).add(message)
        return sorted(each for each in told if each not in before or each.path in changed)

    def add(self, messages: Iterable[Message]) -> list[Message]:
        """Take over messages about files of the last build; those that are new come back."""
        before = set(self.all())
        for message in messages:
            self._kept.setdefault(message.path, set()).add(message)
        return sorted(each for each in self.all() if each not in before)

    def all(self) -> list[Message]:
        """All that is wrong, in the order of files and lines."""
        return sorted(message for each in self._kept.values() for message in each)


def page_of(path: str) -> str:
    """The page of the site that a source file is, by its path below the portal's folder."""
    source = PurePosixPath(path)
    name = source.with_name("index") if source.name in FOLDER_RECORDS else source
    return name.with_suffix(".html").as_posix()
