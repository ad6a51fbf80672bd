from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .portals import BARE, SMALL, Portal, make_portal

Edits = dict[str, tuple[str, str] | str]
FILES = {**SMALL, "partners/bare.yml": BARE}


@pytest.fixture
def spoilt(tmp_path: Path) -> Callable[[Edits], Portal]:
    """The small portal with edits: new files as text, changes as (old, new), each old once."""

    def spoil(edits: Edits) -> Portal:
        files = dict(FILES)
        for name, edit in edits.items():
            if isinstance(edit, str):
                files[name] = edit
                continue
            old, new = edit
            assert files[name].count(old) == 1, f"{old!r} in {name}"
            files[name] = files[name].replace(old, new)
        return make_portal(tmp_path, files)

    return spoil


@pytest.fixture
def small(tmp_path: Path) -> Portal:
    return make_portal(tmp_path, FILES)
