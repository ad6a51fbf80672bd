"""The BibTeX files of a lesson."""

from __future__ import annotations

from pathlib import Path

from guildhall.model.records.kinds.lesson import Lesson

EXTENSION = "sphinxcontrib.bibtex"


def bibliography_of(lesson: Lesson, folder: Path | None) -> tuple[Path, ...]:
    """The files that the record names, or else all ``*.bib`` at the top of the lesson.

    Args:
        lesson: the lesson.
        folder: the folder of its pages; None where they are not here.

    Returns:
        the paths, resolved; those that lead out of the folder are left out.
    """
    if folder is None:
        return ()
    named = [folder / name for name in lesson.build.bibliography]
    paths = [path.resolve() for path in named or sorted(folder.glob("*.bib"))]
    return tuple(path for path in paths if path.is_relative_to(folder.resolve()))
