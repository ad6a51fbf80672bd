"""The catalogue on pages: cards, filters that are links, and their pages, also after changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import Tag

from ..portals import Build, Portal

LESSON = "kind: lesson\ntitle: {title}\nsummary: |\n  About *{title}*. And more.\n"


def lesson(title: str, more: str = "") -> str:
    return LESSON.format(title=title) + more


FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": (
        "title: Small\nsources: [lessons]\nbase_url: https://example.org/portal/\n"
    ),
    "index.md": (
        "# Home\n\n```{toctree}\nlessons/index\nlessons/paths\nlessons/plain\n"
        "lessons/leaders\n```\n"
    ),
    "lessons/leaders.md": "# For leaders\n\n:::{lesson-summaries}\n:::\n",
    "lessons/plain.md": "# Plain\n",
    "lessons/index.md": "# Lessons\n\n:::{lesson-catalogue}\n:::\n",
    "lessons/paths.md": (
        "# Paths\n\n:::{learning-paths}\n:::\n\n```{toctree}\n:hidden:\n\nway\n```\n"
    ),
    "lessons/way.yml": (
        "kind: path\ntitle: The way\nsummary: It leads on.\naudience: instructor\n"
        "outcomes: [Go on.]\nsteps:\n  - {lesson: b, why: For *this*.}\n  - c\n"
        "  - {url: https://example.org/x, title: Elsewhere, minutes: 30, optional: true}\n"
    ),
    "lessons/a/lesson.yml": lesson(
        "Alpha",
        "topics: [C++]\nlevel: advanced\nstatus: archived\nfor_leaders: {what: Old., why: No.}\n",
    ),
    "lessons/a/one.md": "---\nteaching: 30\n---\n# One\n",
    "lessons/b/lesson.yml": lesson(
        "Beta",
        "topics: [Git, C]\nlevel: beginner\nstatus: beta\n"
        "for_leaders: {what: A *tool*., why: It lasts.}\n",
    ),
    "lessons/b/one.md": (
        "---\nteaching: 60\nexercises: 30\nfor_leaders: Why *it* <b>lasts.\n---\n# One\n"
    ),
    "lessons/c/lesson.yml": lesson(
        "R & D",
        "topics: [Git]\nlevel: beginner\nteaching: 200\nurl: https://example.org/c/\n"
        "prerequisites:\n  - lesson: b\n",
    ),
}


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    made = Portal(tmp_path / "portal")
    made.write(FILES)
    return made


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    made = Portal(tmp_path_factory.mktemp("catalogue") / "portal")
    made.write(FILES)
    build = made.build()
    assert (build.code, build.warnings) == (0, "")
    return build


def cards(build: Build, page: str = "lessons/index.html") -> list[str]:
    return [card.get_text(" ", strip=True) for card in build.page(page).select(".gh-card-title")]


def filters(build: Build, page: str = "lessons/index.html") -> dict[str, list[str]]:
    found = build.page(page).select(".gh-filter")
    return {
        part.select("summary")[0].get_text(): [link.get_text() for link in part("a")]
        for part in found
    }


def card(build: Build, title: str) -> Tag:
    (found,) = (
        each
        for each in build.page("lessons/index.html").select(".gh-card")
        if each.select(".gh-card-title")[0].get_text() == title
    )
    return found


def test_cards_in_the_order_of_the_path_with_archived_lessons_apart(built: Build):
    assert cards(built) == ["Beta", "R & D", "Alpha"]
    apart = built.page("lessons/index.html").select(".gh-catalogue-archived")
    assert [each.get_text(" ", strip=True).split(" About")[0] for each in apart] == [
        "Archived lessons Alpha"
    ]


def test_a_card_says_what_the_lesson_is(built: Build):
    text = card(built, "Beta").get_text("|", strip=True)
    assert text.replace("\N{NO-BREAK SPACE}", " ") == (
        "Beta|About Beta.|Git · Beginner · 1 h 30 min · English|Beta"
    )
    assert card(built, "Beta").a["href"] == "b/index.html"


def test_a_lesson_elsewhere_is_marked_and_linked_to_its_page_here(built: Build):
    assert card(built, "R & D").a["href"] == "c/index.html"
    badges = [each.get_text() for each in card(built, "R & D").select(".gh-badge")]
    assert badges == ["on another site"]


def test_filters_are_links_with_counts_to_pages_that_exist(built: Build):
    assert filters(built) == {
        "Topic": ["Git (2)", "C (1)", "C++ (1)"],
        "Level": ["Beginner (2)", "Advanced (1)"],
        "Length": ["Up to 1 hour (1)", "1 to 3 hours (1)", "Over 3 hours (1)"],
    }
    for link in built.page("lessons/index.html").select(".gh-filter a"):
        assert (built.folder / "lessons" / str(link["href"])).is_file()


def test_the_page_of_a_filter_stands_alone(built: Build):
    name = "lessons/by/topic/c-plus-plus.html"
    page = built.page(name)
    assert cards(built, name) == ["Alpha"]
    assert [each.get_text() for each in page("h1")] == ["Topic: C++"]
    assert page.select("[role=status]")[0].get_text() == "1 of 3 lessons"
    assert [each["href"] for each in page.select("link[rel=canonical]")] == [
        f"https://example.org/portal/{name}"
    ]
    assert [each.get_text() for each in page.select("[aria-current=true]")] == ["C++ (1)"]
    chip, back = page.select(".gh-catalogue-tools a")
    assert (chip.get_text(), chip["aria-label"]) == ("C++", "Remove filter: C++")
    assert chip["href"] == back["href"]
    assert (back.get_text(), back["href"], back.has_attr("hidden")) == (
        "Show all",
        "../../index.html#gh-catalogue",
        False,
    )
    assert page.select(".gh-card a")[0]["href"] == "../../a/index.html"


def test_lessons_have_the_catalogue_above_them(built: Build):
    crumbs = built.page("lessons/c/index.html").select(".gh-breadcrumbs a")
    assert [each.get_text() for each in crumbs] == ["Home", "Lessons"]


def summaries(build: Build) -> list[str]:
    found = build.page("lessons/leaders.html").select("section.gh-summary")
    return [each.get_text("|", strip=True).replace("\N{NO-BREAK SPACE}", " ") for each in found]


SUMMARY = "What it is|A|tool|.|Why it matters|It lasts.|Episodes|One|— Why *it* <b>lasts."


def test_summaries_for_leaders_by_topic_with_the_sentences_of_pages(built: Build):
    (beta,) = summaries(built)
    assert beta.replace("#|", "").endswith(SUMMARY)
    page = built.page("lessons/leaders.html")
    topics = page.select("section:has(> section.gh-summary) > h2")
    assert [each.contents[0] for each in topics] == ["Git"]
    assert [each["href"] for each in page.select(".gh-summary a.reference")] == [
        "b/index.html",
        "b/one.html",
    ]
    assert "Lessons without such a summary: R & D" in page.get_text()
    assert "Alpha" not in page.select("article")[0].get_text()


def test_a_lesson_has_its_summary_on_its_own_page_without_a_contact_nobody_named(built: Build):
    chapter = built.page("lessons/b/index.html").select("#lesson-leaders")[0]
    assert chapter.get_text("|", strip=True).replace("\N{NO-BREAK SPACE}", " ").endswith(SUMMARY)


def test_summaries_follow_records_and_front_matter(portal: Portal):
    portal.build()
    portal.change("lessons/b/one.md", "<b>lasts", "stays")
    portal.change("lessons/b/lesson.yml", "It lasts", "It helps")
    build = portal.build()
    assert "lessons/plain" not in build.read
    (beta,) = summaries(build)
    assert "It helps." in beta
    assert beta.endswith("Why *it* stays.")


def test_pages_of_filters_follow_the_records(portal: Portal):
    portal.build()
    portal.change("lessons/a/lesson.yml", "C++", "Rust")
    build = portal.build()
    assert "lessons/plain" not in build.read
    assert filters(build)["Topic"] == ["Git (2)", "C (1)", "Rust (1)"]
    assert filters(build, "lessons/by/topic/git.html")["Topic"] == ["Git (2)", "C (1)", "Rust (1)"]
    assert cards(build, "lessons/by/topic/rust.html") == ["Alpha"]
    assert not (build.folder / "lessons/by/topic/c-plus-plus.html").exists()


def test_a_new_lesson_and_one_that_is_gone(portal: Portal):
    portal.build()
    portal.write({"lessons/d/lesson.yml": lesson("Delta", "topics: [Git]\n")})
    (portal.root / "lessons/a/one.md").unlink()
    (portal.root / "lessons/a/lesson.yml").unlink()
    build = portal.build()
    assert build.warnings == ""
    assert cards(build) == ["Beta", "R & D", "Delta"]
    assert cards(build, "lessons/by/topic/git.html") == ["Beta", "R & D", "Delta"]


def test_the_length_of_a_lesson_changes_its_card(portal: Portal):
    portal.build()
    portal.change("lessons/b/one.md", "teaching: 60", "teaching: 600")
    build = portal.build()
    assert filters(build)["Length"] == ["Up to 1 hour (1)", "Over 3 hours (2)"]
    assert not (build.folder / "lessons/by/length/1-to-3-hours.html").exists()


def test_a_setting_of_the_portal_changes_pages_of_filters_too(portal: Portal):
    portal.build()
    portal.change("conf/portal.yml", "title: Small", "title: Renamed")
    page = portal.build().page("lessons/by/topic/git.html")
    assert "Renamed" in page.title.get_text()


def test_a_build_without_changes_writes_no_page_of_a_filter(portal: Portal):
    name = portal.build().folder / "lessons/by/topic/git.html"
    before = name.stat().st_mtime_ns
    portal.build()
    assert name.stat().st_mtime_ns == before


@pytest.mark.parametrize("builder", ["singlehtml", "epub", "text", "latex"])
def test_other_builders_have_a_plain_list(portal: Portal, builder: str):
    build = portal.build(builder=builder, out=builder)
    assert build.code == 0
    assert [line for line in build.warnings.splitlines() if "catalogue" in line] == []
    name = {"singlehtml": "index.html", "epub": "lessons/index.xhtml", "text": "lessons/index.txt"}
    names = sorted(path.name for path in build.folder.glob("*.tex"))
    text = (build.folder / name.get(builder, names[0] if names else "")).read_text("utf-8")
    assert "About Beta." in text
    assert "Filter" not in text
    assert "lessons/by" not in text
    assert "lessons shown" not in text
    assert "of 3 lessons" not in text
