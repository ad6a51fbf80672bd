"""What git says of the changes of records."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from guildhall.core.history import Change, Changes, changes_of
from guildhall.network.lessons.history import last_change

TEXT = "".join(f"line {number}\n" for number in range(20))


class Repository:
    """A repository, each of whose commits is a day later than the one before."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.day = 0
        root.mkdir()
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> None:
        moment = f"2026-01-{self.day + 1:02d}T12:00:00+01:00"
        environment = {
            **os.environ,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            **{
                f"GIT_{who}_{what}": "a@b"
                for who in ("AUTHOR", "COMMITTER")
                for what in ("NAME", "EMAIL")
            },
            **{f"GIT_{who}_DATE": moment for who in ("AUTHOR", "COMMITTER")},
        }
        subprocess.run(["git", *arguments], cwd=self.root, env=environment, check=True)

    def commit(self, **files: str) -> None:
        self.day += 1
        for name, text in files.items():
            path = self.root / "workshops" / f"{name}.yml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.git("add", ".")
        self.git("commit", "-q", "-m", "x")

    def of(self, name: str) -> Change | None:
        changes = changes_of(self.root, ("workshops", "lessons"))
        return changes.of(self.root / "workshops" / f"{name}.yml")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "portal")


def on(day: int) -> datetime:
    return datetime(2026, 1, day + 1, 11, tzinfo=UTC)


def test_each_file_has_its_own_commits(repository: Repository):
    repository.commit(a=TEXT, å=TEXT)
    repository.commit(a=f"{TEXT}more\n")
    assert repository.of("a") == Change(2, on(1), on(2))
    assert repository.of("å") == Change(1, on(1), on(1))
    assert repository.of("none") is None


def test_a_renamed_file_keeps_its_commits(repository: Repository):
    repository.commit(a=TEXT)
    repository.commit(a=f"{TEXT}more\n")
    repository.day += 1
    (repository.root / "workshops/b").mkdir()
    repository.git("mv", "workshops/a.yml", "workshops/b/workshop.yml")
    repository.git("commit", "-q", "-m", "x")
    assert repository.of("b/workshop") == Change(3, on(1), on(3))
    assert repository.of("a") is None


def test_a_merge_takes_no_commits_away(repository: Repository):
    repository.commit(a=TEXT)
    repository.git("switch", "-q", "-c", "side")
    repository.commit(a=f"{TEXT}side\n")
    repository.git("switch", "-q", "main")
    repository.commit(a=f"{TEXT}main\n")
    assert repository.of("a") == Change(2, on(1), on(3))
    # The merge keeps one side alone; git's usual log would leave the other's commit out.
    repository.git("merge", "-q", "-s", "ours", "-m", "x", "side")
    assert repository.of("a") == Change(3, on(1), on(3))


def test_a_portal_in_a_folder_of_a_repository_has_its_own_names(repository: Repository):
    repository.root = repository.root / "portal"
    repository.root.mkdir()
    repository.commit(a=TEXT)
    assert repository.of("a") == Change(1, on(1), on(1))


def test_a_folder_is_as_new_as_its_newest_file(repository: Repository):
    repository.commit(a=TEXT)
    repository.commit(b=TEXT)
    changes = changes_of(repository.root, ("workshops",))
    assert changes.below(repository.root / "workshops") == Change(2, on(1), on(2))
    assert changes.below(repository.root / "lessons") is None
    assert last_change(repository.root / "workshops") == on(2).date()


def test_a_shallow_clone_tells_nothing(repository: Repository, tmp_path: Path):
    repository.commit(a=TEXT)
    repository.commit(a=f"{TEXT}more\n")
    source = f"file://{repository.root}"
    repository.git("clone", "-q", "--depth", "1", source, str(tmp_path / "shallow"))
    assert changes_of(tmp_path / "shallow", ("workshops",)).files == {}
    assert last_change(tmp_path / "shallow" / "workshops") is None


def test_outside_git_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "workshops").mkdir()
    assert changes_of(tmp_path, ("workshops",)) == Changes(tmp_path)
