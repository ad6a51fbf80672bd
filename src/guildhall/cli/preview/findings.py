"""What is wrong at the moment, though a build tells only what is wrong with pages that it read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath

from guildhall.core.findings.finding import Finding
from guildhall.model.records.load import FOLDER_RECORDS


class Findings:
    """Keeps the findings of earlier builds until the file or its page is new.

    Args:
        root: the portal's folder; findings are kept with paths relative to it.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._kept: dict[str, set[Finding]] = {}

    def update(
        self, findings: Iterable[Finding], changed: Collection[str], pages: Collection[str]
    ) -> list[Finding]:
        """Take over the findings of a build.

        Args:
            findings: what the build told.
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
        told = {finding.relative_to(self._root) for finding in findings}
        for finding in told:
            self._kept.setdefault(finding.path, set()).add(finding)
        return sorted(each for each in told if each not in before or each.path in changed)

    def add(self, findings: Iterable[Finding]) -> list[Finding]:
        """Take over findings about files of the last build; those that are new come back."""
        before = set(self.all())
        for finding in findings:
            self._kept.setdefault(finding.path, set()).add(finding)
        return sorted(each for each in self.all() if each not in before)

    def all(self) -> list[Finding]:
        """All that is wrong, in the order of files and lines."""
        return sorted(finding for each in self._kept.values() for finding in each)


def page_of(path: str) -> str:
    """The page of the site that a source file is, by its path below the portal's folder."""
    source = PurePosixPath(path)
    name = source.with_name("index") if source.name in FOLDER_RECORDS else source
    return name.with_suffix(".html").as_posix()
