"""Words on pages: in the language of the page's lesson, or else in the portal's."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from ..builds.conftest import FILES as RECORDS
from ..portals import Build, Portal

BOXES = {
    "exercise": ("Exercise 1", "Oppgave 1"),
    "solution": ("Solution", "Løsning"),
    "prereq": ("Prerequisites", "Forkunnskaper"),
    "keypoints": ("Keypoints", "Hovedpunkter"),
    "instructor-note": ("Instructor note", "Til kursholderen"),
    "discussion": ("Discussion", "Diskusjon"),
}
CHAPTERS = {
    "learn": ("What you will learn", "Hva du lærer"),
    "before": ("Before you start", "Før du begynner"),
    "episodes": ("Episodes and times", "Episoder og tider"),
    "about": ("About this lesson", "Om dette kurset"),
}


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0 1 1"/></svg>'
NOTES = {
    "note": ("Note", "Merknad", "Athugasemd"),
    "tip": ("Tip", "Tips", "Ábending"),
    "warning": ("Warning", "Advarsel", "Aðvörun"),
    "seealso": ("See also", "Se også", "Sjá einnig"),
    "caution": ("Caution", "Advarsel", "Aðgát"),
}
"""Boxes whose titles are Sphinx's own words."""


def lesson(key: str, *more: str) -> dict[str, str]:
    boxes = "".join(f":::{{{name}}}\nText.\n:::\n\n" for name in (*BOXES, *NOTES))
    record = (
        *("kind: lesson", f"title: About {key}", "summary: A lesson.", "level: beginner"),
        *("status: beta", "outcomes: [Know]", "prerequisites: [{text: A computer}]"),
        *("licence: CC-BY-4.0", "build: {numbered_figures: true}", *more),
    )
    return {
        f"lessons/{key}/lesson.yml": "".join(f"{line}\n" for line in record),
        f"lessons/{key}/index.md": (
            f"# About {key}\n\n```{{toctree}}\n:caption: Episodes\n\nfirst\nsecond\n```\n"
        ),
        f"lessons/{key}/first.md": (
            f"---\nteaching: 20\nexercises: 10\n---\n\n# First of {key}\n\n{boxes}"
            "## More\n\n:::{figure} a.svg\n:name: one\n:alt: A line\n:width: 1em\n\nA.\n:::\n\n"
            ":::{danger}\n:class: dropdown\nText.\n:::\n\nSee {numref}`one`.\n"
        ),
        f"lessons/{key}/a.svg": DRAWING,
        f"lessons/{key}/second.md": f"# Second of {key}\n\nText.\n",
    }


FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": "title: Lessons\nsources: [lessons]\nrepository: https://github.com/o/p\n",
    "index.md": "# Start\n\n```{toctree}\nlessons/index\n```\n",
    "lessons/index.md": "# Lessons\n\n```{toctree}\n:glob:\n\n*/index\n```\n",
}


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A portal in English with a lesson in English, one in Norwegian and one in Icelandic."""
    made = Portal(tmp_path_factory.mktemp("mixed") / "portal")
    made.write({**FILES, **lesson("english"), **lesson("norsk", "language: nb")})
    made.write(lesson("islenska", "language: is"))
    return made.build()


@pytest.fixture(scope="module")
def norwegian(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A portal in Norwegian with a lesson in English and one in Norwegian."""
    made = Portal(tmp_path_factory.mktemp("norwegian") / "portal")
    made.write({**FILES, **lesson("english"), **lesson("norsk", "language: nb")})
    made.change("conf/portal.yml", "title: Lessons", "title: Kurs\nlanguage: nb")
    return made.build()


@pytest.fixture(scope="module")
def stated(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A portal in German, whose conf.py says so and names labels of its own."""
    made = Portal(tmp_path_factory.mktemp("stated") / "portal")
    made.write({**FILES, **lesson("islenska", "language: is"), **lesson("deutsch", "language: de")})
    labels = 'language = "de"\nnumfig_format = {"figure": "Bild %s"}\n'
    made.change("conf/conf.py", '["guildhall"]\n', f'["guildhall"]\n{labels}')
    return made.build()


def words(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


def title_of(page: BeautifulSoup, box: str) -> str:
    # Boxes of one kind have one class, whichever of its names the page uses.
    box = {"prereq": "prerequisites", "important": "important:not(.exercise, .solution)"}.get(
        box, box
    )
    # The title of a box that opens is its summary.
    return words(page.select_one(f".{box} > :is(.admonition-title, summary)"))


def test_neither_build_has_warnings(mixed: Build, norwegian: Build):
    assert (mixed.code, mixed.warnings) == (0, "")
    assert (norwegian.code, norwegian.warnings) == (0, "")


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("index.html", "en"),
        ("lessons/index.html", "en"),
        ("lessons/english/index.html", "en"),
        ("lessons/english/first.html", "en"),
        ("lessons/norsk/index.html", "nb"),
        ("lessons/norsk/first.html", "nb"),
        ("lessons/norsk/view/all.html", "nb"),
    ],
)
def test_a_page_names_its_language(mixed: Build, page: str, expected: str):
    assert mixed.page(page).html["lang"] == expected


@pytest.mark.parametrize("box", BOXES)
def test_titles_of_boxes(mixed: Build, box: str):
    english, norwegian = BOXES[box]
    assert title_of(mixed.page("lessons/english/first.html"), box).startswith(english)
    assert title_of(mixed.page("lessons/norsk/first.html"), box).startswith(norwegian)
    assert title_of(mixed.page("lessons/norsk/view/all.html"), box).startswith(norwegian)


LANGUAGES = ("english", "norsk", "islenska")


@pytest.mark.parametrize("box", NOTES)
def test_titles_of_boxes_that_sphinx_names(mixed: Build, norwegian: Build, box: str):
    for key, expected in zip(LANGUAGES, NOTES[box], strict=True):
        assert title_of(mixed.page(f"lessons/{key}/first.html"), box) == expected
    # The portal's language isn't that of the lesson.
    assert title_of(norwegian.page("lessons/english/first.html"), box) == NOTES[box][0]
    assert title_of(norwegian.page("lessons/norsk/first.html"), box) == NOTES[box][1]


@pytest.mark.parametrize(
    ("key", "heading", "image", "label", "danger"),
    [
        ("english", "Link to this heading", "Link to this image", "Fig. 1", "Danger"),
        ("norsk", "Lenke til denne overskriften", "Lenke til dette bildet", "Figur 1", "Fare"),
        ("islenska", "Tengill á þessa fyrirsögn", "Tengill á þessa mynd", "Mynd 1", "Hætta"),
    ],
)
def test_labels_that_sphinx_writes(
    mixed: Build, key: str, heading: str, image: str, label: str, danger: str
):
    for name in ("first", "view/all"):
        page = mixed.page(f"lessons/{key}/{name}.html")
        assert {each["title"] for each in page.select(":is(h1, h2) > .headerlink")} == {heading}
        assert page.select_one("figcaption .headerlink")["title"] == image
        assert words(page.select_one(".caption-number")) == label
        assert label in [words(each) for each in page.select("a.reference .std-numref")]
        assert words(page.select_one("details.danger > summary")) == danger
    # The next pages have the portal's words again.
    assert mixed.page("index.html").select_one("h1 .headerlink")["title"] == "Link to this heading"


def test_what_conf_py_states_stays(stated: Build):
    assert (stated.code, stated.warnings) == (0, "")
    for key, note in {"deutsch": "Bemerkung", "islenska": "Athugasemd"}.items():
        page = stated.page(f"lessons/{key}/first.html")
        assert title_of(page, "note") == note
        assert words(page.select_one(".caption-number")) == "Bild 1"


def test_an_icelandic_lesson(mixed: Build):
    page = mixed.page("lessons/islenska/first.html")
    assert title_of(page, "exercise") == "Æfing 1"
    assert title_of(page, "instructor-note") == "Til leiðbeinanda"
    assert "20 mín. kennsla, 10 mín. æfingar" in words(page.select_one(".gh-lesson-bar"))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_headings_of_the_landing_page(mixed: Build, chapter: str):
    for key, expected in zip(("english", "norsk"), CHAPTERS[chapter], strict=True):
        heading = mixed.page(f"lessons/{key}/index.html").select_one(f"#lesson-{chapter} > h2")
        assert words(heading).startswith(expected)


def test_facts_of_the_landing_page(mixed: Build):
    page = mixed.page("lessons/norsk/index.html")
    facts = {words(term): words(term.find_next_sibling("dd")) for term in page.select("dt")}
    assert facts["Nivå"] == "Nybegynner"
    assert facts["Språk"] == "norsk bokmål"
    assert facts["Lisens"] == "CC-BY-4.0"


def test_the_reading_bar(mixed: Build):
    english = words(mixed.page("lessons/english/first.html").select_one(".gh-lesson-bar"))
    assert "Episode 1 of 2" in english
    assert "20 min teaching, 10 min exercises" in english
    assert "This lesson is new and may still change." in english
    norwegian = words(mixed.page("lessons/norsk/first.html").select_one(".gh-lesson-bar"))
    assert "Episode 1 av 2" in norwegian
    assert "20 min undervisning, 10 min oppgaver" in norwegian
    assert "Dette kurset er nytt og kan fortsatt endres." in norwegian
    switch = mixed.page("lessons/norsk/first.html").select_one(".gh-view-switch")
    assert switch["data-on"] == "Kursholdervisning: på"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("lessons/english/first.html", ("Skip to content", "Next", "On this page", "Search")),
        ("lessons/norsk/first.html", ("Hopp til innholdet", "Neste", "På denne siden", "Søk")),
    ],
)
def test_navigation_is_in_the_language_of_the_page(
    mixed: Build, page: str, expected: tuple[str, ...]
):
    found = mixed.page(page)
    assert (
        words(found.select_one(".gh-skip")),
        words(found.select_one(".gh-next span")),
        words(found.select_one(".gh-page-toc-title")),
        words(found.select_one("header .gh-search span")),
    ) == expected


def test_a_portal_in_norwegian(norwegian: Build):
    page = norwegian.page("index.html")
    assert page.html["lang"] == "nb"
    assert words(page.select_one(".gh-skip")) == "Hopp til innholdet"
    assert words(page.select_one(".gh-search span")) == "Søk"
    dialog = page.select_one("dialog")
    assert dialog["aria-label"] == "Søk på nettstedet"
    assert dialog["data-many"] == "Fant {count} sider."
    assert words(dialog.select_one(".gh-search-close")) == "Lukk"
    assert page.select_one(".gh-sections")["aria-label"] == "Hoveddeler"
    assert page.select_one(".gh-theme-toggle")["data-dark"] == "Farger: mørke"
    assert words(norwegian.page("search.html").select_one("h1")) == "Søk"
    assert words(norwegian.page("search.html").title).startswith("Søk –")
    assert words(norwegian.page("404.html").select_one("h1")) == "Siden finnes ikke"


@pytest.fixture(scope="module")
def icelandic(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A portal in Icelandic with a lesson in English."""
    made = Portal(tmp_path_factory.mktemp("icelandic") / "portal")
    made.write({**FILES, **lesson("english")})
    made.change("conf/portal.yml", "title: Lessons", "title: Lexíur\nlanguage: is")
    return made.build()


def test_the_words_of_sphinx_are_in_the_language_of_the_portals_record(icelandic: Build):
    page = icelandic.page("index.html")
    assert page.select_one("h1 .headerlink")["title"] == "Tengill á þessa fyrirsögn"
    assert words(icelandic.page("genindex.html").select_one("h1")) == "Yfirlit"
    assert words(icelandic.page("search.html").title).startswith("Leita –")


def test_a_partners_part_in_a_project_is_a_heading(records: Build):
    headings = [words(each) for each in records.page("partners/organisations/a.html").select("h2")]
    assert any(each.startswith("Deltakelse i ") for each in headings)


def test_a_lesson_without_a_language_is_in_english_in_a_norwegian_portal(norwegian: Build):
    # The language of a lesson is stated by its record; without it, lessons are in English.
    page = norwegian.page("lessons/english/first.html")
    assert page.html["lang"] == "en"
    assert words(page.select_one(".gh-skip")) == "Skip to content"


@pytest.mark.parametrize("tag", ["no", "nb-NO"])
def test_other_tags_of_norwegian(tmp_path: Path, tag: str):
    made = Portal(tmp_path / "portal")
    made.write({**FILES, **lesson("norsk", f"language: {tag}")})
    page = made.build().page("lessons/norsk/first.html")
    assert page.html["lang"] == tag
    assert title_of(page, "keypoints") == "Hovedpunkter"


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A portal of records, all of it in Norwegian."""
    made = Portal(tmp_path_factory.mktemp("records") / "portal")
    made.write(RECORDS)
    made.change("conf/portal.yml", "title: Small", "title: Liten\nlanguage: nb")
    made.write(
        {
            "pages/more.md": (
                "# Mer\n\n:::{in-kind-scenarios}\n:::\n\n:::{project-facts}\n:::\n\n"
                ":::{project-progress}\n:::\n\n:::{project-documents}\n:::\n\n"
                ":::{records} activity\n:::\n\n:::{records} partner\n:style: table\n"
                ":columns: country\n:::\n\n:::{risk-register}\n:::\n"
            )
        }
    )
    return made.build()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("pages/tables.html", "In-kind-bidrag i personmåneder (PM), uten beløp under note a"),
        ("pages/tables.html", "Stolpediagram i personmåneder. A: 7–12; B: 5."),
        ("pages/tables.html", "minst"),
        ("pages/tables.html", "Travel money avsetning 10 20 30"),
        ("pages/tables.html", "Disse kostnadene faktureres The funder."),
        ("pages/tables.html", "Ikke dekket for travel 90 980 1 070"),
        ("pages/more.html", "Alle bidrag som oppgitt"),
        ("pages/more.html", "Uten beløp under note a: a grant"),
        ("pages/more.html", "20 % av tiden er gått per 1. juni 2025"),
        ("pages/more.html", "historisk adresse, virker kanskje ikke lenger"),
        ("pages/more.html", "Ingen opplysninger."),
        ("pages/more.html", "Partner Land Partner A Finland"),
        ("pages/more.html", "Tiltak: Write it down."),
        ("partners/organisations/a.html", "Grupper som deltar A group."),
        ("partners/organisations/a.html", "Andel av alle in-kind-bidrag: 58–71 %"),
        ("partners/risks/loss.html", "Tiltak"),
        ("partners/projects/phase.html", "Budsjettpost Meetings , Travel money"),
        ("partners/people/ada.html", "E-post"),
    ],
)
def test_what_records_show(records: Build, page: str, expected: str):
    assert records.warnings == ""
    assert expected in words(records.page(page).select_one("article"))
