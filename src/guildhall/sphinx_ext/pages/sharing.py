"""How pages are found and shared: their descriptions, their addresses, and a site map.

Sources: ogp.me for Open Graph; sitemaps.org for site maps; RFC 9309 for ``robots.txt``.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit
from xml.sax.saxutils import escape as escape_xml

from docutils import nodes
from markupsafe import Markup

from guildhall.sphinx_ext.pages.page_context import add_to_head
from guildhall.sphinx_ext.pages.site_files import SiteFiles, canonical, page_address, publishes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

LONGEST = 200
"""Characters of a description; search engines show fewer."""
MOST_IN_A_MAP = 50_000
"""Addresses that a site map may hold."""
SITE_MAP, ROBOTS = "sitemap.xml", "robots.txt"
_WORDS = 4
"""A paragraph of fewer words is a label, not a description."""
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def setup_sharing(app: Sphinx) -> None:
    """Describe pages in their heads, and list them when a site has been built."""
    # After extensions that describe pages in their own way.
    app.connect("html-page-context", _describe, priority=600)
    app.connect("build-finished", _write)


def _describe(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    if not publishes(app):
        return
    if context.get("pageurl"):
        context["pageurl"] = canonical(context["pageurl"])
    if context.get("gh_base_path"):
        return
    stated = context.get("metatags") or ""
    description = description_of(doctree) if doctree is not None else ""
    if description and 'name="description"' not in stated:
        add_to_head(context, f'<meta name="description" content="{escape(description)}">')
    # Pages without a source and without a title, such as that of the search, aren't shared.
    if context.get("title") and 'property="og:' not in stated:
        for name, value in _open_graph(app, pagename, context, description):
            add_to_head(context, f'<meta property="og:{name}" content="{escape(value)}">')


def _open_graph(
    app: Sphinx, pagename: str, context: dict[str, Any], description: str
) -> Iterator[tuple[str, str]]:
    yield "title", Markup(context["title"]).striptags()  # noqa: S704  (it is HTML already)
    yield "type", "website" if pagename == app.config.root_doc else "article"
    yield "site_name", str(app.config.html_title)
    if description:
        yield "description", description
    if context.get("pageurl"):
        yield "url", str(context["pageurl"])


def description_of(doctree: nodes.document) -> str:
    """The first paragraph of a page that says something, on one line of at most 200 characters.

    Args:
        doctree: the page as it was resolved. What stands in boxes, lists and tables is passed over.
    """
    for paragraph in doctree.findall(nodes.paragraph):
        if isinstance(paragraph.parent, nodes.section | nodes.document):
            words = "".join(_texts(paragraph)).split()
            if len(words) >= _WORDS:
                return _shortened(" ".join(words))
    return ""


def _texts(paragraph: nodes.paragraph) -> Iterator[str]:
    for text in paragraph.findall(nodes.Text):
        if not isinstance(text.parent, nodes.raw | nodes.math | nodes.footnote_reference):
            yield text.astext()


def _shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST].rpartition(' ')[0].rstrip(' ,;:–-')}…"


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or not publishes(app):
        return
    files = SiteFiles(cast("StandaloneHTMLBuilder", app.builder), "sharing")
    base = str(app.config.html_baseurl or "")
    if base:
        for name, content in site_maps(base, _addresses(app)):
            files.write(name, content.encode())
        # Only that of a whole host is read, and the portal may have one of its own.
        own = any((app.confdir / each / ROBOTS).is_file() for each in app.config.html_extra_path)
        if urlsplit(base).path in {"", "/"} and not own:
            files.write(ROBOTS, f"User-agent: *\nAllow: /\nSitemap: {base}{SITE_MAP}\n".encode())
    files.keep()


def _addresses(app: Sphinx) -> list[str]:
    """The addresses of all documents but those that no search is to find."""
    return sorted(
        address
        for docname in app.env.all_docs
        if "nosearch" not in app.env.metadata[docname] and (address := page_address(app, docname))
    )


def site_maps(base: str, addresses: list[str]) -> Iterator[tuple[str, str]]:
    """The files of a site map, by their names: one, or an index of several.

    Args:
        base: the address of the site, with a slash at its end.
        addresses: the addresses of its pages.
    """
    parts = [
        addresses[start : start + MOST_IN_A_MAP]
        for start in range(0, max(len(addresses), 1), MOST_IN_A_MAP)
    ]
    if len(parts) == 1:
        yield SITE_MAP, _map("urlset", "url", parts[0])
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield SITE_MAP, _map("sitemapindex", "sitemap", [f"{base}{name}" for name in names])
    for name, part in zip(names, parts, strict=True):
        yield name, _map("urlset", "url", part)


def _map(root: str, item: str, addresses: list[str]) -> str:
    lines = "".join(f"<{item}><loc>{escape_xml(each)}</loc></{item}>\n" for each in addresses)
    return f"{_XML}<{root} {_SCHEMA}>\n{lines}</{root}>\n"
