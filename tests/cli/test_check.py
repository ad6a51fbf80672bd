"""``guildhall check`` on the repository's own portal, sound and spoilt."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from .test_build import guildhall

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    root = tmp_path / "portal"
    for name in ("conf", "partners"):
        shutil.copytree(REPOSITORY / name, root / name)
    return root


def spoil(portal: Path, name: str, old: str, new: str) -> tuple[int, int]:
    """Change one place of a record; returns line and column of the change."""
    path = portal / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    before = text[: text.index(old)]
    path.write_text(text.replace(old, new), encoding="utf-8")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def test_the_portal_of_this_repository_is_sound():
    result = guildhall("check", cwd=REPOSITORY)
    assert result.returncode == 0, result.stdout
    assert "FAIL" not in result.stdout
    assert "In-kind rows sum up to their stated totals (10 stated totals)" in result.stdout


def test_a_wrong_sum_is_found_once_at_its_cell(portal: Path):
    line, _ = spoil(portal, "partners/in-kind/nris-sigma2.yml", "total: 18", "total: 19")
    result = guildhall("check", cwd=portal)
    assert result.returncode == 1
    wanted = (
        f"partners/in-kind/nris-sigma2.yml:{line}:8: total of the row `NRIS/Sigma2`: "
        "stated 19, computed 18, difference -1 [guildhall.sum]"
    )
    assert result.stdout.count(wanted) == 1


def test_a_changed_cell_moves_its_row_its_column_the_grand_total_and_the_claim(portal: Path):
    path = portal / "partners/in-kind/nris-sigma2.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2025: 5", "2025: 7"), encoding="utf-8")
    result = guildhall("check", "--json", "-", cwd=portal)
    report = json.loads(result.stdout)
    failed = {check["id"] for check in report["checks"] if check["status"] == "fail"}
    assert failed == {
        "in-kind.row-totals",
        "in-kind.column-totals",
        "in-kind.grand-total",
        "claims",
    }
    assert report["version"] == 1
    assert report["ok"] is False


def test_json_goes_to_a_file_beside_the_report(portal: Path):
    result = guildhall("check", "--json", "report.json", cwd=portal)
    assert result.returncode == 0
    assert json.loads((portal / "report.json").read_text(encoding="utf-8"))["ok"] is True
    assert "checks passed" in result.stdout


def test_quiet_says_nothing_where_all_is_right(portal: Path):
    result = guildhall("check", "--quiet", cwd=portal)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_faults_of_records_and_settings_are_part_of_the_report(portal: Path):
    spoil(portal, "partners/organisations/ntnu.yml", "country: NO", "country: Norway")
    spoil(portal, "conf/portal.yml", "show_email: true", "show_email: yes")
    result = guildhall("check", cwd=portal)
    assert result.returncode == 1
    assert "did you mean `NO`?" in result.stdout
    assert "did you mean `true`?" in result.stdout


def test_annotations_are_escaped_as_github_reads_them(portal: Path):
    spoil(portal, "partners/organisations/ntnu.yml", "country: NO", "country: 100%")
    result = guildhall("check", "--format", "github", cwd=portal)
    assert "::error file=partners/organisations/ntnu.yml,line=" in result.stdout
    assert "`100%25`" in result.stdout


def test_warnings_and_notes_are_annotations_that_fail_nothing(portal: Path):
    record = (
        "kind: workshop\ntitle: Git\ntimezone: Europe/Oslo\nstart: 2025-03-01\nend: 2025-03-02\n"
        "status: planned\n"
    )
    (portal / "workshops").mkdir()
    (portal / "workshops/git.yml").write_text(record, encoding="utf-8")
    result = guildhall("check", "--format", "github", cwd=portal)
    assert result.returncode == 0
    place = "file=workshops/git.yml,line={},col={},title=guildhall.workshop"
    assert result.stdout.splitlines() == [
        f"::warning {place.format(6, 9)}::the status is `planned`, but it ended on 2025-03-02",
        (
            f"::notice {place.format(5, 6)}::the workshop ended on 2025-03-02, "
            "but has no `participants` and no `recordings`"
        ),
    ]


def test_a_failing_program_is_one_line_and_no_finding(portal: Path):
    result = guildhall("check", cwd=portal, SOURCE_DATE_EPOCH="yesterday")
    assert result.returncode == 3
    assert result.stdout == ""
    failure, log = result.stderr.splitlines()
    assert failure.startswith("The check failed: ")
    assert log == "The full log is in build/.guildhall/check-error.log."


def test_a_report_that_cannot_be_written_is_wrong_usage(portal: Path):
    result = guildhall("check", "--json", "nowhere/report.json", cwd=portal)
    assert result.returncode == 2
    assert "--json" in result.stderr


def test_schemas_go_to_the_portals_own_folder(portal: Path):
    shutil.rmtree(portal / "conf/schemas")
    result = guildhall("schema", cwd=portal / "partners")
    assert result.returncode == 0
    written = {path.name for path in (portal / "conf/schemas").iterdir()}
    assert {"partner.json", "in-kind.json", "portal.json"} <= written
