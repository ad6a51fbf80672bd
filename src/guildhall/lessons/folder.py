"""The files of a lesson: which of them are pages, and what each is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sphinx.util.matching import get_matching_files

from guildhall.lessons.sources import pages_folder
from guildhall.records.kinds.lesson import Lesson

PAGE_SUFFIXES = (".md", ".rst", ".ipynb")
NEVER_PAGES = ("_build", ".*", ".*/**", "**/.*", "**/.*/**", "node_modules", "**/node_modules")
"""Patterns, as Sphinx reads them, of files that no lesson means as pages."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The pages of a lesson.

    Args:
        path: the folder they lie in, absolute.
        pages: the files by document name, sorted.
        twins: files left out because another one has the same document name.
    """

    path: Path
    pages: Mapping[str, Path]
    twins: tuple[Path, ...] = ()

    def has_index(self, lesson: Lesson) -> bool:
        """Whether the lesson has an index page of its own, so that its record is none."""
        return lesson.docname in self.pages


def folder_of(lesson: Lesson, root: Path) -> Folder | None:
    """Find the pages of a lesson.

    Args:
        lesson: the lesson.
        root: the portal's folder.

    Returns:
        the pages, perhaps none at all; or None where they lie elsewhere and are not fetched.
    """
    path = pages_folder(lesson, root)
    if path is None or not path.is_dir():
        return None
    pages: dict[str, Path] = {}
    twins = []
    inside = path.resolve()
    for name in sorted(get_matching_files(path, ("**",), [*lesson.build.exclude, *NEVER_PAGES])):
        file = path / name
        if file.suffix not in PAGE_SUFFIXES or not file.resolve().is_relative_to(inside):
            continue
        docname = lesson.root + name.removesuffix(file.suffix)
        if docname in pages:
            twins.append(file)
        else:
            pages[docname] = file
    return Folder(path, pages, tuple(twins))
