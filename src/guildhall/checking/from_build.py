"""The part of the check that listens to the build: what Sphinx and extensions warn of."""

from __future__ import annotations

from collections.abc import Iterable

from guildhall.checking.built import Built
from guildhall.checking.gather import of_build
from guildhall.checking.part import Part
from guildhall.checking.portal import Sources
from guildhall.findings.finding import Finding
from guildhall.reporting.outcome import Checked


def build_part(sources: Sources, built: Built, known: Iterable[Finding]) -> Part:
    """Take over what a build told.

    Args:
        sources: the portal's files.
        built: the built site.
        known: what was found without building, which the build tells again.
    """
    findings = tuple(of_build(built.messages, sources.root, known))
    return Part(findings, (Checked("build", "Built pages", built.pages, "page"),))
