"""``guildhall lessons``: add, list and update, as people call them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guildhall.cli.commands.lessons import lessons_group
from guildhall.model.records.lock import read_lock
from guildhall.network.lessons.proposal import TODO_SUMMARY
from guildhall.network.lessons.sources import ensure, pages_folder

from .repositories import CONF, Repository, add_record, lessons_of, make_portal


@pytest.fixture
def origin(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "git-intro")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_portal(tmp_path / "portal")
    monkeypatch.chdir(root)
    return root


def lessons(*arguments: str) -> Result:
    return CliRunner().invoke(lessons_group, arguments)


def files_of(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def test_a_lesson_is_added_with_its_record_and_its_commit(root: Path, origin: Repository):
    result = lessons("add", origin.address)
    assert result.stdout == (
        "Written:\n"
        "  lessons/git-intro/lesson.yml\n"
        f"  conf/lessons.lock  ({origin.head[:12]} of main)\n"
        "Read the record: it says what was left out, and TODO where a text is missing.\n"
        "See it:  guildhall serve\n"
    )
    assert result.exit_code == 0
    (lesson,) = lessons_of(root)
    assert (lesson.key, lesson.title) == ("git-intro", "Git")
    assert ensure(root, [lesson]) == []
    folder = pages_folder(lesson, root)
    assert folder is not None
    assert (folder / "a.md").is_file()


def test_id_ref_and_path_can_be_said(root: Path, origin: Repository):
    first = origin.head
    origin.git("tag", "v1")
    origin.commit({"docs/conf.py": CONF})
    assert lessons("add", origin.address, "--id", "x", "--path", "docs").exit_code == 0
    assert lessons("add", origin.address, "--id", "y", "--ref", "v1").exit_code == 0
    found = {lesson.key: lesson.source for lesson in lessons_of(root)}
    assert {key: (x.ref, x.path) for key, x in found.items() if x} == {
        "x": ("main", "docs"),
        "y": ("v1", "content"),
    }
    assert read_lock(root).entries["y"].commit == first


ENTRY = """\
# Typed by hand.
kind: lesson
title: Git, by us
summary: |
  What we say of it.
topics: [Git]
url: https://git-intro.example.org/
"""


def test_an_entry_of_the_catalogue_gets_pages_and_keeps_what_was_typed(
    root: Path, origin: Repository
):
    record = root / "lessons/git-intro/lesson.yml"
    record.parent.mkdir(parents=True)
    record.write_text(ENTRY, encoding="utf-8")
    refused = lessons("add", origin.address)
    assert refused.exit_code == 2
    assert "The catalogue has `git-intro` already, without pages." in refused.output
    assert record.read_text(encoding="utf-8") == ENTRY
    assert lessons("add", origin.address, "--yes").exit_code == 0
    assert record.read_text(encoding="utf-8").startswith(f"{ENTRY}\nsource:\n")
    (lesson,) = lessons_of(root)
    assert (lesson.title, lesson.topics) == ("Git, by us", ("Git",))
    assert ensure(root, [lesson]) == []
    assert lessons("add", origin.address, "--yes").exit_code == 2


def test_a_dry_run_shows_the_entry_as_it_would_be(root: Path, origin: Repository):
    record = root / "lessons/git-intro/lesson.yml"
    record.parent.mkdir(parents=True)
    record.write_text(ENTRY, encoding="utf-8")
    result = lessons("add", origin.address, "--dry-run")
    assert result.stdout.startswith(f"{ENTRY}\nsource:\n")
    assert record.read_text(encoding="utf-8") == ENTRY


@pytest.mark.parametrize(
    ("files", "summary"),
    [
        (
            {"README.md": "# G\n\nThe source of https://g.example.org/, which is a lesson.\n"},
            None,
        ),
        (
            {"README.md": "# G\n\nThis repository holds the lesson material that is shown at:\n"},
            None,
        ),
        (
            {
                "README.md": "# G\n\nThe repository of it; please send your changes here.\n",
                "content/index.md": (
                    "# G\n\nShort words.\n\nIn this lesson you learn to record changes with "
                    "Git. It is for beginners\n"
                ),
            },
            "In this lesson you learn to record changes with Git.",
        ),
    ],
)
def test_a_summary_is_the_first_whole_sentence_that_the_lesson_says_of_itself(
    root: Path, tmp_path: Path, files: dict[str, str], summary: str | None
):
    source = Repository(tmp_path / "g")
    source.commit({"content/conf.py": CONF, **files})
    assert lessons("add", source.address).exit_code == 0
    (lesson,) = lessons_of(root)
    assert lesson.summary == (summary or TODO_SUMMARY)


def test_a_dry_run_prints_the_record_and_writes_nothing(root: Path, origin: Repository):
    before = files_of(root)
    result = lessons("add", origin.address, "--dry-run")
    assert result.exit_code == 0
    assert "\nkind: lesson\n" in result.stdout
    assert files_of(root) == before
    lessons("add", origin.address)
    written = (root / "lessons/git-intro/lesson.yml").read_text(encoding="utf-8")
    assert result.stdout == written


def test_what_is_there_is_never_written_over(root: Path, origin: Repository):
    (root / "lessons/git-intro").mkdir()
    result = lessons("add", origin.address)
    assert result.exit_code == 2
    assert "There is a folder lessons/git-intro already; use another --id." in result.output
    assert not (root / ".guildhall").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--path", "../x"], "expected a path such as"),
        (["--path", "/etc"], "expected a path such as"),
        (["--path", "docs"], "It has no folder docs."),
        (["--id", "../x"], "expected an id"),
        (["--ref", "-x"], "`-x` is not a name of a branch, tag or commit"),
        (["--ref", "--upload-pack=x"], "is not a name of a branch, tag or commit"),
        (["--ref", "nowhere"], "the repository has no branch or tag `nowhere`"),
    ],
)
def test_a_lesson_that_can_not_be_added_leaves_nothing(
    root: Path, origin: Repository, arguments: list[str], message: str
):
    before = files_of(root)
    result = lessons("add", origin.address, *arguments)
    assert result.exit_code in {1, 2}
    assert message in result.output
    assert files_of(root) == before


@pytest.mark.parametrize("address", ["--upload-pack=x", "ext::sh -c x", "/etc", "http://e.org/x"])
def test_an_address_that_would_run_something_is_refused(root: Path, address: str):
    result = lessons("add", "--", address)
    assert result.exit_code == 2
    assert "expected the address of a git repository" in result.output


def test_a_repository_without_conf_needs_a_path(root: Path, tmp_path: Path):
    origin = Repository(tmp_path / "plain", {"pages/a.md": "# A\n"})
    result = lessons("add", origin.address)
    assert "It has no conf.py; say with --path where the pages are." in result.output
    assert lessons("add", origin.address, "--path", "pages").exit_code == 0


def test_conf_is_not_run(root: Path, tmp_path: Path):
    mark = tmp_path / "ran"
    conf = f"{CONF}open({str(mark)!r}, 'w')\n"
    origin = Repository(tmp_path / "hostile", {"content/conf.py": conf, "content/a.md": "# A\n"})
    assert lessons("add", origin.address).exit_code == 0
    assert not mark.exists()
    text = (root / "lessons/hostile/lesson.yml").read_text(encoding="utf-8")
    assert "# - line 3: `open(" in text


def test_a_conf_that_is_no_python_is_told(root: Path, tmp_path: Path):
    origin = Repository(tmp_path / "broken", {"content/conf.py": "x = ("})
    result = lessons("add", origin.address)
    assert "Its conf.py can't be read: line 1: '(' was never closed." in result.output
    assert files_of(root) == {"conf/conf.py", "conf/portal.yml", "index.md"}


def test_update_moves_on_and_says_from_where_to_where(root: Path, origin: Repository):
    lessons("add", origin.address)
    old = origin.head
    new = origin.commit({"content/b.md": "# B\n"}, date="2025-04-01T23:30:00-02:00")
    result = lessons("update")
    assert result.stdout == f"git-intro: {old[:12]} -> {new[:12]} (2025-04-02)\n"
    assert result.exit_code == 0
    folder = pages_folder(lessons_of(root)[0], root)
    assert folder is not None
    assert (folder / "b.md").is_file()
    assert lessons("update").stdout == f"git-intro: {new[:12]} is the newest of main\n"


def test_going_back_needs_no_network(root: Path, origin: Repository):
    lessons("add", origin.address)
    before = (root / "conf/lessons.lock").read_text(encoding="utf-8")
    origin.commit({"content/b.md": "# B\n"})
    lessons("update")
    shutil.rmtree(origin.folder)
    (root / "conf/lessons.lock").write_text(before, encoding="utf-8")
    assert ensure(root, lessons_of(root)) == []


def test_check_says_what_is_behind_and_changes_nothing(root: Path, origin: Repository):
    lessons("add", origin.address)
    assert lessons("update", "--check").exit_code == 0
    old, new = origin.head, origin.commit({"content/b.md": "# B\n"})
    before = (root / "conf/lessons.lock").read_text(encoding="utf-8")
    result = lessons("update", "--check")
    assert result.stdout == f"git-intro: behind main: {old[:12]} -> {new[:12]}\n"
    assert result.exit_code == 1
    assert (root / "conf/lessons.lock").read_text(encoding="utf-8") == before


def test_only_the_lessons_that_are_named_are_updated(root: Path, origin: Repository):
    lessons("add", origin.address, "--id", "a")
    lessons("add", origin.address, "--id", "b")
    old, new = origin.head, origin.commit({"content/b.md": "# B\n"})
    assert lessons("update", "b").exit_code == 0
    assert {key: x.commit for key, x in read_lock(root).entries.items()} == {"a": old, "b": new}


def test_a_record_that_follows_another_ref_is_updated(root: Path, origin: Repository):
    lessons("add", origin.address)
    first = origin.head
    origin.git("tag", "v1")
    origin.commit({"content/b.md": "# B\n"})
    path = root / "lessons/git-intro/lesson.yml"
    text = path.read_text(encoding="utf-8").replace("ref: main", "ref: v1")
    path.write_text(text, encoding="utf-8")
    assert len(ensure(root, lessons_of(root))) == 1
    assert lessons("update").exit_code == 0
    entry = read_lock(root).entries["git-intro"]
    assert (entry.ref, entry.commit) == ("v1", first)
    assert ensure(root, lessons_of(root)) == []


def test_one_that_fails_is_told_and_the_others_are_updated(
    root: Path, origin: Repository, tmp_path: Path
):
    other = Repository(tmp_path / "a-lesson")
    lessons("add", other.address)
    lessons("add", origin.address)
    shutil.rmtree(other.folder)
    new = origin.commit({"content/b.md": "# B\n"})
    result = lessons("update")
    assert result.exit_code == 1
    assert result.stderr.startswith("a-lesson: fatal: ")
    assert read_lock(root).entries["git-intro"].commit == new


def test_entries_of_lessons_that_are_gone_are_removed(root: Path, origin: Repository):
    lessons("add", origin.address)
    lessons("add", origin.address, "--id", "gone")
    shutil.rmtree(root / "lessons/gone")
    listed = lessons("list")
    assert listed.stderr == (
        "conf/lessons.lock: no lesson has the id `gone`; `guildhall lessons update` removes it\n"
    )
    check = lessons("update", "--check")
    assert "gone: no longer a lesson of the portal; to be removed\n" in check.stdout
    assert check.exit_code == 1
    result = lessons("update")
    assert "gone: no longer a lesson of the portal; removed\n" in result.stdout
    assert list(read_lock(root).entries) == ["git-intro"]


@pytest.mark.parametrize("text", ["kind: lesson\n", "kind: [\n"])
def test_a_broken_record_keeps_its_commit(root: Path, origin: Repository, text: str):
    lessons("add", origin.address)
    (root / "lessons/git-intro/lesson.yml").write_text(text, encoding="utf-8")
    lessons("update")
    assert list(read_lock(root).entries) == ["git-intro"]


def test_a_broken_lock_file_is_mended_only_where_all_is_updated(root: Path, origin: Repository):
    lessons("add", origin.address)
    path = root / "conf/lessons.lock"
    path.write_text(f"<<<<<<< HEAD\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    result = lessons("update", "git-intro")
    assert result.exit_code == 1
    assert result.stderr == (
        "conf/lessons.lock:1:1: not well-formed JSON: expecting value [lesson.source]\n"
        "Fix the file, or let `guildhall lessons update` rewrite it.\n"
    )
    assert lessons("add", origin.address, "--id", "other").exit_code == 1
    assert lessons("update").stdout == (f"git-intro: nothing -> {origin.head[:12]} (2025-03-01)\n")
    assert read_lock(root).faults == ()


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("gitintro", "There is no lesson `gitintro`; did you mean `git-intro`?"),
        ("own", "The lesson `own` is not external."),
        ("broken", "The record of `broken` has faults; see `guildhall check`."),
    ],
)
def test_a_lesson_that_can_not_be_updated_is_told(
    root: Path, origin: Repository, key: str, message: str
):
    lessons("add", origin.address)
    add_record(root, "own", "")
    add_record(root, "broken", "no: such key\n")
    result = lessons("update", key)
    assert result.exit_code == 2
    assert message in result.output


def test_without_lessons_from_elsewhere_nothing_is_done(root: Path):
    result = lessons("update")
    assert (result.stdout, result.exit_code) == ("This portal has no external lessons.\n", 0)
    assert not (root / "conf/lessons.lock").exists()


def test_the_list_says_where_lessons_come_from(root: Path, origin: Repository):
    lessons("add", origin.address, "--id", "git")
    add_record(root, "own", "")
    (root / "lessons/own/a.md").write_text("# A\n", encoding="utf-8")
    add_record(root, "listed", "url: https://example.org/\n")
    result = lessons("list")
    rows = [line.split() for line in result.stdout.splitlines()]
    assert rows[0] == ["ID", "TITLE", "FROM", "COMMIT", "DATE", "PAGES"]
    assert rows[1][0:2] == ["git", "Git"]
    assert rows[1][-3:] == [origin.head[:12], "2025-03-01", "2"]
    assert rows[2] == ["listed", "Git", "https://example.org/", "0"]
    assert rows[3] == ["own", "Git", "here", "1"]
    assert result.exit_code == 0


def test_the_list_says_what_is_not_fetched(root: Path, origin: Repository):
    lessons("add", origin.address)
    shutil.rmtree(root / ".guildhall")
    result = lessons("list")
    assert result.exit_code == 1
    assert "have not been fetched yet; run `guildhall build` [lesson.source]" in result.stderr


def test_help_needs_none_of_the_work():
    """Commands import what they need when they are called."""
    code = (
        "import sys; import guildhall.cli.main; "
        "sys.exit(any(name in sys.modules for name in ('sphinx', 'pydantic', 'yaml')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
