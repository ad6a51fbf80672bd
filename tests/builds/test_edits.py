"""However a portal is edited, the next build gives the same bytes as a clean one.

Each edit is taken up by an incremental build. What one of them leaves stale stays stale, so not
each of them has to be followed by a clean build: every few edits the whole site is compared.
"""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from guildhall.cli.building.inputs import Inputs
from guildhall.sphinx_ext.incremental.file_digests import FileDigests, moment_in

from .. import commands
from .edits import Editor

STEPS = int(os.environ.get("GUILDHALL_TEST_EDITS", "100"))
"""Edits for each seed."""
PER_BUILD = 5
"""Most edits that one build takes up."""
COMPARED_AFTER = 5
"""Builds after which a clean one is made."""


def build(root: Path, out: Path, *options: str) -> tuple[int, str]:
    """Build a portal; the exit code, and what was told."""
    run = commands.run(
        *("sphinx", "-q", "--no-color", "-c", "conf", "-d", f"{out}-trees"),
        *(*options, ".", str(out)),
        cwd=root,
        env={**os.environ, "GUILDHALL_TODAY": "2025-06-01"},
    )
    return run.returncode, run.stdout + run.stderr


def files_in(folder: Path) -> dict[str, bytes]:
    """All files of a site by their paths."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def noticed(editor: Editor, digests: FileDigests, memory: Path) -> str:
    """Make an edit that a build notices if it changed anything, and only then; says which."""
    digests.moment = moment_in(memory)
    before, held = Inputs(editor.root, digests), files_in(editor.root)
    done = editor.edit()
    after = Inputs(editor.root, FileDigests(before.kept()))
    assert (after.files != before.files) == (files_in(editor.root) != held), done
    return done


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_site_after_many_edits_is_like_a_clean_one(tmp_path: Path, seed: int):
    root, out, clean = (tmp_path / name for name in ("portal", "out", "clean"))
    editor, digests = Editor(root, seed), FileDigests()
    chance = random.Random(seed)
    done: list[str] = []
    builds = 0
    while True:
        options = ("-j", "2") if chance.random() < 0.1 else ()
        code, told = build(root, out, *options)
        assert code == 0, (done[-10:], told)
        builds += 1
        if builds % COMPARED_AFTER == 1 or len(done) >= STEPS:
            shutil.rmtree(clean, ignore_errors=True)
            shutil.rmtree(f"{clean}-trees", ignore_errors=True)
            code, told = build(root, clean)
            assert code == 0, told
            ours, theirs = files_in(out), files_in(clean)
            assert ours.keys() == theirs.keys(), done[-PER_BUILD * COMPARED_AFTER :]
            differ = sorted(name for name in ours if ours[name] != theirs[name])
            assert differ == [], done[-PER_BUILD * COMPARED_AFTER :]
        if len(done) >= STEPS:
            return
        for _ in range(chance.randint(1, PER_BUILD)):
            done.append(noticed(editor, digests, tmp_path))
