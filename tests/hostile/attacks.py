"""Reads the tables of attacks, and builds a portal that all attacks of a table are made on at once.

An attack is a title, one or more files of a foreign lesson, and what must hold. What must hold of
every attack needs no words: nothing of it runs, and no secret leaves its file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from guildhall.model.records.lock import Locked, write_lock

from ..lessons.repositories import Repository
from ..portals import Build, Portal

HERE = Path(__file__).parent
SECRET = "TOP-SECRET"
_ATTACK = re.compile(r"^## (?P<title>[^\n]+)\n(?P<body>.*?)(?=^## |\Z)", re.DOTALL | re.MULTILINE)
_FILE = re.compile(
    r"^`(?P<name>[^`\n]+)`\n\n(?P<fence>`{3,})\n(?P<text>.*?)^(?P=fence)$", re.DOTALL | re.MULTILINE
)
_HOLDS = re.compile(r"^- (?P<what>shows|lacks|told): `(?P<text>.+)`$", re.MULTILINE)
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


@dataclass(frozen=True)
class Attack:
    """One attack.

    Args:
        title: what is tried.
        files: the files of the lesson, by name; the first one is the page that is looked at.
        holds: what must hold: ``(shows or lacks or told, text)``.
    """

    title: str
    files: dict[str, str]
    holds: tuple[tuple[str, str], ...]

    @property
    def folder(self) -> str:
        """The attack's own folder in the lesson."""
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")

    @property
    def page(self) -> str:
        """The page that is looked at, without suffix."""
        return next(iter(self.files)).rpartition(".")[0]


def read_attacks(table: Path) -> list[Attack]:
    """All attacks of a table of files.

    In texts, `@NAME@` stands for what :func:`spell` is given under that name, and `\\uXXXX` for the
    character.
    """
    attacks = []
    for found in _ATTACK.finditer(table.read_text(encoding="utf-8")):
        body = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), found["body"])
        files = {each["name"]: each["text"] for each in _FILE.finditer(body)}
        outside = _FILE.sub("", body)
        holds = tuple((each["what"], each["text"]) for each in _HOLDS.finditer(outside))
        assert files, f"{table.name}: {found['title']} has no files"
        attacks.append(Attack(found["title"], files, holds))
    folders = [attack.folder for attack in attacks]
    assert len(set(folders)) == len(folders), f"{table.name}: two attacks of one name"
    return attacks


def read_rows(table: Path) -> list[tuple[str, ...]]:
    """The rows of all Markdown tables of a file, without their heads; cells may be in backticks."""
    rows = []
    lines = table.read_text(encoding="utf-8").splitlines()
    for before, line in zip(["", *lines], lines, strict=False):
        is_row = line.startswith("| ") and before.startswith("|")
        if is_row:
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            bare = (cell[1:-1] if cell[:1] == cell[-1:] == "`" else cell for cell in cells)
            rows.append(tuple(cell.replace("\\|", "|") for cell in bare))
    return rows


def spell(text: str, **words: str) -> str:
    """A text with `@NAME@` spelled out."""
    for name, word in words.items():
        text = text.replace(f"@{name}@", word)
    return text


class HostileLesson:
    """A portal with an external lesson, which holds the files of all attacks.

    Args:
        root: a folder of its own.
        attacks: what the lesson holds.
        records: what follows in the record of each lesson; all have the same pages.
    """

    def __init__(self, root: Path, attacks: Iterable[Attack], records: dict[str, str]) -> None:
        self.proof = root / "proof"
        self.proof.mkdir(parents=True)
        secret = root / "outside" / "secret.txt"
        secret.parent.mkdir()
        secret.write_text(f"{SECRET}\n", encoding="utf-8")
        self.portal = Portal(root / "portal")
        self.portal.write(
            {
                "conf/conf.py": 'extensions = ["guildhall"]\n',
                "conf/portal.yml": "title: Portal\nsources: [lessons, pages]\n",
                "conf/secret.txt": f"{SECRET}\n",
                "secret.txt": f"{SECRET}\n",
                "index.md": "# Home\n\n```{toctree}\n:glob:\n\nlessons/*/index\npages/*\n```\n",
                "pages/own.md": "# Own page\n\nThe portal's own.\n",
            }
        )
        files = {"content/index.md": "# Lesson\n\n```{toctree}\n:glob:\n\n*/*\n```\n"}
        for attack in attacks:
            words = {
                "PROOF": str(self.proof / attack.folder),
                "SECRET": str(secret),
                "ROOT": str(self.portal.root),
            }
            for name, text in attack.files.items():
                files[f"content/{attack.folder}/{name}"] = spell(text, **words)
        repository = Repository(root / "repository", files)
        entries = {}
        for key, more in records.items():
            self.portal.write(
                {
                    f"lessons/{key}/lesson.yml": (
                        f"kind: lesson\ntitle: {key}\nsummary: A lesson.\nlicence: CC-BY-4.0\n"
                        f"source: {{git: '{repository.address}', ref: main, path: content}}\n{more}"
                    )
                }
            )
            entries[key] = Locked.model_validate(
                {
                    "git": repository.address,
                    "ref": "main",
                    "commit": repository.head,
                    "date": "2025-03-01T10:00:00Z",
                }
            )
        write_lock(self.portal.root, entries)

    def fetch(self) -> None:
        """Get the pages, as every build of Guildhall does first."""
        from guildhall.network.lessons.sources import ensure

        from ..lessons.repositories import lessons_of

        assert ensure(self.portal.root, lessons_of(self.portal.root), lambda line: None) == []

    def build(self, *options: str, **environment: str) -> HostileBuild:
        """Build the site."""
        self.fetch()
        return HostileBuild(self, self.portal.build(*options, **environment))


@dataclass
class HostileBuild:
    """What a build of a portal with attacks gave."""

    lesson: HostileLesson
    build: Build

    @property
    def ran(self) -> list[str]:
        """The folders of attacks of which something ran."""
        return sorted(path.name for path in self.lesson.proof.iterdir())

    def html(self, key: str, attack: Attack) -> str:
        """The page that an attack is looked at on."""
        path = self.build.folder / "lessons" / key / attack.folder / f"{attack.page}.html"
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def told(self, key: str, attack: Attack) -> str:
        """What was told of the attack's files."""
        return "".join(
            line
            for line in self.build.warnings.splitlines(keepends=True)
            if f"/{key}/" in line and f"/{attack.folder}/" in line
        )

    def secrets(self) -> list[str]:
        """The files of the site, and of what the build remembers, that hold a secret."""
        folders = (self.build.folder, Path(f"{self.build.folder}-trees"))
        return sorted(
            str(path.relative_to(folder.parent))
            for folder in folders
            for path in folder.rglob("*")
            if path.is_file() and SECRET.encode() in path.read_bytes()
        )

    def failures(self, key: str, attacks: Iterable[Attack]) -> list[str]:
        """What doesn't hold of a lesson, a line for each."""
        failed = []
        for attack in attacks:
            html, told = self.html(key, attack), self.told(key, attack)
            for what, text in attack.holds:
                found = text in (told if what == "told" else html)
                if found == (what == "lacks"):
                    failed.append(f"{key}: {attack.title}: {what} {text!r}")
        return failed
