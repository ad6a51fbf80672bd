"""A portal as its sources say: settings, records and outlines, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from guildhall.check.lint.addresses import addresses_of
from guildhall.check.lint.lesson import lint_lesson
from guildhall.core.findings.finding import Finding
from guildhall.model.checkouts import lesson_of_checkout
from guildhall.model.portal import Portal, load_portal
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.registry import Registry
from guildhall.model.settings.portal import SETTINGS_FILE, Settings
from guildhall.network.ledger.checks import run_checks
from guildhall.network.lessons.checks import lesson_checks
from guildhall.network.lessons.lookups import outline_in
from guildhall.network.lessons.outline import Outline
from guildhall.network.results import Report
from guildhall.network.workshops.checks import workshop_checks

PAGE_SUFFIXES = (".md", ".rst", ".ipynb", ".yml", ".yaml")
"""Suffixes of source files, whose comments can silence findings."""


@dataclass(frozen=True)
class Sources:
    """What a portal's files say, before anything is built.

    Args:
        portal: the portal.
    """

    portal: Portal

    @classmethod
    def read(cls, root: Path) -> Sources:
        """Read the portal at ``root``."""
        return cls(load_portal(root))

    @property
    def root(self) -> Path:
        """The portal's folder."""
        return self.portal.root

    @property
    def settings(self) -> Settings:
        """Its settings."""
        return self.portal.settings

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What is wrong with its settings."""
        return self.portal.faults

    @property
    def registry(self) -> Registry:
        """Its records, with everybody."""
        return self.portal.complete

    @cached_property
    def outlines(self) -> dict[str, Outline]:
        """The outlines of all lessons, by their ids."""
        lessons = self.registry.of(Lesson)
        return {lesson.key: outline_in(self.portal, lesson) for lesson in lessons}

    @cached_property
    def report(self) -> Report:
        """What is wrong with records, sums, lessons and workshops."""
        report = report_of(self.portal)
        return replace(report, faults=(*self.faults, *report.faults))

    @property
    def linted(self) -> tuple[Outline, ...]:
        """The lessons whose pages are this portal's own."""
        return tuple(
            each for each in self.outlines.values() if each.files and not each.lesson.is_elsewhere
        )

    def record_findings(self) -> Iterator[Finding]:
        """What is wrong with records, sums, lessons and workshops, as findings."""
        return (each.relative_to(self.root) for each in self.report.findings)

    def page_findings(self, outlines: Collection[Outline]) -> Iterator[Finding]:
        """What is wrong with the pages of lessons.

        Args:
            outlines: the lessons.
        """
        others = (record.docname for record in self.registry.records.values())
        addresses = addresses_of(self.outlines.values(), self.settings.base_url, others)
        for outline in outlines:
            for finding in lint_lesson(outline, addresses=addresses):
                yield finding.relative_to(self.root)

    @cached_property
    def files(self) -> tuple[str, ...]:
        """All source files, relative to the portal's folder: pages, records and settings."""
        found = {self.root / SETTINGS_FILE, *self.root.glob("*.md"), *self.root.glob("*.rst")}
        for folder in self.settings.sources:
            found.update(
                path
                for path in (self.root / folder).rglob("*")
                if path.suffix in PAGE_SUFFIXES and not path.is_symlink() and path.is_file()
            )
        return tuple(sorted(path.relative_to(self.root).as_posix() for path in found))

    def is_of_elsewhere(self, path: str) -> bool:
        """Whether a file is a page of an external lesson, which nobody can mend here.

        Args:
            path: a source file, relative to the portal's folder, or a page that is made of such.
        """
        if lesson_of_checkout(path) is not None:
            return True
        return any(
            path.startswith(f"{lesson.root}view/")
            for lesson in self.registry.of(Lesson)
            if lesson.is_elsewhere
        )

    def extensions_of(self, path: str) -> Collection[str]:
        """The extensions of MyST that a page is written for."""
        for outline in self.outlines.values():
            if path.startswith(outline.lesson.root):
                return outline.lesson.build.myst_extensions
        return ("colon_fence", "deflist")


def report_of(portal: Portal) -> Report:
    """What all checks find that need no page to be read; they run once."""
    return portal.once(
        check_records,
        lambda: check_records(
            portal.complete, portal.settings, portal.root, partial(outline_in, portal)
        ),
    )


def check_records(
    registry: Registry, settings: Settings, root: Path, outline: Callable[[Lesson], Outline]
) -> Report:
    """Run all checks that need no page to be read.

    Args:
        registry: the portal's records.
        settings: the portal's settings.
        root: the portal's folder.
        outline: gives the outline of a lesson.
    """
    report = run_checks(registry, settings)
    more = (
        *lesson_checks(registry, root, outline),
        *workshop_checks(registry, settings, outline),
    )
    return replace(report, results=(*report.results, *more))
