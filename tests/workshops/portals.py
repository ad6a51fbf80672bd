"""Small portals with workshops, and what their checks say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from textwrap import indent

from guildhall.check.run.portal import check_records
from guildhall.core.findings.finding import Finding
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.registry import Registry, load_registry
from guildhall.model.settings.portal import load_settings
from guildhall.network.lessons.outline import outline_of
from guildhall.network.programme.programme import Programme, programme_of
from guildhall.network.results import Report

TODAY = date(2026, 3, 1)
"""The day of all builds where nothing else is said: before the workshops of these portals."""


def workshop(
    *more: str,
    title: str = "Git for teams",
    start: str = "2026-03-17",
    end: str = "2026-03-19",
    zone: str = "Europe/Stockholm",
) -> str:
    """The record of a workshop, with further lines."""
    return "\n".join(
        (
            "kind: workshop",
            f"title: {title}",
            f"timezone: {zone}",
            f"start: {start}",
            f"end: {end}",
            *more,
            "",
        )
    )


def schedule(*days: str, before: str = "") -> str:
    """A schedule of days as :func:`day` gives them, after tracks and templates."""
    parts = ["schedule:"]
    if before:
        parts.append(indent(before.strip("\n"), "  "))
    return "\n".join((*parts, "  days:", *(indent(each, "    ") for each in days)))


def day(when: str, *sessions: str) -> str:
    """A day with sessions in YAML's flow form, such as ``start: "09:00", minutes: 60``."""
    lines = [f"- date: {when}", "  sessions:", *(f"    - {{{each}}}" for each in sessions)]
    return "\n".join(lines)


def lesson(title: str, *more: str) -> str:
    """The record of a lesson, with further lines."""
    return "\n".join(("kind: lesson", f"title: {title}", "summary: S.", *more, ""))


def partner(name: str, *more: str) -> str:
    """The record of a partner, with further lines."""
    lines = ("country: NO", "contact:", "description: A partner.", "participation: []", *more, "")
    return "\n".join(("kind: partner", f"name: {name}", f"short_name: {name}", *lines))


def load(root: Path, files: dict[str, str]) -> Registry:
    """Write a portal and load its records, which have no faults of their own."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    settings, faults = load_settings(root)
    registry = load_registry(root, settings)
    assert [str(fault) for fault in (*faults, *registry.faults)] == []
    return registry


def programme(root: Path, text: str) -> Programme:
    """The programme of the one workshop of a portal."""
    (found,) = load(root, {"workshops/one.yml": text}).of(Workshop)
    return programme_of(found)


def report(root: Path, files: dict[str, str], today: date = TODAY) -> Report:
    """What the checks of a portal find that needs no page to be read."""
    registry = load(root, files)
    settings, _ = load_settings(root, today)
    return check_records(registry, settings, root, lambda lesson: outline_of(lesson, root))


def told(
    root: Path, files: dict[str, str] | str, check: str = "workshop.", today: date = TODAY
) -> list[str]:
    """What checks find, each as ``file:line:column: level: message``.

    Args:
        root: where the portal is written.
        files: its files; a text is the record ``workshops/one.yml``.
        check: what the names of the checks begin with.
        today: the day of the build.
    """
    if isinstance(files, str):
        files = {"workshops/one.yml": files}
    results = report(root, files, today).results
    found = (each for result in results if result.id.startswith(check) for each in result.findings)
    return _as_lines(found, root)


def _as_lines(findings: Iterable[Finding], root: Path) -> list[str]:
    lines = []
    for each in findings:
        fault = each.relative_to(root / "workshops")
        lines.append(f"{fault.location}: {each.severity}: {fault.message}")
    return lines
