"""Atom feeds of workshops and lessons beside the pages, and links to them in every page's head."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from html import escape
from typing import TYPE_CHECKING, Any, cast

from sphinx.util.osutil import relative_uri

from guildhall.core.history import Change
from guildhall.core.words import word
from guildhall.model.portal import Portal
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.network.feeds import Feed, FeedEntry, to_atom
from guildhall.network.lessons.lookups import outline_in
from guildhall.network.lessons.sources import locked_commit
from guildhall.network.workshops.publishing import told_at
from guildhall.network.workshops.texts import one_line
from guildhall.sphinx_ext.lessons.linked_data import Describer
from guildhall.sphinx_ext.pages.page_context import add_to_head
from guildhall.sphinx_ext.pages.site_files import SiteFiles, publishes
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.rendering.dates import dates_of
from guildhall.sphinx_ext.workshops.files import published

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment

FOLDER = "feeds/"
_KINDS = (Workshop, Lesson)


def feed_file(kind: str) -> str:
    """Where the feed of a kind lies."""
    return f"{FOLDER}{kind}s.atom"


class Feeds:
    """The feeds of one build.

    Args:
        app: the application, with an HTML builder.
    """

    def __init__(self, app: Sphinx) -> None:
        self._app = app
        self._portal = domain_of(app.env).portal
        self._published = published(app)
        self._settings = self._portal.settings

    def write(self, kind: str) -> bytes:
        """The feed of a kind."""
        entries = self._workshops() if kind == Workshop.KIND else self._lessons()
        settings = self._settings
        file = feed_file(kind)
        feed = Feed(
            name=file.removesuffix(".atom"),
            title=feed_title(self._portal, kind),
            author=settings.author or settings.title,
            language=settings.language,
            entries=tuple(entries),
            own=self._published.file(file) or file.removeprefix(FOLDER),
            page=self._address(str(self._app.config.root_doc)),
        )
        return to_atom(feed, settings.base_url)

    def _workshops(self) -> Iterator[FeedEntry]:
        language = self._settings.language
        for each in self._portal.registry.of(Workshop):
            change = self._published.change(each)
            about = one_line(each.summary, self._published.records) if each.summary else ""
            title = {
                "cancelled": word(language, "Cancelled: {title}"),
                "postponed": word(language, "Postponed: {title}"),
            }.get(each.status or "", "{title}")
            updated, announced = told_at(each, change)
            yield FeedEntry(
                name=f"workshop/{each.key}",
                title=title.format(title=each.label),
                link=self._address(each.docname),
                updated=updated,
                published=announced,
                summary=" ".join(filter(None, (f"{dates_of(each, language)}.", about))),
                categories=((each.type, self._published.category(each)),),
            )

    def _lessons(self) -> Iterator[FeedEntry]:
        describer = Describer(self._app)
        for each in self._portal.registry.of(Lesson):
            change = lesson_change(self._portal, each)
            if change is None:
                continue
            outside = None if outline_in(self._portal, each).pages else each.url
            citation = describer.citation(each)
            authors = tuple(
                author.name or f"{author.given} {author.family}".strip()
                for author in citation.authors
            )
            yield FeedEntry(
                name=f"lesson/{each.key}",
                title=each.title,
                link=outside or self._address(each.docname),
                updated=change.last,
                published=change.first,
                summary=one_line(each.summary, self._published.records),
                authors=authors,
                categories=tuple((topic, topic) for topic in each.topics),
            )

    def _address(self, docname: str) -> str:
        known = self._published.page(docname)
        if known is not None:
            return known
        # Seen from the folder of the feeds.
        return relative_uri(FOLDER, self._app.builder.get_target_uri(docname)) or "../"


def lesson_change(portal: Portal, lesson: Lesson) -> Change | None:
    """When a lesson came to be and last changed; None where nothing says it.

    That is said by the commits of its folder, by the one that its own repository is locked to, by
    those of its record, or by the date of its version, whichever is known first. A single commit
    after that date brought the lesson in, so that the date of its version says more.
    """
    record = portal.changes.of(lesson.origin.path)
    if lesson.is_elsewhere:
        locked = locked_commit(lesson, portal.root)
        if locked is not None:
            moment = locked.date if locked.date.tzinfo else locked.date.replace(tzinfo=UTC)
            return Change(1, min(record.first, moment) if record else moment, moment)
    outline = outline_in(portal, lesson)
    if outline.pages and outline.folder is not None and not lesson.is_elsewhere:
        inside = portal.changes.below(outline.folder)
        record = inside or record
    if lesson.released is not None:
        day = datetime.combine(lesson.released, time(), UTC)
        if record is None or day < record.first == record.last:
            return Change(1, day, day)
    return record


def feed_title(portal: Portal, kind: str) -> str:
    """The title of a feed."""
    language = portal.settings.language
    titles = {
        Workshop.KIND: word(language, "{portal}: new and changed workshops"),
        Lesson.KIND: word(language, "{portal}: new and changed lessons"),
    }
    return titles[kind].format(portal=portal.settings.title)


def feed_kinds(portal: Portal) -> tuple[str, ...]:
    """The kinds of which there are feeds: those of which there are records."""
    return tuple(kind.KIND for kind in _KINDS if portal.registry.of(kind))


def _add_to_head(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    if not publishes(app):
        return
    portal = domain_of(app.env).portal
    here = app.builder.get_target_uri(pagename)
    for kind in feed_kinds(portal):
        # The page for missing addresses has the site's own base.
        is_based = bool(context.get("gh_base_path"))
        address = feed_file(kind) if is_based else relative_uri(here, feed_file(kind))
        add_to_head(
            context,
            f'<link rel="alternate" type="application/atom+xml"'
            f' title="{escape(feed_title(portal, kind))}" href="{escape(address)}">',
        )


def _changed_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """All pages, where the feeds that their heads name are others than in the last build."""
    now = feed_kinds(domain_of(env).portal)
    before = getattr(env, "guildhall_feeds", None)
    env.guildhall_feeds = now  # type: ignore[attr-defined]
    return [] if before == now else sorted(env.all_docs)


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or not publishes(app):
        return
    feeds = Feeds(app)
    files = SiteFiles(cast("StandaloneHTMLBuilder", app.builder), "feeds")
    for kind in feed_kinds(domain_of(app.env).portal):
        files.write(feed_file(kind), feeds.write(kind))
    files.keep()


def setup_feeds(app: Sphinx) -> None:
    """Name feeds in the head of each page, and write them when a site has been built."""
    app.connect("html-page-context", _add_to_head)
    app.connect("env-updated", _changed_pages)
    app.connect("build-finished", _write)
