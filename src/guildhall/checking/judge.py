"""The parts of a run put together: each thing said once, levels set, silences kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guildhall.checking.catalogue import all_rules, areas
from guildhall.checking.part import Part
from guildhall.checking.portal import Sources
from guildhall.checking.silences import Silencer
from guildhall.findings.finding import Finding
from guildhall.findings.severity import Severity
from guildhall.reporting.outcome import Checked, Outcome


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
        judged.findings,
        all_rules(),
        (*(each for part in parts for each in part.checked), _OF_CHECK),
        judged.silenced,
        sources.settings.today,
        sources.settings.title,
        fail_on,
        unasked,
    )


_OF_CHECK = Checked("check", "Silences and levels", 0, "", prefixes=tuple(areas()["check"]))


def once(parts: Iterable[Part]) -> list[Finding]:
    """The findings of all parts, without those that an earlier part has told.

    A rule that is looked for in a source and again on the page built from it finds the same twice;
    what the source gave, with its column, stays.
    """
    kept: set[Finding] = set()
    told: set[tuple[str, int, str]] = set()
    for part in parts:
        new = [each for each in part.findings if (each.path, each.line, each.rule) not in told]
        kept.update(new)
        told.update((each.path, each.line, each.rule) for each in new if each.path)
    return sorted(kept)
