"""Pages that no source file stands for: the one for addresses that don't exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from guildhall.words import word

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_pages(app: Sphinx) -> None:
    """Add the page to builders that write a site."""
    app.connect("html-collect-pages", _not_found_page)


def base_path(base_url: str) -> str:
    """The path that the site is served under, such as ``/repository/``."""
    return urlsplit(base_url).path.rstrip("/") + "/"


def _not_found_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    if app.builder.name not in {"html", "dirhtml"}:
        return
    # The server shows this page at any address, so relative links need the site's own base.
    title = word(str(app.config.language or "en"), "Page not found")
    context = {"title": title, "gh_base_path": base_path(app.config.html_baseurl)}
    yield ("404", context, "404.html")
