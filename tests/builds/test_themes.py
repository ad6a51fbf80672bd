"""Any theme is the frame of a portal: what records show brings its own styles and scripts."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from guildhall.model.records.lock import Locked, write_lock
from guildhall.network.lessons.sources import ensure
from guildhall.sphinx_ext.pages.styles import STYLE_SHEET
from guildhall.sphinx_ext.rendering.assets import STATIC

from ..lessons.repositories import Repository, lessons_of
from ..portals import Build, Portal
from .themed import FILES

DAY = "2026-08-20"
OWN = {path.name for path in STATIC.iterdir()} | {STYLE_SHEET}
THEMES = ("furo", "pydata_sphinx_theme", "sphinx_book_theme", "sphinx_rtd_theme")


def themed(folder: Path, theme: str, **files: str) -> Portal:
    made = Portal(folder / "portal")
    conf = f'extensions = ["guildhall"]\nhtml_theme = "{theme}"\n'
    made.write({**FILES, "conf/conf.py": conf, **files})
    return made


@pytest.fixture(scope="module")
def alabaster(tmp_path_factory: pytest.TempPathFactory) -> Build:
    made = themed(tmp_path_factory.mktemp("alabaster"), "alabaster")
    return made.build(GUILDHALL_TODAY=DAY)


def loaded(built: Build, page: str) -> list[str]:
    """The names of the styles and scripts of a page, in order; all of them are there."""
    soup = built.page(page)
    addresses = [str(each["href"]) for each in soup.select("link[rel=stylesheet]")]
    addresses += [str(each["src"]) for each in soup.select("script[src]")]
    files = [(built.folder / page).parent / each.split("?")[0] for each in addresses]
    assert [each for each in files if not each.is_file()] == []
    return [each.name for each in files]


@pytest.mark.parametrize("theme", ["guildhall", *THEMES])
def test_a_portal_builds_with_another_theme_without_a_warning(theme: str, tmp_path: Path):
    if theme != "guildhall" and importlib.util.find_spec(theme) is None:
        pytest.skip(f"{theme} is not installed (nox -s themes)")
    built = themed(tmp_path, theme).build("-W", GUILDHALL_TODAY=DAY)
    assert built.warnings == ""
    assert built.code == 0
    assert STYLE_SHEET in loaded(built, "partners/north.html")
    if theme == "guildhall":
        page = built.page("lessons/git/branches.html")
        sheets = [str(each["href"]) for each in page.select("link[rel=stylesheet]")]
        assert STYLE_SHEET in sheets[0]
        assert [each for each in page.select("script[src]") if not each.has_attr("defer")] == []


def test_a_portal_builds_with_alabaster_without_a_warning(alabaster: Build):
    assert alabaster.warnings == ""
    assert alabaster.code == 0
    assert (alabaster.folder / "_static/alabaster.css").is_file()


@pytest.mark.parametrize(
    ("page", "needed"),
    [
        ("index.html", set()),
        ("partners/north.html", set()),
        ("partners/index.html", {"workshop.js"}),
        ("lessons/git/setup.html", set()),
        ("lessons/git/branches.html", {"chosen-tabs.js", "teaching.js", "outside.js"}),
        (
            "lessons/git/view/all.html",
            {"chosen-tabs.js", "teaching.js", "outside.js", "workshop.js"},
        ),
        ("lessons/index.html", {"catalogue.js"}),
        ("workshops/autumn/index.html", {"teaching.js", "workshop.js"}),
        ("workshops/index.html", {"catalogue.js", "listing.js", "workshop.js"}),
        ("workshops/by/country/fi.html", {"catalogue.js", "listing.js", "workshop.js"}),
        ("workshops/months.html", {"catalogue.js", "listing.js", "workshop.js"}),
        ("workshops/numbers.html", set()),
        ("partners/people/ada/certificate.html", set()),
        ("search.html", {"search-as-text.js"}),
    ],
)
def test_a_page_loads_what_it_shows_and_no_more(alabaster: Build, page: str, needed: set[str]):
    names = loaded(alabaster, page)
    assert OWN & set(names) == {STYLE_SHEET, "opening.js", *needed}
    assert names.index("alabaster.css") < names.index(STYLE_SHEET)


def test_what_narrows_a_catalogue_is_asked_for_where_there_is_one(alabaster: Build):
    def narrows(page: str) -> bool:
        return "ghNarrowing" in (alabaster.folder / page).read_text(encoding="utf-8")

    assert narrows("workshops/index.html")
    assert not narrows("workshops/months.html")


def test_heads_tell_machines_the_same_in_any_theme(alabaster: Build):
    page = alabaster.page("workshops/autumn/index.html")
    assert len(page.select('head > script[type="application/ld+json"]')) == 1
    assert page.select('head > link[rel="alternate"][href="../../feeds/workshops.atom"]')


@pytest.mark.parametrize(
    ("page", "before", "after"),
    [
        ("workshops/months.html", None, "numbers.html"),
        ("workshops/numbers.html", "months.html", None),
        ("partners/north.html", None, None),
        ("partners/index.html", None, None),
        ("index.html", None, None),
    ],
)
def test_only_pages_that_an_author_put_in_order_follow_each_other_in_any_theme(
    alabaster: Build, page: str, before: str | None, after: str | None
):
    found = alabaster.page(page)
    for relation, expected in (("prev", before), ("next", after)):
        addresses = {each["href"] for each in found.select(f'[rel="{relation}"]')}
        assert addresses == ({expected} if expected else set())


def test_a_logo_is_shown_in_any_theme(alabaster: Build):
    (logo,) = alabaster.page("index.html").select("img.logo")
    assert (alabaster.folder / str(logo["src"])).is_file()


def test_missing_addresses_have_a_page_in_any_theme(alabaster: Build):
    page = alabaster.page("404.html")
    assert page.select_one("head > base")["href"] == "/portal/"
    assert page.select_one("h1").get_text() == "Page not found"
    assert [link["href"] for link in page.select("h1 + p + ul a")] == ["index.html", "search.html"]


def test_a_portal_has_its_own_certificate(tmp_path: Path):
    own = (
        '{%- extends "page.html" %}\n'
        "{%- set body %}<h1>{{ certificate.person.label }}</h1>{{ statement }}{% endset %}\n"
    )
    built = themed(
        tmp_path, "alabaster", **{"conf/templates/guildhall/certificate.html": own}
    ).build(GUILDHALL_TODAY=DAY)
    page = built.page("partners/people/ada/certificate.html")
    assert page.select_one(".body h1").get_text() == "Ada Lovelace"
    assert page.select_one(".gh-certificate")
    assert not page.select(".gh-certificate-tools")


def test_pages_of_strangers_are_marked_in_any_theme(tmp_path: Path):
    repository = Repository(tmp_path / "far", {"content/index.md": "# Far\n\nText.\n"})
    record = (
        "kind: lesson\ntitle: Far\nsummary: A lesson.\nlicence: CC-BY-4.0\n"
        f"source: {{git: '{repository.address}', ref: main, path: content}}\n"
    )
    portal = themed(tmp_path, "alabaster", **{"lessons/far/lesson.yml": record})
    locked = {"git": repository.address, "ref": "main", "commit": repository.head}
    entry = Locked.model_validate({**locked, "date": "2025-03-01T10:00:00Z"})
    write_lock(portal.root, {"far": entry})
    assert ensure(portal.root, lessons_of(portal.root), lambda line: None) == []
    built = portal.build(GUILDHALL_TODAY=DAY)
    assert built.page("lessons/far/index.html").select_one(".gh-foreign > section > h1")
    assert not built.page("lessons/git/index.html").select(".gh-foreign")
