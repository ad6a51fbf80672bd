"""The checks of lessons: each a line of the report, with all that it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path as FilePath

from guildhall.core.counting import counted
from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity
from guildhall.core.values.faults import quote
from guildhall.model.records.beside import notes_beside
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.kinds.path import Path
from guildhall.model.records.lock import LOCK_FILE
from guildhall.model.records.registry import Registry
from guildhall.network.lessons.bibliography import EXTENSION as BIBTEX
from guildhall.network.lessons.bibliography import bibliography_of
from guildhall.network.lessons.extensions import refused
from guildhall.network.lessons.outline import Outline
from guildhall.network.lessons.prerequisites import prerequisite_faults, prerequisite_notes
from guildhall.network.lessons.rules import RULES
from guildhall.network.lessons.sources import missing, pages_folder
from guildhall.network.lessons.timetable import length_faults
from guildhall.network.lessons.without_record import notes_without_record
from guildhall.network.results import CheckResult, result_of


def lesson_checks(
    registry: Registry, root: FilePath, outline: Callable[[Lesson], Outline]
) -> tuple[CheckResult, ...]:
    """Check every lesson and every path.

    Args:
        registry: the portal's records.
        root: the portal's folder.
        outline: gives the outline of a lesson.
    """
    lessons = registry.of(Lesson)
    elsewhere = [lesson for lesson in lessons if lesson.is_elsewhere]
    outlines = [outline(lesson) for lesson in lessons]
    asking = [lesson for lesson in lessons if lesson.build.extensions]
    with_pages = [each for each in outlines if each.pages]
    paths = registry.of(Path)
    return (
        _result(
            "lesson.source",
            "External lessons are locked and fetched",
            counted(len(elsewhere), "lesson") if elsewhere else "there are no external lessons",
            missing(root, lessons),
            looked=bool(elsewhere) or (root / LOCK_FILE).exists(),
        ),
        _result(
            "lesson.build",
            "Extensions that lessons ask for can be loaded",
            counted(len(asking), "lesson") if asking else "no lesson asks for extensions",
            [
                fault
                for lesson in asking
                for fault in (*_refused(lesson), *_without_file(lesson, root))
            ],
            looked=bool(asking),
        ),
        _result(
            "lesson.pages",
            "Records of lessons match their pages",
            counted(len(with_pages), "lesson") if with_pages else "no lesson has pages here",
            [fault for each in outlines for fault in each.faults],
            looked=bool(with_pages),
            notes=notes_without_record(lessons, root),
        ),
        _result(
            "lesson.length",
            "Stated lengths of lessons are the sums of their episodes",
            counted(len(with_pages), "lesson") if with_pages else "no lesson has pages here",
            [fault for each in with_pages for fault in length_faults(each)],
            looked=bool(with_pages),
        ),
        _result(
            "lesson.prerequisites",
            "Prerequisites come first",
            f"{counted(len(lessons), 'lesson')}, {counted(len(paths), 'path')}"
            if lessons
            else "no lessons",
            prerequisite_faults(registry),
            looked=bool(lessons),
            notes=prerequisite_notes(registry),
        ),
        _result(
            "lesson.beside",
            "Files that accompany lessons can be used",
            counted(len(lessons), "lesson") if lessons else "no lessons",
            (),
            looked=bool(lessons),
            notes=[note for lesson in lessons for note in notes_beside(lesson, root)],
        ),
    )


def _refused(lesson: Lesson) -> Iterator[Finding]:
    for index, name in enumerate(lesson.build.extensions):
        for extension in refused([name]):
            hint = f"; did you mean `{extension.nearest}`?" if extension.nearest else ""
            message = f"the extension {quote(name)} is not loaded: {extension.reason}{hint}"
            mark = lesson.origin.value(("build", "extensions", index))
            yield lesson.origin.fault(mark, RULES["lesson.build"], message)


def _without_file(lesson: Lesson, root: FilePath) -> Iterator[Finding]:
    """BibTeX files that the record names and that aren't in the lesson."""
    folder = pages_folder(lesson, root)
    if BIBTEX not in lesson.build.extensions or folder is None:
        return
    there = {path for path in bibliography_of(lesson, folder) if path.is_file()}
    for index, name in enumerate(lesson.build.bibliography):
        if (folder / name).resolve() not in there:
            mark = lesson.origin.value(("build", "bibliography", index))
            message = f"found {quote(name)}, expected a file of the lesson"
            yield lesson.origin.fault(mark, RULES["lesson.build"], message)


def _result(
    name: str,
    title: str,
    detail: str,
    faults: Iterable[Finding],
    *,
    looked: bool,
    notes: Iterable[Finding] = (),
) -> CheckResult:
    told = (replace(note, severity=Severity.INFO) for note in notes)
    return result_of(name, title, detail, (*faults, *told), looked=looked)
