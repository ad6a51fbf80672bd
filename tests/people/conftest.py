"""The small portal of people, built once for all tests that only look."""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.model.records.registry import Registry, load_registry
from guildhall.model.settings.portal import Settings

from ..portals import Build, Portal
from .files import FILES


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """The records of the portal."""
    root = tmp_path_factory.mktemp("records") / "portal"
    Portal(root).write(FILES)
    found = load_registry(root, Settings(sources=("lessons", "workshops", "partners")))
    assert found.faults == ()
    return found


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    """The portal on disk, to be changed and built."""
    made = Portal(tmp_path / "portal")
    made.write(FILES)
    return made


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The portal as a site."""
    made = Portal(tmp_path_factory.mktemp("site") / "portal")
    made.write(FILES)
    built = made.build()
    assert built.warnings == ""
    return built
