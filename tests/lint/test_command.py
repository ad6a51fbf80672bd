"""``guildhall lint``: forms of output, exit codes, and which lessons are looked at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guildhall.cli.commands.lint import lint_command

from .conftest import HEAD, RECORD


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    files = {
        "conf/conf.py": 'extensions = ["guildhall"]\n',
        "conf/portal.yml": "title: Portal\n",
        "lessons/a/lesson.yml": RECORD,
        "lessons/a/one.md": HEAD + "# One\n\n![](a.svg)\n\n```{exercise} Do it\n```\n",
        "lessons/b/lesson.yml": RECORD,
        "lessons/b/one.md": HEAD + "# One\n\n```{exercise}\n```\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def lint(portal: Path, *arguments: str) -> Result:
    return CliRunner().invoke(lint_command, [str(portal), *arguments])


ALT = "`a.svg` has no alternative text, expected words that say what it shows"


def test_findings_are_told_with_file_line_and_column(portal: Path):
    result = lint(portal)
    assert result.exit_code == 1
    assert result.output == (
        f"lessons/a/one.md:10:1: {ALT} [image-alt]\n"
        "lessons/a/one.md:12:1: info: the exercise `Do it` has no solution, expected a directive "
        "`solution` [exercise-solution]\n"
        "lessons/b/one.md:10:1: info: the exercise has no solution, expected a directive "
        "`solution` [exercise-solution]\n"
        "2 pages of 2 lessons: 1 error, 2 notes.\n"
    )


def test_infos_do_not_fail(portal: Path):
    assert lint(portal, "--lesson", "b").exit_code == 0


def test_quiet_tells_errors_only(portal: Path):
    assert lint(portal, "-q", "--lesson", "b").output == ""


def test_json_holds_the_rule_and_how_to_mend(portal: Path):
    found = json.loads(lint(portal, "--format", "json", "-q").output)
    assert found == [
        {
            "file": "lessons/a/one.md",
            "line": 10,
            "column": 1,
            "severity": "error",
            "rule": "image-alt",
            "message": ALT,
            "mend": "Describe in a sentence what the image shows.",
        }
    ]


def test_github_shows_errors_and_notices(portal: Path):
    lines = lint(portal, "--format", "github").output.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["::error", "::notice", "::notice"]
    assert lines[0].startswith("::error file=lessons/a/one.md,line=10,col=1,title=image-alt")


def test_an_unknown_lesson_is_told_with_the_nearest(portal: Path):
    result = lint(portal, "--lesson", "aa")
    assert result.exit_code == 2
    assert "There is no lesson `aa`; did you mean `a`?" in result.output


def test_a_lesson_whose_record_is_broken_is_told(portal: Path):
    (portal / "lessons/a/lesson.yml").write_text("kind: lesson\n", encoding="utf-8")
    result = lint(portal, "--lesson", "a")
    assert "The record of `a` has faults; see `guildhall check`." in result.output
