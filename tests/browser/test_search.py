"""The search: what is found first, the dialog and page of results, and what is there without."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .conftest import axe_violations, overflow

pytestmark = pytest.mark.browser

ROW = re.compile(
    r"^\| (?P<query>.+?) +\| (?P<first>\*\*)?(?P<page>[\w-]+/[\w/-]+)(?:\*\*)? +\|$", re.M
)
QUERIES = [
    (row["query"], row["page"], bool(row["first"]))
    for row in ROW.finditer(Path(__file__).with_name("queries.md").read_text(encoding="utf-8"))
]
RANKS = """async ([module, queries]) => {
  const { search, about } = await import(module);
  const root = new URL(document.documentElement.dataset.content_root, document.baseURI);
  const found = [];
  for (const query of queries) {
    const { hits } = await search(root, query);
    const pages = await Promise.all(hits.slice(0, 3).map(({ page }) => about(root, page)));
    found.push([hits.length, pages.map(({ docname }) => docname)]);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def page(chromium: Any, site: str) -> Iterator[Any]:
    """A page of the portal, on which nothing goes wrong."""
    opened = chromium.new_page(viewport={"width": 1280, "height": 900})
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    opened.close()
    assert errors == []


def ranks(page: Any, site: str, queries: list[str]) -> list[tuple[int, list[str]]]:
    """How many pages each query finds, and the first three."""
    return [tuple(each) for each in page.evaluate(RANKS, [f"{site}_static/search.js", queries])]


def test_what_is_looked_for_comes_first(page: Any, site: str):
    assert len(QUERIES) >= 40
    page.goto(f"{site}lessons/index.html")
    found = ranks(page, site, [query for query, _, _ in QUERIES])
    missed = [
        f"{query}: {page} isn't among {first}"
        for (query, page, is_first), (_, first) in zip(QUERIES, found, strict=True)
        if page not in (first[:1] if is_first else first)
    ]
    assert missed == []


def test_no_page_is_found_twice(page: Any, site: str, site_folder: Path):
    pages = [
        each[0]
        for path in (site_folder / "_search").glob("titles-*.json")
        for each in json.loads(path.read_bytes())["pages"]
    ]
    assert len(pages) == len(set(pages)) > 300


def test_the_dialog_is_used_by_keyboard(page: Any, site: str):
    page.goto(f"{site}partners/index.html")
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Search terms")
    assert field.evaluate("field => field === document.activeElement")
    page.keyboard.type("tromso")
    options = page.get_by_role("option")
    options.first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    assert options.last.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    assert options.first.get_attribute("aria-selected") == "true"
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.wait_for_function("document.querySelector('[role=option] mark')?.innerText === 'Tromsø'")
    assert axe_violations(page) == []
    page.keyboard.press("Escape")
    assert not field.is_visible()
    page.keyboard.press("Control+k")
    page.wait_for_function("getSelection().toString() === 'tromso'")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/workshops/2017-06-19-tromso.html")


def test_one_key_alone_can_be_turned_off(page: Any, site: str):
    page.goto(f"{site}partners/index.html")
    field = page.get_by_role("combobox")
    page.keyboard.press("Control+k")
    choice = page.get_by_label("The key / opens the search")
    choice.uncheck()
    page.reload()
    page.keyboard.press("/")
    assert not field.is_visible()
    page.keyboard.press("Control+k")
    choice.check()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("/")
    assert field.is_visible()


def test_results_are_narrowed_and_their_address_says_how(page: Any, site: str):
    page.goto(f"{site}index.html")
    page.locator(".gh-header .gh-search").click()
    page.keyboard.type("git")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=git")
    results = page.locator(".gh-results li")
    results.nth(19).wait_for()
    assert results.count() == 20
    page.get_by_role("button", name="More results").click()
    results.nth(20).wait_for()
    assert "Home" not in results.first.inner_text()
    page.get_by_label("Kind").select_option("episode")
    page.get_by_label("Level").select_option("beginner")
    page.wait_for_url("**/search.html?q=git&kind=episode&level=beginner")
    where = page.locator(".gh-results .gh-hit-where")
    page.wait_for_function(
        "![...document.querySelectorAll('.gh-results .gh-hit-where')]"
        ".some((each) => !each.innerText.startsWith('Episode · Lessons › '))"
    )
    assert where.count() == results.count() > 3
    assert axe_violations(page) == []
    page.go_back()
    page.wait_for_url("**/search.html?q=git&kind=episode")
    page.go_back()
    page.wait_for_function("document.querySelectorAll('.gh-results li').length === 20")


def test_a_page_says_what_was_searched_instead_and_where_it_stands(page: Any, site: str):
    page.goto(f"{site}search.html?q=conflct")
    status = page.locator(".gh-results-status")
    page.locator(".gh-results li mark").first.wait_for()
    assert status.inner_text().startswith("Results for “conflict”.")
    page.goto(f"{site}search.html?q=xyzzy")
    page.wait_for_function("document.querySelector('.gh-results-status').innerText")
    assert status.inner_text() == "Nothing found for “xyzzy”."


def test_the_search_fits_a_phone_in_the_dark(chromium: Any, site: str):
    page = chromium.new_page(viewport={"width": 320, "height": 700}, color_scheme="dark")
    page.goto(f"{site}search.html?q=reproducible")
    page.locator(".gh-results li mark").first.wait_for()
    assert overflow(page) == []
    assert axe_violations(page) == []
    page.locator(".gh-header .gh-search").click()
    page.keyboard.type("reproducible")
    page.locator("[role=option] mark").first.wait_for()
    assert axe_violations(page) == []
    box = page.locator(".gh-search-dialog").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert box["y"] + box["height"] <= 700
    page.goto(f"{site}a-z.html")
    assert axe_violations(page) + overflow(page) == []
    page.close()


def test_without_scripts_all_pages_are_found_by_their_letters(chromium: Any, site: str):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}partners/index.html")
    page.locator(".gh-header .gh-search").click()
    assert page.url == f"{site}search.html"
    page.get_by_role("link", name="All pages from A to Z").click()
    page.get_by_label("Letters").get_by_role("link", name="J", exact=True).click()
    link = page.get_by_role("link", name="Julia for high-performance scientific computing")
    assert "Lessons" in link.locator("xpath=..").inner_text()
    link.click()
    assert page.url == f"{site}lessons/julia-for-hpc/index.html"
    context.close()
