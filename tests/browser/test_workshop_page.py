"""A workshop's page in a real browser: as time goes by, and in the reader's own zone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ..portals import Portal
from ..workshops.page_example import FILES
from .conftest import axe_violations, overflow

pytestmark = pytest.mark.browser

HOME = "Europe/Stockholm"
BEFORE = "2026-09-01T10:00:00+02:00"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a workshop in a small portal."""
    portal = Portal(tmp_path_factory.mktemp("workshop") / "portal")
    portal.write(FILES)
    built = portal.build(GUILDHALL_TODAY="2026-09-01")
    assert built.warnings == ""
    return Path(built.folder / "workshops" / "autumn" / "index.html").as_uri()


@contextmanager
def opened(
    chromium: Any,
    address: str,
    now: str = BEFORE,
    zone: str = HOME,
    width: int = 1280,
    *,
    script: bool = True,
    dark: bool = False,
) -> Iterator[Any]:
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        timezone_id=zone,
        java_script_enabled=script,
        color_scheme="dark" if dark else "light",
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    if script:
        # Clocks go on until they are paused, and none can be paused in the past.
        page.clock.install(time=datetime.fromisoformat(now) - timedelta(hours=1))
        page.clock.pause_at(datetime.fromisoformat(now))
    try:
        page.goto(address)
        yield page
        assert faults == []
    finally:
        context.close()


def state(page: Any) -> str:
    return str(page.locator(".gh-workshop-kind .gh-dated:visible").inner_text())


def caption(page: Any, day: str) -> str:
    return str(page.locator(f"#schedule-{day} caption").inner_text())


def row_times(page: Any, day: str) -> list[str]:
    return [
        " ".join(each.split())
        for each in page.locator(f"#schedule-{day} tbody th").all_inner_texts()
    ]


def marked(page: Any, name: str) -> list[str]:
    boxes = page.locator(f".gh-session:has(> .gh-session-{name})")
    return [box.locator(".gh-session-name").inner_text() for box in boxes.all()]


def button(page: Any) -> Any:
    return page.locator(".gh-workshop .gh-zone-button")


# --- The state ---


@pytest.mark.parametrize(
    ("now", "shown", "can_register"),
    [
        ("2026-07-31T23:59:00+02:00", "announced", False),
        ("2026-08-01T00:00:00+02:00", "registration open", True),
        ("2026-09-15T11:59:00+02:00", "registration open", True),
        ("2026-09-15T12:00:00+02:00", "registration open", False),
        ("2026-09-22T08:00:00+02:00", "running", False),
        ("2026-09-25T00:00:00+02:00", "past", False),
    ],
)
def test_the_state_is_right_whenever_the_page_is_read(
    chromium: Any, address: str, now: str, shown: str, can_register: bool
):
    with opened(chromium, address, now) as page:
        assert state(page) == shown
        assert page.locator(".gh-button").is_visible() == can_register


def test_the_state_changes_on_an_open_page(chromium: Any, address: str):
    with opened(chromium, address, "2026-09-21T23:58:30+02:00") as page:
        assert state(page) == "announced"
        page.clock.run_for(120_000)
        assert state(page) == "running"


def test_without_a_script_the_page_is_as_it_was_built(chromium: Any, address: str):
    with opened(chromium, address, script=False, zone="America/New_York") as page:
        assert state(page) == "registration open"
        assert page.locator(".gh-button").is_visible()
        assert page.locator(".gh-zone-button").count() == 0
        assert "All times are local to Stockholm" in page.locator(".gh-workshop").inner_text()
        assert row_times(page, "day-1")[0] == "09:00–09:15"


# --- Zones ---


def test_a_reader_in_the_same_zone_is_told_so(chromium: Any, address: str):
    # Oslo's clocks show what Stockholm's do.
    with opened(chromium, address, zone="Europe/Oslo") as page:
        assert button(page).count() == 0
        assert "This is the same as your local time." in page.locator(".gh-workshop").inner_text()


def test_one_click_shows_times_in_the_readers_zone_and_back(chromium: Any, address: str):
    with opened(chromium, address, zone="America/New_York") as page:
        assert row_times(page, "day-1")[0] == "09:00–09:15"
        assert button(page).inner_text() == "Show times in my time zone (America/New York)"
        button(page).click()
        assert row_times(page, "day-1")[0] == "03:00–03:15"
        assert caption(page, "day-1").startswith("22 September 2026, 03:00–09:00 (UTC−4)")
        note = page.locator(".gh-workshop .gh-zone-note").inner_text()
        assert note == "All times are in your time zone (America/New York, UTC−4)."
        assert button(page).inner_text() == "Show times of Stockholm"
        button(page).click()
        assert row_times(page, "day-1")[0] == "09:00–09:15"
        assert caption(page, "day-1").startswith("22 September 2026, 09:00–15:00 (UTC+2)")


def test_the_choice_is_remembered(chromium: Any, address: str):
    with opened(chromium, address, zone="America/New_York") as page:
        button(page).click()
        page.reload()
        assert row_times(page, "day-1")[0] == "03:00–03:15"
        button(page).click()
        page.reload()
        assert row_times(page, "day-1")[0] == "09:00–09:15"


def test_zones_of_half_hours_go_by_their_present_names(chromium: Any, address: str):
    with opened(chromium, address, zone="Asia/Kolkata") as page:
        assert button(page).inner_text() == "Show times in my time zone (Asia/Kolkata)"
        button(page).click()
        assert row_times(page, "day-1")[0] == "12:30–12:45"
        assert caption(page, "day-1").startswith("22 September 2026, 12:30–18:30 (UTC+5:30)")


def test_another_date_is_said_beside_the_time(chromium: Any, address: str):
    with opened(chromium, address, zone="Pacific/Auckland") as page:
        button(page).click()
        # Releases of browsers don't agree on the comma.
        times = [each.replace(",", "") for each in row_times(page, "day-1")]
        assert times[0] == "19:00–19:15"
        assert times[-2] == "23:45–00:30 (Wed 23 Sept)"
        assert times[-1] == "00:30–01:00 (Wed 23 Sept)"


def test_the_switch_is_reached_and_used_by_keyboard(chromium: Any, address: str):
    with opened(chromium, address, zone="America/New_York") as page:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.classList.contains('gh-zone-button')"):
                break
        page.keyboard.press("Enter")
        assert row_times(page, "day-1")[0] == "03:00–03:15"
        assert page.evaluate("document.activeElement.textContent") == "Show times of Stockholm"


# --- Now and next ---


@pytest.mark.parametrize(
    ("now", "current", "following"),
    [
        ("2026-09-20T09:00:00+02:00", [], []),
        ("2026-09-22T08:30:00+02:00", [], ["Connecting"]),
        ("2026-09-22T09:15:00+02:00", ["Branches and merges"], ["Break"]),
        ("2026-09-22T13:29:00+02:00", ["Talk", "The shell"], ["Apua"]),
        ("2026-09-22T13:30:00+02:00", ["Talk"], ["Apua"]),
        # What is cancelled doesn't come next.
        ("2026-09-23T09:05:00+02:00", ["Connecting"], ["Break"]),
        ("2026-09-23T12:00:00+02:00", [], []),
    ],
)
def test_now_and_next_are_marked_in_words(
    chromium: Any, address: str, now: str, current: list[str], following: list[str]
):
    with opened(chromium, address, now) as page:
        assert marked(page, "now") == current
        assert marked(page, "next") == following
        assert page.locator("[aria-current=time]").count() == len(current)


def test_now_and_next_are_said_at_the_top_and_move_on(chromium: Any, address: str):
    with opened(chromium, address, "2026-09-22T10:29:30+02:00") as page:
        line = page.locator(".gh-now-line")
        assert line.get_attribute("aria-live") == "polite"
        assert line.locator("p").all_inner_texts() == [
            "Now: Branches and merges, until 10:30",
            "Next: Break, at 10:30",
        ]
        page.clock.run_for(60_000)
        assert line.locator("p").all_inner_texts() == [
            "Now: Break, until 10:45",
            "Next: Exercises, at 10:45",
        ]
        assert marked(page, "now") == ["Break"]


def test_what_is_now_is_said_in_the_zone_that_the_page_shows(chromium: Any, address: str):
    with opened(chromium, address, "2026-09-22T10:00:00+02:00", zone="America/New_York") as page:
        button(page).click()
        assert page.locator(".gh-now-line p").first.inner_text() == (
            "Now: Branches and merges, until 04:30"
        )


def test_the_line_at_the_top_leads_to_the_session(chromium: Any, address: str):
    with opened(chromium, address, "2026-09-22T10:00:00+02:00") as page:
        page.locator(".gh-now-line a").first.click()
        box = page.locator(".gh-session:target")
        assert box.locator(".gh-session-name").inner_text() == "Branches and merges"


def test_the_stream_is_at_hand_while_it_runs(chromium: Any, address: str):
    stream = ".gh-workshop-actions a[href='https://stream.example/']"
    with opened(chromium, address, BEFORE) as page:
        assert not page.locator(stream).is_visible()
    with opened(chromium, address, "2026-09-22T10:00:00+02:00") as page:
        assert page.locator(stream).is_visible()


# --- All readers ---


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True])
def test_nothing_keeps_anybody_out(chromium: Any, address: str, width: int, dark: bool):
    now = "2026-09-22T13:10:00+02:00"
    with opened(chromium, address, now, "Pacific/Auckland", width, dark=dark) as page:
        button(page).click()
        # axe waits for timers.
        page.clock.resume()
        assert axe_violations(page) == []
        assert overflow(page) == []


def test_on_a_phone_the_schedule_needs_no_scrolling(chromium: Any, address: str):
    with opened(chromium, address, width=390) as page:
        for table in page.locator(".gh-schedule").all():
            assert table.evaluate(
                "table => table.parentElement.scrollWidth <= table.parentElement.clientWidth"
            )
        # The head row is out of sight, so that each session names its track itself.
        label = page.locator(".gh-session[data-track]").first.evaluate(
            "box => getComputedStyle(box, '::before').content"
        )
        assert label == '"Main room"'
