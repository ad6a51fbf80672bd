"""Git repositories of foreign lessons, made on disk and reached through ``file://`` addresses."""

from __future__ import annotations

import subprocess
from pathlib import Path

from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.registry import load_registry
from guildhall.model.settings.portal import load_settings

CONF = 'project = "Git"\nextensions = ["sphinx_lesson"]\n'
CONTENT = {"content/conf.py": CONF, "content/index.md": "# Git\n", "content/a.md": "# A\n"}


class Repository:
    """A git repository of a foreign lesson."""

    def __init__(self, folder: Path, files: dict[str, str] | None = None) -> None:
        self.folder = folder
        folder.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit(CONTENT if files is None else files)

    @property
    def address(self) -> str:
        return f"file://{self.folder}"

    @property
    def head(self) -> str:
        return self.git("rev-parse", "HEAD")

    def git(self, *arguments: str, given: str | None = None) -> str:
        settings = ("user.name=A", "user.email=a@example.org", "protocol.file.allow=always")
        command = ["git", "-C", str(self.folder)]
        for setting in settings:
            command += ["-c", setting]
        done = subprocess.run(
            [*command, *arguments], input=given, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def write(self, files: dict[str, str]) -> None:
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def commit(self, files: dict[str, str], date: str = "2025-03-01T12:00:00+02:00") -> str:
        self.write(files)
        self.git("add", "--all")
        return self.commit_index(date)

    def commit_index(self, date: str = "2025-03-01T12:00:00+02:00") -> str:
        tree = self.git("write-tree")
        parents = [] if not self._has_commits() else ["-p", self.head]
        stamp = ["-c", "commit.gpgsign=false"]
        done = subprocess.run(
            ["git", "-C", str(self.folder), *stamp, "commit-tree", tree, *parents, "-m", "x"],
            env={
                "PATH": "/usr/bin:/bin:/usr/local/bin",
                "GIT_COMMITTER_DATE": date,
                "GIT_AUTHOR_DATE": date,
                **{f"GIT_{who}_NAME": "A" for who in ("AUTHOR", "COMMITTER")},
                **{f"GIT_{who}_EMAIL": "a@example.org" for who in ("AUTHOR", "COMMITTER")},
            },
            capture_output=True,
            text=True,
            check=True,
        )
        commit = done.stdout.strip()
        self.git("update-ref", "HEAD", commit)
        return commit

    def commit_entries(self, *entries: tuple[str, str, str]) -> str:
        """Commit files of any mode and name: ``(mode, name, content or object id)``."""
        for mode, name, content in entries:
            if mode != "160000":
                content = self.git("hash-object", "-w", "--stdin", given=content)
            self.git("update-index", "--add", "--cacheinfo", f"{mode},{content},{name}")
        return self.commit_index()

    def commit_tree(self, *entries: tuple[str, str]) -> str:
        """Commit files of names that git itself would refuse, in one folder."""
        lines = []
        for name, content in entries:
            oid = self.git("hash-object", "-w", "--stdin", given=content)
            lines.append(f"100644 blob {oid}\t{name}\n")
        tree = self.git("mktree", given="".join(sorted(lines)))
        commit = self.git("commit-tree", tree, "-m", "x")
        self.git("update-ref", "HEAD", commit)
        return commit

    def _has_commits(self) -> bool:
        return bool(self.git("for-each-ref"))


def make_portal(root: Path) -> Path:
    """A portal without lessons."""
    files = {
        "conf/conf.py": 'extensions = ["guildhall"]\n',
        "conf/portal.yml": "title: Portal\nsources: [lessons]\n",
        "index.md": "# Home\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    (root / "lessons").mkdir()
    return root


def add_record(root: Path, key: str, more: str) -> None:
    """Write a lesson's record."""
    folder = root / "lessons" / key
    folder.mkdir(parents=True, exist_ok=True)
    text = f"kind: lesson\ntitle: Git\nsummary: About Git.\n{more}"
    (folder / "lesson.yml").write_text(text, encoding="utf-8")


def lessons_of(root: Path) -> tuple[Lesson, ...]:
    """The sound lessons of a portal."""
    settings, faults = load_settings(root)
    registry = load_registry(root, settings)
    assert [*faults, *registry.faults] == []
    return registry.of(Lesson)
