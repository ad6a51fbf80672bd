"""Makes the search of Guildhall's own theme while a site is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from guildhall.sphinx_ext.compat.search_words import remove_search
from guildhall.sphinx_ext.pages.frame import has_own_frame
from guildhall.sphinx_ext.pages.generated import BUILDERS
from guildhall.sphinx_ext.search.index import files_of
from guildhall.sphinx_ext.search.letters import letter_pages
from guildhall.sphinx_ext.search.pages import Pages
from guildhall.sphinx_ext.search.parts import FOLDER, Parts
from guildhall.sphinx_ext.search.stems import stems_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

_STEMS = "guildhall-search-stems.json"


def has_own_search(app: Sphinx) -> bool:
    """Whether the site that is built has this search, and not that of Sphinx."""
    return app.builder.name in BUILDERS and has_own_frame(app)


def setup_search(app: Sphinx) -> None:
    """Collect what pages give, and make the index of it when all are written."""
    # Before others change the page that they are given.
    app.connect("html-page-context", _take, priority=300)
    app.connect("html-collect-pages", _finish)


def _take(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    if doctree is not None and has_own_search(app):
        Parts(cast("StandaloneHTMLBuilder", app.builder)).take(pagename, doctree)


def _finish(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    if not has_own_search(app):
        return
    builder = cast("StandaloneHTMLBuilder", app.builder)
    remove_search(builder)
    words = Parts(builder).all()
    pages = Pages(app.env)
    found = [pages.found(docname) for docname in words]
    for page in found:
        if page.keywords:
            words[page.docname] = words[page.docname].with_headings("\n".join(page.keywords))
    labels = pages.labels(page.group for page in found)
    addresses = {page.docname: builder.get_target_uri(page.docname) for page in found}
    by_language = ((page.group.language, words[page.docname]) for page in found)
    stems = stems_of(by_language, Path(builder.doctreedir) / _STEMS)
    _publish(Path(builder.outdir) / FOLDER, files_of(found, words, stems, labels, addresses))
    yield from letter_pages(app, found)


def _publish(folder: Path, files: dict[str, str]) -> None:
    """Write what has changed, and delete what is no more."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path, data = folder / name, text.encode()
        if not path.is_file() or path.read_bytes() != data:
            path.write_bytes(data)
    for path in folder.glob("*.json"):
        if path.name not in files:
            path.unlink()
