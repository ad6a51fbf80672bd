"""Addresses that lead to lessons of the portal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from guildhall.core.forges import web_address
from guildhall.core.values.faults import ValueFault
from guildhall.core.values.identifiers import parse_page_path
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.registry import Registry
from guildhall.network.lessons.folder import folder_of

_SUFFIXES = (".html", ".md", ".rst")


@dataclass(frozen=True, slots=True)
class Target:
    """What an address leads to.

    Args:
        lesson: the id of the lesson.
        page: the page below the lesson; None for the lesson itself, and for a page that the lesson,
            as it is in the portal, doesn't have.
        says_all: whether a link to the lesson, or its page in the portal, leads to the same place.
    """

    lesson: str
    page: str | None
    says_all: bool


class Lessons:
    """The lessons of a portal by their addresses.

    Args:
        registry: the portal's records.
        root: the portal's folder.
    """

    def __init__(self, registry: Registry, root: Path) -> None:
        self._bases: dict[str, str] = {}
        self._repositories: dict[str, str] = {}
        self._pages: dict[str, set[str]] = {}
        for lesson in registry.of(Lesson):
            if lesson.url:
                self._bases.setdefault(_plain(lesson.url), lesson.key)
            for address in _repositories(lesson):
                self._repositories.setdefault(_plain(address), lesson.key)
            folder = folder_of(lesson, root)
            names = folder.pages if folder else ()
            self._pages[lesson.key] = {each.removeprefix(lesson.root) for each in names}

    def find(self, address: str) -> Target | None:
        """The lesson or page that an address leads to, or None."""
        plain, anchor = _plain(address), urlsplit(address).fragment
        if plain in self._repositories:
            return Target(self._repositories[plain], None, not anchor)
        base = plain
        while base:
            if base in self._bases:
                return self._target(self._bases[base], plain[len(base) :].strip("/"), anchor)
            base = base.rpartition("/")[0]
        return None

    def _target(self, lesson: str, rest: str, anchor: str) -> Target | None:
        for suffix in _SUFFIXES:
            rest = rest.removesuffix(suffix)
        rest = rest.removesuffix("/index")
        if rest in {"", "index"}:
            return Target(lesson, None, not anchor)
        try:
            parse_page_path(rest)
        except ValueFault:
            return None
        pages = self._pages[lesson]
        page = rest if rest in pages or not pages else None
        return Target(lesson, page, rest in pages and not anchor)


def _repositories(lesson: Lesson) -> list[str]:
    git = lesson.source.git if lesson.source else None
    found = [lesson.repository, web_address(git) if git else None]
    return [each for each in found if each]


def _plain(address: str) -> str:
    """An address without what doesn't tell pages apart."""
    parts = urlsplit(address)
    path = parts.path.rstrip("/").removesuffix("/index.html").removesuffix(".git")
    return f"{(parts.hostname or '').casefold()}{path}"
