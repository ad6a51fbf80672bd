from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from guildhall.model.records.registry import Registry, load_registry
from guildhall.model.settings.portal import load_settings
from guildhall.network.ledger.checks import run_checks
from guildhall.network.results import Report

Files = Mapping[str, str | bytes]


@dataclass(frozen=True)
class Portal:
    """What reading a portal gave; paths in faults are relative to its root."""

    registry: Registry
    faults: list[str]
    report: Report


@pytest.fixture
def portal(tmp_path: Path) -> Callable[[Files], Portal]:
    """Writes files, by path below a portal's root, and reads them as a portal."""

    def write_and_read(files: Files) -> Portal:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        settings, faults = load_settings(tmp_path, date(2025, 6, 1))
        registry = load_registry(tmp_path, settings)
        told = [str(fault.relative_to(tmp_path)) for fault in (*faults, *registry.faults)]
        return Portal(registry, told, run_checks(registry, settings))

    return write_and_read
