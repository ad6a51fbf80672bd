"""Small portals for tests, written to disk from texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guildhall.model.records.kinds.project import Project
from guildhall.model.records.registry import Registry, load_registry
from guildhall.model.settings.portal import Settings, load_settings

TODAY = date(2025, 6, 1)


@dataclass(frozen=True)
class Portal:
    """A portal on disk, read."""

    root: Path
    registry: Registry
    settings: Settings

    @property
    def project(self) -> Project:
        """The current project."""
        project = self.registry.get(Project, self.settings.project)
        assert project is not None
        return project


def make_portal(root: Path, files: Mapping[str, str]) -> Portal:
    """Write files, by path below ``root``, and read them as a portal."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    settings, faults = load_settings(root, TODAY)
    assert not faults
    return Portal(root, load_registry(root, settings), settings)


def person(name: str) -> str:
    """A person's record."""
    return f"kind: person\nname: {name}\nsort_name: {name}\nconsent: given\n"


def partner(name: str, *, country: str = "NO", takes_part: bool = True, more: str = "") -> str:
    """A partner's record, for the project ``one``."""
    participation = """
  - project: one
    groups: Everybody.
    involvement: Everything."""
    return f"""\
kind: partner
name: {name}
short_name: {name}
country: {country}
contact: somebody
description: A place.
participation:{participation if takes_part else " []"}
{more}"""


SMALL: dict[str, str] = {
    "conf/portal.yml": "title: Small\nproject: one\nsources: [partners]\n",
    "partners/one.yml": """\
kind: project
name: One
type: Project
phase: Only
start: 2025-03-01
end: 2026-02-28
summary: A project.
in_kind:
  notes:
    a:
      text: A grant is pending.
      condition:
        name: a pending grant
        effect: depends
    b:
      text: Funding has ended.
  stated:
    years:
      2025: 6-9
      2026: 5
    total: 11-14
budget:
  currency: EUR
  payer: The funder
  rates:
    NOK: 0.1
  notes:
    c:
      text: Trips are needed.
  stated:
    years:
      2025: 1500
      2026: 500
    total: 2000
claims:
  - text: two partners
    figure: partners.count
    value: 2
  - text: 11 to 14 person-months
    figure: in_kind.total
    value: 11-14
""",
    "partners/people/somebody.yml": person("Somebody"),
    "partners/organisations/alpha.yml": partner("Alpha", more="funding:\n  ends: 2025\n"),
    "partners/organisations/beta.yml": partner("Beta", country="IS"),
    "partners/rows/alpha.yml": """\
kind: in-kind
project: one
partner: alpha
name: Alpha
amounts:
  2025: 4-6
  2026: 3 [b]
total: 7-9 [b]
""",
    "partners/rows/beta.yml": """\
kind: in-kind
project: one
partner: beta
name: Beta
amounts:
  2025: 2-3 [a]
  2026: 2
total: 4-5 [a]
""",
    "partners/budget/grant.yml": """\
kind: budget-line
project: one
name: Travel grant
order: 1
type: allocation
purpose: travel
currency: EUR
amounts:
  2025: 300
  2026: 300
total: 600
""",
    "partners/budget/trips.yml": """\
kind: budget-line
project: one
name: Trips
order: 2
type: requirement
purpose: travel
currency: EUR
notes: [c]
amounts:
  2025: 500
  2026: 500
total: 1000
""",
    "partners/budget/hosting.yml": """\
kind: budget-line
project: one
name: Hosting
order: 3
type: cost
purpose: operations
currency: NOK
amounts:
  2025: 10000
  2026: 0
total: 10000
""",
}
"""A portal in which every check has something to look at, and finds nothing wrong."""

BARE = """\
kind: project
name: Bare
type: Project
phase: Next
start: 2026-03-01
end: 2029-02-28
summary: A project without tables.
"""
"""A project that comes before the other in every check, and leaves it nothing to look at."""
