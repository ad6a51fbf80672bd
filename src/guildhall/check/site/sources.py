"""Which files of a site hold addresses, and how each sort is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

from guildhall.check.site.fault import SiteFault
from guildhall.check.site.page import ContentRule, Page, parse_page
from guildhall.check.site.text_files import read_calendar, read_css, read_manifest, read_robots
from guildhall.check.site.xml_files import read_xml

LARGEST = 32 * 1024 * 1024
"""Files with more bytes are not read, but said to be too large."""

PAGES = frozenset({".html", ".htm", ".xhtml"})

_READERS: dict[str, Callable[[bytes, str], Page]] = {
    ".css": read_css,
    ".svg": read_xml,
    ".xml": read_xml,
    ".atom": read_xml,
    ".rss": read_xml,
    ".ics": read_calendar,
    ".webmanifest": read_manifest,
}


def is_page(relative: str) -> bool:
    """Whether a file is one that readers open as a page."""
    return PurePosixPath(relative).suffix.lower() in PAGES


def is_read(relative: str) -> bool:
    """Whether a file holds addresses that can be found."""
    suffix = PurePosixPath(relative).suffix.lower()
    return suffix in PAGES or suffix in _READERS or relative in {"robots.txt", "manifest.json"}


def read_file(path: Path, relative: str, content: Iterable[ContentRule] = ()) -> Page:
    """The facts of one file of the site.

    Args:
        path: the file.
        relative: its name in the site, with slashes.
        content: rules for pages that are asked with the same tree.

    Raises:
        OSError: where it can't be read.
    """
    size = path.stat().st_size
    if size > LARGEST:
        megabytes = LARGEST // (1024 * 1024)
        message = f"the file has {size} bytes and isn't read, expected at most {megabytes} MiB"
        return Page(relative, size, faults=(SiteFault(relative, "links.unreadable", message),))
    return read_data(path.read_bytes(), relative, content)


def read_data(data: bytes, relative: str, content: Iterable[ContentRule] = ()) -> Page:
    """Like :func:`read_file`, from bytes."""
    if is_page(relative):
        return parse_page(data, relative, content)
    if relative == "robots.txt":
        return read_robots(data, relative)
    if relative == "manifest.json":
        return read_manifest(data, relative)
    return _READERS[PurePosixPath(relative).suffix.lower()](data, relative)
