"""From a fault of the built site to the place in the source that it comes from."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from html import escape
from pathlib import Path

from guildhall.check.site.copies import Copies
from guildhall.check.site.forms import alike, as_written
from guildhall.core.markup.notebook import CellLines
from guildhall.core.sidecar import Reference, Sidecar, read_sidecars

SETTINGS = "conf/portal.yml"

_LARGEST = 8 * 1024 * 1024
_NEAR = 40
"""So many lines after the one where a paragraph or value begins may hold its links."""
_SPECIFIC = 8
"""So long a text is unlikely to stand in a record by chance."""


class Sure(StrEnum):
    """How sure a place is."""

    LITERAL = "literal"
    """The text itself stands there."""
    NEAR = "near"
    """What it was made from stands there, or the line is known."""
    PAGE = "page"
    """Only the page's source is known."""
    TEMPLATE = "template"
    """The page's source doesn't hold it, so a template of the theme put it there."""
    BUILT = "built"
    """The page has no source that is known; the place is in the built file."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A place.

    Args:
        path: the file, relative to the portal's folder; of a built file, to the site's.
        line: the line from 1, or 0.
        column: the column from 1, or 0.
        text: what was found there.
        sure: how sure it is.
    """

    path: str
    line: int
    column: int
    text: str
    sure: Sure


class Origins:
    """Finds places in the sources of a site.

    Args:
        doctrees: the folder of Sphinx's memory; None where there is none.
        root: the portal's folder.
        site: the folder of the built site.
    """

    def __init__(self, doctrees: Path | None, root: Path, site: Path) -> None:
        self._doctrees, self._root, self._site = doctrees, root, site
        self._texts: dict[str, tuple[str, ...]] = {}
        self._placed: dict[tuple[str, str, int], Origin] = {}
        self._anywhere: dict[str, Origin | None] = {}
        self._notebooks: dict[str, CellLines] = {}
        self._copies = Copies(root, site)

    def place(self, page: str, needle: str = "", nth: int = 0) -> Origin:
        """The place that something on a page comes from.

        Args:
            page: the file of the site.
            needle: what to look for, such as an address as the page has it; empty for the page.
            nth: which occurrence on the page is meant, from 0.
        """
        key = (page, needle, nth)
        found = self._placed.get(key)
        if found is None:
            found = self._placed[key] = self._place(page, needle, nth)
        return found

    def source(self, page: str) -> str:
        """The source of a page; empty where none is known."""
        sidecar = self._sidecars.get(page)
        return sidecar.source if sidecar else ""

    def is_made(self, page: str) -> bool:
        """Whether the build made a page of others, so that it has neither source nor original."""
        return (
            bool(self._sidecars) and page not in self._sidecars and not self._copies.original(page)
        )

    def cell(self, place: Origin) -> str:
        """How a message begins about a place in a notebook; empty for other files."""
        if not place.path.endswith(".ipynb"):
            return ""
        if place.path not in self._notebooks:
            self._notebooks[place.path] = CellLines("\n".join(self._lines(place.path)))
        found = self._notebooks[place.path].at(place.line)
        return found.words if found else ""

    def line(self, path: str, number: int) -> str:
        """A line of a source, from 1; empty where there is none."""
        lines = self._lines(path)
        return lines[number - 1] if 0 < number <= len(lines) else ""

    @cached_property
    def _sidecars(self) -> dict[str, Sidecar]:
        if self._doctrees is None:
            return {}
        return {sidecar.page: sidecar for sidecar in read_sidecars(self._doctrees)}

    def _place(self, page: str, needle: str, nth: int) -> Origin:
        sidecar = self._sidecars.get(page)
        if sidecar is None:
            copied = self._copies.original(page)
            if copied:
                found = self._in_source(copied, needle, nth) if needle else None
                found = found or self._begun(copied, needle)
                return found or Origin(copied, 1, 1, "", Sure.NEAR if needle else Sure.PAGE)
            return self._without_sidecar(page, needle, nth)
        if not needle:
            return Origin(sidecar.source, 1, 1, "", Sure.PAGE)
        reference, before = self._reference(sidecar, needle, nth)
        place = self._in_paragraph(reference, needle, before)
        place = place or self._near(reference, needle, before, as_written(needle), Sure.LITERAL)
        place = place or self._in_source(sidecar.source, needle, nth)
        if place is None and len(needle) >= _SPECIFIC:
            place = self._in_files(sidecar.uses, needle)
        place = place or self._near(reference, needle, before, alike(needle), Sure.NEAR)
        if place is None and reference is not None and reference.line > 1:
            place = Origin(reference.path, reference.line, 1, "", Sure.NEAR)
        return (
            place
            or self._in_portal(needle)
            or self._begun(sidecar.source, needle)
            or Origin(sidecar.source, 1, 1, "", Sure.NEAR if reference else Sure.TEMPLATE)
        )

    def _without_sidecar(self, page: str, needle: str, nth: int) -> Origin:
        """A page that no document stands for: a list, a view, or a site of another program."""
        if needle and self._sidecars:
            inside = page.rpartition("/")[0]
            near = sorted(
                (sidecar.source for sidecar in self._sidecars.values()),
                key=lambda source: (
                    -len(posixpath.commonpath([f"/{source}", f"/{inside}"])),
                    source,
                ),
            )
            found = self._in_near(near, needle)
            found = found or self._in_portal(needle)
            if found:
                return found
            return replace(self._in_built(page, needle, nth), sure=Sure.TEMPLATE)
        return self._in_built(page, needle, nth)

    def _reference(self, sidecar: Sidecar, needle: str, nth: int) -> tuple[Reference | None, int]:
        """What the build remembers of a link, and how many like it stand before it at its line."""
        wanted = {needle, *as_written(needle)}
        same = [each for each in sidecar.references if _shown(each.address, needle, wanted)]
        if nth >= len(same):
            return None, 0
        found = same[nth]
        return found, sum(each[1:] == found[1:] for each in same[:nth])

    def _near(
        self, reference: Reference | None, needle: str, skip: int, forms: list[str], sure: Sure
    ) -> Origin | None:
        """A text from the line where its paragraph or value begins."""
        if reference is None:
            return None
        lines = self._lines(reference.path)
        first, last = reference.line - 1, reference.line + _NEAR
        if reference.line <= 1 or reference.path.endswith(".ipynb"):
            # Of what a record's template made no line is known, and in notebooks none is empty.
            first, last = 0, len(lines)
            forms = [form for form in forms if sure is Sure.LITERAL or len(form) >= _SPECIFIC]
        window = range(first, min(last, len(lines)))
        for form in forms:
            found = list(_occurrences(lines, form, window))
            if found:
                line, column = found[min(skip, len(found) - 1)]
                return Origin(reference.path, line + 1, column + 1, form, sure)
        return None

    def _in_paragraph(self, reference: Reference | None, needle: str, skip: int) -> Origin | None:
        """A text in the lines up to the next empty one: further on the same may be written anew."""
        if reference is None or reference.line <= 1:
            return None
        lines = self._lines(reference.path)
        first = reference.line - 1
        last = next((n for n in range(first, len(lines)) if not lines[n].strip()), len(lines))
        if reference.path.endswith(".ipynb"):
            last = reference.line
        for sure, forms in ((Sure.LITERAL, as_written(needle)), (Sure.NEAR, alike(needle))):
            for form in forms:
                found = list(_occurrences(lines, form, range(first, last)))
                if found:
                    line, column = found[min(skip, len(found) - 1)]
                    return Origin(reference.path, line + 1, column + 1, form, sure)
        return None

    def _in_source(self, path: str, needle: str, nth: int) -> Origin | None:
        """A text anywhere in a source, as in raw HTML; the last where the page repeats it."""
        lines = self._lines(path)
        for form in as_written(needle):
            found = list(_occurrences(lines, form, range(len(lines))))
            if found:
                line, column = found[min(nth, len(found) - 1)]
                return Origin(path, line + 1, column + 1, form, Sure.LITERAL)
        return None

    def _begun(self, path: str, needle: str) -> Origin | None:
        """A text that goes on in the source, such as a password, which is told by its beginning."""
        if len(needle) < _SPECIFIC:
            return None
        for number, line in enumerate(self._lines(path)):
            column = line.find(needle)
            if column >= 0:
                return Origin(path, number + 1, column + 1, needle, Sure.NEAR)
        return None

    def _in_files(self, paths: tuple[str, ...] | list[str], needle: str) -> Origin | None:
        for path in paths:
            found = self._in_source(path, needle, 0)
            if found:
                return found
        return None

    def _in_near(self, sources: list[str], needle: str) -> Origin | None:
        """A text in the sources of pages, the nearest first."""
        return self._in_files(sources, needle) if len(needle) >= _SPECIFIC else None

    def _in_portal(self, needle: str) -> Origin | None:
        """A text in the settings, in the portal's own templates, or in any record."""
        if needle not in self._anywhere:
            found = self._in_files(self._own_templates, needle)
            if found is None and len(needle) >= _SPECIFIC:
                found = self._in_files(self._records, needle)
            self._anywhere[needle] = found or self._in_settings(needle)
        return self._anywhere[needle]

    def _in_settings(self, needle: str) -> Origin | None:
        """A setting that the theme makes an address of, such as the licence."""
        lines = self._lines(SETTINGS)
        for form in alike(needle):
            for line, column in _occurrences(lines, form, range(len(lines))):
                if len(form) >= _SPECIFIC and not lines[line].lstrip().startswith("#"):
                    return Origin(SETTINGS, line + 1, column + 1, form, Sure.NEAR)
        return None

    @cached_property
    def _own_templates(self) -> list[str]:
        folder = self._root / "conf"
        files = sorted(folder.rglob("*")) if folder.is_dir() else []
        named = [f for f in files if f.suffix in {".html", ".yml", ".py", ".css", ".md", ".j2"}]
        return [file.relative_to(self._root).as_posix() for file in named if file.is_file()]

    @cached_property
    def _records(self) -> list[str]:
        named = {sidecar.source for sidecar in self._sidecars.values()}
        named |= {use for sidecar in self._sidecars.values() for use in sidecar.uses}
        return sorted(name for name in named if name.endswith((".yml", ".yaml")))

    def _in_built(self, page: str, needle: str, nth: int) -> Origin:
        lines = self._read(self._site / page) if needle else ()
        for form in dict.fromkeys((escape(needle), escape(needle, quote=False), needle)):
            found = [] if not form else list(_occurrences(lines, form, range(len(lines))))
            if found:
                line, column = found[min(nth, len(found) - 1)]
                return Origin(page, line + 1, column + 1, form, Sure.BUILT)
        return Origin(page, 1, 1, "", Sure.BUILT)

    def _lines(self, path: str) -> tuple[str, ...]:
        lines = self._texts.get(path)
        if lines is None:
            lines = self._texts[path] = self._read(self._root / path)
        return lines

    def _read(self, path: Path) -> tuple[str, ...]:
        try:
            if path.stat().st_size > _LARGEST:
                return ()
            return tuple(path.read_text(encoding="utf-8", errors="replace").split("\n"))
        except (OSError, ValueError):
            return ()


def _shown(address: str, needle: str, wanted: set[str]) -> bool:
    """Whether a remembered address is the one that a page has."""
    if address in wanted:
        return True
    if "_images/" in needle or "_downloads/" in needle:
        return posixpath.basename(address) == posixpath.basename(needle)
    return False


def times_in(line: str, text: str) -> int:
    """How often a text stands in a line on its own."""
    return sum(1 for _ in _occurrences((line,), text, range(1)))


_GOES_ON_BEFORE = frozenset("-_/.%")
_GOES_ON_AFTER = frozenset("-_/%#=&?")


def _occurrences(lines: tuple[str, ...], text: str, window: range) -> Iterator[tuple[int, int]]:
    """Where a text stands on its own, not in a longer address: line and column from 0."""
    for number in window:
        line = lines[number]
        at = line.find(text)
        while at >= 0:
            if _stands_alone(line, at, at + len(text)):
                yield number, at
            at = line.find(text, at + 1)


def _stands_alone(line: str, begin: int, end: int) -> bool:
    before = line[begin - 1] if begin else " "
    after = line[end] if end < len(line) else " "
    last = line[end - 1]
    if line[begin] == "<" and last == ">":
        # A tag is one wherever it stands.
        return True
    if before.isalnum() or before in _GOES_ON_BEFORE:
        return False
    if last == "/" and after.isalnum():
        return False
    if after == "." and end + 1 < len(line) and line[end + 1].isalnum():
        return False
    return not (after.isalnum() or after in _GOES_ON_AFTER)
