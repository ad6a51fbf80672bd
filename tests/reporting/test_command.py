"""``guildhall check`` tells and notes what it found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guildhall.check.reports.history import HISTORY_FILE, read_history
from tests.cli.test_build import guildhall

from ..portals import person


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "portal"
    (folder / "conf").mkdir(parents=True)
    (folder / "partners").mkdir()
    (folder / "conf/portal.yml").write_text("title: Small\nsources: [partners]\n")
    (folder / "conf/conf.py").write_text('extensions = ["guildhall"]\n')
    (folder / "partners/ada.yml").write_text(person("Ada", "Ada"))
    return folder


def test_a_run_is_noted_once_a_day(root: Path):
    for day in ("2026-03-02", "2026-03-01", "2026-03-02"):
        run = guildhall("check", "--records", "--history", "--today", day, cwd=root)
        assert run.returncode == 0, run.stdout + run.stderr
    days = [each.day.isoformat() for each in read_history(root / HISTORY_FILE).entries]
    assert days == ["2026-03-01", "2026-03-02"]


def test_a_run_with_findings_is_noted_as_that(root: Path):
    (root / "partners/ada.yml").write_text(person("Ada", "Ada", "nonsense: 1"))
    assert guildhall("check", "--records", "--history", cwd=root).returncode == 1
    (entry,) = read_history(root / HISTORY_FILE).entries
    assert (entry.ok, entry.total("errors")) == (False, 1)


def test_a_line_that_cannot_be_read_is_a_finding_and_stays(root: Path):
    (root / HISTORY_FILE).write_text("<<<<<<< HEAD\n")
    run = guildhall("check", "--records", "--history", cwd=root)
    assert run.returncode == 1
    assert f"{HISTORY_FILE.as_posix()}:1:1: error: expected an object of JSON" in run.stdout
    assert "the run isn't recorded" in run.stderr
    assert (root / HISTORY_FILE).read_text() == "<<<<<<< HEAD\n"


def test_only_whole_runs_are_noted(root: Path):
    run = guildhall("check", "--records", "--history", "--changed", "HEAD", cwd=root)
    assert run.returncode == 2
    assert "--history records full runs" in run.stderr


def test_on_github_text_is_followed_by_annotations_and_a_summary(root: Path, tmp_path: Path):
    (root / "partners/ada.yml").write_text(person("Ada", "Ada", "nonsense: 1"))
    summary = tmp_path / "summary.md"
    run = guildhall(
        "check",
        "--records",
        cwd=root,
        GITHUB_ACTIONS="true",
        GITHUB_WORKSPACE=str(tmp_path),
        GITHUB_STEP_SUMMARY=str(summary),
    )
    assert "\npartners/ada.yml:5:1: error: " in run.stdout
    assert (
        "::error file=portal/partners/ada.yml,line=5,col=1,title=record.unknown-key::" in run.stdout
    )
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("## Small: the check\n")
    assert "### `partners/ada.yml`" in text


def test_every_form_goes_to_a_file_too(root: Path):
    run = guildhall(
        *("check", "--records", "--report", "sarif=out/check.sarif"),
        *("--report", "junit=out/check.xml", "--report", "json=out/check.json"),
        cwd=root,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.splitlines()[-1] == "Passed with no findings."
    assert json.loads((root / "out/check.sarif").read_text())["version"] == "2.1.0"
    assert (root / "out/check.xml").read_text().startswith("<?xml")
    assert json.loads((root / "out/check.json").read_text())["ok"] is True
