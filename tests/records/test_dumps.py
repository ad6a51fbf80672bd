"""Records as plain data, as mentions and fingerprints look through them."""

from __future__ import annotations

import warnings
from pathlib import Path

from guildhall.model.records.registry import load_registry
from guildhall.model.settings.portal import load_settings

REPOSITORY = Path(__file__).parents[2]


def test_all_records_of_the_portal_are_dumped_without_a_warning():
    registry = load_registry(REPOSITORY, load_settings(REPOSITORY)[0])
    assert any(getattr(each, "notes", ()) for each in registry.records.values())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for record in registry.records.values():
            record.model_dump(mode="json")
