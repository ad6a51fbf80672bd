"""The catalogue's filters in a real browser: in place, combined, and without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from .conftest import axe_violations, overflow

pytestmark = pytest.mark.browser

CATALOGUE = "lessons/index.html"


@pytest.fixture(params=[1280, 390])
def page(chromium: Any, request: Any) -> Iterator[Any]:
    opened = chromium.new_page(viewport={"width": request.param, "height": 900})
    yield opened
    opened.close()


def link(page: Any, facet: str, value: str) -> Any:
    return page.locator(f'.gh-filter a[data-facet="{facet}"][data-value="{value}"]')


def choose(page: Any, facet: str, value: str) -> None:
    if not link(page, facet, value).is_visible():
        page.locator(f"#gh-filter-{facet}").click()
    link(page, facet, value).click()


def chips(page: Any) -> list[str]:
    return [str(each) for each in page.locator(".gh-chips a").all_inner_texts()]


def count(page: Any, facet: str, value: str) -> int:
    found = re.search(r"\((\d+)\)$", link(page, facet, value).text_content())
    assert found
    return int(found[1])


def shown(page: Any) -> int:
    return int(page.locator(".gh-catalogue .gh-card:visible").count())


def said(page: Any) -> str:
    return str(page.locator(".gh-catalogue-tools [role=status]").inner_text())


def test_filters_combine_in_place_and_the_address_says_which(page: Any, site: str):
    page.goto(f"{site}{CATALOGUE}")
    all_lessons = shown(page)
    expected = count(page, "topic", "version-control")
    choose(page, "topic", "version-control")
    assert page.url.endswith("?topic=version-control")
    assert 0 < shown(page) == expected < all_lessons
    assert said(page) == f"{expected} of {all_lessons} lessons"
    both = count(page, "level", "beginner")
    choose(page, "level", "beginner")
    assert page.url.endswith("?topic=version-control&level=beginner")
    assert shown(page) == both
    assert link(page, "level", "beginner").get_attribute("aria-current") == "true"


def test_the_back_button_takes_back_a_filter(page: Any, site: str):
    page.goto(f"{site}{CATALOGUE}")
    all_lessons = shown(page)
    choose(page, "level", "beginner")
    some = shown(page)
    choose(page, "topic", "version-control")
    page.go_back()
    assert shown(page) == some
    page.go_back()
    assert shown(page) == all_lessons
    assert page.locator(".gh-catalogue [aria-current]").count() == 0


def test_a_second_click_or_show_all_takes_a_filter_away(page: Any, site: str):
    page.goto(f"{site}{CATALOGUE}?level=beginner")
    assert shown(page) == count(page, "level", "beginner")
    choose(page, "level", "beginner")
    assert page.url.endswith(CATALOGUE)
    back = page.get_by_role("link", name="Show all")
    assert not back.is_visible()
    choose(page, "level", "beginner")
    page.keyboard.press("Escape")
    back.click()
    assert page.url.endswith(CATALOGUE)
    assert not back.is_visible()


def test_two_values_of_one_facet_show_lessons_of_either(page: Any, site: str):
    page.goto(f"{site}{CATALOGUE}")
    either = count(page, "level", "beginner") + count(page, "level", "intermediate")
    choose(page, "level", "beginner")
    choose(page, "level", "intermediate")
    assert shown(page) == either


TOPS = """() => [".gh-catalogue-tools", ".gh-catalogue-cards"].map((selector) =>
  document.querySelector(selector).getBoundingClientRect().top + scrollY)"""


def test_filters_work_by_keyboard_and_nothing_moves(page: Any, site: str):
    page.goto(f"{site}{CATALOGUE}")
    # Both from the top of the page and at one moment: the focus scrolls.
    _, before = page.evaluate(TOPS)
    page.locator("#gh-filter-level").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("?level=beginner")
    counted, after = page.evaluate(TOPS)
    assert counted < after <= before + 1
    page.keyboard.press("Escape")
    assert not link(page, "level", "beginner").is_visible()
    assert page.evaluate("document.activeElement.id") == "gh-filter-level"


def test_what_is_chosen_stands_as_chips_that_take_it_away(page: Any, site: str):
    page.goto(f"{site}{CATALOGUE}?level=beginner&topic=version-control")
    assert chips(page) == ["Version control", "Beginner"]
    page.get_by_role("link", name="Remove filter: Version control").click()
    assert page.url.endswith("?level=beginner")
    assert chips(page) == ["Beginner"]
    assert page.evaluate("document.activeElement.textContent") == "Beginner"
    page.keyboard.press("Enter")
    assert page.url.endswith(CATALOGUE)
    assert chips(page) == []


@pytest.mark.parametrize("name", [CATALOGUE, "workshops/index.html"])
def test_the_first_card_is_in_the_first_screen(page: Any, site: str, name: str):
    page.goto(f"{site}{name}")
    box = page.locator(".gh-catalogue .gh-card:visible").first.bounding_box()
    assert box["y"] < 700


def test_open_values_close_where_the_reader_goes_on(page: Any, site: str):
    page.goto(f"{site}{CATALOGUE}")
    page.locator("#gh-filter-level").click()
    page.locator("#gh-filter-topic").click()
    assert page.locator(".gh-filter[open]").count() == 1
    page.locator("h1").click()
    assert page.locator(".gh-filter[open]").count() == 0


def test_a_page_of_a_filter_leads_on_to_both(page: Any, site: str):
    page.goto(f"{site}lessons/by/topic/version-control.html")
    expected = count(page, "level", "beginner")
    choose(page, "level", "beginner")
    page.wait_for_url(f"{site}{CATALOGUE}?topic=version-control&level=beginner#gh-catalogue")
    assert shown(page) == expected
    page.goto(f"{site}lessons/by/topic/version-control.html")
    choose(page, "topic", "version-control")
    page.wait_for_url(f"{site}{CATALOGUE}#gh-catalogue")


def test_an_address_with_what_there_is_not_shows_none_and_the_way_out(page: Any, site: str):
    page.goto(f"{site}{CATALOGUE}?topic=cooking")
    assert shown(page) == 0
    page.get_by_role("link", name="Show all").click()
    assert shown(page) > 0


def test_without_a_script_filters_are_links_and_all_cards_are_shown(chromium: Any, site: str):
    context = chromium.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{site}{CATALOGUE}?level=beginner")
    expected = count(opened, "topic", "version-control")
    assert shown(opened) > expected
    choose(opened, "topic", "version-control")
    assert opened.url == f"{site}lessons/by/topic/version-control.html"
    assert shown(opened) == expected
    opened.get_by_role("link", name="Show all").click()
    assert opened.url == f"{site}{CATALOGUE}#gh-catalogue"
    context.close()


def test_a_page_of_a_filter_can_be_read_by_all(page: Any, site: str):
    page.goto(f"{site}lessons/by/topic/version-control.html")
    assert axe_violations(page) == []
    assert overflow(page) == []
    page.goto(f"{site}{CATALOGUE}?topic=version-control&level=advanced&format=video")
    assert axe_violations(page) == []
