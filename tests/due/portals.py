"""A small portal in which a thing of each kind has lapsed, and what is said of a portal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from guildhall.check.due.gather import due_in_records
from guildhall.check.due.item import DueReport, report_of
from guildhall.model.records.registry import load_registry
from guildhall.model.settings.portal import load_settings
from tests.portals import Portal

TODAY = date(2026, 3, 1)

CONF = {"conf/conf.py": 'extensions = ["guildhall"]\n', "conf/portal.yml": "title: P\n"}


def project(*more: str, name: str = "Phase", start: str = "2025-01-01", end: str = "2027-12-31"):
    """The record of a project, with further lines."""
    lines = ("type: Project", "phase: Execution", f"start: {start}", f"end: {end}", "summary: S.")
    return "\n".join(("kind: project", f"name: {name}", *lines, *more, ""))


def partner(*more: str, contact: str = "", part: str = "") -> str:
    """The record of a partner, with further lines.

    Args:
        contact: the id of the contact.
        part: more of its part in the project ``phase``, as YAML's flow form has it; ``none`` for no
            part at all.
    """
    taken = f"[{{project: phase, groups: G., involvement: I.{part}}}]" if part != "none" else "[]"
    lines = ("short_name: A", "country: NO", f"contact: {contact}", "description: D.")
    return "\n".join(("kind: partner", "name: A", *lines, f"participation: {taken}", *more, ""))


def report(root: Path, files: dict[str, str], today: date = TODAY, within: int = 0) -> DueReport:
    """Write a portal whose records have no faults, and tell what is due."""
    Portal(root).write(files)
    settings, faults = load_settings(root, today)
    registry = load_registry(root, settings)
    assert [str(fault) for fault in (*faults, *registry.faults)] == []
    return report_of(due_in_records(registry, settings, root, within), today, within)


def told(root: Path, files: dict[str, str], today: date = TODAY) -> list[str]:
    """What has lapsed, each as ``path:line:column since rule: what``."""
    return [
        f"{item.location} {item.since} {item.rule}: {item.what}"
        for item in report(root, files, today).lapsed
    ]
