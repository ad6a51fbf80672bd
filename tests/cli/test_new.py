"""``guildhall new``: what it writes, what it asks, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guildhall.cli.lint import lint_command
from guildhall.cli.new import new_command
from guildhall.records.kinds.lesson import Lesson
from guildhall.records.load import load_record
from guildhall.records.registry import load_registry
from guildhall.settings import load_settings

from .test_build import guildhall


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {
        "conf/conf.py": 'extensions = ["guildhall"]\n',
        "conf/portal.yml": "title: Portal\nauthor: The group\nsources: [lessons]\n",
        "index.md": "# Home\n\n```{toctree}\nlessons/index\n```\n",
        "lessons/index.md": "# Lessons\n\n```{toctree}\n:glob:\n\n*/index\npaths/*\n```\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def new(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(new_command, arguments, input=typed)


def lesson(portal: Path, key: str) -> Lesson:
    loaded = load_record(portal / "lessons" / key / "lesson.yml", f"lessons/{key}/index")
    assert not loaded.faults
    assert isinstance(loaded.record, Lesson)
    return loaded.record


def test_a_new_lesson_is_written_with_explanations_and_said_where(portal: Path):
    result = new("lesson", "Testing software", "--episodes", "2")
    assert result.exit_code == 0
    assert result.output == (
        "Written:\n"
        "  lessons/testing-software/lesson.yml\n"
        "  lessons/testing-software/episode-1.md\n"
        "  lessons/testing-software/episode-2.md\n"
        "Replace the texts in them; they explain themselves.\n"
        "See it:         guildhall serve\n"
        "Then check it:  guildhall lint --lesson testing-software\n"
    )
    record = lesson(portal, "testing-software")
    assert record.title == "Testing software"
    assert [episode.page for episode in record.episodes] == ["episode-1", "episode-2"]
    assert [each.name for each in record.contributors] == ["The group"]


def test_a_new_lesson_passes_the_rules(portal: Path):
    new("lesson", "Testing", "--episodes", "3")
    result = CliRunner().invoke(lint_command, [str(portal)])
    assert result.output == "3 pages of 1 lesson: 0 warnings, 0 notes.\n"


@pytest.mark.slow
def test_a_new_lesson_and_a_new_path_build_without_a_finding(portal: Path):
    new("lesson", "Testing", "--language", "nb")
    new("path", "A way")
    result = guildhall("build", cwd=portal)
    assert result.returncode == 0, result.stderr
    page = (portal / "build/html/lessons/testing/episode-1.html").read_text(encoding="utf-8")
    assert "Try it" in page


@pytest.mark.parametrize(
    "title",
    [
        'It\'s: #1, "quoted" & {braced} \\n',
        "yes",
        "---",
        "2025-01-01",
        "Übung Æ",
        "{{ 1 }} {% x %}",
    ],
)
def test_any_title_and_author_come_through_as_they_are(portal: Path, title: str):
    result = new("lesson", "--id", "one", "--title", title, "--author", title)
    assert result.exit_code == 0, result.output
    record = lesson(portal, "one")
    assert (record.title, record.contributors[0].name) == (title, title)


def test_flags_decide_what_is_written(portal: Path):
    arguments = ("--level", "advanced", "--language", "fi", "--author", "A", "--author", "B")
    new("lesson", "tools", "--title", "All tools", *arguments)
    record = lesson(portal, "tools")
    assert (record.title, record.level, record.language) == ("All tools", "advanced", "fi")
    assert [each.name for each in record.contributors] == ["A", "B"]


def test_without_a_terminal_a_missing_name_is_told(portal: Path):
    result = new("lesson")
    assert result.exit_code == 2
    assert "Give it a name: guildhall new lesson NAME." in result.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("lesson", "tools"), "There is a lesson `tools` already; give another --id."),
        (("lesson", "x", "--id", "Not An Id"), "did you mean `not-an-id`?"),
        (("lesson", "x", "--language", "english?"), "nothing was written"),
        (("lesson", "there"), "exists already; nothing was written."),
        (("path", "x", "--lesson", "tool"), "There is no lesson `tool`; did you mean `tools`?"),
    ],
)
def test_what_can_not_be_written_is_refused_and_leaves_nothing(
    portal: Path, arguments: tuple[str, ...], told: str
):
    new("lesson", "tools")
    (portal / "lessons/there").mkdir()
    before = sorted(portal.rglob("*"))
    result = new(*arguments)
    assert result.exit_code in {1, 2}
    assert told in result.output
    assert sorted(portal.rglob("*")) == before


def test_a_portal_without_a_folder_for_lessons_says_so(portal: Path):
    (portal / "conf/portal.yml").write_text("title: Portal\nsources: [pages]\n", encoding="utf-8")
    result = new("lesson", "x")
    assert "conf/portal.yml has no `lessons` in `sources`; add it there." in result.output
    assert not (portal / "lessons/x").exists()


def test_a_new_path_is_sound(portal: Path):
    new("lesson", "tools")
    new("lesson", "tests")
    result = new("path", "All: of it", "--lesson", "tools", "--lesson", "tests")
    assert result.exit_code == 0, result.output
    registry = load_registry(portal, load_settings(portal)[0])
    assert not registry.faults
    assert registry.keys("path") == ("all-of-it",)


def test_a_path_needs_a_lesson(portal: Path):
    result = new("path", "A way")
    assert "There is no lesson yet; begin with `guildhall new lesson`." in result.output
