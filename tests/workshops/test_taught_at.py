"""Where a lesson is taught, as its landing page tells, and workshops as steps of a path."""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.sphinx_ext.lessons.landing import TAUGHT_AT

from ..portals import Build, Portal
from .portals import day, lesson, schedule, workshop

TODAY = {"GUILDHALL_TODAY": "2026-06-01"}
FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": "title: Small\nsources: [lessons, workshops]\n",
    "index.md": (
        "# Home\n\n```{toctree}\n:glob:\n\nlessons/*/index\nlessons/paths\nlessons/way\n"
        "workshops/*\n```\n"
    ),
    "lessons/git/lesson.yml": lesson("Git"),
    "lessons/git/index.md": "# Git\n\nText.\n",
    "lessons/testing/lesson.yml": lesson("Testing"),
    "lessons/alone/lesson.yml": lesson("Alone"),
    "lessons/paths.md": "# Paths\n\n:::{learning-paths}\n:::\n",
    "lessons/way.yml": (
        "kind: path\ntitle: The way\nsummary: It leads on.\naudience: learner\n"
        "steps:\n  - git\n  - {workshop: autumn, why: To practise.}\n"
        "  - {workshop: past, optional: true}\n"
    ),
    "workshops/past.yml": workshop(
        "lessons:\n"
        "  - {lesson: git, version: v1.2, url: https://example.org/git/v1.2}\n"
        "  - {lesson: testing, version: 3f0c9d1}",
        title="Past",
        start="2025-03-18",
        end="2025-03-20",
    ),
    "workshops/older.yml": workshop(
        "lessons: [git]", title="Older", start="2024-03-19", end="2024-03-21"
    ),
    "workshops/autumn.yml": workshop(
        schedule(
            day(
                "2026-09-22",
                'start: "09:00", minutes: 90, lessons: [git]',
                'minutes: 30, type: exercises, lessons: ["testing/one"]',
            )
        ),
        title="Autumn",
        start="2026-09-22",
        end="2026-09-22",
    ),
    "workshops/winter.yml": workshop(
        "lessons: [git]", "dates_are_open: true", title="Winter", start="2027-01-01",
        end="2027-02-28",
    ),
    "workshops/cancelled.yml": workshop(
        "lessons: [git, alone]", "status: cancelled", title="Not held", start="2026-10-01",
        end="2026-10-02",
    ),
}  # fmt: skip


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    made = Portal(tmp_path / "portal")
    made.write({**FILES, "lessons/testing/one.md": "# One\n"})
    return made


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    made = Portal(tmp_path_factory.mktemp("taught") / "portal")
    made.write({**FILES, "lessons/testing/one.md": "# One\n"})
    build = made.build(**TODAY)
    assert (build.code, build.warnings) == (0, "")
    return build


def text(build: Build, page: str, selector: str) -> list[str]:
    return [
        " ".join(each.get_text(" ", strip=True).split())
        for each in build.seen(page).select(selector)
    ]


def taught(build: Build, key: str) -> list[str]:
    return text(build, f"lessons/{key}/index.html", "#lesson-taught ul > li")


def test_what_comes_next_stands_first_then_the_latest(built: Build):
    assert taught(built, "git") == [
        "Autumn , 22 September 2026 announced",
        "Winter , January 2027 – February 2027 planned",
        "Past , 18–20 March 2025 ( version v1.2 )",
        "Older , 19–21 March 2024",
    ]


def test_the_version_that_was_taught_is_linked_where_it_can_be_read(built: Build):
    (link,) = built.page("lessons/git/index.html").select("#lesson-taught a.external")
    assert (link["href"], link.get_text()) == ("https://example.org/git/v1.2", "version v1.2")
    assert taught(built, "testing")[1] == "Past , 18–20 March 2025 (version 3f0c9d1)"


def test_an_episode_in_a_session_counts_as_well(built: Build):
    assert taught(built, "testing")[0] == "Autumn , 22 September 2026 announced"


def test_a_lesson_that_only_a_cancelled_workshop_names_was_taught_nowhere(built: Build):
    assert taught(built, "alone") == []
    assert not built.page("lessons/alone/index.html").select("#lesson-taught")


def test_workshops_beyond_the_list_are_counted(portal: Portal):
    many = {
        f"workshops/many-{number}.yml": workshop(
            "lessons: [alone]",
            title=f"Nr {number}",
            start=f"20{number}-05-01",
            end=f"20{number}-05-02",
        )
        for number in range(11, 12 + TAUGHT_AT)
    }
    portal.write(many)
    build = portal.build(**TODAY)
    assert len(taught(build, "alone")) == TAUGHT_AT
    assert text(build, "lessons/alone/index.html", "#lesson-taught > p") == [
        "And at 1 more workshop."
    ]
    portal.write({"workshops/first.yml": many["workshops/many-11.yml"].replace("2011", "2010")})
    build = portal.build(**TODAY)
    assert text(build, "lessons/alone/index.html", "#lesson-taught > p") == [
        "And at 2 more workshops."
    ]


def test_a_new_workshop_reads_exactly_the_lessons_that_it_teaches(portal: Portal):
    portal.build(**TODAY)
    new = workshop("lessons: [alone]", title="New", start="2026-08-04", end="2026-08-05")
    portal.write({"workshops/new.yml": new})
    build = portal.build(**TODAY)
    assert {each for each in build.read if each.startswith("lessons/")} == {"lessons/alone/index"}
    assert taught(build, "alone") == ["New , 4–5 August 2026 announced"]


def test_the_list_follows_the_day(portal: Portal):
    portal.build(**TODAY)
    same = portal.build(GUILDHALL_TODAY="2026-09-21")
    assert not {each for each in same.read if each.startswith("lessons/")}
    later = portal.build(GUILDHALL_TODAY="2026-09-23")
    assert "lessons/git/index" in later.read
    assert "lessons/alone/index" not in later.read
    assert taught(later, "git")[:2] == [
        "Winter , January 2027 – February 2027 planned",
        "Autumn , 22 September 2026",
    ]


def test_a_workshop_as_a_step_of_a_path_shows_its_dates_and_state(built: Build):
    assert text(built, "lessons/way.html", "ol.gh-path-steps > li") == [
        "Git",
        "Autumn , 22 September 2026 announced , 2 h To practise.",
        "Past , 18–20 March 2025 (optional)",
    ]
    (step,) = text(built, "lessons/git/index.html", "#lesson-paths li")
    assert step == "The way , step 1 of 3. After this: Autumn"


def test_a_workshop_s_teaching_counts_in_the_path_s_length(built: Build):
    assert text(built, "lessons/paths.html", "dl.gh-paths .gh-card-meta") == [
        "Steps: 3 · at least 2 h"
    ]


def test_pages_of_a_path_follow_its_workshops(portal: Portal):
    portal.build(**TODAY)
    portal.change("workshops/autumn.yml", "minutes: 90", "minutes: 120")
    build = portal.build(**TODAY)
    assert {"lessons/way", "lessons/paths"} <= build.read
    assert text(build, "lessons/paths.html", "dl.gh-paths .gh-card-meta") == [
        "Steps: 3 · at least 2 h 30 min"
    ]
