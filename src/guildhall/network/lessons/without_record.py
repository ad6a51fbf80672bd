"""Folders that look like lessons beside others, and have no record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from guildhall.core.findings.finding import Finding
from guildhall.model.records.kinds.lesson import LESSON_FILE, Lesson
from guildhall.network.lessons.rules import RULES

_START_PAGES = ("index.md", "index.rst", "index.ipynb")
_RECORDS = frozenset({".yml", ".yaml"})


def notes_without_record(lessons: Iterable[Lesson], root: Path) -> Iterator[Finding]:
    """A note on each folder beside lessons that has pages and no record at all.

    Args:
        lessons: the portal's lessons.
        root: the portal's folder.
    """
    parents = {(root / lesson.docname).parent.parent for lesson in lessons}
    for parent in sorted(parents - {root}):
        for start in sorted(each for name in _START_PAGES for each in parent.glob(f"*/{name}")):
            folder = start.parent
            hidden = folder.name.startswith((".", "_"))
            if hidden or any(each.suffix in _RECORDS for each in folder.iterdir()):
                continue
            message = (
                f"`{folder.relative_to(root).as_posix()}/` has pages but no `{LESSON_FILE}`, "
                "so it is not shown as a lesson; add the record, or move the pages elsewhere"
            )
            yield RULES["lesson.pages"].at(start, 1, 1, message)
