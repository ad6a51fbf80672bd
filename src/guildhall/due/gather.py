"""One run over all that can lapse in a portal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from guildhall.due.item import DueItem, DueReport, last_day, report_of
from guildhall.due.records import (
    Look,
    ended_funding,
    ended_leaders,
    ended_projects,
    left_partners,
    overdue_reviews,
)
from guildhall.due.workshops import late_activities, missing_results, passed_statuses
from guildhall.records.faults import Fault
from guildhall.records.registry import Registry, load_registry
from guildhall.settings import Settings, load_settings

SOURCES: tuple[Callable[[Look], Iterator[DueItem]], ...] = (
    ended_projects,
    ended_funding,
    overdue_reviews,
    passed_statuses,
    missing_results,
    late_activities,
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


def due_in_portal(root: Path, within: int = 0, more: Iterable[DueItem] = ()) -> DueReport:
    """Read the portal at ``root`` and gather all that is due in it.

    Args:
        root: the portal's folder.
        within: how many days are looked ahead.
        more: what is due besides its records: see :mod:`guildhall.due.others`.
    """
    settings, faults = load_settings(root)
    registry = load_registry(root, settings)
    items = chain(due_in_records(registry, settings, root, within), more)
    unread = (_place(fault, registry, root) for fault in (*faults, *_of_records(registry)))
    return report_of(items, settings.today, within, unread)


def _of_records(registry: Registry) -> Iterator[Fault]:
    """The faults of files that give no record; others only leave values to be mended."""
    kept = {record.origin.path for record in registry.records.values()}
    return (fault for fault in registry.faults if fault.path not in kept)


def _place(fault: Fault, registry: Registry, root: Path) -> str:
    # The names of people's files name them.
    if fault.path in registry.unread.values():
        return "a record of a person"
    return fault.relative_to(root).path.as_posix()
