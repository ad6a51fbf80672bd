"""All rules of all areas."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import ModuleType

from guildhall.core.findings.rule import Rule, rules_by_id

_PACKAGES: dict[str, tuple[str, ...]] = {
    "records": ("core", "model.base"),
    "sums": ("network.ledger",),
    "lessons": ("network.lessons",),
    "workshops": ("network.workshops",),
    "missing": ("check.missing",),
    "lint": ("check.lint",),
    "links": ("check.site",),
    "content": ("check.content",),
    "external": ("check.external",),
    "style": ("check.fixes",),
    "due": ("check.due",),
    "check": ("check.run",),
}
"""The packages of each area, whose modules ``rules`` hold its rules, in the order of reports."""


def modules_of(area: str) -> tuple[ModuleType, ...]:
    """The modules that hold the rules of an area."""
    return tuple(import_module(f"guildhall.{name}.rules") for name in _PACKAGES[area])


@cache
def areas() -> Mapping[str, Mapping[str, Rule]]:
    """The rules by the area that looks for them, in the order of reports."""
    return {
        area: rules_by_id(rule for module in modules_of(area) for rule in module.RULES.values())
        for area in _PACKAGES
    }


@cache
def all_rules() -> Mapping[str, Rule]:
    """All rules by id."""
    return rules_by_id(rule for area in areas().values() for rule in area.values())
