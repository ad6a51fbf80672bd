"""Two pages that every site needs: where it starts, and what addresses that don't exist show."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sphinx.errors import SphinxError

from guildhall.core.words import word
from guildhall.sphinx_ext.pages.page_context import add_to_head

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class NoStartPageError(SphinxError):
    """The portal has no start page, so Sphinx has nowhere to begin.

    Args:
        path: the file that is missing, below the portal's root.
    """

    category = "Start page"

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            f"the portal has no start page; write {path} with a title, and a `toctree` "
            "that names the index pages of its areas"
        )


def setup_pages(app: Sphinx) -> None:
    """Require the one page, and add the other where a builder writes a site."""
    app.connect("env-before-read-docs", _require_start_page)
    app.connect("html-collect-pages", _not_found_page)


def base_path(base_url: str) -> str:
    """The path that the site is served under, such as ``/repository/``."""
    return urlsplit(base_url).path.rstrip("/") + "/"


def _require_start_page(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    if app.config.root_doc not in env.found_docs:
        raise NoStartPageError(f"{app.config.root_doc}.md")


def _not_found_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    if app.builder.name not in {"html", "dirhtml"}:
        return
    # The server shows this page at any address, so relative links need the site's own base.
    title = word(str(app.config.language or "en"), "Page not found")
    base = base_path(app.config.html_baseurl)
    context = {"title": title, "gh_base_path": base}
    add_to_head(context, f'<base href="{escape(base)}">')
    yield ("404", context, "404.html")
