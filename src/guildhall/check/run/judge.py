"""The parts of a run put together: each thing said once, levels set, silences kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from guildhall.check.reports.outcome import Checked, Outcome
from guildhall.check.run.advice import once_a_lesson
from guildhall.check.run.catalogue import all_rules, areas
from guildhall.check.run.columns import with_columns
from guildhall.check.run.part import Part
from guildhall.check.run.portal import Sources, report_of
from guildhall.check.run.silences import Silencer
from guildhall.core.findings.finding import BUILD_WARNING, Finding
from guildhall.core.findings.severity import Severity
from guildhall.model.portal import Portal
from guildhall.model.settings.portal import Settings
from guildhall.network.results import CheckResult, Report, result_of


def silencer_of(sources: Sources, ran: frozenset[str]) -> Silencer:
    """What silences a portal's findings.

    Args:
        sources: the portal's files.
        ran: the areas of the catalogue that were looked for.
    """
    looked_for = {rule for area in ran for rule in areas()[area]}
    return Silencer(
        sources.root,
        sources.settings.checks,
        all_rules(),
        sources.settings.today,
        sources.files,
        lambda rule, path: rule in looked_for,
        sources.extensions_of,
    )


def judged_report_of(portal: Portal) -> Report:
    """What the checks of a portal's records found, but for what is silenced; judged once."""
    return portal.once(
        judged_report, lambda: judged_report(report_of(portal), portal.settings, portal.root)
    )


def judged_report(report: Report, settings: Settings, root: Path) -> Report:
    """What the checks of records found, with levels set, and without what is silenced.

    Args:
        report: what they found.
        settings: the portal's settings.
        root: the portal's folder.
    """
    silencer = Silencer(root, settings.checks, all_rules(), settings.today)

    def judged(result: CheckResult) -> Iterator[Finding]:
        for found in result.findings:
            verdict = silencer.verdict(found.relative_to(root))
            if verdict is not None:
                yield replace(found, severity=verdict.severity)

    results = (
        result_of(each.id, each.title, each.detail, judged(each), looked=each.status != "skip")
        for each in report.results
    )
    return Report(tuple(results), report.faults)


def outcome_of(
    sources: Sources, parts: Sequence[Part], *, fail_on: Severity, unasked: tuple[str, ...] = ()
) -> Outcome:
    """What a run found.

    Args:
        sources: the portal's files.
        parts: what its parts found, in the order of reports.
        fail_on: the least severity that fails.
        unasked: what the run left out, each as a sentence.
    """
    ran = frozenset(area for part in parts for area in part.ran)
    judged = silencer_of(sources, ran).judge(once(parts))
    return Outcome(
        once_a_lesson(
            with_columns((_capped(each, sources) for each in judged.findings), sources.root),
            sources.outlines.values(),
            sources.root,
        ),
        all_rules(),
        (*(each for part in parts for each in part.checked), _OF_CHECK),
        judged.silenced,
        sources.settings.today,
        sources.settings.title,
        fail_on,
        unasked,
    )


def _capped(finding: Finding, sources: Sources) -> Finding:
    """A fault of an external lesson is no error of this portal: it can't be mended here."""
    if finding.severity != Severity.ERROR or not sources.is_of_elsewhere(finding.path):
        return finding
    return replace(finding, severity=Severity.WARNING)


_NOWHERE = frozenset({"links.missing-page", "links.missing-file", "links.missing-anchor"})
_BACKSLASH = "backslash-path"
_NEAR = 40
"""So many lines after the one that the build names a paragraph may have its links."""

_SILENCES = tuple(rule for rule in areas()["check"] if rule.startswith("silence-"))
_OF_CHECK = Checked("check", "Silences and levels", 0, "", prefixes=_SILENCES)


def once(parts: Iterable[Part]) -> list[Finding]:
    """The findings of all parts, without those that an earlier part has told.

    A rule that is looked for in a source and again on the page built from it finds the same twice;
    what the source gave, with its column, stays. What the build warns of is at times seen again on
    the page; then the warning stays, at the place that the page led to. A path with backslashes
    says why nothing is found there, which is not told again.
    """
    kept: set[Finding] = set()
    told: set[tuple[str, int, str]] = set()
    for part in parts:
        new = [each for each in part.findings if (each.path, each.line, each.rule) not in told]
        warnings = sorted(each for each in kept if each.rule == BUILD_WARNING and not each.column)
        backslashes = {(each.path, each.line) for each in kept if each.rule == _BACKSLASH}
        for each in new:
            if (each.path, each.line) in backslashes and _is_of_a_path(each):
                continue
            if any(_is_seen_in_view(one, each) for one in kept):
                continue
            warning = next((one for one in warnings if _is_seen_in(one, each)), None)
            if warning is None:
                kept.add(each)
                continue
            warnings.remove(warning)
            kept.remove(warning)
            kept.add(replace(warning, line=each.line, column=each.column, pages=each.pages))
        told.update((each.path, each.line, each.rule) for each in new if each.path)
    return sorted(kept)


def _is_of_a_path(found: Finding) -> bool:
    return found.rule == BUILD_WARNING or found.rule in _NOWHERE


def _is_seen_in(warning: Finding, found: Finding) -> bool:
    """Whether a link that leads nowhere is what the build warned of, in the same paragraph."""
    if warning.path != found.path:
        return False
    if found.rule == "links.orphan":
        return warning.message.endswith("[toc.not_included]")
    if found.rule not in _NOWHERE or not 0 <= found.line - warning.line <= _NEAR:
        return False
    name = _name(found.target)
    return bool(name) and name in warning.message


def _is_seen_in_view(warning: Finding, found: Finding) -> bool:
    """Whether a lesson on one page shows again what the build warned of on a page of the lesson."""
    lesson, view, _ = found.path.partition("/view/")
    if not view or warning.rule != BUILD_WARNING or found.rule not in _NOWHERE:
        return False
    name = _name(found.target).rpartition("--")[2]
    return warning.path.startswith(f"{lesson}/") and bool(name) and name in warning.message


def _name(target: str) -> str:
    path, _, fragment = target.partition("#")
    return unquote(fragment or path.rpartition("/")[2])
