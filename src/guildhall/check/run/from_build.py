"""The part of the check that listens to the build: what Sphinx and extensions warn of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from guildhall.check.reports.outcome import Checked
from guildhall.check.run.built import Built
from guildhall.check.run.gather import of_build
from guildhall.check.run.part import Part
from guildhall.check.run.portal import Sources
from guildhall.core.findings.finding import Finding
from guildhall.model.records.kinds.lesson import Lesson

UNREACHABLE = "lesson.inventory"
"""The rule of inventories of other sites that can't be read."""
_ADDRESS = re.compile(r"'(https?://[^'\s]+)'")


def build_part(sources: Sources, built: Built, known: Iterable[Finding]) -> Part:
    """Take over what a build told.

    Args:
        sources: the portal's files.
        built: the built site.
        known: what was found without building, which the build tells again.
    """
    notes = [each for each in built.findings if each.rule == UNREACHABLE]
    others = [each for each in built.findings if each.rule != UNREACHABLE]
    findings = (
        *of_build(others, sources.root, known),
        *_of_inventories(notes, sources),
    )
    return Part(findings, (Checked("build", "Built pages", built.pages, "page"),))


def unreachable(notes: Iterable[Finding]) -> dict[str, Finding]:
    """The sites whose inventories can't be read, each with what was first told of it."""
    found: dict[str, Finding] = {}
    for note in notes:
        for site in _ADDRESS.findall(note.message):
            found.setdefault(site.removesuffix("objects.inv").rstrip("/"), note)
    return found


def _of_inventories(notes: Iterable[Finding], sources: Sources) -> Iterator[Finding]:
    """Inventories that can't be read, at the lines of the records that name them."""
    lessons = sources.registry.of(Lesson)
    for site, note in unreachable(notes).items():
        told = replace(note, message=f"the inventory of {site} can't be read")
        marks = [
            (lesson.origin.path, lesson.origin.value(("build", "intersphinx", name)))
            for lesson in lessons
            for name, named in lesson.build.intersphinx.items()
            if named.rstrip("/") == site
        ]
        for path, mark in marks:
            place = replace(told, path=path.as_posix(), line=mark.line, column=mark.column)
            yield place.relative_to(sources.root)
        if not marks:
            yield told
