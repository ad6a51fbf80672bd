"""``guildhall doctor``: what is wrong with a setup, how to mend it, and its exit code."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guildhall.cli.main import main

WORKFLOW = ".github/workflows/portal.yml"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal as `guildhall init` writes it."""
    root = tmp_path_factory.mktemp("doctor") / "portal"
    arguments = ["init", str(root), "--area", "lessons", "--forge", "github", "--yes"]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    return root


@pytest.fixture
def portal(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "portal"))


def doctor(root: Path) -> Result:
    return CliRunner().invoke(main, ["doctor", str(root)])


def test_a_new_portal_is_in_order(sound: Path):
    result = doctor(sound)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert [line for line in lines[:-1] if not line.startswith("ok     ")] == []
    assert lines[-1] == "Nothing is wrong."


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (
            "conf/conf.py",
            'extensions = ["guildhall"]',
            'extensions = ["guildhall"',
            "wrong  conf/conf.py:3:14: not valid Python: '[' was never closed [build.setup]",
        ),
        ("conf/conf.py", '"guildhall"', "", 'Add "guildhall" to its `extensions`.'),
        (
            "conf/portal.yml",
            "language: en",
            "langauge: en",
            "did you mean `language`? [record.unknown-key]",
        ),
        (
            "conf/schemas/lesson.json",
            "Lesson",
            "Lessson",
            "lesson.json\n       Write it again with `guildhall schema`.\n",
        ),
        ("requirements.txt", "guildhall==", "guildhall==9.", "requirements.txt:2: asks for"),
        (WORKFLOW, '"3.12"', '"3.9"', f"wrong  {WORKFLOW}: it uses Python 3.9"),
        (WORKFLOW, "permissions:", "permissions: [", f"wrong  {WORKFLOW}: not valid YAML in line"),
        (
            "lessons/first-lesson/lesson.yml",
            "status: draft",
            "status: draft\nbuild:\n  extensions: [sphinxcontrib.bibtex]",
            "install `guildhall[bibtex]`",
        ),
    ],
)
def test_a_fault_is_told_with_how_to_mend_it(
    portal: Path, monkeypatch: pytest.MonkeyPatch, name: str, old: str, new: str, told: str
):
    monkeypatch.setattr(
        "guildhall.network.lessons.extensions.is_installed",
        lambda name: name != "sphinxcontrib.bibtex",
    )
    text = (portal / name).read_text(encoding="utf-8")
    assert old in text
    (portal / name).write_text(text.replace(old, new), encoding="utf-8")
    result = doctor(portal)
    assert result.exit_code == 1
    assert told in result.output
    assert result.output.endswith("1 fault in the setup.\n")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("index.md", "wrong  there is no index.md, the home page\n"),
        ("requirements.txt", "it installs requirements.txt, which doesn't exist\n"),
    ],
)
def test_what_is_missing_is_told(portal: Path, name: str, told: str):
    (portal / name).unlink()
    result = doctor(portal)
    assert result.exit_code == 1
    assert told in result.output


def test_what_works_without_is_a_note(portal: Path):
    shutil.rmtree(portal / "conf/schemas")
    shutil.rmtree(portal / ".github")
    (portal / "conf/portal.yml").unlink()
    result = doctor(portal)
    assert result.exit_code == 0
    assert result.output.count("note   ") == 3


def test_a_folder_that_can_not_be_written_is_told(portal: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "build")
    (portal / "build").mkdir()
    assert f"wrong  {portal}/build can't be written to, where `build` is kept" in (
        doctor(portal).output
    )


def test_without_a_portal_or_git_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 1
    assert "wrong  git is not installed" in result.output
    assert "start one with `guildhall init`" in result.output
    assert result.output.endswith("2 faults in the setup.\n")
