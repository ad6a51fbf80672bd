"""What files weigh, if anything, and which pages share a title: what one page can't tell."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from guildhall.check.site.elements import Kind
from guildhall.check.site.fault import SiteFault
from guildhall.check.site.page import Page
from guildhall.core.picture_size import picture_size
from guildhall.core.values.faults import quote
from guildhall.model.settings.content import Budgets

_IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp"})
_WITH_PIXELS = _IMAGES - {".svg"}
# Of several sizes of a picture one is fetched; of videos and sounds, what is played.
_NOT_LOADED = (" srcset", " imagesrcset", "audio ", "video src", "source ", "iframe ", "frame ")
_NEVER_EMPTY = _IMAGES | {
    *(".pdf", ".zip", ".gz", ".xz", ".bz2", ".7z", ".tgz", ".epub", ".ipynb", ".mp4", ".webm"),
    *(".mp3", ".ogg", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"),
}
"""Files that can't be opened without a byte; an empty text or table may be meant."""
_KB = 1000
_HERE = "https://site.invalid/"


class Weights:
    """The files of a site that its pages load, each looked at once.

    Args:
        folder: the site's folder.
        base_url: the address that it is published at, where it is known.
    """

    def __init__(self, folder: Path, base_url: str | None = None) -> None:
        self._folder = folder
        self._base_url = base_url.rstrip("/") + "/" if base_url else None
        self._sizes: dict[str, int | None] = {}

    @cached_property
    def _base_path(self) -> str:
        return urlsplit(self._base_url).path if self._base_url else "/"

    def loaded(self, page: Page) -> dict[str, str]:
        """The files of the site that a page loads, with the address of each as the page has it."""
        found: dict[str, str] = {}
        for link in page.links:
            if link.kind is not Kind.RESOURCE or any(part in link.use for part in _NOT_LOADED):
                continue
            name = self.file(page, link.address)
            if name is not None and name != page.path and self.size(name) is not None:
                found.setdefault(name, link.address)
        return found

    def size(self, name: str) -> int | None:
        """The length of a file in bytes; None where there is none."""
        if name not in self._sizes:
            try:
                self._sizes[name] = os.stat(self._folder / name).st_size
            except (OSError, ValueError):
                self._sizes[name] = None
        return self._sizes[name]

    def width(self, name: str) -> int:
        """The width of an image in pixels; 0 where it can't be told."""
        size = picture_size(self._folder / name)
        return int(size.width) if size is not None and size.is_fixed else 0

    def file(self, page: Page, address: str) -> str | None:
        """The file that an address of a page leads to, where it is one of the site."""
        try:
            here = urljoin(f"{_HERE}{page.path}", page.base or "")
            absolute = urljoin(here, address.strip())
            if self._base_url and absolute.startswith(self._base_url):
                absolute = _HERE + absolute.removeprefix(self._base_url)
            elif not absolute.startswith(_HERE):
                return None
            path = unquote(urlsplit(absolute).path)
        except ValueError:
            return None
        if address.startswith("/") and self._base_path != "/":
            path = "/" + path.removeprefix(self._base_path)
        name = path.lstrip("/")
        return None if ".." in PurePosixPath(name).parts or "\0" in name else name


def weights(weigher: Weights, pages: Iterable[Page], budgets: Budgets) -> Iterator[SiteFault]:
    """Pages and images over budget, in the order of pages; an image is told of once.

    A file counts once for a page, also an image that is loaded only when it is scrolled to.
    """
    told: set[str] = set()
    for page in pages:
        loaded = weigher.loaded(page)
        if page.is_html and budgets.html and page.size > budgets.html * _KB:
            message = (
                f"the HTML of the page weighs {_shown(page.size)}, expected {budgets.html} KB or "
                "less"
            )
            yield SiteFault(page.path, "pages.heavy-html", message)
        sizes = {name: weigher.size(name) or 0 for name in loaded}
        total = page.size + sum(sizes.values())
        if page.is_html and budgets.page and total > budgets.page * _KB:
            heaviest = max(sizes, key=lambda name: (sizes[name], name), default="")
            most = f", {quote(heaviest)} alone {_shown(sizes[heaviest])}" if heaviest else ""
            message = (
                f"the page weighs {_shown(total)} with its styles, scripts and images{most}; "
                f"expected {budgets.page} KB or less"
            )
            yield SiteFault(page.path, "pages.heavy", message)
        for name, address in loaded.items():
            suffix = PurePosixPath(name).suffix.lower()
            if suffix not in _IMAGES or name in told:
                continue
            told.add(name)
            yield from _image(weigher, page.path, name, address, budgets)


def _image(
    weigher: Weights, page: str, name: str, address: str, budgets: Budgets
) -> Iterator[SiteFault]:
    size = weigher.size(name) or 0
    if budgets.image and size > budgets.image * _KB:
        message = f"{quote(name)} weighs {_shown(size)}, expected {budgets.image} KB or less"
        yield SiteFault(page, "images.heavy", message, address, target=address)
    if budgets.image_width and PurePosixPath(name).suffix.lower() in _WITH_PIXELS:
        width = weigher.width(name)
        if width > budgets.image_width:
            message = (
                f"{quote(name)} is {width} pixels wide, expected {budgets.image_width} or less"
            )
            yield SiteFault(page, "images.large", message, address, target=address)


def empty_files(weigher: Weights, pages: Iterable[Page]) -> Iterator[SiteFault]:
    """Pictures and downloads without a byte, each told once, where it is first linked to."""
    told: set[str] = set()
    for page in pages:
        for link in page.links:
            if link.kind not in {Kind.PAGE, Kind.RESOURCE}:
                continue
            path = link.address.partition("#")[0].partition("?")[0].rstrip().lower()
            if PurePosixPath(path).suffix not in _NEVER_EMPTY:
                continue
            name = weigher.file(page, link.address)
            if name is not None and name not in told and weigher.size(name) == 0:
                told.add(name)
                message = f"{quote(name)} is empty, expected a file with content"
                yield SiteFault(
                    page.path, "pages.empty-file", message, link.address, target=link.address
                )


def _shown(size: int) -> str:
    return f"{-(-size // _KB):,} KB".replace(",", "\N{NO-BREAK SPACE}")


def repeated_titles(pages: Iterable[Page]) -> Iterator[SiteFault]:
    """Pages with the title of one before them.

    Left out are pages that send readers on, that search engines shall not list, or that say they
    are another page's copy.
    """
    first: dict[tuple[str, str], str] = {}
    for page in pages:
        is_copy = any(not _is_own(page, address) for address in page.canonical)
        if not page.title or page.refresh is not None or page.hidden or is_copy:
            continue
        key = (page.language, " ".join(page.title.split()))
        other = first.setdefault(key, page.path)
        if other != page.path:
            message = f"the title {quote(key[1])} is also used by {quote(other)}, expected its own"
            yield SiteFault(page.path, "pages.title-repeated", message, key[1])


def _is_own(page: Page, address: str) -> bool:
    path = unquote(urlsplit(address).path).removesuffix("index.html").removesuffix(".html")
    own = page.path.removesuffix("index.html").removesuffix(".html")
    return f"/{path}".rstrip("/").endswith(f"/{own}".rstrip("/"))
