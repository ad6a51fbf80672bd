"""What people see: pages of every kind of the portal, in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from .conftest import axe_violations, overflow

pytestmark = pytest.mark.browser

PARTS = 6
"""A test looks at one part of the pages, so that the parts can run side by side."""
OF_COLOURS = ("color-contrast", "image-alt", "link-in-text-block")
"""Rules of axe-core whose answer other colours can change, or pictures shown with them only."""
OF_WIDTH = ("scrollable-region-focusable", "target-size")
"""Rules of axe-core whose answer the width of the window can change."""
EPISODE = "lessons/introduction-to-version-control/sharing.html"
SHIFTS = """
window.moved = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
"""Adds up how much of a page moves while it loads: https://web.dev/articles/cls."""
MOST_OF_A_KIND = 4
"""So many pages of one kind are looked at: half of them the largest, half from all over."""


def pages_of(site_folder: Path) -> list[str]:
    """Every page of the built portal, the generated ones too."""
    names = (path.relative_to(site_folder).as_posix() for path in site_folder.rglob("*.html"))
    return sorted(name for name in names if not name.startswith("_"))


def pages_of_each_kind(site_folder: Path) -> list[str]:
    """All pages, but of folders with many pages alike, such as those of people, only some."""
    names = pages_of(site_folder)
    kinds: dict[str, list[str]] = {}
    for name in names:
        folder = name.rpartition("/")[0]
        # Certificates lie in a folder beside the page of the person.
        kind = f"{folder.rpartition('/')[0]}/*" if f"{folder}.html" in names else folder
        kinds.setdefault(kind, []).append(name)
    chosen: set[str] = set()
    for alike in kinds.values():
        largest = sorted(alike, key=lambda name: (-(site_folder / name).stat().st_size, name))
        half = MOST_OF_A_KIND // 2
        chosen.update(largest[:half], alike[:: max(len(alike) // half, 1)])
    return sorted(chosen)


def test_pages_of_every_kind_are_looked_at(site_folder: Path):
    chosen = pages_of_each_kind(site_folder)
    folders = {name.rpartition("/")[0] for name in chosen}
    assert {"", "lessons", "lessons/by/topic", "workshops", "partners/people"} <= folders
    assert any(name.endswith("/certificate.html") for name in chosen)
    assert any("/view/" in name for name in chosen)
    assert 120 < len(chosen) < 400


@pytest.mark.parametrize("part", range(PARTS))
def test_every_kind_of_page_is_accessible_fits_and_stays_on_its_own_site(
    chromium: Any, site: str, site_folder: Path, part: int
):
    faults = []
    page = chromium.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    for number, name in enumerate(pages_of_each_kind(site_folder)):
        if number // 2 % PARTS != part:
            continue
        # Of pages alike, half are held to all rules when narrow, and half when wide.
        first, second = (1280, 390) if number % 2 else (390, 1280)
        page.set_viewport_size({"width": first, "height": 900})
        page.goto(f"{site}{name}")
        for width, scheme, rules in (
            (first, "light", ()),
            (first, "dark", OF_COLOURS),
            (second, "light", OF_WIDTH if "/" in name else ()),
        ):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            # The page hears of its width before the next frame.
            page.evaluate("new Promise(requestAnimationFrame)")
            found = (*axe_violations(page, rules), *overflow(page))
            faults += [f"{name} {width} {scheme}: {fault}" for fault in found]
    page.close()
    faults += [f"asks {url}" for url in requests if not url.startswith((site, "data:"))]
    assert faults == []


def test_the_pages_are_all_there(site_folder: Path):
    names = pages_of(site_folder)
    assert {"index.html", "search.html", "a-z.html", "404.html", "genindex.html"} <= set(names)
    assert {"lessons/index.html", "lessons/how-to-teach-online/view/all.html"} <= set(names)
    assert len(names) > 140


def test_a_page_weighs_little(site_folder: Path):
    weights = {}
    for name in pages_of(site_folder):
        if "/view/" in name:
            continue
        path = site_folder / name
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        linked = [tag["href"] for tag in page.select("link[rel=stylesheet]")]
        linked += [tag["src"] for tag in page.select("script[src]")]
        files = [path, *((path.parent / each.split("?")[0]).resolve() for each in linked)]
        weights[name] = sum(file.stat().st_size for file in files)
    heaviest = max(weights, key=lambda name: weights[name])
    assert weights[heaviest] < 185_000, heaviest


def test_the_skip_link_comes_first_and_leads_to_the_content(chromium: Any, site: str):
    page = chromium.new_page()
    page.goto(f"{site}partners/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "gh-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.close()


def test_the_colour_switch_stays(chromium: Any, site: str):
    page = chromium.new_page()
    page.goto(f"{site}index.html")
    button = page.get_by_role("button", name="Colours: automatic")
    button.click()
    button = page.get_by_role("button", name="Colours: light")
    button.click()
    background = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(background)
    page.goto(f"{site}partners/index.html")
    assert page.get_by_role("button", name="Colours: dark").is_visible()
    assert page.evaluate(background) == dark == "rgb(17, 23, 29)"
    page.close()


def test_the_menu_of_a_phone_opens_by_keyboard_and_shows_where_one_is(chromium: Any, site: str):
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{site}{EPISODE}")
    link = page.locator(".gh-menu a", has_text="Setting up Git")
    assert not link.is_visible()
    page.locator(".gh-menu > summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".gh-menu a", has_text="Partners").is_visible()
    assert page.locator(".gh-menu a[aria-current]").inner_text() == "Sharing a repository"
    link.click()
    assert page.title().startswith("Setting up Git")
    page.close()


@pytest.mark.parametrize("name", ["index.html", "workshops/index.html", EPISODE, "search.html"])
def test_on_a_phone_the_title_is_near_the_top_and_nothing_moves(
    chromium: Any, site: str, name: str
):
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.add_init_script(SHIFTS)
    page.goto(f"{site}{name}")
    page.wait_for_function("document.readyState === 'complete'")
    assert page.locator("h1").bounding_box()["y"] < 200
    assert page.evaluate("new Promise(requestAnimationFrame).then(() => moved)") < 0.02
    page.close()


@pytest.mark.parametrize("name", ["partners/index.html", EPISODE])
def test_nothing_moves_when_the_contents_of_a_page_come_late(chromium: Any, site: str, name: str):
    """They stand beside the text, and last in the page."""
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.add_init_script(SHIFTS)
    page.goto(f"{site}{name}?slowly")
    page.wait_for_function("document.readyState === 'complete'")
    assert page.locator(".gh-page-toc").is_visible()
    assert page.evaluate("new Promise(requestAnimationFrame).then(() => moved)") < 0.02
    page.close()


def test_a_table_that_goes_on_fades_until_its_end(chromium: Any, site: str):
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{site}partners/in-kind/index.html")
    table = page.locator(".gh-table-scroll").first
    fades = "node => getComputedStyle(node).maskImage !== 'none'"
    assert table.evaluate(fades)
    table.evaluate("node => node.scrollTo(node.scrollWidth, 0)")
    page.wait_for_function(f"!({fades})(document.querySelector('.gh-table-scroll'))")
    page.set_viewport_size({"width": 1280, "height": 844})
    assert not table.evaluate(fades)
    page.close()


def test_a_wide_table_scrolls_by_keyboard_and_keeps_its_first_column(chromium: Any, site: str):
    page = chromium.new_page(viewport={"width": 320, "height": 900})
    page.goto(f"{site}partners/in-kind/index.html")
    region = page.locator(".gh-table-scroll").first
    head = region.locator("tbody th").first
    before = head.bounding_box()["x"]
    region.focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.gh-table-scroll').scrollLeft > 50")
    assert abs(head.bounding_box()["x"] - before) <= 1
    page.close()


def test_everything_can_be_read_without_javascript(chromium: Any, site: str):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}partners/index.html")
    assert page.get_by_text("130–160").first.is_visible()
    page.locator(".gh-chart-data > summary").first.click()
    assert page.locator(".gh-chart-data table").first.is_visible()
    assert page.locator(".gh-theme-toggle:visible").count() == 0
    context.close()


def test_an_address_that_does_not_exist_leads_back(chromium: Any, site: str):
    page = chromium.new_page()
    response = page.goto(f"{site}partners/long/gone/page.html")
    assert response.status == 404
    assert page.get_by_role("heading", name="Page not found").is_visible()
    page.get_by_role("link", name="Home page").click()
    assert page.url.removesuffix("index.html") == site
    page.close()
