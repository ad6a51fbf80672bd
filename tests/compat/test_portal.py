"""A small portal with Sphinx as it is installed, without a warning."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ..portals import Portal

CLEAN = Path(__file__).parents[1] / "proof/portals/clean"


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    root = tmp_path / "portal"
    shutil.copytree(CLEAN, root)
    return Portal(root)


def test_it_is_built_and_built_again(portal: Portal):
    first = portal.build("-W", "-j", "2")
    assert (first.code, first.warnings) == (0, "")
    assert first.page("lessons/git/commit.html").select_one("article")
    before = first.snapshot()
    second = portal.build("-W", "-j", "2")
    assert (second.code, second.warnings, second.read, second.written) == (0, "", set(), set())
    assert second.snapshot() == before
