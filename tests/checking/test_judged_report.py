"""What builds tell of the checks of records: at the portal's levels, and not what is silenced."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guildhall.check.run.judge import judged_report
from guildhall.check.run.portal import check_records
from guildhall.cli.report.summary import summarise
from guildhall.model.records.registry import load_registry
from guildhall.model.settings.portal import load_settings
from guildhall.network.lessons.outline import outline_of
from guildhall.network.results import Report

SILENCE = "# guildhall: silence workshop.results, due.results reason: nobody recorded it"
ERROR = "checks: {levels: {workshop.results: error}}\n"


def report(root: Path, settings: str, *before_the_end: str) -> Report:
    workshop = (
        "kind: workshop", "title: Git", "timezone: Europe/Oslo", "start: 2026-03-17",
        *before_the_end, "end: 2026-03-19", "participants: {total: 3}", "",
    )  # fmt: skip
    for name, text in (
        ("conf/portal.yml", f"title: A portal\n{settings}"),
        ("workshops/one.yml", "\n".join(workshop)),
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    read, faults = load_settings(root, date(2026, 6, 1))
    assert faults == []
    registry = load_registry(root, read)
    found = check_records(registry, read, root, lambda lesson: outline_of(lesson, root))
    return judged_report(found, read, root)


@pytest.mark.parametrize(
    ("settings", "lines", "is_ok", "told"),
    [
        ("", (), True, "; 1 note, see `guildhall check`."),
        ("", (SILENCE,), True, "."),
        (ERROR, (), False, "."),
        (ERROR, (SILENCE,), True, "."),
    ],
)
def test_what_is_accepted_once_stays_quiet(
    tmp_path: Path, settings: str, lines: tuple[str, ...], is_ok: bool, told: str
):
    found = report(tmp_path, settings, *lines)
    assert found.ok is is_ok
    assert summarise(found).endswith(f"workshop{told}")
    (results,) = (each for each in found.results if each.id == "workshop.results")
    assert bool(results.findings) is not bool(lines)
