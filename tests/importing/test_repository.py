"""This repository's own past workshops, as they were imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.cli.importers.coderefinery.plugin import SCHEDULE, WORKSHOPS
from guildhall.cli.importers.importer import Importer
from guildhall.cli.importers.state import read_state
from guildhall.core.values.numbers import Range
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.registry import Registry, load_registry
from guildhall.model.settings.portal import load_settings
from guildhall.network.programme.programme import programme_of

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry(ROOT, load_settings(ROOT)[0])


def imported(registry: Registry, importer: Importer) -> list[Workshop]:
    paths = {ROOT / each.path for each in read_state(ROOT, importer.name).records.values()}
    return [each for each in registry.of(Workshop) if each.origin.path in paths]


def test_all_events_and_participants_of_the_source_are_there(registry: Registry) -> None:
    workshops = imported(registry, WORKSHOPS)
    stated = [each.participants for each in workshops if each.participants]
    assert len(workshops) == len(stated) == 42
    assert Range.total(each.total for each in stated) == Range.exactly(4855)
    assert sum(each.countries.get("NO", 0) for each in stated) == 736
    assert sum(each.unknown_country for each in stated) == 154
    for each in stated:
        parts = sum(each.countries.values()) + each.other_countries + each.unknown_country
        assert Range.exactly(parts) == each.total


def test_the_schedule_of_september_2026_is_in_local_time(registry: Registry) -> None:
    (workshop,) = imported(registry, SCHEDULE)
    programme = programme_of(workshop)
    assert not programme.faults
    assert len(programme.days) == 9
    first = next(day for day in programme.days if day.day.title == "Day 1")
    assert first.start is not None
    assert first.start.isoformat() == "2026-09-22T09:50:00+02:00"
