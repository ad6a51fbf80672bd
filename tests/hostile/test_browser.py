"""Pages of strangers in a real browser: nothing of them runs, and no other site is asked.

The attacks are in browser.txt. All are made on one external lesson, and every page of the
portal is opened: the lesson's, and those of others on which its words appear.
"""

from __future__ import annotations

import base64
import contextlib
import functools
import http.server
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from ..browser.conftest import browser
from ..portals import Build
from .attacks import Attack, HostileLesson

TABLE = Path(__file__).parent / "browser.txt"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
SCRIPT = "<script>alert(1)</script>"
EVIL = "https://evil.example/"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
DRAWINGS = {
    "script": f"{DRAWING}{SCRIPT}<path d='M0 0'/></svg>",
    "handler": f"{DRAWING}<g onload='alert(1)'><path d='M0 0'/></g></svg>",
    "link": f"{DRAWING}<a xlink:href='javascript:alert(1)'><text y='9'>x</text></a></svg>",
    "set": f"{DRAWING}<a><set attributeName='xlink:href' to='javascript:alert(1)'/></a></svg>",
    "foreign": (
        f"{DRAWING}<foreignObject width='9' height='9'><div "
        "xmlns='http://www.w3.org/1999/xhtml'>words<img src='x' onerror='alert(1)'/>"
        f"<iframe src='{EVIL}'/></div></foreignObject></svg>"
    ),
    "style": f"{DRAWING}<style>@import url({EVIL}a.css); a {{ fill: url({EVIL}b) }}</style></svg>",
    "picture": f"{DRAWING}<image href='{EVIL}c.png'/><use href='{EVIL}d#a'/></svg>",
    "paint": f"{DRAWING}<path fill='url({EVIL}e#a)' d='M0 0'/></svg>",
    "sheet": f"<?xml-stylesheet type='text/css' href='{EVIL}f.css'?>{DRAWING}</svg>",
    "entity": (
        '<!DOCTYPE svg [<!ENTITY x "<script xmlns='
        f"'http://www.w3.org/2000/svg'>alert(1)</script>\">]>{DRAWING}&x;</svg>"
    ),
    "default": f"<!DOCTYPE svg [<!ATTLIST g onload CDATA 'alert(1)'>]>{DRAWING}<g/></svg>",
    "prefix": (
        "<s:svg xmlns:s='http://www.w3.org/2000/svg' xmlns:h='http://www.w3.org/1999/xhtml'>"
        "<h:script>alert(1)</h:script><s:script>alert(1)</s:script></s:svg>"
    ),
    "broken": f"{DRAWING}{SCRIPT}",
}
NAMES = (
    "<img src=x onerror=alert(1)>",
    "'onmouseover='alert(1)",
    "javascript&colon;alert(1)",
    "%3Cimg src=x onerror=alert(1)%3E",
    "a&lt;script&gt;",
)
PAGE = f"<!doctype html><title>x</title>{SCRIPT}"
HANDED = {
    "page.html": PAGE,
    "page.HTM": PAGE,
    "page.xhtml": PAGE,
    "page.shtml": PAGE,
    "page.html.gz": PAGE,
    "page.html.unknown": PAGE,
    "page.unknown": PAGE,
    "page.mht": PAGE,
    "suffixless": f"\n  {PAGE}",
    "comment": f"<!-- x -->{PAGE}",
    "data.xml": "<a><script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script></a>",
    "sheet.xml": "<?xml-stylesheet type='text/xsl' href='a.xsl'?><a/>",
    "sheet.xsl": "<a/>",
    "run.js": "alert(1)",
    "run.mjs": "alert(1)",
    "film.swf": "FWS",
    "server.php": "<?php phpinfo();",
    ".htaccess": "AddType text/html .txt",
    "drawing.svg": DRAWINGS["script"],
    "drawing.svgz": DRAWINGS["script"],
}
KEPT = {
    "data.csv": "a,b\n1,2\n",
    "a.py": "print('<html>')\n",
    "notes.txt": "<html> is a tag\n",
    "plain.xml": "<?xml version='1.0'?><data><point x='1'/></data>",
    "track.gpx": "<?xml version='1.0'?><gpx><trk/></gpx>",
    "sound.svg": f"{DRAWING}<path d='M0 0'/></svg>",
    "archive.html.zip": "PK",
    "Makefile": "all:\n\techo\n",
}
OUTPUTS: tuple[dict[str, str], ...] = (
    {"text/html": f"<b>saved</b>{SCRIPT}<img src=x onerror=alert(1)>"},
    {"text/html": f"<script src='{EVIL}g.js'></script>", "text/plain": "a plot"},
    {"application/javascript": "alert(1)", "text/plain": "a script"},
    {"application/vnd.jupyter.widget-view+json": '{"model_id": "m"}', "text/plain": "a widget"},
    {"image/svg+xml": DRAWINGS["script"]},
    {"text/markdown": f"{SCRIPT} ![x]({EVIL}h.png)"},
    {"text/latex": "$\\href{javascript:alert(1)}{x}$"},
    {"text/plain": f"\x1b[31m{SCRIPT}\x1b[0m"},
)


ASKING: tuple[dict[str, str], ...] = (
    {"text/html": f"<script src='{EVIL}i.js'></script><div id='v'></div>", "text/plain": "Vega"},
    {"text/html": f"<div></div><script>load('{EVIL}j.js')</script>", "text/plain": "Plotly"},
    {"text/html": f"<img src='{EVIL}k.png' alt='a map'>", "text/plain": "<Image>"},
    {"text/html": f"<iframe src='{EVIL}l'></iframe>", "text/plain": "<IFrame>"},
    {"text/html": f"<style>@import '{EVIL}m.css'; a {{ background: url({EVIL}n) }}</style>"},
    {"text/html": f"<link rel='stylesheet' href='{EVIL}o.css'><b>a table</b>"},
    {"application/javascript": f"require(['{EVIL}p.js'])", "text/plain": "Bokeh"},
    {"application/vnd.jupyter.widget-view+json": '{"model_id": "m"}', "text/plain": "a slider"},
)


def sections() -> dict[str, list[tuple[str, str]]]:
    """The sections of the table: each line's name, if it has one, and what it holds."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            found[line[3:]] = []
        elif line and not line.startswith("#"):
            name, apart, text = line.partition(" :: ")
            held = (name, text) if apart else ("", line)
            found[list(found)[-1]].append((held[0], held[1].replace("⏎", "\n")))
    return found


def notebook(outputs: tuple[dict[str, str], ...] = OUTPUTS) -> str:
    cells = [
        {
            "cell_type": "code",
            "execution_count": 1,
            "id": f"c{number}",
            "metadata": {},
            "source": "x",
            "outputs": [{"output_type": "display_data", "metadata": {}, "data": data}],
        }
        for number, data in enumerate(outputs)
    ]
    title = {"cell_type": "markdown", "id": "t", "metadata": {}, "source": f"# Notebook {SCRIPT}"}
    state = {"version_major": 2, "version_minor": 0, "state": {"m": {"model_name": "X"}}}
    return json.dumps(
        {
            "cells": [title, *cells],
            "metadata": {
                "kernelspec": {"name": "python3", "display_name": "Python", "language": "python"},
                "widgets": {"application/vnd.jupyter.widget-state+json": state},
            },
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


def attacks() -> list[Attack]:
    """All attacks, each with the page that it is made on."""
    table = sections()
    made = []
    for kind, suffix in (("places in Markdown", "md"), ("places in reStructuredText", "rst")):
        for place, text in table[kind]:
            files = {
                f"p{number}.{suffix}": text.replace("@P@", payload)
                for number, (_, payload) in enumerate(table["payloads"])
            }
            made.append(Attack(place, files, ()))
    for number, (_, html) in enumerate(table["raw HTML"]):
        page = f"# Needle {number}\n\n{html}\n\nText after it.\n"
        inline = f"# Needle {number} inline {html}\n\nIn a sentence {html} of words.\n"
        made.append(Attack(f"raw HTML {number}", {"a.md": page, "b.md": inline}, ()))
    for name, text in table["forms of addresses"]:
        parts = [text.replace("@A@", address) for _, address in table["addresses"]]
        made.append(Attack(f"address as {name}", {"a.md": "\n\n".join(["# Needle", *parts])}, ()))
    pictures = {f"{name}.svg": text for name, text in DRAWINGS.items()}
    shown = [f"![needle {name}]({name})" for name in pictures]
    made.append(Attack("drawings", {"a.md": "\n\n".join(["# Needle", *shown]), **pictures}, ()))
    links = [
        f"{{download}}`needle {name} <{name}>`\n\n[needle]({name})\n\n![needle {name}]({name})"
        for name in HANDED
    ]
    made.append(Attack("files", {"a.md": "\n\n".join(["# Needle", *links]), **HANDED}, ()))
    sound = [f"{{download}}`{name} <{name}>`" for name in KEPT]
    made.append(Attack("sound files", {"a.md": "\n\n".join(["# Needle", *sound]), **KEPT}, ()))
    names = {f"{name}.md": f"# Needle\n\n![needle]({name}.png)\n" for name in NAMES}
    made.append(Attack("names", {**names, **{f"{name}.png": "x" for name in NAMES}}, ()))
    made.append(Attack("notebook", {"a.ipynb": notebook()}, ()))
    return made


@dataclass
class Site:
    """The built site, and what a browser tells of it."""

    build: Build
    address: str
    page: Any
    ran: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def open(self, name: str) -> None:
        self.page.goto(self.address + name, wait_until="load")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> HostileLesson:
    made = HostileLesson(tmp_path_factory.mktemp("hostile"), attacks(), {"evil": "language: en\n"})
    made.portal.write(
        {
            "index.md": (
                "# Home\n\n:::{lesson-catalogue}\n:::\n\n"
                "```{toctree}\n:maxdepth: 4\n:glob:\n\nlessons/*/index\npages/*\n```\n"
            ),
            "pages/lists.md": (
                "# Lists\n\n"
                + "".join(
                    f":::{{{name}}}\n:lesson: evil\n:::\n\n"
                    for name in (
                        *("exerciselist", "keypoints-list", "questions-list", "objectives-list"),
                        *("instructor-notes", "glossary-list", "figures-list"),
                    )
                )
                + "{doc}`/lessons/evil/title/p0`\n"
            ),
            "pages/own.md": f"# Own\n\n![A picture]({EVIL}own.png)\n",
            "pages/book.ipynb": notebook(ASKING).replace(SCRIPT, ""),
        }
    )
    made.portal.root.joinpath("pages/x.png").write_bytes(PIXEL)
    return made


@pytest.fixture(scope="module")
def build(hostile: HostileLesson) -> Build:
    hostile.fetch()
    return hostile.portal.build("-j", "2")


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Says no type of files that it doesn't know, so that the browser guesses."""

    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        """Let the browser keep what all pages share."""
        if "/_static/" in self.path:
            self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def guess_type(self, path: Any) -> str:
        known = super().guess_type(path)
        return "" if known == "application/octet-stream" else known

    def send_header(self, keyword: str, value: str) -> None:
        if keyword != "Content-type" or value:
            super().send_header(keyword, value)

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(build: Build) -> Iterator[Site]:
    handler = functools.partial(_Handler, directory=str(build.folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    context = browser().new_context()
    page = context.new_page()
    made = Site(build, address, page)

    def note(request: Any) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            made.asked.append(f"{page.url}: {request.url}")

    def dismiss(dialog: Any) -> None:
        made.ran.append(page.url)
        dialog.dismiss()

    context.on("request", note)
    page.on("dialog", dismiss)
    yield made
    context.close()
    server.shutdown()


ACTIVE = """() => [...document.querySelectorAll("*")].flatMap((element) => {
  const found = [];
  const inside = element.closest("main, nav") !== null;
  if (inside && /^(script|iframe|object|embed|base|meta|link|form|style)$/i.test(element.localName)
      && !element.closest("form[role=search], noscript")) found.push(element.outerHTML);
  for (const { name, value } of element.attributes) {
    if (/^on/i.test(name)) found.push(element.outerHTML);
    if (/^(href|xlink:href|src|action|formaction|data|poster)$/i.test(name)) {
      const { protocol } = new URL(value, location.href);
      if (!/^(https?|mailto|tel):$/.test(protocol) && !/^data:image\\/png/.test(value)) {
        found.push(element.outerHTML);
      }
    }
  }
  // Nothing of the article may lie over the rest of the page.
  if (element.matches(".gh-brand, .gh-sections a, .gh-sidebar a, .gh-theme-toggle")) {
    const { x, y, width, height } = element.getBoundingClientRect();
    const above = width && document.elementFromPoint(x + width / 2, y + height / 2);
    if (above && above.closest("article")) found.push(`covered: ${element.outerHTML}`);
  }
  return found.map((each) => `${location.pathname}: ${each.slice(0, 200)}`);
})"""


def test_the_lesson_is_built_whole(build: Build, hostile: HostileLesson):
    assert build.code == 0
    missing = [
        f"{attack.folder}/{name}"
        for attack in attacks()
        for name in attack.files
        if name.endswith((".md", ".rst", ".ipynb"))
        and not (
            build.folder / "lessons/evil" / attack.folder / f"{name.rpartition('.')[0]}.html"
        ).is_file()
    ]
    assert missing == []


def test_no_page_runs_anything_or_asks_another_site(site: Site):
    active = []
    for path in sorted(site.build.folder.rglob("*.html")):
        site.open(path.relative_to(site.build.folder).as_posix())
        active += site.page.evaluate(ACTIVE)
    assert (site.ran, site.asked, active) == ([], [], [])


SEARCHED = (
    *("needle", "title needle", "heading needle", "caption", "img", "script", "alert", "onerror"),
    *("deep needle", "table needle", "code needle", "glossary", "notebook", "below"),
)


def test_results_of_a_search_are_text(site: Site, build: Build):
    files = sorted((build.folder / "_search").glob("titles-*.json"))
    pages = [page for path in files for page in json.loads(path.read_bytes())["pages"]]
    suspicious = [title for _, _, title, *_ in pages if "<" in title or "&" in title]
    assert suspicious
    for query in (*SEARCHED, *suspicious):
        site.open(f"search.html?q={quote(query)}")
        site.page.wait_for_function("document.querySelector('.gh-results-status').innerText")
        site.page.wait_for_timeout(100)
        assert site.page.locator(".gh-results").locator("img, script, svg, iframe").count() == 0
    assert suspicious[-1] in site.page.inner_text(".gh-results ol")
    site.page.keyboard.press("Control+k")
    site.page.keyboard.type(suspicious[-1])
    option = site.page.locator(".gh-search-dialog [role=option]").first
    option.wait_for()
    site.page.wait_for_timeout(100)
    assert suspicious[-1] in site.page.inner_text(".gh-search-hits")
    assert site.page.locator(".gh-search-dialog").locator("img, script, svg, iframe").count() == 0
    assert (site.ran, site.asked) == ([], [])


def test_files_that_are_handed_out_run_nothing_when_they_are_opened(site: Site, build: Build):
    opened = []
    for folder in ("_images", "_downloads", "_static"):
        for path in sorted((build.folder / folder).rglob("*")):
            if path.is_file() and folder != "_static":
                opened.append(path.name)
                with contextlib.suppress(Exception):
                    # One that is downloaded isn't shown.
                    site.open(path.relative_to(build.folder).as_posix())
    assert (site.ran, site.asked) == ([], [])
    assert set(KEPT) <= set(opened)
    assert not set(HANDED) & set(opened)


def test_what_is_refused_is_told_at_its_place(build: Build):
    for name in HANDED:
        told = [
            line
            for line in build.warnings.splitlines()
            if f"`{name}`" in line or f"'{name}'" in line
        ]
        assert told, name
    for name in DRAWINGS:
        assert any(f"{name}.svg" in line for line in build.warnings.splitlines()), name


def test_a_diagram_that_names_another_site_is_not_drawn(site: Site):
    site.open("lessons/evil/diagram/p6.html")
    assert site.page.locator("[data-gh-diagram] > button").count() == 0
    site.open("lessons/evil/diagram/p0.html")
    assert site.page.locator("[data-gh-diagram] > button").count() == 1


def test_pictures_of_other_sites_are_shown_on_a_click(site: Site):
    site.open("pages/own.html")
    assert site.page.locator("article img").count() == 0
    assert site.page.get_attribute("article .gh-outside a", "href") == f"{EVIL}own.png"
    site.page.click("text=Show the picture here (loads from evil.example)")
    site.page.wait_for_selector("article img")
    assert [each.rpartition(" ")[2] for each in site.asked] == [f"{EVIL}own.png"]
    site.asked.clear()
