"""Portals with seeded faults, what is expected of each, and the command that has to find it."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .. import commands

HERE = Path(__file__).parent
PORTALS = HERE / "portals"
TODAY = "2026-06-01"

_ROW = re.compile(
    r"^\| (?P<place>[^|]+) \| (?P<rule>[^|]+) \| (?P<level>[^|]+) \| (?P<words>.+) \|$"
)
_NOT_OURS = re.compile(
    r"GUILDHALL_|GITHUB_|SOURCE_DATE_EPOCH|(?:HTTPS?|ALL|NO)_PROXY", re.IGNORECASE
)
_PADDING = re.compile(r"@PAD (\d+)@")


@dataclass(frozen=True, order=True)
class Told:
    """A finding: of a run its whole message, of a table the words that it has to hold."""

    place: str
    rule: str
    level: str
    words: str

    def is_found_by(self, found: Told) -> bool:
        """Whether a finding of a run is this row of a table."""
        mine = (self.place, self.rule, self.level)
        return mine == (found.place, found.rule, found.level) and self.words in found.words


@dataclass(frozen=True)
class Run:
    """One run of the command."""

    code: int
    told: list[Told]
    errors: str


def expected(name: str) -> list[Told]:
    """The rows of a portal's table; a `\\|` in words stands for the sign."""
    lines = (HERE / f"{name}.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| ")][1:]
    found = [_ROW.match(row) for row in rows]
    assert all(found), "a row that isn't one"
    return [Told(*(cell.replace("\\|", "|") for cell in each.groups())) for each in found if each]


def copy_of(name: str, into: Path) -> Path:
    """A copy of a portal, with what can't be kept in a repository.

    That is: files that are there only to be heavy, and names that differ in case alone.
    """
    root = into / name
    shutil.copytree(PORTALS / name, root)
    for path in root.rglob("*"):
        raw = path.read_bytes() if path.is_file() else b""
        if b"@PAD " in raw:
            text = _PADDING.sub(lambda found: "x" * int(found[1]), raw.decode("utf-8"))
            path.write_text(text, encoding="utf-8")
    report = root / "conf/extra/files/report.txt"
    if report.exists():
        report.with_name("REPORT.txt").write_text("Another file.\n", encoding="utf-8")
    return root


def check(root: Path, *options: str, environment: Mapping[str, str] | None = None) -> Run:
    """Check a portal by the command, as people do."""
    kept = {key: value for key, value in os.environ.items() if not _NOT_OURS.match(key)}
    run = commands.run(
        *("guildhall.cli.main", "check", "--format", "json", "--today", TODAY, *options),
        cwd=root,
        env={**kept, **(environment or {})},
    )
    assert run.stdout.startswith("{"), run.stderr
    findings = json.loads(run.stdout)["findings"]
    return Run(run.returncode, [_told(each) for each in findings], run.stderr)


def _told(finding: Mapping[str, object]) -> Told:
    numbers = [str(finding[name]) for name in ("line", "column") if finding.get(name)]
    place = ":".join([str(finding["path"] or "–"), *numbers])
    words = " ".join(str(finding["message"]).split())
    return Told(place, str(finding["rule"]), str(finding["level"]), words)


def differences(wanted: list[Told], found: list[Told]) -> tuple[list[Told], list[Told]]:
    """What a table has and a run hasn't, and what a run has and the table hasn't."""
    missing, left = [], list(found)
    for row in wanted:
        match = next((each for each in left if row.is_found_by(each)), None)
        if match is None:
            missing.append(row)
        else:
            left.remove(match)
    return missing, left
