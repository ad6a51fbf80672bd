"""The part of the check that listens to the build: what Sphinx and extensions warn of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guildhall.check.reports.outcome import Checked
from guildhall.check.run.built import Built
from guildhall.check.run.gather import of_build, of_fault
from guildhall.check.run.part import Part
from guildhall.check.run.portal import Sources
from guildhall.cli.faults_elsewhere import UNREACHABLE, unreachable
from guildhall.cli.messages import Message
from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity
from guildhall.model.base.faults import Subtype
from guildhall.model.records.kinds.lesson import Lesson

_INVENTORY = "lesson.inventory"


def build_part(sources: Sources, built: Built, known: Iterable[Finding]) -> Part:
    """Take over what a build told.

    Args:
        sources: the portal's files.
        built: the built site.
        known: what was found without building, which the build tells again.
    """
    notes = [each for each in built.messages if each.code == UNREACHABLE]
    others = [each for each in built.messages if each.code != UNREACHABLE]
    findings = (
        *of_build(others, sources.root, known),
        *_of_inventories(notes, sources),
    )
    return Part(findings, (Checked("build", "Built pages", built.pages, "page"),))


def _of_inventories(messages: Iterable[Message], sources: Sources) -> Iterator[Finding]:
    """Inventories that can't be read, at the lines of the records that name them."""
    lessons = sources.registry.of(Lesson)
    for site in unreachable(messages):
        message = f"the inventory of {site} can't be read"
        places = [
            lesson.origin.fault(
                lesson.origin.value(("build", "intersphinx", name)), Subtype.LESSON, message
            )
            for lesson in lessons
            for name, named in lesson.build.intersphinx.items()
            if named.rstrip("/") == site
        ]
        for fault in places:
            yield of_fault(fault, _INVENTORY, Severity.INFO, sources.root)
        if not places:
            yield Finding("", 0, 0, _INVENTORY, message, Severity.INFO)
