"""``guildhall check`` on the sources of the repository's own portal, sound and spoilt."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from ..portals import Portal, person
from .test_build import guildhall

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    root = tmp_path / "portal"
    for name in ("conf", "partners", "workshops", "lessons"):
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


def check(*options: str, cwd: Path, **environment: str) -> CompletedProcess[str]:
    return guildhall("check", "--records", *options, cwd=cwd, **environment)


def test_a_wrong_sum_is_found_once_at_its_cell(portal: Path):
    line, _ = spoil(portal, "partners/in-kind/nris-sigma2.yml", "total: 18", "total: 19")
    result = check(cwd=portal)
    assert result.returncode == 1
    wanted = (
        f"partners/in-kind/nris-sigma2.yml:{line}:8: error: total of the row `NRIS/Sigma2`: "
        "stated 19, computed 18, difference -1 [in-kind.row-totals]"
    )
    assert result.stdout.count(wanted) == 1


def test_a_changed_cell_moves_its_row_its_column_the_grand_total_and_the_claim(portal: Path):
    path = portal / "partners/in-kind/nris-sigma2.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2025: 5", "2025: 7"), encoding="utf-8")
    result = check("--format", "json", cwd=portal)
    report = json.loads(result.stdout)
    assert {each["rule"] for each in report["findings"] if each["level"] == "error"} == {
        "in-kind.row-totals",
        "in-kind.column-totals",
        "in-kind.grand-total",
        "claims",
    }
    assert report["version"] == 2
    assert report["ok"] is False


def test_reports_go_to_files_beside_what_is_printed(portal: Path):
    reports = ("--report", "json=out/report.json", "--report", "sarif=out/report.sarif")
    result = check(*reports, "--report", "junit=out/report.xml", cwd=portal)
    assert result.returncode == 0
    assert json.loads((portal / "out/report.json").read_text(encoding="utf-8"))["ok"] is True
    sarif = json.loads((portal / "out/report.sarif").read_text(encoding="utf-8"))
    assert sarif["version"] == "2.1.0"
    assert (portal / "out/report.xml").read_text(encoding="utf-8").startswith("<?xml")
    assert "Passed" in result.stdout


def test_quiet_says_nothing_where_nothing_is_found(tmp_path: Path):
    Portal(tmp_path).write(
        {
            "conf/conf.py": 'extensions = ["guildhall"]\n',
            "conf/portal.yml": "title: Portal\n",
            "partners/ada.yml": person("Ada", "Ada"),
        }
    )
    result = check("--quiet", cwd=tmp_path)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_faults_of_records_and_settings_are_part_of_the_report(portal: Path):
    spoil(portal, "partners/organisations/ntnu.yml", "country: NO", "country: Norway")
    spoil(portal, "conf/portal.yml", "show_email: true", "show_email: yes")
    result = check(cwd=portal)
    assert result.returncode == 1
    assert "did you mean `NO`?" in result.stdout
    assert "did you mean `true`?" in result.stdout


def test_annotations_are_escaped_as_github_reads_them(portal: Path):
    spoil(portal, "partners/organisations/ntnu.yml", "country: NO", "country: 100%")
    result = check("--format", "github", cwd=portal)
    assert "::error file=partners/organisations/ntnu.yml,line=" in result.stdout
    assert "`100%25`" in result.stdout


WORKSHOP = (
    "kind: workshop\ntitle: Git\ntimezone: Europe/Oslo\nstart: 2025-03-01\nend: 2025-03-02\n"
    "status: planned\n"
)


def test_warnings_and_notes_fail_only_where_that_is_asked_for(portal: Path):
    (portal / "workshops/git.yml").write_text(WORKSHOP, encoding="utf-8")
    result = check("--format", "github", cwd=portal)
    assert result.returncode == 0
    about = [line for line in result.stdout.splitlines() if "workshops/git.yml" in line]
    # Of results nothing is asked where no record says that it took place.
    assert [line.partition("::")[2].partition(" ")[0] for line in about] == ["warning"]
    assert "line=6,col=9" in about[0]
    assert "the status is `planned`, but it ended on 2025-03-02" in about[0]
    assert check("--fail-on", "warning", cwd=portal).returncode == 1


def test_what_the_settings_lower_or_silence_fails_nothing(portal: Path):
    spoil(portal, "partners/in-kind/nris-sigma2.yml", "total: 18", "total: 19")
    settings = portal / "conf/portal.yml"
    plain = settings.read_text(encoding="utf-8")
    settings.write_text(f"{plain}checks:\n  levels: {{in-kind.row-totals: warning}}\n")
    assert check(cwd=portal).returncode == 0
    silence = "{rules: [in-kind.*], reason: agreed in June, until: 2027-01-31}"
    settings.write_text(f"{plain}checks:\n  silence: [{silence}]\n", encoding="utf-8")
    result = check("--today", "2027-01-31", cwd=portal)
    assert result.returncode == 0
    assert "row-totals" not in result.stdout
    late = check("--today", "2027-02-01", cwd=portal)
    assert late.returncode == 1
    assert "the silence ended on 2027-01-31 [silence-ended]" in late.stdout


def test_a_failing_program_is_one_line_and_no_finding(portal: Path):
    result = check(cwd=portal, SOURCE_DATE_EPOCH="yesterday")
    assert result.returncode == 3
    assert result.stdout == ""
    failure, log = result.stderr.splitlines()
    assert failure.startswith("The check failed: ")
    assert log == "The full log is in build/.guildhall/check-error.log."


@pytest.mark.parametrize(
    ("report", "told"),
    [
        ("json=conf/portal.yml/report.json", "--report"),
        ("jsn=report.json", "found `jsn=report.json`, expected FORM=FILE"),
        ("report.json", "expected FORM=FILE"),
    ],
)
def test_a_report_that_cannot_be_written_is_wrong_usage(portal: Path, report: str, told: str):
    result = check("--report", report, cwd=portal)
    assert result.returncode == 2
    assert told in result.stderr


def test_schemas_go_to_the_portals_own_folder(portal: Path):
    shutil.rmtree(portal / "conf/schemas")
    result = guildhall("schema", cwd=portal / "partners")
    assert result.returncode == 0
    written = {path.name for path in (portal / "conf/schemas").iterdir()}
    assert {"partner.json", "in-kind.json", "portal.json"} <= written
