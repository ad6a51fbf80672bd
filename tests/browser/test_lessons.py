"""What learners and instructors do on pages of lessons, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from .conftest import axe_violations

pytestmark = pytest.mark.browser

LESSON = "lessons/introduction-to-version-control/"
EPISODE = f"{LESSON}branches.html"


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    opened = chromium.new_page(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


def tool(page: Any, name: str) -> Any:
    """A button of the tools below the title, which are folded up."""
    tools = page.locator(".gh-lesson-tools")
    if not tools.evaluate("node => node.open"):
        tools.locator("summary").click()
    return page.get_by_role("button", name=name)


def test_solutions_are_hidden_until_asked_for_by_keyboard(page: Any, site: str):
    page.goto(f"{site}{EPISODE}")
    solution = page.locator("details.solution").first
    assert not solution.evaluate("node => node.open")
    solution.locator("summary").focus()
    page.keyboard.press("Enter")
    assert solution.evaluate("node => node.open")


def test_the_view_of_instructors_opens_notes_and_solutions_and_stays(page: Any, site: str):
    page.goto(f"{site}{EPISODE}")
    switch = tool(page, "Instructor view")
    assert switch.get_attribute("aria-pressed") == "false"
    switch.click()
    page.goto(f"{site}{LESSON}history.html")
    switch = tool(page, "Instructor view")
    assert switch.get_attribute("aria-pressed") == "true"
    closed = page.locator("details.solution:not([open]), details.instructor-note:not([open])")
    assert closed.count() == 0
    switch.click()
    assert page.locator("details.solution[open]").count() == 0


def test_a_page_becomes_slides_and_a_page_again(page: Any, site: str):
    page.goto(f"{site}{EPISODE}")
    start = tool(page, "Slides")
    start.click()
    place = page.locator(".gh-slides-bar output")
    first, count = place.inner_text().split(" / ")
    assert first == "1"
    assert int(count) > 3
    page.keyboard.press("ArrowRight")
    assert place.inner_text() == f"2 / {count}"
    assert page.locator("h1:visible").count() == 0
    page.keyboard.press("End")
    assert place.inner_text() == f"{count} / {count}"
    page.keyboard.press("Escape")
    assert page.locator("h1:visible").count() == 1
    assert start.evaluate("node => node === document.activeElement")


def test_solutions_can_be_kept_from_print(page: Any, site: str):
    page.goto(f"{site}{EPISODE}")
    page.emulate_media(media="print")
    text = page.locator("details.solution p").first
    assert text.is_visible()
    page.emulate_media(media="screen")
    tool(page, "Print without solutions").click()
    page.emulate_media(media="print")
    assert not text.is_visible()


def test_a_term_shows_what_it_means_on_hover_and_focus(page: Any, site: str):
    page.goto(f"{site}{EPISODE}")
    link, other = (page.locator("article a:has(.std-term)").nth(number) for number in (0, 1))
    meaning = link.get_attribute("title")
    link.hover()
    shown = page.get_by_role("tooltip")
    assert shown.inner_text() == meaning
    # The pointer may go over to it.
    shown.hover()
    page.wait_for_timeout(400)
    assert shown.is_visible()
    page.keyboard.press("Escape")
    assert not shown.is_visible()
    assert link.get_attribute("title") == meaning

    page.mouse.move(5, 5)
    page.keyboard.press("Tab")
    other.focus()
    assert other.get_attribute("aria-describedby") == shown.get_attribute("id")
    assert axe_violations(page) == []
    page.locator("h1 a").focus()
    shown.wait_for(state="hidden")


def test_tabs_stay_chosen_from_page_to_page(page: Any, site: str):
    page.goto(f"{site}{LESSON}setup.html")
    page.get_by_text("Notepad on Windows", exact=True).click()
    page.get_by_role("tab", name="Editor").first.click()
    page.goto(f"{site}{EPISODE}")
    chosen = page.get_by_role("tab", name="Editor").first
    assert chosen.get_attribute("aria-selected") == "true"
    panel = page.locator(f"[id='{chosen.get_attribute('aria-controls')}']")
    assert panel.is_visible()
    assert (
        page.locator(".sphinx-tabs-panel:visible").count() == page.locator(".sphinx-tabs").count()
    )
    page.goto(f"{site}{LESSON}setup.html")
    assert page.get_by_label("Notepad on Windows").is_checked()
    # A link into another tab comes first.
    other = page.locator(".sd-tab-content").first.get_attribute("id")
    page.goto("about:blank")
    page.goto(f"{site}{LESSON}setup.html#{other}")
    page.locator(f"[id='{other}']").wait_for()


def test_a_picture_opens_in_full_over_the_page(page: Any, site: str):
    page.goto(f"{site}{EPISODE}")
    link = page.locator("a.gh-zoom").first
    link.focus()
    page.keyboard.press("Enter")
    shown = page.get_by_role("dialog")
    assert shown.get_by_role("img").get_attribute("alt") == link.locator("img").get_attribute("alt")
    assert (
        shown.locator("img").bounding_box()["width"] > link.locator("img").bounding_box()["width"]
    )
    assert axe_violations(page) == []
    page.keyboard.press("Escape")
    assert shown.count() == 0
    assert link.evaluate("node => node === document.activeElement")


def test_pages_read_to_their_end_are_marked_until_the_marks_are_cleared(page: Any, site: str):
    page.goto(f"{site}{EPISODE}")
    assert page.locator(".gh-read").count() == 0
    page.locator(".gh-prev-next").scroll_into_view_if_needed()
    entry = page.locator(".gh-sidebar a[aria-current]")
    entry.get_by_role("img", name="read").wait_for()
    assert axe_violations(page) == []
    page.goto(f"{site}{LESSON}index.html")
    listed = page.locator("#lesson-episodes a:has(.gh-read)")
    assert listed.evaluate_all("links => links.map(link => link.href)") == [f"{site}{EPISODE}"]
    tool(page, "Clear the marks of read pages").click()
    assert page.locator(".gh-read").count() == 0
    page.reload()
    assert page.locator(".gh-read").count() == 0


def test_citations_and_addresses_of_calendars_are_copied_with_one_click(chromium: Any, site: str):
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    opened.goto(f"{site}{LESSON}index.html")
    block = opened.locator("[data-gh-copy]").first
    block.get_by_role("button").click()
    copied = opened.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == block.locator("pre").text_content().strip()
    opened.goto(f"{site}workshops/calendar.html")
    opened.get_by_role("button", name="Copy address").first.click()
    copied = opened.evaluate("navigator.clipboard.readText()")
    assert copied == "https://org.example/project/calendars/all.ics"
    context.close()


def test_all_of_a_lesson_can_be_read_without_javascript(chromium: Any, site: str):
    context = chromium.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{site}{LESSON}setup.html")
    panels = opened.locator(".sphinx-tabs-panel, .sd-tab-content")
    assert panels.count() > 0
    opened.goto(f"{site}{EPISODE}")
    opened.locator("details.solution summary").first.click()
    assert opened.locator("details.solution p").first.is_visible()
    assert opened.locator("button:visible").count() == 0
    assert not opened.locator(".gh-lesson-tools").is_visible()
    context.close()
