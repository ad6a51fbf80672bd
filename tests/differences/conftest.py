from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ..ledger.portals import SMALL
from .repositories import IDENTITY, Repository

Make = Callable[..., Repository]


@pytest.fixture(autouse=True)
def _on_a_known_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUILDHALL_TODAY", "2026-03-01")
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"):
        monkeypatch.setenv(name, IDENTITY[name])


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes a portal in a repository: the small one, with further files."""

    def making(more: Mapping[str, str] | None = None, *, only: bool = False) -> Repository:
        return Repository(tmp_path / "portal", {**({} if only else SMALL), **(more or {})})

    return making


@pytest.fixture
def small(make: Make) -> Repository:
    return make()
