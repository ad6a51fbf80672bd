"""Whatever a file to import holds: records that are sound come of it, or messages, and no more."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guildhall.cli.main import main
from guildhall.core.values.legible import DIRECTIONS
from guildhall.model.records.registry import load_registry
from guildhall.model.settings.portal import load_settings

from ..importing.samples import make_portal
from .attacks import HERE, read_rows

ROWS = read_rows(HERE / "imports.md")
VALUES = [row for row in ROWS if len(row) == 3]
FILES = [row for row in ROWS if len(row) == 2]
EVENT = {
    "name": "Online workshop",
    "website": "https://example.org/",
    "start_date": "2026-03-17",
    "end_date": "2026-03-18",
    "organizers": ["Diana Iusan"],
    "num_participants": {"FI": 2, "total": 2},
}
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.yml|\.[a-z-]+\.json")


def imported(tmp_path: Path, text: str) -> tuple[Path, Result, set[Path]]:
    """Import a file; what was written is given as paths."""
    root = make_portal(tmp_path / "portal")
    before = set(tmp_path.rglob("*"))
    file = tmp_path / "full-workshops.yml"
    file.write_text(text, encoding="utf-8")
    command = ["import", "coderefinery-workshops", str(file), "--root", str(root)]
    result = CliRunner().invoke(main, command)
    return root, result, set(tmp_path.rglob("*")) - before - {file}


def is_sound(root: Path, result: Result, written: set[Path]) -> None:
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    assert not DIRECTIONS & set(result.output)
    assert re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", result.output) is None
    assert "u:HOSTILE@" not in result.output
    for path in written:
        assert path.is_relative_to(root)
        assert path.is_dir() or NAME.fullmatch(path.name) or "import" in path.as_posix(), path
    assert load_registry(root, load_settings(root)[0]).faults == ()


@pytest.mark.parametrize(("key", "value", "tried"), VALUES, ids=[row[2] for row in VALUES])
def test_a_hostile_value_is_text_or_refused(tmp_path: Path, key: str, value: str, tried: str):
    event = {**EVENT, key: json.loads(value)}
    is_sound(*imported(tmp_path, json.dumps({"events": [event]})))


@pytest.mark.parametrize(("text", "tried"), FILES, ids=[row[1] for row in FILES])
def test_a_hostile_file_is_refused(tmp_path: Path, text: str, tried: str):
    written = text.replace("\\n", "\n")
    written = re.sub(r"\\u([0-9a-f]{4})", lambda escape: chr(int(escape[1], 16)), written)
    root, result, new = imported(tmp_path, written)
    is_sound(root, result, new)
    assert new == set()
    assert result.exit_code in {1, 2} or "Nothing to import" in result.output
