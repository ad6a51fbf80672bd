"""The rules of content put together: for one page, and for the site as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
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
from guildhall.check.content.meetings import meeting_passwords
from guildhall.check.content.names import NameIndex
from guildhall.check.content.reading import misspelt
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


@dataclass(frozen=True)
class PageContent:
    """All rules of one page, which share one walk over it; plain data that can be pickled.

    Args:
        names: the names of the portal's people and organisations.
        public: the e-mail addresses that are meant to be on pages.
        is_encrypted: whether the site is served by https.
    """

    names: NameIndex
    public: frozenset[str]
    is_encrypted: bool

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
        for found in misspelt(self.names, view.prose):
            message = f"found {quote(found.written)}, expected {quote(found.right)}"
            yield view.fault(found.rule, message, found.written, found.nth)
        yield from meeting_passwords(path, tree.raw_html or b"")


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
        )
    ]


def site_content(
    folder: Path, pages: Iterable[Page], settings: Settings, budgets: Budgets | None = None
) -> Iterator[SiteFault]:
    """What only the whole site tells: weights, empty files, shared titles.

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
