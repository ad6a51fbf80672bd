"""What `guildhall lessons add` proposes of a stranger's lesson is a sound record, and only that."""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.model.records.load import load_record
from guildhall.network.lessons.proposal import Repository, propose

from .attacks import HERE, read_rows

LINES = read_rows(HERE / "proposals.md")


@pytest.mark.parametrize(("line", "tried"), LINES)
def test_nothing_that_could_act_is_proposed(tmp_path: Path, line: str, tried: str):
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "conf.py").write_text(f"{line}\n", encoding="utf-8")
    (folder / "index.md").write_text("# Lesson\n", encoding="utf-8")
    address = "https://host.example/x.git"
    text = propose("git", Repository(folder, address, "main", None, "0" * 40))
    stated = [each for each in text.splitlines() if not each.startswith("#")]
    assert [each for each in stated if "HOSTILE" in each] == []
    path = tmp_path / "lesson.yml"
    path.write_text(text, encoding="utf-8")
    loaded = load_record(path, "lessons/git/index")
    assert loaded.faults == ()
    assert loaded.record is not None
    assert loaded.record.model_dump()["source"]["git"] == address
