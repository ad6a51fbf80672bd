"""Feeds of what is new and changed: Atom, RFC 4287.

Nothing in a feed is of the moment at which it is written: an entry is as new as its record's last
change, and a feed as its newest entry.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

from guildhall.network.workshops.publishing import NO_HOST

NAMESPACE = "http://www.w3.org/2005/Atom"
MOST = 50
"""So many entries a feed holds, the newest first."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# The day from which names are given out below a portal's host, as RFC 4151 wants one of each.
_SINCE = "2025"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """Something that is new or changed.

    Args:
        name: what it is known by for ever, such as ``workshop/spring``.
        title: its title.
        link: its address; seen from the feed's own folder where the portal's isn't known.
        updated: when it last changed.
        published: when it came to be, where that is known.
        summary: what it is about, as plain text.
        authors: the names of those who made it; by default the feed's.
        categories: what it is filed under: a term and its label.
    """

    name: str
    title: str
    link: str
    updated: datetime
    published: datetime | None = None
    summary: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed.

    Args:
        name: what it is known by for ever, such as ``feeds/workshops``.
        title: its title.
        author: who publishes it.
        language: the language of its texts.
        entries: what it holds.
        own: its own address; seen from its own folder where the portal's isn't known.
        page: the address of the portal's first page; likewise.
    """

    name: str
    title: str
    author: str
    language: str
    entries: tuple[FeedEntry, ...]
    own: str
    page: str


def to_atom(feed: Feed, base_url: str | None) -> bytes:
    """Write a feed; the same entries give the same bytes.

    Args:
        feed: the feed.
        base_url: the address of the portal, which ids begin with.
    """
    entries = newest(feed.entries)
    root = ElementTree.Element("feed", {"xmlns": NAMESPACE, "xml:lang": feed.language})
    _add(root, "id", tag(feed.name, base_url))
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(entries[0].updated if entries else _NEVER))
    _add_author(root, feed.author)
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.own)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    _add(root, "generator", "Guildhall")
    for entry in entries:
        _add_entry(root, entry, base_url)
    ElementTree.indent(root)
    written = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return bytes(written) + b"\n"


def newest(entries: Iterable[FeedEntry]) -> list[FeedEntry]:
    """The entries that a feed has room for, the newest first."""
    return sorted(entries, key=lambda each: (-each.updated.timestamp(), each.name))[:MOST]


def tag(name: str, base_url: str | None) -> str:
    """An id that stays when a page gets another address in the portal (RFC 4151).

    Args:
        name: what it is known by in the portal.
        base_url: the address of the portal.
    """
    parts = urlsplit(base_url or "")
    below = f"{parts.path.strip('/')}/{name}".lstrip("/")
    return f"tag:{parts.hostname or NO_HOST},{_SINCE}:{below}"


def _add_entry(root: ElementTree.Element, entry: FeedEntry, base_url: str | None) -> None:
    node = _add(root, "entry")
    _add(node, "id", tag(entry.name, base_url))
    _add(node, "title", entry.title)
    _add(node, "updated", _moment(entry.updated))
    if entry.published is not None:
        _add(node, "published", _moment(entry.published))
    for author in entry.authors:
        _add_author(node, author)
    _add(node, "link", rel="alternate", type="text/html", href=entry.link)
    for term, label in entry.categories:
        _add(node, "category", term=term, label=label)
    if entry.summary:
        _add(node, "summary", entry.summary, type="text")


def _add_author(parent: ElementTree.Element, name: str) -> None:
    _add(_add(parent, "author"), "name", name)


def _add(
    parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str
) -> ElementTree.Element:
    node = ElementTree.SubElement(parent, name, attributes)
    node.text = text
    return node


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
