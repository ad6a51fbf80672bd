"""Lists and months of workshops in a real browser, on days after the build."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from ..portals import Portal
from ..workshops.portals import lesson, workshop
from .conftest import axe_violations

pytestmark = pytest.mark.browser

BUILT = "2026-03-01"
FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": "title: Small\nsources: [lessons, workshops]\n",
    "index.md": (
        "# Home\n\n:::{workshop-next}\n:::\n\n:::{workshop-list}\n:limit: 2\n:::\n\n"
        "```{toctree}\n:hidden:\n\nworkshops/index\nlessons/git/index\n```\n"
    ),
    "lessons/git/lesson.yml": lesson("Git"),
    "workshops/index.md": (
        "# Workshops\n\n:::{workshop-catalogue}\n:::\n\n```{toctree}\n:hidden:\n\nmonths\n```\n"
    ),
    "workshops/months.md": "# Months\n\n:::{workshop-months}\n:::\n",
    "workshops/spring.yml": workshop(title="Spring", start="2026-03-17", end="2026-03-19"),
    "workshops/summer.yml": workshop(
        "registration: {url: 'https://example.org/', opens: 2026-03-05, closes: 2026-03-31}",
        title="Summer",
        start="2026-06-01",
        end="2026-06-02",
    ),
    "workshops/off.yml": workshop(
        "status: cancelled", title="Off", start="2026-04-01", end="2026-04-02"
    ),
    "workshops/some-day.yml": workshop(
        "dates_are_open: true",
        "lessons: [git]",
        title="Some day",
        start="2026-01-01",
        end="2026-12-31",
    ),
    "workshops/old.yml": workshop(title="Old", start="2025-03-17", end="2025-03-19"),
}
Open = Callable[[str, str], Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    portal = Portal(tmp_path_factory.mktemp("listing") / "portal")
    portal.write(FILES)
    built = portal.build(GUILDHALL_TODAY=BUILT)
    assert built.warnings == ""
    return built.folder


@pytest.fixture
def opened(chromium: Any, folder: Path) -> Iterator[Open]:
    contexts = []

    def open_page(name: str, now: str) -> Any:
        contexts.append(chromium.new_context(timezone_id="America/New_York"))
        page = contexts[-1].new_page()
        page.clock.install(time=datetime.fromisoformat(now))
        page.goto((folder / name).as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


def shown(page: Any) -> list[str]:
    """The headings and entries that can be seen, in order."""
    return [
        str(each)
        for each in page.locator(":is(.gh-part-title, .gh-card-title):visible").all_inner_texts()
    ]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        # The last moment before midnight in Stockholm is still afternoon in New York.
        (
            "2026-03-16T23:59+01:00",
            [
                "Upcoming workshops (4)",
                "Summer",
                "Spring",
                "Off",
                "Some day",
                "Past workshops (1)",
                "2025 (1)",
                "Old",
            ],
        ),
        (
            "2026-03-17T00:00+01:00",
            [
                "Running now (1)",
                "Spring",
                "Upcoming workshops (3)",
                "Summer",
                "Off",
                "Some day",
                "Past workshops (1)",
                "2025 (1)",
                "Old",
            ],
        ),
        (
            "2026-04-01T12:00+02:00",
            [
                "Upcoming workshops (2)",
                "Summer",
                "Some day",
                "Past workshops (3)",
                "2026 (2)",
                "Off",
                "Spring",
                "2025 (1)",
                "Old",
            ],
        ),
        (
            "2027-01-01T00:00+01:00",
            [
                "Past workshops (5)",
                "2026 (4)",
                "Summer",
                "Off",
                "Spring",
                "Some day",
                "2025 (1)",
                "Old",
            ],
        ),
    ],
)
def test_the_catalogue_is_right_on_the_day_it_is_read(opened: Open, now: str, expected: list[str]):
    assert shown(opened("workshops/index.html", now)) == expected


@pytest.mark.parametrize(
    ("now", "featured", "listed"),
    [
        # Before the registration of the summer opens, while it is open, and once it is closed.
        ("2026-03-04T12:00+01:00", ["Spring"], ["Spring", "Summer"]),
        ("2026-03-05T12:00+01:00", ["Summer"], ["Summer", "Spring"]),
        ("2026-03-17T12:00+01:00", ["Spring"], ["Spring", "Summer"]),
        ("2026-04-01T12:00+02:00", ["Summer"], ["Summer", "Some day"]),
        ("2026-06-03T00:00+02:00", ["Some day"], ["Some day"]),
        ("2028-03-10T12:00+01:00", [], []),
    ],
)
def test_what_comes_next_moves_up(opened: Open, now: str, featured: list[str], listed: list[str]):
    page = opened("index.html", now)
    assert shown(page) == [*featured, *listed]
    has_dates = bool(featured) and featured != ["Some day"]
    assert page.get_by_text("No dates yet").is_visible() != has_dates
    assert page.get_by_text("Subscribe to the calendar").is_visible() != has_dates
    assert page.locator(".gh-featured .gh-button").is_visible() == ("03-05" in now)
    assert page.get_by_text("Add to calendar").locator("visible=true").count() == int(has_dates)
    assert axe_violations(page) == []


@pytest.mark.parametrize(
    ("name", "now", "state", "calendar"),
    [
        ("spring", "2026-03-16T12:00+01:00", "announced", 1),
        ("spring", "2028-03-10T12:00+01:00", "past", 0),
        ("some-day", "2026-12-31T12:00+01:00", "planned", 0),
        ("some-day", "2028-03-10T12:00+01:00", "no record that it took place", 0),
    ],
)
def test_a_workshop_s_page_follows_the_reader_s_date(
    opened: Open, name: str, now: str, state: str, calendar: int
):
    page = opened(f"workshops/{name}.html", now)
    assert page.locator(".gh-workshop-kind .gh-state:visible").all_inner_texts() == [state]
    assert page.get_by_text("Add to calendar").locator("visible=true").count() == calendar
    if name == "some-day":
        page.goto(f"{page.url.rpartition('/')[0]}/../lessons/git/index.html")
        assert page.locator("#lesson-taught .gh-state:visible").all_inner_texts() == [state]


def test_months_that_are_over_are_gone_and_today_is_marked(opened: Open):
    def months(page: Any) -> list[str]:
        return [str(each) for each in page.locator(".gh-part-title:visible").all_inner_texts()]

    page = opened("workshops/months.html", "2026-03-18T12:00+01:00")
    assert months(page) == ["March 2026", "June 2026", "Dates to be announced"]
    assert page.locator("[aria-current=date]").get_attribute("data-day") == "2026-03-18"
    assert axe_violations(page) == []
    page = opened("workshops/months.html", "2026-07-01T12:00+02:00")
    assert months(page) == ["Dates to be announced"]
    page = opened("workshops/months.html", "2027-01-02T12:00+01:00")
    assert months(page) == []
    assert page.locator(".gh-listing-empty:visible").count() == 1
