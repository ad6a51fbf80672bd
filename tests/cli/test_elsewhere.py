"""Faults of external lessons: told short, and no reason not to publish."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ..lessons.repositories import Repository
from .test_build import guildhall

CONF = """\
from words import GLOSSARY

project = "Git"
extensions = ["sphinx_lesson"]
intersphinx_mapping = {"gone": ("http://127.0.0.1:9/gone", None)}
rst_epilog = f"{GLOSSARY}"
"""
CONTENT = {
    "content/conf.py": CONF,
    "content/words.py": "GLOSSARY = '.. |git| replace:: **git**'\n",
    "content/index.rst": "Git\n===\n\n.. toctree::\n\n   a\n   b\n",
    "content/a.rst": "A\n=\n\nUse |git|. See :ref:`lost` and :ref:`gone`.\n\n.. no-such::\n",
    "content/b.rst": "B\n=\n\nSee :ref:`nowhere`, |missing|, :foo:bar:`x`.\n\n![](x.png)\n",
}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("elsewhere")
    origin = Repository(folder / "git-intro", CONTENT)
    root = folder / "portal"
    files = {
        "conf/conf.py": 'extensions = ["guildhall"]\n',
        "conf/portal.yml": "title: Portal\nsources: [lessons]\n",
        "index.md": "# Home\n\n```{toctree}\nlessons/git-intro/index\n```\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    added = guildhall("lessons", "add", origin.address, cwd=root)
    assert added.returncode == 0, added.stderr
    return root


def told(portal: Path) -> list[str]:
    result = guildhall("build", "-q", cwd=portal)
    assert result.returncode == 0, result.stderr
    return result.stderr.splitlines()


def test_a_build_tells_the_kinds_and_publishes(portal: Path):
    first = told(portal)
    note, head, *kinds = first
    assert note.startswith("note: ")
    assert "http://127.0.0.1:9/gone" in note
    assert head == "lessons/git-intro: 7 warnings in its pages, which are external:"
    assert kinds[0].startswith("  3 × .guildhall/lessons/git-intro/")
    assert kinds[0].endswith("content/a.rst:4: undefined label: 'gone' [ref.ref]")
    assert len(kinds) == 5
    assert (portal / "build/html/lessons/git-intro/a.html").is_file()
    # Inventories are asked for again, pages aren't read again.
    assert told(portal) == first


def test_the_epilog_of_a_module_beside_conf_is_there(portal: Path):
    page = (portal / "build/html/lessons/git-intro/a.html").read_text(encoding="utf-8")
    assert "Use <strong>git</strong>." in page


def test_the_check_has_them_as_warnings(portal: Path):
    settings = portal / "conf/portal.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}checks: {{levels: {{build.warning: error}}}}\n", encoding="utf-8")
    result = guildhall("check", "--offline", "--format", "json", cwd=portal)
    report = json.loads(result.stdout)
    elsewhere = [each for each in report["findings"] if each["path"].startswith(".guildhall/")]
    assert len(elsewhere) >= 5
    assert {each["level"] for each in elsewhere} <= {"warning", "info"}
    notes = [each for each in report["findings"] if each["rule"] == "lesson.inventory"]
    assert [(each["path"], each["level"]) for each in notes] == [
        ("lessons/git-intro/lesson.yml", "info")
    ]
    assert result.returncode == 0, result.stdout
    shown = guildhall("check", "--offline", cwd=portal).stdout
    assert "lessons/git-intro, an external lesson (" in shown
    assert "3 × .guildhall/lessons/git-intro/" in shown


def test_faults_of_the_portal_itself_still_count(portal: Path):
    home = portal / "index.md"
    home.write_text(f"{home.read_text(encoding='utf-8')}\n{{ref}}`nowhere`\n", encoding="utf-8")
    result = guildhall("build", "-q", cwd=portal)
    assert result.returncode == 1
    assert "1 finding. The last good site is untouched." in result.stderr
