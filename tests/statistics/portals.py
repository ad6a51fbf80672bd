"""A small portal with workshops of several years."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from guildhall.model.records.registry import Registry
from guildhall.network.statistics.by_year import Statistics

from ..portals import person
from ..workshops.portals import day, load, schedule, workshop

TODAY = date(2026, 3, 18)
"""The second day of the workshop of March 2026."""

PROJECT = """\
kind: project
name: Phase one
type: Project
phase: Execution
start: 2025-03-01
end: 2026-02-28
summary: S.
"""

FILES = {
    "conf/portal.yml": "title: Portal\nlicence: CC-BY-4.0\nproject: phase-one\n",
    "partners/phase-one.yml": PROJECT,
    "partners/plan.yml": (
        "kind: activity\nproject: phase-one\ntitle: Git\nyear: 2026\ntype: workshop\n"
    ),
    "partners/people/ada.yml": person("Ada Berg", "Berg, Ada"),
    "partners/people/eva.yml": person("Eva Dahl", "Dahl, Eva"),
    "partners/people/odd.yml": person("Odd Fure", "Fure, Odd").replace("given", "withheld"),
    "lessons/git/lesson.yml": "kind: lesson\ntitle: Git\nsummary: S.\n",
    "lessons/shell/lesson.yml": "kind: lesson\ntitle: Shell\nsummary: S.\n",
    "workshops/first.yml": workshop(
        "format: in-person",
        "hours: 10-12",
        "people: {instructor: [ada], helper: [eva]}",
        "lessons: [git]",
        "participants: {total: 30, countries: {NO: 20, SE: 7, IS: 3}}",
        start="2024-12-30",
        end="2025-01-03",
    ),
    "workshops/unsaid.yml": workshop("format: online", start="2025-02-03", end="2025-02-05"),
    "workshops/second.yml": workshop(
        "format: online",
        "people: {instructor: [ada, eva], co-instructor: [odd]}",
        "lessons: [git, shell]",
        "participants:",
        "  total: 100",
        "  countries: {NO: 40, SE: 30, IS: 8}",
        "  other_countries: 12",
        "  unknown_country: 10",
        "  career_stages: {phd-student: 60, other: 20}",
        "  unknown_stage: 20",
        schedule(
            day(
                "2025-09-09",
                'start: "09:00", minutes: 90, title: Git, lessons: [git]',
                "minutes: 15, type: break, title: Break",
                "minutes: 60, type: exercises, title: Git",
                "minutes: 60, title: Shell, cancelled: true, lessons: [shell]",
            )
        ),
        start="2025-09-09",
        end="2025-09-09",
    ),
    "workshops/running.yml": workshop("fulfils: [plan]", "format: online"),
    "workshops/coming.yml": workshop(start="2026-05-05", end="2026-05-06"),
    "workshops/off.yml": workshop("status: cancelled", start="2025-05-05", end="2025-05-06"),
    "workshops/later.yml": workshop("status: postponed", start="2025-05-07", end="2025-05-08"),
    "workshops/vague.yml": workshop("dates_are_open: true", start="2025-06-01", end="2025-06-30"),
    "workshops/told.yml": workshop("status: announced", start="2025-06-02", end="2025-06-03"),
    "workshops/team.yml": workshop("type: meeting", start="2025-05-12", end="2025-05-13"),
}


def statistics(root: Path, today: date = TODAY, below: int = 0) -> Statistics:
    """The statistics of the portal."""
    return Statistics(registry(root), today, below)


def registry(root: Path) -> Registry:
    """Its records."""
    return load(root, FILES)
