"""The files of a lesson: which of them are pages, and what each is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from guildhall.core.patterns import matcher
from guildhall.core.walking import Oddity, Walk
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.network.lessons.sources import checkout_folder, pages_folder

PAGE_SUFFIXES = (".md", ".rst", ".ipynb")
NEVER_PAGES = ("_build", ".*", ".*/**", "**/.*", "**/.*/**", "node_modules", "**/node_modules")
"""Patterns, as Sphinx reads them, of files that no lesson means as pages."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The pages of a lesson.

    Args:
        path: the folder they lie in, absolute.
        pages: the files by document name, sorted.
        oddities: what was left out because it can't be a page, and why.
    """

    path: Path
    pages: Mapping[str, Path]
    oddities: tuple[Oddity, ...] = ()


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
    is_excluded = matcher([*lesson.build.exclude, *NEVER_PAGES])

    def is_wanted(name: str) -> bool:
        return not is_excluded(name)

    inside = checkout_folder(lesson, root) if lesson.is_elsewhere else root
    whole = "lesson" if lesson.is_elsewhere else "portal"
    walk = Walk(path, inside or path, PAGE_SUFFIXES, is_wanted, whole=whole)
    pages: dict[str, Path] = {}
    twins = []
    for name in sorted(walk.files()):
        file = path / name
        if file.suffix not in PAGE_SUFFIXES or not is_wanted(name):
            continue
        docname = lesson.root + name.removesuffix(file.suffix)
        first = pages.setdefault(docname, file)
        if first is not file:
            twins.append(twin(file, first))
    return Folder(path, pages, (*sorted(walk.oddities), *twins))


def twin(file: Path, first: Path) -> Oddity:
    """Why a file is left out that would be the same page as another one."""
    message = f"{first.name} is the same page, and is shown; rename one of the two"
    return Oddity(str(file), message)
