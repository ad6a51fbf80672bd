"""People in a real browser: their pages, lists of contributors, and certificates on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from ..people.files import FILES, PICTURE, workshop
from ..portals import Portal
from .conftest import axe_violations, overflow

pytestmark = pytest.mark.browser

ADA = "partners/people/ada.html"
CERTIFICATE = "partners/people/ada/certificate.html"
PAGES = (ADA, CERTIFICATE, "partners/contributors.html", "partners/organisations/north.html")
A4 = (595, 842)
"""Width and height in points."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small portal of people, with a photo, and with somebody who did a lot."""
    portal = Portal(tmp_path_factory.mktemp("people") / "portal")
    portal.write(FILES)
    photo = "consent: {state: given, photo: true}\nphoto: partners/people/ada.png"
    portal.change("partners/people/ada.yml", "consent: given", photo)
    (portal.root / "partners/people/ada.png").write_bytes(PICTURE)
    for year in range(2014, 2023):
        people = "people: {instructor: [ada], team-leader: [zoe]}"
        text = workshop(f"Spring {year}", f"{year}-03-12", f"{year}-03-14", people, "hours: 18")
        portal.write({f"workshops/{year}-spring.yml": text})
    built = portal.build()
    assert built.warnings == ""
    return built.folder


@pytest.fixture
def opened(chromium: Any, folder: Path) -> Iterator[Any]:
    """Opens a page of the portal in a window of a width and a colour scheme."""
    pages = []

    def open_page(name: str, width: int = 1280, scheme: str = "light", **more: Any) -> Any:
        page = chromium.new_page(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **more
        )
        pages.append(page)
        page.goto((folder / name).as_uri())
        return page

    yield open_page
    for page in pages:
        page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_pages_are_accessible_and_fit_the_screen(opened: Any, name: str, width: int, scheme: str):
    page = opened(name, width, scheme)
    assert axe_violations(page) == []
    assert overflow(page) == []


def test_sessions_to_come_go_as_they_are_over_and_can_be_shown_in_the_readers_time(
    chromium: Any, folder: Path
):
    page = chromium.new_page(timezone_id="Asia/Tokyo")
    page.clock.install(time=datetime.fromisoformat("2025-09-16T10:30+02:00"))
    page.goto((folder / ADA).as_uri())
    agenda = page.locator("#person-coming .gh-agenda")
    assert ["Git" in each for each in agenda.locator("li:visible").all_inner_texts()] == [False] * 2
    page.get_by_role("button", name="Show times in my time zone (Asia/Tokyo)").click()
    assert "18:00–19:00 (UTC+9): Help" in agenda.inner_text()
    page.clock.set_fixed_time(datetime.fromisoformat("2025-09-18T11:00+02:00"))
    page.clock.run_for(60_000)
    assert agenda.is_hidden()
    page.close()


def test_the_photo_stands_beside_the_facts_where_there_is_room(opened: Any):
    def places(width: int) -> tuple[Any, Any]:
        page = opened(ADA, width)
        photo = page.locator(".gh-person-photo").bounding_box()
        facts = page.locator(".gh-person-head .gh-facts").bounding_box()
        return photo, facts

    photo, facts = places(1280)
    assert photo["x"] + photo["width"] <= facts["x"]
    photo, facts = places(390)
    assert photo["y"] + photo["height"] <= facts["y"]


def test_contributors_stand_in_columns_where_there_is_room(opened: Any):
    def left_edges(width: int) -> set[int]:
        page = opened("partners/contributors.html", width)
        items = page.locator(".gh-contributors").first.locator("li").all()
        return {round(item.bounding_box()["x"]) for item in items}

    assert len(left_edges(1280)) == 2
    assert len(left_edges(390)) == 1


def test_a_certificate_is_one_page_of_a4_without_menus(opened: Any):
    page = opened(CERTIFICATE, scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    for name in (".gh-header", ".gh-footer", ".gh-certificate-tools", ".headerlink", ".gh-menu"):
        assert page.locator(f"{name}:visible").count() == 0
    for words in ("Ada Lovelace", "Spring 2014", "Issued by", "Verify at"):
        assert page.locator(".gh-certificate").get_by_text(words).first.is_visible()
    data = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1
    (box,) = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", data)
    assert tuple(round(float(each)) for each in box) == A4


def test_a_certificate_is_dark_on_white_on_paper_whatever_the_scheme(opened: Any):
    page = opened(CERTIFICATE, scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    colour = page.evaluate("getComputedStyle(document.querySelector('.gh-certificate p')).color")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(map(int, re.findall(r"\d+", colour))) < 80
    assert paper == "rgb(255, 255, 255)"


def test_a_certificate_needs_no_script(chromium: Any, folder: Path):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / CERTIFICATE).as_uri())
    assert page.locator(".gh-certificate table").is_visible()
    context.close()
