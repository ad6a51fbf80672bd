"""What every page's template gets: its words, its language, and the places of its source."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guildhall.core import forges
from guildhall.core.words import word
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.network.lessons.jsonld import Data, to_script
from guildhall.network.lessons.origins import asks_elsewhere
from guildhall.network.lessons.sanitising import sanitise
from guildhall.network.lessons.sources import checkout_folder
from guildhall.sphinx_ext.pages.frame import has_own_frame
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.portal.scope import lesson_at, page_language
from guildhall.sphinx_ext.rendering.dates import dates_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

_CAPTION = 'class="caption" role="heading"'


def setup_page_context(app: Sphinx) -> None:
    """Give templates the words and addresses of each page."""
    # Before navigation and others, which may use them.
    app.connect("html-page-context", _add, priority=400)
    # After extensions have added what their pages load.
    app.connect("html-page-context", _ask_nobody, priority=900)


def _add(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    language = page_language(app.env, pagename)
    context["gh_language"] = language
    context["gh_word"] = partial(word, language)
    edit, report = _source_addresses(app, pagename) if doctree is not None else (None, None)
    context["gh_edit_url"] = edit
    context["gh_report_url"] = report
    if "body" in context:
        # Sphinx calls captions of toctrees headings, and doesn't say of which level.
        context["body"] = context["body"].replace(_CAPTION, f'{_CAPTION} aria-level="2"')
    context["gh_apart"] = _apart(app, pagename, language) if doctree is not None else None
    lesson = lesson_at(app.env, pagename)
    context["gh_is_foreign"] = lesson is not None and lesson.is_elsewhere
    if context["gh_is_foreign"]:
        _clean(context, is_xml=app.builder.name == "epub")
        if context.get("body") and not has_own_frame(app):
            # Guildhall's theme has the class around the whole text.
            context["body"] = f'<div class="gh-foreign">\n{context["body"]}\n</div>\n'


def add_to_head(context: dict[str, Any], html: str) -> None:
    """Add elements to the head of a page, where every theme has its tags for search engines."""
    context["metatags"] = f"{context.get('metatags') or ''}\n{html}"


def script_of(data: Data) -> str:
    """Linked data as an element of a page's head."""
    return f'<script type="application/ld+json">{to_script(data)}</script>'


def _ask_nobody(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Leave scripts and styles of other sites out of pages of strangers.

    What the portal's ``conf.py`` names stays.
    """
    if not context["gh_is_foreign"]:
        return
    given = (*app.config.html_js_files, *app.config.html_css_files)
    named = {each if isinstance(each, str) else each[0] for each in given}
    for files in ("script_files", "css_files"):
        names = {each: str(getattr(each, "filename", each) or "") for each in context[files]}
        context[files] = [
            each for each, name in names.items() if name in named or not asks_elsewhere(name)
        ]


def _apart(app: Sphinx, docname: str, language: str) -> str | None:
    """What sets a page's title apart from those of others, in tabs and results of a search."""
    record = domain_of(app.env).portal.registry.at_document(docname)
    if isinstance(record, Workshop):
        # Of several with one title, the title of the page says it.
        return dates_of(record, language) if record.label == record.title else None
    lesson = lesson_at(app.env, docname)
    return lesson.title if lesson is not None and docname != lesson.docname else None


def _clean(context: dict[str, Any], *, is_xml: bool) -> None:
    """Take what acts out of a page that strangers wrote; its tags for search engines too.

    All pieces of raw HTML in it are clean, but a browser may put them together in ways of its own.
    """
    # What is written anew is HTML.
    for part in () if is_xml else ("body", "toc"):
        if context.get(part):
            context[part] = sanitise(context[part])
    context["metatags"] = ""


def _source_addresses(app: Sphinx, docname: str) -> tuple[str | None, str | None]:
    """Where a page's source can be edited, and a problem with it reported."""
    settings = domain_of(app.env).portal.settings
    root = Path(app.srcdir)
    path = Path(app.env.doc2path(docname, base=True))
    lesson = lesson_at(app.env, docname)
    repository, branch, name = settings.repository, settings.branch, None
    if lesson is not None and lesson.source is not None and lesson.source.git is not None:
        checkout = checkout_folder(lesson, root)
        if checkout is not None and path.is_relative_to(checkout):
            repository, branch = lesson.source.git, lesson.source.ref
            name = path.relative_to(checkout).as_posix()
    if name is None and path.is_relative_to(root):
        name = path.relative_to(root).as_posix()
    if not repository or name is None:
        return None, None
    file = word(page_language(app.env, docname), "File: {name}")
    title = app.env.titles[docname].astext() if docname in app.env.titles else docname
    return (
        forges.edit_address(repository, branch, name),
        forges.issue_address(repository, f"{title}: ", f"{file.format(name=name)}\n\n"),
    )
