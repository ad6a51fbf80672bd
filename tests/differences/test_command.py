"""``guildhall diff`` as people call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guildhall.cli.commands.diff import diff_command

from .repositories import CONF, Repository


def call(*arguments: str) -> Result:
    return CliRunner().invoke(diff_command, arguments)


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_whatever_changed_is_no_failure(small: Repository, form: str):
    small.change("partners/rows/beta.yml", "2026: 2\n", "2026: 4\n")
    result = call("main", str(small.root), "--format", form)
    assert result.exit_code == 0
    assert "Beta, 2026" in result.output
    if form == "json":
        assert json.loads(result.output)["version"] == 1


def test_a_commit_can_be_compared_with_another_one(small: Repository):
    small.change("partners/rows/beta.yml", "2026: 2\n", "2026: 4\n")
    small.commit()
    result = call("HEAD~1", str(small.root), "--to", "HEAD")
    assert "1 figure was changed" in result.output
    result = call("HEAD", str(small.root), "--to", "HEAD~1", "--exact")
    assert "Beta, 2026" in result.output


def test_the_same_state_gives_the_same_bytes(small: Repository):
    small.change("partners/rows/beta.yml", "2026: 2\n", "2026: 4\n")
    first, second = (call("main", str(small.root), "--format", "json").output for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("mian",), "there is no branch, tag or commit `mian`; did you mean `main`?"),
        (("main", "--to", "hed"), "there is no branch, tag or commit `hed`"),
    ],
)
def test_a_name_that_is_nothing_is_wrong_usage(
    small: Repository, arguments: tuple[str, ...], words: str
):
    result = call(*arguments, str(small.root))
    assert result.exit_code == 2
    assert words in result.output


def test_a_portal_outside_git_is_wrong_usage(tmp_path: Path):
    path = tmp_path / "conf/conf.py"
    path.parent.mkdir()
    path.write_text(CONF["conf/conf.py"], encoding="utf-8")
    result = call("main", str(tmp_path))
    assert result.exit_code == 2
    assert "is not in a git repository" in result.output
