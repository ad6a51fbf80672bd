"""What the search is given by the pages of a portal, in a clean build and in later ones."""

from __future__ import annotations

import json
from itertools import accumulate
from pathlib import Path

import pytest

from ..portals import Build, Portal, person

FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\nhtml_baseurl = "https://example.org/portal/"\n',
    "conf/portal.yml": "title: Searched\nsources: [lessons, pages, people]\n",
    "index.md": "# Home\n\n```{toctree}\nlessons/index\npeople/index\npages/about\n```\n",
    "pages/about.md": (
        "# About \\<us> & *you*\n\nThe opening, with `code` and a [link](https://example.org/x).\n\n"
        "| Name | Sum |\n|---|---|\n| Oslo | 12 |\n\n<p>As <b>raw</b> text.</p>\n\n"
        "## Conflicts\n\nResolve each of them.\n\n### Deeper\n\nMore.\n\n"
        "```{glossary}\nfork\n  A copy.\n```\n\n"
        "::::{container} no-search\nunfindable\n\n:::{glossary}\nunfindable\n  Hidden.\n:::\n::::\n"
    ),
    "pages/hidden.md": "---\norphan: true\nnosearch: true\n---\n# Secret\n\nunfindable\n",
    "people/index.md": "# People\n\n```{toctree}\n:glob:\n\n*\n```\n",
    "people/asa.yml": person("Åsa Järvenpää", "Järvenpää, Åsa"),
    "lessons/index.md": "# Lessons\n\n```{toctree}\ngit/index\nsuomi/index\n```\n",
    "lessons/git/lesson.yml": (
        "kind: lesson\ntitle: Git\nsummary: Versions.\nlevel: beginner\nkeywords: [rebasing]\n"
    ),
    "lessons/git/index.md": "# Git\n\n```{toctree}\nfirst\nguide\n```\n",
    "lessons/git/first.md": "# First\n\nResolve a conflict.\n",
    "lessons/git/guide.md": "# Guide\n\nTeach.\n",
    "lessons/suomi/lesson.yml": (
        "kind: lesson\ntitle: Työpaja\nsummary: Oppitunti.\nlanguage: fi\n"
    ),
    "lessons/suomi/index.md": "# Työpaja\n\n```{toctree}\nsivu\n```\n",
    "lessons/suomi/sivu.md": "# Sivu\n\nTyöpajassa opitaan.\n",
}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    made = Portal(tmp_path_factory.mktemp("search") / "portal")
    made.write(FILES)
    return made


@pytest.fixture(scope="module")
def built(portal: Portal) -> Build:
    build = portal.build("-j", "2")
    assert (build.code, build.warnings) == (0, "")
    return build


class Index:
    """The index of a site, read as a browser reads it."""

    def __init__(self, build: Build) -> None:
        folder = build.folder / "_search"
        read = {path.name: json.loads(path.read_bytes()) for path in folder.glob("*.json")}
        self.main = read["index.json"]
        titles = (read[name] for name in sorted(read, key=len) if name.startswith("titles-"))
        self.pages = [(each, part["trails"]) for part in titles for each in part["pages"]]
        self.words: dict[str, list[list[int]]] = {}
        self.stems: dict[str, set[str]] = {}
        for name, held in read.items():
            if name.startswith("words-"):
                for word, (stems, *places) in held.items():
                    if places and places[0]:
                        places[0] = places[0][::2]
                    self.words[word] = [list(accumulate(gaps)) for gaps in places]
                    self.stems[word] = {word, *stems.split()}

    def names(self) -> list[str]:
        return [page[0] for page, _ in self.pages]

    def pages_with(self, word: str, place: int) -> set[str]:
        """The pages with a word in titles (0), headings (1), often (2) or once (3) in texts."""
        places = self.words.get(word, [])
        return {self.names()[number] for number in places[place]} if place < len(places) else set()

    def told(self, docname: str) -> tuple[str, str, str, list[str], dict[str, str]]:
        """Address, title, what tells it apart, where it belongs, and what it is."""
        number = self.names().index(docname)
        (_, address, title, trail, apart), trails = self.pages[number]
        groups = [values for count, _, *values in self.main["groups"] for _ in range(count)]
        values = groups[number]
        fields = ("area", "kind", "level", "language")
        labels = self.main["labels"]
        told = {name: labels[name][at] for name, at in zip(fields, values, strict=True) if at >= 0}
        return address, title, apart, trails[trail], told


def text_of(build: Build, docname: str) -> list[list[str]]:
    return json.loads((build.folder / f"_search/text/{docname}.json").read_bytes())


def test_each_page_is_told_once_with_what_it_is_and_where_it_belongs(built: Build):
    index = Index(built)
    assert sorted(index.names()) == sorted(
        name.removesuffix(".md").removesuffix(".yml")
        for name in FILES
        if not name.startswith(("conf/", "pages/hidden")) and not name.endswith("lesson.yml")
    )
    assert index.told("lessons/git/first") == (
        "lessons/git/first.html",
        "First",
        "",
        ["Lessons", "Git"],
        {"area": "Lessons", "kind": "Episode", "level": "Beginner", "language": "English"},
    )
    assert index.told("lessons/suomi/index")[3:] == (
        ["Lessons"],
        {"area": "Lessons", "kind": "Lesson", "language": "Finnish"},
    )
    assert index.told("pages/about")[1:] == (
        *("About <us> & you", "", []),
        {"kind": "Page", "language": "English"},
    )
    kinds = [index.told(name)[4]["kind"] for name in ("people/asa", "people/index", "index")]
    assert kinds == ["Person", "Overview", "Overview"]


def test_words_are_known_by_where_they_stand(built: Build):
    index = Index(built)
    assert index.pages_with("about", 0) == {"pages/about"}
    assert index.pages_with("conflicts", 1) == {"pages/about"}
    assert index.pages_with("fork", 1) == {"pages/about"}
    assert index.pages_with("rebasing", 1) == {"lessons/git/index"}
    assert index.pages_with("conflict", 3) == {"lessons/git/first"}
    assert index.pages_with("jarvenpaa", 0) == {"people/asa"}
    assert index.pages_with("tyopajassa", 3) == {"lessons/suomi/sivu"}
    assert index.stems["conflicts"] & index.stems["conflict"]
    assert index.stems["tyopajassa"] & index.stems["tyopaja"]


def test_texts_are_those_of_articles_by_their_sections(built: Build):
    assert text_of(built, "pages/about") == [
        [
            *("", ""),
            "The opening, with code and a link. Name · Sum · Oslo · 12 · As raw text.",
        ],
        ["conflicts", "Conflicts", "Resolve each of them."],
        ["deeper", "Deeper", "More. fork · A copy."],
    ]


def test_what_is_not_to_be_found_is_in_no_file(built: Build):
    texts = [
        path.read_text(encoding="utf-8") for path in (built.folder / "_search").rglob("*.json")
    ]
    assert not any("unfindable" in text or "Secret" in text for text in texts)
    assert not (built.folder / "_search/text/pages/hidden.json").exists()
    assert "Secret" not in built.page("a-z.html").get_text()


def test_there_is_one_search_only(built: Build):
    for name in ("searchindex.js", "_static/searchtools.js", "_static/language_data.js"):
        assert not (built.folder / name).exists()
    for name in ("index.html", "search.html"):
        loaded = " ".join(str(each["src"]) for each in built.page(name).select("script[src]"))
        assert not any(each in loaded for each in ("doctools", "translations", "search"))


def test_pages_stand_under_their_letters(built: Build):
    page = built.page("a-z.html")
    letters = [each.get_text() for each in page.select(".gh-jumps a")]
    assert letters == ["A", "F", "G", "H", "L", "P", "S", "T"]
    (first,) = page.select("#letter-1")
    assert [each.get_text() for each in first.select("li a")] == [
        *("About <us> & you", "Åsa Järvenpää")
    ]
    assert [each.get_text() for each in page.select('a[href="lessons/git/first.html"] + span')] == [
        "Lessons · Git"
    ]


def test_later_builds_give_the_same_as_a_clean_one(tmp_path: Path):
    portal = Portal(tmp_path / "portal")
    portal.write(FILES)
    # So few pages are parted by letters here as otherwise a thousand.
    portal.change(
        "conf/conf.py",
        "extensions",
        "from guildhall.sphinx_ext.search import letters\nletters.ON_ONE_PAGE = 9\nextensions",
    )
    first = portal.build("-j", "2")
    assert (first.folder / "a-z/h.html").is_file()
    (first.folder / "_search/text/index.json").unlink()
    (first.folder / "searchindex.js").write_text("of an earlier version")
    portal.change("lessons/git/lesson.yml", "title: Git", "title: Rebase")
    portal.change("lessons/git/first.md", "conflict", "dispute")
    portal.change("people/index.md", "```{toctree}\n:glob:\n\n*\n```\n", "Nobody.\n")
    (portal.root / "people/asa.yml").unlink()
    (portal.root / "pages/about.md").unlink()
    portal.change("index.md", "pages/about\n", "")
    again = portal.build()
    assert (again.code, again.warnings) == (0, "")
    assert "lessons/suomi/sivu" not in again.read
    assert not (again.folder / "a-z/h.html").exists()
    assert again.snapshot() == portal.build(out="clean").snapshot()


def test_addresses_are_those_of_the_builder(portal: Portal):
    built = portal.build(builder="dirhtml", out="folders")
    index = Index(built)
    assert index.told("lessons/git/first")[0] == "lessons/git/first/"
    assert index.told("index")[0] == ""
    assert text_of(built, "lessons/git/first")
    link = built.page("a-z/index.html").select_one('a[href="../lessons/git/first/"]')
    assert link is not None


def test_other_themes_have_the_search_of_sphinx(tmp_path: Path):
    portal = Portal(tmp_path / "portal")
    portal.write(FILES)
    portal.change("conf/conf.py", "extensions", 'html_theme = "alabaster"\nextensions')
    built = portal.build()
    assert "lessons/git/first" in (built.folder / "searchindex.js").read_text(encoding="utf-8")
    assert (built.folder / "_static/searchtools.js").is_file()
    assert not (built.folder / "_search").exists()
    assert not (built.folder / "a-z.html").exists()
