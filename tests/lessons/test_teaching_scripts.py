"""What the script of lessons does with pages that strangers wrote, in a real browser."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guildhall.network.lessons.sanitising import sanitise

from ..browser.conftest import chromium  # noqa: F401

pytestmark = pytest.mark.browser

STATIC = Path(__file__).parents[2] / "src/guildhall/sphinx_ext/static"
MERMAID = "https://cdn.jsdelivr.net/npm/mermaid@11.4.1/dist/mermaid.min.js"
YOUTUBE = "https://www.youtube-nocookie.com/embed/abcdefg"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture
def page(chromium: Any, tmp_path: Path) -> Iterator[Any]:  # noqa: F811
    """Shows the HTML of a foreign page, cleaned as the portal cleans it; ``page.asked`` is what it
    asked of other sites, which are not reached."""
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static/teaching.js").write_bytes((STATIC / "teaching.js").read_bytes())
    handler = functools.partial(_Quiet, directory=tmp_path)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    shown = chromium.new_page()
    shown.asked = []

    def answer(route: Any) -> None:
        if route.request.url.startswith(address):
            route.continue_()
        else:
            shown.asked.append(route.request.url)
            route.abort()

    shown.route("**/*", answer)

    def show(body: str) -> Any:
        scripts = '<script src="_static/teaching.js" defer></script>'
        (tmp_path / "page.html").write_text(
            f"<!doctype html>{scripts}{sanitise(body)}", encoding="utf-8"
        )
        shown.goto(f"{address}page.html")
        return shown

    yield show
    shown.close()
    server.shutdown()


def test_a_player_is_asked_for_on_a_click_only(page: Any):
    shown = page(f'<div data-gh-player="{YOUTUBE}" data-gh-label="Play" data-gh-title="T">x</div>')
    assert shown.asked == []
    shown.get_by_role("button", name="Play").click()
    shown.wait_for_selector("iframe")
    assert shown.locator("iframe").get_attribute("title") == "T"
    shown.wait_for_timeout(200)
    assert shown.asked == [YOUTUBE]


@pytest.mark.parametrize(
    "player",
    [
        "javascript:parent.told=1",
        "https://evil.example/",
        "https://www.youtube-nocookie.com.evil.example/embed/x",
        "data:text/html,x",
    ],
)
def test_a_page_can_not_name_another_player(page: Any, player: str):
    shown = page(f'<div data-gh-player="{player}" data-gh-label="Play">x</div>')
    assert shown.locator("div[data-gh-player]").count() == 1
    assert shown.locator("button").count() == 0


@pytest.mark.parametrize("script", ["//evil.example/x.js", "https://evil.example/x.js"])
def test_a_page_can_not_name_a_script(page: Any, script: str):
    shown = page(
        f'<div data-gh-diagram="x" data-gh-draw="Draw" data-gh-failed="No" '
        f'data-gh-script="{script}"><details open><pre>graph LR</pre></details></div>'
    )
    shown.wait_for_timeout(200)
    assert shown.asked == []
    shown.get_by_role("button", name="Draw").click()
    shown.wait_for_selector("script[integrity]", state="attached")
    shown.wait_for_timeout(200)
    assert shown.asked == [MERMAID]


def test_a_diagram_that_can_not_be_drawn_says_so_and_can_be_tried_again(page: Any):
    shown = page(
        '<div data-gh-diagram="x" data-gh-draw="Draw" data-gh-failed="Not drawn.">'
        "<details open><pre>graph LR</pre></details></div>"
    )
    for _ in range(2):
        shown.get_by_role("button", name="Draw").click()
        shown.wait_for_timeout(200)
        assert shown.get_by_role("status").text_content() == "Not drawn."
    assert shown.asked == [MERMAID, MERMAID]
    assert shown.locator("pre").is_visible()
