"""Text of records is text, in every format: no markup, script, formula or line of a calendar."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import icalendar
import pytest
from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning

from ..people.files import FILES
from ..portals import Build, Portal

HOSTILE = (
    "=cmd|'/c calc'!A1 <script>alert(1)</script></script><img src=x onerror=alert(1)> ]]> & &amp; "
    "\\, ; , \\n [x](javascript:alert(1)) `code` {person}`x` :ref:`y` |s| **b** <!-- c --> "
    "{{ 7*7 }} $x^2$ \\input{/etc/passwd} .. raw:: html END:VEVENT a_b_ "
    + "\N{CJK UNIFIED IDEOGRAPH-65E5}"
    * 60
)
TEXT = json.dumps(HOSTILE, ensure_ascii=False)
LINK = f"{{url: 'https://example.org/?a=%22&b', text: {TEXT}}}"
WORKSHOP = f"""\
kind: workshop
title: {TEXT}
timezone: Europe/Oslo
start: 2025-03-03
end: 2025-03-04
places: [{{name: {TEXT}, address: {TEXT}, city: {TEXT}, country: "NO"}}]
stream: {LINK}
audience: [{TEXT}]
notes: [{LINK}]
chat: {LINK}
materials: [{LINK}]
recordings: [{LINK}]
supporters: [{LINK}]
feedback: [{LINK}]
links: [{LINK}]
people: {{instructor: [evil]}}
lessons: [{{lesson: git, version: {TEXT}}}]
classrooms: [{{name: {TEXT}, place: {{name: {TEXT}}}, host: {TEXT}, people: {{host: [evil]}}}}]
participants: {{total: 30, countries: {{SE: 30}}}}
viewers: [{{service: {TEXT}, most: 5}}]
schedule:
  tracks: {{a: {{title: {TEXT}, room: {TEXT}}}, b: {{title: {TEXT}}}}}
  days:
    - date: 2025-03-03
      title: {TEXT}
      sessions:
        - {{start: "09:00", minutes: 60, title: {TEXT}, instructors: [evil], track: a}}
        - {{start: "09:00", minutes: 60, title: {TEXT}, notes: {LINK}, track: b}}
"""
PERSON = f"""\
kind: person
name: {TEXT}
sort_name: {TEXT}
consent: given
affiliations: [{{name: {TEXT}}}, north]
links: [{LINK}]
"""
EVERYWHERE = {
    "workshops/evil.yml": WORKSHOP,
    "partners/people/evil.yml": PERSON,
    "workshops/index.md": (
        "# Workshops\n\n```{toctree}\n:glob:\n\n*\n```\n\n```{workshop-list}\n```\n\n"
        "```{workshop-months}\n```\n\n```{workshop-statistics} learners\n```\n\n"
        "```{statistics-downloads}\n```\n"
    ),
}


def hostile(root: Path) -> Portal:
    portal = Portal(root)
    portal.write({**FILES, **EVERYWHERE})
    return portal


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    built = hostile(tmp_path_factory.mktemp("hostile") / "portal").build()
    assert only_marks(built.warnings)
    return built


def only_marks(warnings: str) -> bool:
    """Whether all that was told is that readers see marks, as they are to here."""
    marks = ("[pages.", "[rst-in-markdown]", "[markdown-in-rst]")
    return all(any(f" {mark}" in line for mark in marks) for line in warnings.splitlines())


def dangers(html: str) -> list[str]:
    """Elements and attributes of a page that records put there."""
    with warnings.catch_warnings():
        # Pages of books are XML, and read here as browsers read pages.
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        page = BeautifulSoup(html, "html.parser")
    found = [str(each) for each in page.select("script") if "alert" in _run(each)]
    for element in page.find_all(True):
        for name, value in element.attrs.items():
            if name.startswith("on") or str(value).lower().lstrip().startswith("javascript:"):
                found.append(f"{element.name} {name}={value}")
    return found


def _run(script: Tag) -> str:
    return "" if script.get("type") == "application/ld+json" else script.get_text()


def test_no_page_runs_what_a_record_says(site: Build):
    pages = {
        path: dangers(path.read_text(encoding="utf-8")) for path in site.folder.rglob("*.html")
    }
    assert len(pages) > 10
    assert {path.name: found for path, found in pages.items() if found} == {}


def test_the_text_is_shown_as_it_is(site: Build):
    heading = site.page("workshops/evil.html").select_one("h1")
    assert heading is not None
    assert "<script>alert(1)</script></script><img src=x onerror=alert(1)> ]]> & &amp;" in (
        heading.get_text()
    )


def test_linked_data_is_one_script_that_holds_the_text(site: Build):
    (script,) = site.page("workshops/evil.html").select('script[type="application/ld+json"]')
    names = [each.get("name") for each in json.loads(script.get_text())["@graph"]]
    assert HOSTILE in names


def test_calendars_hold_the_text_and_no_line_of_it(site: Build):
    files = list(site.folder.rglob("*.ics"))
    assert files
    for path in files:
        raw = path.read_bytes()
        assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
        assert max(map(len, raw.split(b"\r\n"))) <= 75
        events = icalendar.Calendar.from_ical(raw).walk("VEVENT")
        assert raw.count(b"\r\nBEGIN:VEVENT\r\n") == len(events)
        if "evil" in path.name:
            assert all(HOSTILE in event["SUMMARY"] for event in events)


def test_feeds_are_well_formed_and_hold_the_text(site: Build):
    (path,) = site.folder.rglob("workshops.atom")
    feed = ElementTree.parse(path)
    titles = [each.text for each in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert HOSTILE in titles


def test_downloads_hold_no_formula(site: Build):
    for path in site.folder.rglob("*.csv"):
        text = path.read_bytes().decode("utf-8")
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))] == []


@pytest.mark.parametrize(
    "builder", ["dirhtml", "singlehtml", "epub", "text", "latex", "man", "xml", "gettext"]
)
def test_other_formats_hold_it_as_text_too(tmp_path: Path, builder: str):
    built = hostile(tmp_path / "portal").build(builder=builder)
    assert built.code == 0
    assert only_marks(
        built.warnings.replace(
            "WARNING: unknown mimetype for CNAME, ignoring [epub.unknown_project_files]\n", ""
        )
    )
    for path in built.folder.rglob("*.html"):
        assert dangers(path.read_text(encoding="utf-8")) == []
    for path in built.folder.rglob("*.xml"):
        ElementTree.parse(path)
    for path in built.folder.rglob("*.tex"):
        assert "\\input{/etc" not in path.read_text(encoding="utf-8")
    for path in built.folder.rglob("*.epub"):
        with zipfile.ZipFile(path) as book:
            pages = [name for name in book.namelist() if name.endswith((".xhtml", ".opf", ".ncx"))]
            assert pages
            for name in pages:
                ElementTree.fromstring(book.read(name))
                assert dangers(book.read(name).decode("utf-8")) == []
