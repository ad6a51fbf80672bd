"""Learning paths on pages: steps, length, what comes before what, and a lesson's place."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..portals import Build, Portal

FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": "title: Small\nsources: [lessons]\n",
    "index.md": "# Home\n\n```{toctree}\nlessons/index\nlessons/paths\nlessons/plain\n```\n",
    "lessons/plain.md": "# Plain\n",
    "lessons/index.md": "# Lessons\n\n:::{lesson-catalogue}\n:::\n",
    "lessons/paths.md": (
        "# Paths\n\n:::{learning-paths}\n:::\n\n```{toctree}\n:hidden:\n\nway\nother\n```\n"
    ),
    "lessons/way.yml": (
        "kind: path\ntitle: The way\nsummary: It leads on.\naudience: instructor\n"
        "outcomes: [Go on.]\nsteps:\n  - {lesson: b, why: For *this*.}\n  - c\n"
        "  - {url: https://example.org/x, title: Elsewhere, minutes: 30, optional: true}\n"
    ),
    "lessons/other.yml": (
        "kind: path\ntitle: The other\nsummary: It too.\naudience: learner\nsteps: [old]\n"
    ),
    "lessons/a/lesson.yml": "kind: lesson\ntitle: Alpha\nsummary: S.\nlevel: beginner\n",
    "lessons/a/one.md": "---\nteaching: 30\n---\n# One\n",
    "lessons/b/lesson.yml": (
        "kind: lesson\ntitle: Beta\nsummary: S.\nlevel: advanced\nprerequisites:\n  - lesson: a\n"
    ),
    "lessons/b/one.md": "---\nteaching: 60\nexercises: 30\n---\n# One\n",
    "lessons/c/lesson.yml": (
        "kind: lesson\ntitle: R & D\nsummary: S.\nlevel: beginner\nteaching: 20\n"
        "prerequisites:\n  - lesson: b\n  - lesson: a\n"
    ),
    "lessons/old/lesson.yml": (
        "kind: lesson\ntitle: Old\nsummary: S.\nstatus: archived\nsuccessor: a\n"
    ),
}


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    made = Portal(tmp_path / "portal")
    made.write(FILES)
    return made


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    made = Portal(tmp_path_factory.mktemp("paths") / "portal")
    made.write(FILES)
    build = made.build()
    assert (build.code, build.warnings) == (0, "")
    return build


def text(build: Build, page: str, selector: str) -> list[str]:
    return [
        " ".join(each.get_text(" ", strip=True).split())
        for each in build.page(page).select(selector)
    ]


def test_paths_are_listed_by_whom_they_are_for(built: Build):
    assert text(built, "lessons/paths.html", "main .rubric, main dl.gh-paths") == [
        "Learners",
        "The other It too. Steps: 1",
        "Instructors",
        "The way It leads on. Steps: 3 · 1 h 50 min, and 30 min optional",
    ]


def test_facts_of_a_path(built: Build):
    assert text(built, "lessons/way.html", "dl.gh-facts dt") == [
        "For",
        "Steps",
        "Length",
        "Level",
        "Afterwards you can",
    ]
    assert text(built, "lessons/way.html", "dl.gh-facts > dd") == [
        "Instructors",
        "3",
        "1 h 50 min, and 30 min optional",
        "Beginner and Advanced",
        "Go on.",
    ]


def test_steps_in_order_with_what_each_is_for(built: Build):
    assert text(built, "lessons/way.html", "ol.gh-path-steps > li") == [
        "Beta , 1 h 30 min For this .",
        "R & D , 20 min",
        "Elsewhere , 30 min (optional)",
    ]


def test_an_archived_step_names_what_to_take_instead(built: Build):
    assert text(built, "lessons/other.html", "ol.gh-path-steps > li") == [
        "Old Archived Instead: Alpha"
    ]


def test_the_drawing_says_the_same_as_the_list_below_it(built: Build):
    page = built.page("lessons/way.html")
    (svg,) = page.select("figure.gh-chart svg")
    assert [each.get_text() for each in svg("text")] == ["Alpha", "Beta", "R & D"]
    assert len(svg.select("path[marker-end]")) == 3
    assert svg.desc.get_text() == "Beta requires Alpha. R & D requires Beta, Alpha."
    assert text(built, "lessons/way.html", "figure.gh-chart ~ ul li, figure.gh-chart ul li") == [
        "Beta requires Alpha",
        "R & D requires Beta , Alpha",
    ]
    # What isn't on the path itself is drawn in another way.
    assert [each["class"] for each in svg("rect")] == [
        ["gh-graph-before"],
        ["gh-graph-step"],
        ["gh-graph-step"],
    ]


def test_a_path_without_prerequisites_has_no_drawing(built: Build):
    assert not built.page("lessons/other.html").select("figure.gh-chart")


def test_a_lesson_says_where_it_stands_and_what_comes_after(built: Build):
    (found,) = (
        each.get_text(" ", strip=True)
        for each in built.page("lessons/b/index.html").select("main li")
        if "The way" in each.get_text()
    )
    assert found == "The way , step 1 of 3. After this: R & D"


def test_a_page_of_a_path_follows_titles_lengths_and_new_lessons(portal: Portal):
    portal.change("lessons/b/lesson.yml", "lesson: a", "lesson: new")
    portal.build()
    portal.write({"lessons/new/lesson.yml": "kind: lesson\ntitle: New\nsummary: S.\n"})
    portal.change("lessons/c/lesson.yml", "R & D", "Gamma")
    portal.change("lessons/b/one.md", "60", "90")
    build = portal.build()
    assert build.warnings == ""
    assert "lessons/plain" not in build.read
    drawn = [each.get_text() for each in build.page("lessons/way.html").select("svg text")]
    assert sorted(drawn) == ["Alpha", "Beta", "Gamma", "New"]
    assert text(build, "lessons/way.html", "ol.gh-path-steps > li")[0].startswith("Beta , 2 h")
    assert text(build, "lessons/paths.html", "dl.gh-paths .gh-card-meta")[1].startswith(
        "Steps: 3 · 2 h 20 min"
    )
