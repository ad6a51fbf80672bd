"""The part of the check that reads sources: records, sums, lessons, workshops, their pages."""

from __future__ import annotations

from collections.abc import Iterator

from guildhall.check.fixes.finders import style_findings
from guildhall.check.missing.find import missing_findings
from guildhall.check.reports.outcome import Checked
from guildhall.check.run.part import Part
from guildhall.check.run.portal import Sources
from guildhall.core.findings.finding import Finding
from guildhall.network.results import CheckResult

_LESSONS, _WORKSHOPS = "lesson", "workshop"


def source_part(sources: Sources) -> Part:
    """Check what needs no build.

    Args:
        sources: the portal's files.
    """
    outlines = sources.linted
    files = sources.files
    findings = (
        *sources.record_findings(),
        *_missing(sources),
        *sources.page_findings(outlines),
        *style_findings(sources.root, files),
    )
    results = sources.report.results
    registry = sources.registry
    pages = sum(len(each.files) for each in outlines)
    checked = (
        Checked("record", "Records", len(registry.records) + len(registry.broken), "record"),
        _of(results, "sums", "Sums, claims and notes", "check"),
        _of(results, _LESSONS, "Lessons", "check"),
        _of(results, _WORKSHOPS, "Workshops", "check"),
        Checked("missing", "What readers look for", len(registry.records), "record"),
        Checked("lint", "Lesson pages", pages, "page", prefixes=_page_rules()),
        Checked("style", "Style of source files", len(files), "file"),
    )
    ran = frozenset({"records", "sums", "lessons", "workshops", "missing", "lint", "style"})
    return Part(findings, checked, ran)


def _missing(sources: Sources) -> Iterator[Finding]:
    found = missing_findings(sources.registry, sources.settings.today)
    return (each.relative_to(sources.root) for each in found)


def _of(results: tuple[CheckResult, ...], area: str, title: str, unit: str) -> Checked:
    """The checks of an area; those of the ledger are all that belong to no other."""
    own = [each for each in results if _area(each) == area]
    skipped = sum(each.status == "skip" for each in own)
    prefixes = tuple(dict.fromkeys(each.id.partition(".")[0] for each in own))
    why = "nothing to check, or records with faults" if skipped else ""
    return Checked(area, title, len(own) - skipped, unit, skipped, why, prefixes)


def _area(result: CheckResult) -> str:
    prefix = result.id.partition(".")[0]
    return prefix if prefix in {_LESSONS, _WORKSHOPS} else "sums"


def _page_rules() -> tuple[str, ...]:
    from guildhall.check.lint.rules import RULES

    return tuple(RULES)
