"""One run over all that can lapse in a portal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from guildhall.check.due.item import DueItem, DueReport, last_day, report_of
from guildhall.check.due.others import ended_ignores, ended_silences
from guildhall.check.due.records import (
    Look,
    ended_funding,
    ended_leaders,
    ended_projects,
    left_partners,
    overdue_reviews,
)
from guildhall.check.due.rules import RULES
from guildhall.check.due.silences import entries_with_end, silences_with_end
from guildhall.check.due.workshops import missing_results, passed_statuses, unrecorded_activities
from guildhall.check.run.portal import Sources
from guildhall.check.run.silences import Silencer
from guildhall.core.findings.finding import Finding
from guildhall.model.records.registry import Registry
from guildhall.model.settings.portal import Settings

SOURCES: tuple[Callable[[Look], Iterator[DueItem]], ...] = (
    ended_projects,
    ended_funding,
    overdue_reviews,
    passed_statuses,
    missing_results,
    unrecorded_activities,
    left_partners,
    ended_leaders,
)
"""All that looks into records."""


def due_in_records(
    registry: Registry, settings: Settings, root: Path, within: int = 0
) -> Iterator[DueItem]:
    """All that has lapsed in records, or will within some days.

    Nobody who withholds consent is named: a report may stand in public.

    Args:
        registry: the portal's records.
        settings: the portal's settings, which say what day it is.
        root: the portal's folder.
        within: how many days are looked ahead.
    """
    until = last_day(settings.today, within)
    look = Look(root, registry.public(), settings, until)
    return chain.from_iterable(source(look) for source in SOURCES)


def due_in_portal(sources: Sources, within: int = 0, more: Iterable[DueItem] = ()) -> DueReport:
    """Gather all that is due in a portal, but for what it silences.

    Args:
        sources: the portal's files.
        within: how many days are looked ahead.
        more: what is due besides its records and silences: see :mod:`guildhall.check.due.others`.
    """
    root, settings, registry = sources.root, sources.settings, sources.registry
    until = last_day(settings.today, within)
    items = chain(
        due_in_records(registry, settings, root, within),
        ended_silences(silences_with_end(sources), until),
        ended_ignores(entries_with_end(sources), until),
        more,
    )
    # The names of people's files name them.
    hidden = {*registry.public().hidden.values(), *registry.unread.values()}
    shown = _unsilenced((item for item in items if root / item.path not in hidden), sources)
    unread = (_place(fault, registry, root) for fault in (*sources.faults, *_of_records(registry)))
    return report_of(shown, settings.today, within, unread)


def _unsilenced(items: Iterable[DueItem], sources: Sources) -> Iterator[DueItem]:
    """The items that the settings and comments of files don't silence, at their levels."""
    settings = sources.settings
    silencer = Silencer(
        sources.root, settings.checks, RULES, settings.today, extensions=sources.extensions_of
    )
    for item in items:
        verdict = silencer.verdict(item.finding)
        if verdict is not None:
            yield replace(item, severity=verdict.severity)


def _of_records(registry: Registry) -> Iterator[Finding]:
    """The faults of files that give no record; others only leave values to be mended."""
    kept = {record.origin.path.as_posix() for record in registry.records.values()}
    return (fault for fault in registry.faults if fault.path not in kept)


def _place(fault: Finding, registry: Registry, root: Path) -> str:
    if Path(fault.path) in registry.unread.values():
        return "a record of a person"
    return fault.relative_to(root).path
