"""The outline of a lesson: its pages in the order of reading, and how long each takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from guildhall.core.findings.finding import Finding
from guildhall.core.values.faults import nearest, quote
from guildhall.model.records.kinds.lesson import Episode, Lesson
from guildhall.network.lessons.folder import folder_of
from guildhall.network.lessons.frontmatter import read_head
from guildhall.network.lessons.rules import RULES

OPTIONAL_CAPTIONS = re.compile(r"\b(optional|extra|bonus|advanced topics)\b", re.IGNORECASE)
REFERENCE_CAPTIONS = re.compile(
    r"\b(references?|about|appendi(x|ces)|instructors?|resources|software|licen[cs]e)\b",
    re.IGNORECASE,
)
"""Captions under which the lessons of the field list what is not taught in turn."""
REFERENCE_PAGES = frozenset(
    {"exercises", "guide", "quick-reference", "reference", "glossary", "index"}
)
"""Pages that the lessons of the field have beside their episodes."""

_TOCTREE = re.compile(
    r"^(?P<indent>[ \t]*)(?:(?P<fence>```+|:::+)[ \t]*\{toctree\}|\.\. toctree::)[^\n]*\n",
    re.MULTILINE,
)
_OPTION = re.compile(r"[ \t]*:?(?P<name>[a-z-]+):[ \t]*(?P<value>.*)")
_TITLED = re.compile(r".*<(?P<target>[^<>]+)>\s*$")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a lesson.

    Args:
        docname: its document name.
        path: its file, absolute.
        title: its title.
        teaching: minutes of teaching, where they are known.
        exercises: minutes of exercises, where they are known.
        optional: whether the lesson's length leaves it out.
        is_episode: whether it is taught in turn, rather than looked up.
        for_leaders: what it says to group leaders and data stewards, as plain text.
    """

    docname: str
    path: Path
    title: str
    teaching: int | None = None
    exercises: int | None = None
    optional: bool = False
    is_episode: bool = True
    for_leaders: str | None = None

    @property
    def minutes(self) -> int | None:
        """Minutes in all, where anything of them is known."""
        return _sum((self.teaching, self.exercises))


@dataclass(frozen=True)
class Outline:
    """The pages of a lesson.

    Args:
        lesson: the lesson.
        folder: where the pages lie, absolute; None where they are not here.
        pages: its pages in the order of reading, without its landing page.
        unlisted: pages that no toctree and no record lists.
        landing: the file of its landing page, absolute, where it has one beside its record.
        faults: what does not fit in the record and in the pages' front matter.
    """

    lesson: Lesson
    folder: Path | None
    pages: tuple[Page, ...] = ()
    unlisted: tuple[Page, ...] = ()
    landing: Path | None = None
    faults: tuple[Finding, ...] = field(default=(), compare=False)

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of all pages, absolute; none where only the record is here."""
        pages = (page.path for page in (*self.pages, *self.unlisted))
        return (*((self.landing,) if self.landing else ()), *pages)

    @property
    def episodes(self) -> tuple[Page, ...]:
        """The pages that are taught in turn."""
        return tuple(page for page in self.pages if page.is_episode)

    @property
    def teaching(self) -> int | None:
        """Minutes of teaching: the sum of the episodes, or else what the record states."""
        return self._total([page.teaching for page in self._counted], self.lesson.teaching)

    @property
    def exercises(self) -> int | None:
        """Minutes of exercises: the sum of the episodes, or else what the record states."""
        return self._total([page.exercises for page in self._counted], self.lesson.exercises)

    @property
    def minutes(self) -> int | None:
        """Minutes in all, where anything of them is known."""
        return _sum((self.teaching, self.exercises))

    @property
    def _counted(self) -> Iterator[Page]:
        return (page for page in self.episodes if not page.optional)

    def _total(self, minutes: Iterable[int | None], stated: int | None) -> int | None:
        computed = _sum(minutes)
        return stated if computed is None else computed


def outline_of(lesson: Lesson, root: Path) -> Outline:
    """Read the outline of a lesson from its record and its files.

    Args:
        lesson: the lesson.
        root: the portal's folder.
    """
    folder = folder_of(lesson, root)
    if folder is None:
        return Outline(lesson, None)
    return _Reader(lesson, folder.path, folder.pages).outline()


class _Reader:
    def __init__(self, lesson: Lesson, folder: Path, files: Mapping[str, Path]) -> None:
        self._lesson = lesson
        self._folder = folder
        self._files = files
        self._faults: list[Finding] = []
        self._stated: dict[str, Episode] = {}

    def outline(self) -> Outline:
        listed = list(self._from_record() if self._lesson.episodes else self._from_toctrees())
        names = {page.docname for page in listed} | {self._lesson.docname}
        rest = [self._page(name) for name in self._files if name not in names]
        if not listed and self._lesson.docname not in self._files:
            # Neither a record's list nor an index page: the files' names give the order.
            listed, rest = rest, []
        landing = self._files.get(self._lesson.docname)
        return Outline(
            self._lesson, self._folder, tuple(listed), tuple(rest), landing, tuple(self._faults)
        )

    def _from_record(self) -> Iterator[Page]:
        lesson = self._lesson
        for index, episode in enumerate(lesson.episodes):
            docname = lesson.root + episode.page
            if docname in self._stated:
                self._fault(index, f"the page {quote(episode.page)} is listed twice")
                continue
            self._stated[docname] = episode
            if docname in self._files:
                yield self._page(docname)
            else:
                self._fault(index, self._no_page(episode.page))
        for index, name in enumerate(lesson.reference):
            if lesson.root + name in self._files:
                yield self._page(lesson.root + name, taught=False)
            else:
                mark = lesson.origin.value(("reference", index))
                message = self._no_page(name)
                self._faults.append(lesson.origin.fault(mark, RULES["lesson.pages"], message))
        # Pages of toctrees, such as a guide, are read too, after what the record lists.
        for page in self._from_toctrees():
            listed = page.docname in self._stated
            if not listed and page.docname.removeprefix(lesson.root) not in lesson.reference:
                yield replace(page, is_episode=False)

    def _no_page(self, name: str) -> str:
        names = [each.removeprefix(self._lesson.root) for each in self._files]
        near = nearest(name, names)
        hint = f"; did you mean `{near}`?" if near else ""
        return f"the lesson has no page {quote(name)}{hint}"

    def _fault(self, index: int, message: str) -> None:
        origin = self._lesson.origin
        place = ("episodes", index, "page")
        mark = origin.value(place)
        self._faults.append(origin.fault(mark, RULES["lesson.pages"], message))

    def _from_toctrees(self) -> Iterator[Page]:
        seen = {self._lesson.docname}
        index = self._files.get(self._lesson.docname)
        if index is not None and index.suffix != ".ipynb":
            yield from self._below(self._lesson.docname, index, seen, optional=False, taught=True)

    def _below(
        self, docname: str, path: Path, seen: set[str], *, optional: bool, taught: bool
    ) -> Iterator[Page]:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        for caption, entries in toctrees(text):
            is_optional = optional or bool(OPTIONAL_CAPTIONS.search(caption))
            is_taught = taught and not REFERENCE_CAPTIONS.search(caption)
            for entry in self._entries(docname, entries):
                if entry in seen:
                    continue
                seen.add(entry)
                yield self._page(entry, optional=is_optional, taught=is_taught)
                file = self._files[entry]
                if file.suffix != ".ipynb":
                    yield from self._below(
                        entry, file, seen, optional=is_optional, taught=is_taught
                    )

    def _entries(self, docname: str, entries: Iterable[str]) -> Iterator[str]:
        base = PurePosixPath(docname).parent
        for entry in entries:
            top = PurePosixPath(self._lesson.root) if entry.startswith("/") else base
            name = _normal(top / entry.lstrip("/"))
            for suffix in (".md", ".rst", ".ipynb"):
                name = name.removesuffix(suffix)
            if any(char in name for char in "*?["):
                yield from (each for each in self._files if fnmatchcase(each, name))
            elif name in self._files:
                yield name

    def _page(self, docname: str, *, optional: bool = False, taught: bool = True) -> Page:
        path = self._files[docname]
        head = read_head(path)
        self._faults += head.faults
        front, stated = head.front_matter, self._stated.get(docname)
        if stated is None:
            stated = Episode(page="page")
            taught = taught and docname.removeprefix(self._lesson.root) not in REFERENCE_PAGES
        return Page(
            docname,
            path,
            head.title,
            front.teaching if stated.teaching is None else stated.teaching,
            front.exercises if stated.exercises is None else stated.exercises,
            optional or front.optional or stated.optional,
            taught,
            front.for_leaders,
        )


def toctrees(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Caption and entries of each toctree in Markdown or reStructuredText, in order.

    Addresses and the word ``self`` are no entries.
    """
    for found in _TOCTREE.finditer(text):
        lines = _content(text[found.end() :].split("\n"), found["fence"], len(found["indent"]))
        caption, entries = "", []
        in_block = False
        for line in lines:
            entry = line.strip()
            if entry == "---":
                in_block = not in_block
                continue
            option = _OPTION.fullmatch(line)
            if option and (in_block or entry.startswith(":")):
                caption = option["value"].strip("\"' ") if option["name"] == "caption" else caption
                continue
            titled = _TITLED.match(entry)
            entry = titled["target"] if titled else entry
            if entry and entry != "self" and "://" not in entry and not entry.startswith("mailto:"):
                entries.append(entry)
        yield caption, tuple(entries)


def _content(lines: list[str], fence: str | None, indent: int) -> Iterator[str]:
    for line in lines:
        if fence is not None:
            if line.strip().startswith(fence):
                return
        elif line.strip() and len(line) - len(line.lstrip()) <= indent:
            return
        yield line


def _normal(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _sum(minutes: Iterable[int | None]) -> int | None:
    known = [each for each in minutes if each is not None]
    return sum(known) if known else None
