"""Many lessons in one project: each keeps its names, its paths, its numbers and its settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..portals import Build, Portal
from .test_incremental import assert_like_a_clean_build

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>{}</title></svg>\n'


def lesson(key: str, title: str, *more: str) -> dict[str, str]:
    """A small lesson as the field writes them, with the same names as any other one."""
    return {
        f"lessons/{key}/lesson.yml": "".join(
            f"{line}\n"
            for line in ("kind: lesson", f"title: {title}", f"summary: About {title}.", *more)
        ),
        f"lessons/{key}/index.md": (
            f"# The lesson {title}\n\n```{{toctree}}\n:caption: Episodes\n\nfirst\n/part/second\n"
            "```\n\n"
            "```{toctree}\n:caption: Reference\n\nexercises\n```\n"
        ),
        f"lessons/{key}/first.md": (
            f"---\nteaching: 20\nexercises: 10\nobjectives:\n  - Know {title}\n---\n\n"
            f"# First of {title}\n\n(setup)=\n## Setup of {title}\n\n"
            "See {ref}`setup`, [the same](#setup), {doc}`/part/second`, {term}`remote`.\n\n"
            "![A picture](/img/picture.svg)\n\n"
            f":::{{exercise}} Do {title}\nSee {{ref}}`setup`.\n:::\n\n"
            "```{math}\n:label: sum\na + b\n```\n\nAs in {eq}`sum`.\n\n"
            "```{glossary}\nremote\n  Elsewhere.\n```\n"
        ),
        f"lessons/{key}/part/second.md": (
            f"# Second of {title}\n\nOn the {{term}}`Remote <remote>`.\n\n"
            "```{literalinclude} /code/run.py\n```\n\n"
            ":::{exercise} Again\nText.\n\n:::{solution}\nSolved.\n:::\n:::\n\n"
            ":::{keypoints}\n- Remember this\n:::\n"
        ),
        f"lessons/{key}/exercises.md": "# Exercises\n\n```{exerciselist}\n```\n",
        f"lessons/{key}/code/run.py": f"print('{title}')\n",
        f"lessons/{key}/code/settings.yml": "no: record\n",
        f"lessons/{key}/img/picture.svg": SVG.format(title),
    }


FILES = {
    "conf/conf.py": 'extensions = ["sphinx_lesson", "guildhall"]\n',
    "conf/portal.yml": "title: Lessons\nsources: [lessons]\nrepository: https://github.com/o/p\n",
    "index.md": "# Home\n\n```{toctree}\nlessons/index\n```\n",
    "lessons/index.md": (
        "# Lessons\n\n```{toctree}\n:glob:\n\n*/index\n```\n\nSee {ref}`git:setup`.\n"
    ),
    **lesson("git", "Git"),
    **lesson("make", "Make"),
}


@pytest.fixture
def lessons(tmp_path: Path) -> Portal:
    made = Portal(tmp_path / "portal")
    made.write(FILES)
    return made


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    made = Portal(tmp_path_factory.mktemp("lessons") / "portal")
    made.write(FILES)
    return made.build()


def links(built: Build, page: str) -> dict[str, str]:
    article = built.page(page).select_one("article")
    assert article is not None
    return {" ".join(link.text.split()): str(link["href"]) for link in article.select("a[href]")}


def test_the_same_names_in_two_lessons_are_no_fault(built: Build):
    assert built.warnings == ""
    assert built.code == 0


@pytest.mark.parametrize(("key", "title"), [("git", "Git"), ("make", "Make")])
def test_a_reference_leads_to_its_own_lesson(built: Build, key: str, title: str):
    found = links(built, f"lessons/{key}/first.html")
    assert found[f"Setup of {title}"] == "#setup"
    assert found["the same"] == "#setup"
    assert found[f"Second of {title}"] == "part/second.html"
    assert found["remote"].endswith("#term-remote")
    assert found["(1)"] == "#equation-sum"


def test_another_lesson_is_named(built: Build):
    assert links(built, "lessons/index.html")["Setup of Git"] == "git/first.html#setup"


def test_a_name_that_several_lessons_have_must_be_named_with_its_lesson(lessons: Portal):
    lessons.write({"lessons/page.md": "---\norphan: true\n---\n\n# Page\n\nSee {ref}`setup`.\n"})
    built = lessons.build()
    assert "page.md:7: WARNING: several lessons have 'setup'" in built.warnings
    assert "as `git:setup`, `make:setup`" in built.warnings


def test_a_name_that_one_other_lesson_has_is_found_there(lessons: Portal):
    lessons.change("lessons/make/first.md", "(setup)=", "(begin)=")
    lessons.change("lessons/make/first.md", "[the same](#setup)", "[begin](#begin)")
    built = lessons.build()
    assert built.warnings == ""
    assert links(built, "lessons/make/first.html")["Setup of Git"] == "../git/first.html#setup"


def test_a_name_twice_in_one_lesson_is_told_as_in_its_own_project(lessons: Portal):
    lessons.change("lessons/git/part/second.md", "# Second of Git\n", "(setup)=\n# Second of Git\n")
    assert "duplicate label setup" in lessons.build().warnings


@pytest.mark.parametrize(("key", "title"), [("git", "Git"), ("make", "Make")])
def test_absolute_paths_begin_at_the_root_of_the_lesson(built: Build, key: str, title: str):
    first = built.page(f"lessons/{key}/first.html")
    picture = built.folder / "lessons" / key / str(first.select_one("img")["src"])
    assert title in picture.resolve().read_text(encoding="utf-8")
    assert f"print('{title}')" in built.page(f"lessons/{key}/part/second.html").text


def test_a_page_can_not_reach_out_of_the_portal(lessons: Portal):
    (lessons.root.parent / "secret.txt").write_text("secret", encoding="utf-8")
    text = "# Second\n\n```{literalinclude} ../../../../secret.txt\n```\n"
    lessons.write({"lessons/git/part/second.md": text})
    built = lessons.build()
    assert "leads out of the lesson" in built.warnings
    assert "secret" not in built.page("lessons/git/part/second.html").select_one("article").text


def test_other_files_of_a_lesson_are_neither_records_nor_pages(built: Build):
    assert not (built.folder / "lessons/git/code/settings.html").exists()
    assert not (built.folder / "lessons/git/lesson.html").exists()


@pytest.mark.parametrize(("key", "other"), [("git", "Make"), ("make", "Git")])
def test_an_exercise_list_shows_its_own_lesson_only(built: Build, key: str, other: str):
    page = built.page(f"lessons/{key}/exercises.html").select_one("article")
    text = page.text
    assert f"Do {other}" not in text
    assert "Again" in text
    assert text.count("Solved.") == 1
    ids = [node["id"] for node in built.page(f"lessons/{key}/exercises.html").select("[id]")]
    assert len(ids) == len(set(ids))


def test_exercises_are_numbered_through_their_lesson(built: Build):
    for key in ("git", "make"):
        for page in ("part/second.html", "exercises.html", "view/all.html"):
            assert "Exercise 2 Again" in " ".join(
                built.page(f"lessons/{key}/{page}").select_one("article").text.split()
            )


def test_a_changed_exercise_changes_the_list_without_reading_the_list_again(lessons: Portal):
    lessons.build()
    lessons.change("lessons/git/part/second.md", "{exercise} Again", "{exercise} Once more")
    again = lessons.build()
    assert again.read == {"lessons/git/part/second"}
    assert "lessons/git/exercises" in again.written
    assert "lessons/make/exercises" not in again.written
    assert "Once more" in again.page("lessons/git/exercises.html").text
    assert "Once more" in again.page("lessons/git/view/all.html").text
    assert_like_a_clean_build(lessons, "clean")


def test_a_link_to_a_term_says_what_it_means_now(lessons: Portal):
    lessons.build()
    lessons.change(
        "lessons/git/first.md", "  Elsewhere.", "  A {term}`remote` <b>copy</b>.\n\n  More."
    )
    again = lessons.build()
    assert again.read == {"lessons/git/first"}
    for page, meaning in (
        ("git/part/second", "A remote <b>copy</b>."),
        ("git/view/all", "A remote <b>copy</b>."),
        ("make/part/second", "Elsewhere."),
    ):
        link = again.page(f"lessons/{page}.html").select_one("article p > a:has(.std-term)")
        assert link["title"] == meaning
    assert_like_a_clean_build(lessons, "clean")


def test_an_exercise_more_moves_the_numbers_of_later_pages(lessons: Portal):
    lessons.build()
    lessons.change(
        "lessons/git/first.md", "```{math}", ":::{exercise} New\nText.\n:::\n\n```{math}"
    )
    again = lessons.build()
    assert again.read == {"lessons/git/first"}
    assert "Exercise 3" in again.page("lessons/git/part/second.html").text
    assert_like_a_clean_build(lessons, "clean")


def test_nothing_changed_nothing_is_read_or_written(lessons: Portal):
    before = lessons.build().snapshot()
    again = lessons.build()
    assert again.read == set()
    assert again.written == set()
    assert again.snapshot() == before


def test_two_processes_give_the_same_as_one(lessons: Portal):
    one = lessons.build(out="one")
    two = lessons.build("-j", "2", out="two")
    assert two.snapshot() == one.snapshot()


def test_the_whole_lesson_is_one_page_that_leads_to_itself(built: Build):
    page = built.page("lessons/git/view/all.html").select_one("article")
    ids = [str(node["id"]) for node in page.select("[id]")]
    assert len(ids) == len(set(ids))
    inside = [str(link["href"]) for link in page.select("a[href^='#']")]
    assert inside
    assert {href[1:] for href in inside} - {""} <= set(ids)
    assert len(page.select("h1")) == 1
    assert [each.text.strip("#\n") for each in page.select(".gh-article > section > h2")] == [
        "The lesson Git",
        "First of Git",
        "Second of Git",
        "Exercises",
    ]
    images = [built.folder / "lessons/git/view" / str(each["src"]) for each in page.select("img")]
    assert all(image.exists() for image in images)


def test_generated_pages_are_found_by_no_search(built: Build):
    found = (built.folder / "_search").rglob("*.json")
    assert [each for each in found if "view/all" in f"{each}{each.read_text('utf-8')}"] == []


def test_the_navigation_of_a_lesson_is_its_own(built: Build):
    sidebar = built.page("lessons/git/part/second.html").select_one(".gh-sidebar")
    text = sidebar.text
    assert "First of Git" in text
    assert "First of Make" not in text
    assert [each.text for each in sidebar.select(".gh-tree-caption")] == ["Episodes", "Reference"]


def test_previous_and_next_stay_in_the_lesson(built: Build):
    first = built.page("lessons/git/first.html")
    assert "The lesson Git" in first.select_one(".gh-prev").text
    assert "Second of Git" in first.select_one(".gh-next").text
    assert built.page("lessons/git/exercises.html").select_one(".gh-next") is None


def test_a_page_says_where_in_the_lesson_it_is_and_how_long_it_takes(built: Build):
    bar = built.page("lessons/git/first.html").select_one(".gh-lesson-bar").text
    assert "Episode 1 of 2" in bar
    assert "20 min teaching, 10 min exercises" in bar


def test_front_matter_becomes_boxes(built: Build):
    box = built.page("lessons/git/first.html").select_one(".objectives")
    assert "Know Git" in box.text


def test_a_page_is_edited_where_its_source_is(built: Build):
    actions = built.page("lessons/git/part/second.html").select_one(".gh-page-actions")
    edit, report = (str(link["href"]) for link in actions.select("a"))
    assert edit == "https://github.com/o/p/edit/main/lessons/git/part/second.md"
    assert report.startswith("https://github.com/o/p/issues/new?title=Second+of+Git")


def test_settings_are_those_of_the_lesson(tmp_path: Path):
    made = Portal(tmp_path / "portal")
    made.write(
        {
            **FILES,
            # The extension sphinx_lesson opens all pages itself.
            "conf/conf.py": 'extensions = ["guildhall"]\n',
            **lesson(
                "git",
                "Git",
                "build:",
                "  myst_extensions: [colon_fence, substitution]",
                "  substitutions: {name: Lovelace}",
                "  numbered_figures: true",
            ),
            **lesson("make", "Make"),
        }
    )
    figure = "```{figure} /img/picture.svg\n:name: pic\nCaption\n```\n\n{numref}`pic`\n"
    for key in ("git", "make"):
        made.change(f"lessons/{key}/part/second.md", "Text.\n", "Name {{ name }}.\n")
        made.change(
            f"lessons/{key}/part/second.md", ":::{keypoints}", f"{figure}\n:::{{keypoints}}"
        )
    built = made.build()
    git = built.page("lessons/git/part/second.html").text
    assert "Name Lovelace." in git
    assert git.count("Fig. 1") == 2
    make = built.page("lessons/make/part/second.html").text
    assert "Name {{ name }}." in make
    assert "Fig. 1" not in make
    told = [line.split(": ", 2)[2] for line in built.warnings.splitlines()]
    assert [line.partition(";")[0] for line in told] == [
        "found `{{ name }}` as text, a substitution",
        "numfig is disabled. :numref: is ignored.",
    ]

    # Figures are counted again without a look at pages that are as they were.
    unopened = made.root.with_name("portal-out-trees") / "lessons/index.doctree"
    unopened.write_bytes(b"broken")
    made.change("lessons/git/first.md", "As in", "```{figure} /img/picture.svg\nNew\n```\n\nAs in")
    git = made.build().page("lessons/git/part/second.html").text
    assert (git.count("Fig. 1"), git.count("Fig. 2")) == (0, 2)
    assert unopened.read_bytes() == b"broken"


def test_a_lesson_without_an_index_has_its_record_as_landing_page(lessons: Portal):
    (lessons.root / "lessons/git/index.md").unlink()
    lessons.change("lessons/git/lesson.yml", "summary:", "episodes: [first, part/second]\nsummary:")
    built = lessons.build()
    page = built.page("lessons/git/index.html")
    assert page.select_one("h1").text.startswith("Git")
    (start,) = page.select(".gh-start a")
    assert (start.text, start["href"]) == ("Start the lesson", "first.html")
    assert [row.th.text.strip() for row in page.select("tbody tr")] == [
        "First of Git",
        "Second of Git",
        "All",
    ]
    assert "First of Git" in page.select_one(".gh-sidebar").text


def test_a_record_with_an_address_only_is_a_page_of_the_catalogue(lessons: Portal):
    lessons.write(
        {
            "lessons/far/lesson.yml": (
                "kind: lesson\ntitle: Far\nsummary: Elsewhere.\nurl: https://far.example/\n"
            )
        }
    )
    built = lessons.build()
    assert built.warnings == ""
    (start,) = built.page("lessons/far/index.html").select(".gh-start")
    assert start.get_text() == "Open the lesson on far.example"
    assert start.a["href"] == "https://far.example/"
    assert not (built.folder / "lessons/far/view").exists()


def test_a_record_with_faults_is_told_once_and_its_pages_are_left_out(lessons: Portal):
    lessons.change("lessons/git/lesson.yml", "title: Git", "titel: Git")
    (told,) = (line for line in lessons.build().warnings.splitlines() if "lesson.yml" in line)
    assert "lesson.yml:2:1: WARNING: unknown key `titel`; did you mean `title`?" in told


def test_changed_settings_of_a_lesson_make_its_pages_read_again_and_no_others(lessons: Portal):
    lessons.build()
    lessons.change(
        "lessons/git/lesson.yml", "summary:", "build: {highlight_language: sh}\nsummary:"
    )
    assert lessons.build().read == {
        f"lessons/git/{name}" for name in ("index", "first", "part/second", "exercises")
    }
    assert_like_a_clean_build(lessons, "clean")
