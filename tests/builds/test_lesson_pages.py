"""What pages of lessons show: boxes, catalogue, paths, citations, linked data, foreign pages."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from ..portals import Build, Portal
from .test_lessons import lesson

SITE = "https://portal.example/"
RECORD = (
    "level: beginner",
    "topics: [Version control, Python]",
    "outcomes: [Use it]",
    "licence: CC-BY-4.0",
    "version: '1.10'",
    "released: 2026-03-01",
    "doi: 10.5281/zenodo.1",
    "contributors:",
    "  - {family_names: Lovelace, given_names: Ada, orcid: 0000-0002-1825-0097}",
    "  - {name: The <Team>, is_organisation: true}",
)
FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": f"title: Portal\nauthor: We\nsources: [lessons]\nbase_url: {SITE}\n",
    "index.md": "# Home\n\n```{toctree}\nlessons/index\n```\n",
    "lessons/index.md": (
        "# Lessons\n\n:::{lesson-catalogue}\n:::\n\n```{toctree}\nway\nboxes\n```\n\n"
        ":::{learning-paths}\n:::\n"
    ),
    "lessons/boxes.md": (
        "# Boxes\n\n:::{demo}\nShown.\n:::\n\n:::{toggle}\nHidden.\n:::\n\n"
        ":::{exercise} Do it\n:minutes: 5\nText.\n:::\n\n:::{exercise} Do it\nText.\n:::\n\n"
        ":::{solution}\nSolved.\n:::\n\n:::{prereq}\n:::\n\n{math}`a^2`\n\n"
        ":::{youtube} dQw4w9WgXcQ\n:::\n\n:::{mermaid}\ngraph LR; a-->b\n:::\n\n"
        '<iframe width="5" src="https://www.youtube.com/embed/abcdefghijk"></iframe>\n\n'
        "::::{tabs}\n:::{tab} One\nFirst.\n:::\n:::{tab} Two\nSecond.\n:::\n::::\n"
    ),
    "lessons/way.yml": (
        "kind: path\ntitle: The way\nsummary: From there to here.\naudience: learner\n"
        "steps:\n  - {lesson: git, why: First this.}\n  - make\n"
        "  - {url: https://far.example/, title: Far away, optional: true}\n"
    ),
    "lessons/far/lesson.yml": (
        "kind: lesson\ntitle: Far\nsummary: Elsewhere. And more.\nurl: https://far.example/\n"
        "topics: [Python]\nlevel: advanced\nlanguage: nb\n"
    ),
    **lesson("git", "Git", *RECORD),
    **lesson("make", "Make", "prerequisites: [{lesson: git}, {text: A computer}]"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    made = Portal(tmp_path_factory.mktemp("pages") / "portal")
    made.write(FILES)
    return made.build()


def linked_data(built: Build, page: str) -> dict[str, object]:
    script = built.page(page).select_one('script[type="application/ld+json"]')
    assert script is not None
    found: dict[str, object] = json.loads(script.text)
    return found


def test_the_portal_builds_without_a_finding(built: Build):
    assert built.warnings == ""
    assert built.code == 0


def test_boxes_have_titles_ids_and_minutes(built: Build):
    page = built.page("lessons/boxes.html")
    assert page.select_one(".demo .admonition-title").text == "Demo"
    first, second = (str(box["id"]) for box in page.select(".exercise"))
    assert first == "exercise-do-it"
    assert second.startswith("exercise-do-it-")
    assert page.select_one("#exercise-0") is not None
    assert "5" in page.select_one(".exercise .gh-minutes").text
    assert page.select_one(".prerequisites .admonition-title").text == "Prerequisites"


def test_what_is_hidden_opens_without_a_script(built: Build):
    page = built.page("lessons/boxes.html")
    for box in page.select(".solution, .toggle, .instructor-note"):
        assert box.name == "details"
        assert "open" not in box.attrs
    assert page.select_one("details.solution summary").text.strip() == "Solution"


def test_nothing_is_asked_of_other_sites_before_a_click(built: Build):
    for path in built.folder.rglob("*.html"):
        page = built.page(path.relative_to(built.folder).as_posix())
        loaded = [
            str(tag.get(name))
            for name, selector in (("src", "[src]"), ("href", "link[rel=stylesheet]"))
            for tag in page.select(selector)
        ]
        assert [each for each in loaded if "//" in each and not each.startswith(SITE)] == []


def test_players_and_diagrams_are_links_and_text_first(built: Build):
    page = built.page("lessons/boxes.html")
    players = [box["data-gh-player"] for box in page.select("[data-gh-player]")]
    assert players == [
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        "https://www.youtube-nocookie.com/embed/abcdefghijk",
    ]
    assert page.select_one(".gh-video a")["href"] == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    assert "a-->b" in page.select_one(".gh-diagram pre").text


def test_formulas_are_mathml(built: Build):
    formula = built.page("lessons/boxes.html").select_one("math")
    assert formula["alttext"] == "a^2"
    assert formula.select_one("msup") is not None


def test_panels_of_tabs_carry_their_names_for_readers_without_scripts(built: Build):
    page = built.page("lessons/boxes.html")
    assert [label.text for label in page.select(".gh-tab-label")] == ["One", "Two"]


def test_the_catalogue_begins_with_the_lessons_of_paths(built: Build):
    page = built.page("lessons/index.html")
    titles = [card.text.strip() for card in page.select(".gh-catalogue-cards .gh-card-title")]
    assert titles == ["Git", "Make", "Far"]
    assert "Elsewhere." in page.select(".gh-catalogue-cards .gh-card")[2].text
    assert "And more." not in page.select(".gh-catalogue-cards .gh-card")[2].text


def test_filters_are_links_to_pages_with_the_lessons_that_match(built: Build):
    page = built.page("lessons/index.html")
    links = {link.text: str(link["href"]) for link in page.select(".gh-filter a")}
    assert links["Python (2)"] == "by/topic/python.html"
    found = built.page("lessons/by/topic/python.html")
    assert [card.text.strip() for card in found.select(".gh-card-title")] == ["Git", "Far"]
    assert found.select_one("a[aria-current='true']").text == "Python (2)"
    target = found.select_one(".gh-card-title a")["href"]
    assert (built.folder / "lessons/by/topic" / str(target)).resolve().exists()


def test_a_path_shows_its_steps_and_what_they_require(built: Build):
    page = built.page("lessons/way.html")
    steps = [
        " ".join(step.text.split()) for step in page.select(".gh-path-steps > li > p:first-child")
    ]
    assert steps == ["Git, 30 min", "Make, 30 min", "Far away (optional)"]
    assert page.select_one("svg title").text == "Order of the lessons"
    assert "Make requires Git." in page.select_one("svg desc").text


def test_a_lesson_says_where_on_a_path_it_is(built: Build):
    text = " ".join(built.page("lessons/git/index.html").select_one("#lesson-paths").text.split())
    assert "The way, step 1 of 3. After this: Make" in text


def test_a_lesson_can_be_cited(built: Build):
    cite = built.page("lessons/git/index.html").select_one("#lesson-cite")
    assert "Lovelace, A., & The <Team>. (2026). Git (Version 1.10). We." in cite.text
    assert "@misc{lovelace2026-git," in cite.text
    assert "cff-version: 1.2.0" in cite.text


def test_linked_data_of_a_lesson_has_what_the_profile_asks_for(built: Build):
    data = linked_data(built, "lessons/git/index.html")
    assert data["@type"] == "LearningResource"
    assert data["http://purl.org/dc/terms/conformsTo"] == {
        "@type": "CreativeWork",
        "@id": "https://bioschemas.org/profiles/TrainingMaterial/1.0-RELEASE",
    }
    assert {"name", "description", "keywords"} <= data.keys()
    assert data["url"] == f"{SITE}lessons/git/"
    assert data["license"] == "https://spdx.org/licenses/CC-BY-4.0.html"
    assert data["identifier"] == "https://doi.org/10.5281/zenodo.1"
    assert data["timeRequired"] == "PT30M"
    assert data["author"] == [
        {
            "@type": "Person",
            "@id": "https://orcid.org/0000-0002-1825-0097",
            "name": "Ada Lovelace",
            "givenName": "Ada",
            "familyName": "Lovelace",
        },
        {"@type": "Organization", "name": "The <Team>"},
    ]
    assert all(value not in (None, "", [], {}) for value in data.values())


def test_linked_data_of_a_path_has_its_steps_in_order(built: Build):
    data = linked_data(built, "lessons/way.html")
    steps = data["itemListElement"]
    assert isinstance(steps, list)
    assert [(step["position"], step["item"]["name"]) for step in steps] == [
        (1, "Git"),
        (2, "Make"),
        (3, "Far away"),
    ]


def test_lessons_can_be_harvested(built: Build):
    data = json.loads((built.folder / "lessons.json").read_text(encoding="utf-8"))
    assert data["format"] == "guildhall-lessons/1"
    assert data["portal"] == {"title": "Portal", "url": SITE}
    git = next(each for each in data["lessons"] if each["id"] == "git")
    assert git["teaching"] == 20
    assert [each["title"] for each in git["episodes"]] == ["First of Git", "Second of Git"]
    assert next(each for each in data["lessons"] if each["id"] == "far")["url"] == (
        "https://far.example/"
    )
    assert [step.get("lesson") for step in data["paths"][0]["steps"]] == ["git", "make", None]


def test_a_lesson_in_another_language_says_so(tmp_path: Path):
    made = Portal(tmp_path / "portal")
    made.write({**FILES, **lesson("git", "Git", "language: nb")})
    built = made.build()
    norwegian, english = (built.page(f"lessons/{key}/part/second.html") for key in ("git", "make"))
    assert (norwegian.html["lang"], english.html["lang"]) == ("nb", "en")
    assert norwegian.select_one(".keypoints .admonition-title").text == "Hovedpunkter"
    assert english.select_one(".keypoints .admonition-title").text == "Keypoints"
    assert "Episode 2 av 2" in norwegian.select_one(".gh-lesson-bar").text
    assert "Løsning" in norwegian.select_one("details.solution summary").text


def git(*arguments: str, at: Path) -> str:
    settings = ("-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", *settings, *arguments], cwd=at, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def test_pages_from_elsewhere_show_and_do_nothing_else(tmp_path: Path):
    far = tmp_path / "far"
    (far / "content").mkdir(parents=True)
    (far / "content" / "conf.py").write_text("raise SystemExit('run')\n", encoding="utf-8")
    (far / "content" / "index.md").write_text(
        "# Far <script>alert(1)</script>\n\n<script>alert(2)</script>\n\n"
        '<p onclick="alert(3)">Kept</p>\n\n```{toctree}\na\n```\n',
        encoding="utf-8",
    )
    (far / "content" / "a.md").write_text(
        "# A\n\n```{literalinclude} ../../../../../../conf/portal.yml\n```\n\n"
        "```{raw} html\n:file: /../../../../../conf/portal.yml\n```\n\n"
        "[x](javascript:alert(4))\n",
        encoding="utf-8",
    )
    git("init", "-q", "-b", "main", at=far)
    git("add", ".", at=far)
    git("commit", "-q", "-m", "One", at=far)
    commit = git("rev-parse", "HEAD", at=far)
    made = Portal(tmp_path / "portal")
    address = far.as_uri()
    made.write(
        {
            **FILES,
            "lessons/far/lesson.yml": (
                "kind: lesson\ntitle: Far\nsummary: Elsewhere.\n"
                f"source: {{git: '{address}', ref: main, path: content}}\n"
            ),
            "conf/lessons.lock": json.dumps(
                {
                    "far": {
                        "git": address,
                        "ref": "main",
                        "commit": commit,
                        "date": "2026-01-01T00:00:00+00:00",
                    }
                }
            ),
        }
    )
    from guildhall.model.records.kinds.lesson import Lesson
    from guildhall.model.records.registry import load_registry
    from guildhall.model.settings.portal import Settings
    from guildhall.network.lessons.sources import ensure

    registry = load_registry(made.root, Settings(sources=("lessons",)))
    assert ensure(made.root, registry.of(Lesson), lambda line: None) == []
    built = made.build()
    told = built.warnings
    assert told.count("leads out of the lesson") == 2
    for name in ("index", "a", "view/all"):
        page = built.page(f"lessons/far/{name}.html")
        article = str(page.select_one("article"))
        assert "<script" not in article
        assert "onclick" not in article
        assert page.select('[href^="javascript"]') == []
        assert "base_url" not in article
    assert "Kept" in built.page("lessons/far/index.html").text
