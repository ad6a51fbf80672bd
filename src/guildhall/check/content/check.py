"""The rules of content put together: for one page, and for the site as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from guildhall.check.content import (
    aria,
    controls,
    head,
    languages,
    links,
    markup,
    mixed,
    pictures,
    structure,
)
from guildhall.check.content.addresses import addresses, public_addresses
from guildhall.check.content.colours import inline_colours
from guildhall.check.content.names import NameIndex
from guildhall.check.content.secrets import may_hold_secrets, secrets_in
from guildhall.check.content.view import View
from guildhall.check.content.weights import Weights, empty_files, repeated_titles, weights
from guildhall.check.site.fault import SiteFault
from guildhall.check.site.page import ContentRule, Page
from guildhall.core.values.faults import quote
from guildhall.model.records.registry import Registry
from guildhall.model.settings.content import Budgets, Content
from guildhall.model.settings.portal import Settings

_BY_PAGE: tuple[Callable[[View], Iterator[SiteFault]], ...] = (
    head.title,
    head.metadata,
    languages.languages,
    structure.headings,
    structure.lists,
    structure.tables,
    pictures.alternative_texts,
    pictures.sources,
    pictures.maps,
    links.link_texts,
    controls.controls,
    controls.keyboard,
    aria.roles,
    aria.references,
    head.media,
    head.obsolete,
    markup.doctype,
    markup.empty_scripts,
    markup.elements,
    markup.references,
    inline_colours,
)
_PAGES = (".html", ".htm")
_NO_TEXT = frozenset(
    {".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico", ".pdf", ".zip", ".gz", ".tar"}
    | {".woff", ".woff2", ".ttf", ".eot", ".mp4", ".webm", ".mp3", ".ogg", ".inv", ".epub"}
)
_LONGEST_TEXT = 20_000_000
_SNIFFED = 2048


@dataclass(frozen=True)
class PageContent:
    """All rules of one page, which share one walk over it; plain data that can be pickled.

    Args:
        names: the names of the portal's people and organisations.
        public: the e-mail addresses that are meant to be on pages.
        is_encrypted: whether the site is served by https.
        today: the day of the check.
    """

    names: NameIndex
    public: frozenset[str]
    is_encrypted: bool
    today: date

    def __call__(self, tree: LexborHTMLParser, path: str) -> Iterator[SiteFault]:
        """The faults of a page.

        Args:
            tree: the page as a browser reads it.
            path: the file, relative to the site's folder, with slashes.
        """
        view = View(tree, path)
        for rule in _BY_PAGE:
            yield from rule(view)
        if self.is_encrypted:
            yield from mixed.mixed_content(view)
        yield from addresses(view, self.public)
        for found in self.names.misspelt(view.prose):
            message = f"found {quote(found.written)}, expected {quote(found.right)}"
            yield view.fault(found.rule, message, found.written, found.nth)
        yield from self._secrets(tree, path)

    def _secrets(self, tree: LexborHTMLParser, path: str) -> Iterator[SiteFault]:
        """In the source of the page, and in its text, where colours of code don't part them."""
        data = tree.raw_html or b""
        if not may_hold_secrets(data):
            return
        source = data.decode("utf-8", "replace")
        text = tree.root.text() if tree.root is not None else ""
        found = [*secrets_in(path, source, self.today), *secrets_in(path, text, self.today)]
        yield from dict.fromkeys(found)


def content_rules(
    settings: Settings, registry: Registry, content: Content | None = None
) -> list[ContentRule]:
    """The rules that are asked with each page.

    Args:
        settings: the portal's settings.
        registry: the portal's records.
        content: what the portal says of the content of its pages; by default the defaults.
    """
    content = content or Content()
    base_url = settings.base_url or "https:"
    return [
        PageContent(
            names=NameIndex.of(registry, content.names),
            public=public_addresses(settings, registry, content.addresses),
            is_encrypted=base_url.lower().startswith("https:"),
            today=settings.today,
        )
    ]


def site_content(
    folder: Path, pages: Iterable[Page], settings: Settings, budgets: Budgets | None = None
) -> Iterator[SiteFault]:
    """What only the whole site tells: weights, empty files, shared titles, secrets elsewhere.

    Args:
        folder: the site's folder.
        pages: its pages, as they were read.
        settings: the portal's settings.
        budgets: how heavy pages and images may be; by default the defaults.
    """
    ordered = sorted(pages, key=lambda page: page.path)
    weigher = Weights(folder, settings.base_url)
    yield from weights(weigher, ordered, budgets or Budgets())
    yield from empty_files(weigher, ordered)
    yield from repeated_titles(ordered)
    yield from secrets_of_files(folder, settings.today)


def secrets_of_files(folder: Path, today: date) -> Iterator[SiteFault]:
    """The secrets in the files of a site that are text and no pages.

    Links that lead out of the folder are not followed; of a long file its beginning is read.
    """
    inside = folder.resolve()
    for path in sorted(folder.rglob("*")):
        suffix = path.suffix.lower()
        if suffix in _PAGES or suffix in _NO_TEXT or not path.is_file():
            continue
        if not path.resolve().is_relative_to(inside):
            continue
        try:
            with path.open("rb") as file:
                data = file.read(_LONGEST_TEXT)
        except OSError:
            continue
        if b"\0" not in data[:_SNIFFED]:
            text = data.decode("utf-8", "replace")
            yield from secrets_in(path.relative_to(folder).as_posix(), text, today)
