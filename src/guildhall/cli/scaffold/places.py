"""Where new records lie, and the pages that list them."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from guildhall.cli.scaffold.render import render
from guildhall.core.patterns import matcher
from guildhall.model.records.kinds.lesson import LESSON_FILE
from guildhall.model.records.registry import Registry
from guildhall.model.settings.portal import Settings
from guildhall.network.lessons.outline import toctrees

FOLDERS: Mapping[str, str] = {
    "lesson": "lessons",
    "path": "lessons/paths",
    "workshop": "workshops",
    "partner": "partners/organisations",
    "in-kind": "partners/in-kind",
    "budget-line": "partners/budget",
    "project": "partners/projects",
    "activity": "partners/activities",
    "risk": "partners/risks",
    "benefit": "partners/benefits",
    "person": "partners/people",
}
"""Where records of each kind lie in a portal that has none of them yet."""

_SUFFIXES = (".md", ".rst")
_CATALOGUES = {"lesson": "lesson-catalogue", "workshop": "workshop-catalogue"}
"""Directives that add all records of a kind to the navigation."""
_BLOCK = re.compile(
    r"^(?P<indent>[ \t]*)(?P<fence>```+|:::+)[ \t]*\{toctree\}[^\n]*\n(?:.*?\n)??"
    r"(?=(?P=indent)(?P=fence)[ \t]*$)",
    re.DOTALL | re.MULTILINE,
)


def folder_of(root: Path, settings: Settings, registry: Registry, kind: str) -> str:
    """The folder of a new record: where most of its kind lie, or else where they usually do.

    Args:
        root: the portal's folder.
        settings: the portal's settings.
        registry: the portal's records.
        kind: the kind.
    """
    usual = FOLDERS[kind]
    folders = Counter(
        each.origin.path.parent.relative_to(root).as_posix() for each in registry.of_kind(kind)
    )
    if folders:
        return folders.most_common(1)[0][0]
    name = PurePosixPath(usual).name
    return name if name in settings.sources else usual


def area_page(kind: str, language: str, project: str | None = None) -> str:
    """The page that lists the records of a kind.

    Args:
        kind: the kind.
        language: the language of the page.
        project: the project that it is about, if that isn't the portal's own.
    """
    return render("area.md.j2", language, kind=kind, project=project)


def listing(
    root: Path, settings: Settings, kind: str, docname: str, project: str | None = None
) -> tuple[dict[str, str], dict[str, str]]:
    """What makes a new record stand in a table of contents.

    Args:
        root: the portal's folder.
        settings: the portal's settings.
        kind: the record's kind.
        docname: its document name.
        project: its project, if that isn't the portal's own.

    Returns:
        the texts of new pages, and the new texts of pages that are there, by their paths; both are
        empty where a page lists the record already, or nothing could.
    """
    pages = dict(_pages(root, settings))
    new: dict[str, str] = {}
    if is_listed(docname, kind, pages):
        return new, {}
    folder = _around(docname)
    if folder and not _index_of(folder, pages):
        new[f"{folder}/index.md"] = area_page(kind, settings.language, project)
        docname = f"{folder}/index"
        if is_listed(docname, "", pages):
            return new, {}
        folder = _around(docname)
    while folder and not _index_of(folder, pages):
        folder = _parent(folder)
    index = _index_of(folder, pages)
    if index is None:
        return new, {}
    entry = docname.removeprefix(f"{folder}/") if folder else docname
    return new, {index: _with_entry(pages[index], entry, is_markdown=index.endswith(".md"))}


def _pages(root: Path, settings: Settings) -> Iterator[tuple[str, str]]:
    """The portal's own pages, by their paths; those of lessons are no places for records."""
    found = [path for suffix in _SUFFIXES if (path := root / f"index{suffix}").is_file()]
    for source in settings.sources:
        found += (path for path in (root / source).rglob("*") if path.suffix in _SUFFIXES)
    for path in found:
        if path.is_file() and not (path.parent / LESSON_FILE).exists():
            # One that isn't UTF-8 is no page; a build tells it. Line ends stay as they are.
            with contextlib.suppress(UnicodeDecodeError):
                yield path.relative_to(root).as_posix(), path.read_bytes().decode()


def is_listed(docname: str, kind: str, pages: Mapping[str, str]) -> bool:
    """Whether a table of contents has a document.

    Args:
        docname: its document name.
        kind: the kind of its record; empty for a page.
        pages: the texts of the pages that might list it, by their paths.
    """
    directive = _CATALOGUES.get(kind)
    for path, text in pages.items():
        if directive and re.search(rf"\{{{directive}\}}|\.\. {directive}::", text):
            return True
        for _, entries in toctrees(text.replace("\r\n", "\n")):
            if matcher(_absolute(path, entry) for entry in entries)(docname):
                return True
    return False


def _absolute(path: str, entry: str) -> str:
    """An entry of a page's toctree as the name of a document, or a pattern of names."""
    name = re.sub(r"\.(md|rst|yml)$", "", entry)
    folder = _parent(path)
    return name.removeprefix("/") if name.startswith("/") or not folder else f"{folder}/{name}"


def _around(docname: str) -> str:
    """The folder whose index page is to list a document."""
    folder = _parent(docname)
    return _parent(folder) if docname.endswith("/index") else folder


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


def _index_of(folder: str, pages: Mapping[str, str]) -> str | None:
    names = (f"{folder}/index{suffix}".lstrip("/") for suffix in _SUFFIXES)
    return next((name for name in names if name in pages), None)


def _with_entry(text: str, entry: str, *, is_markdown: bool) -> str:
    """A page with one more entry in its last toctree, or in one of its own at the end."""
    if "\r\n" in text:
        plain = _with_entry(text.replace("\r\n", "\n"), entry, is_markdown=is_markdown)
        return plain.replace("\n", "\r\n")
    if not is_markdown:
        return f"{text.rstrip()}\n\n.. toctree::\n   :hidden:\n\n   {entry}\n"
    blocks = list(_BLOCK.finditer(text))
    if not blocks:
        return f"{text.rstrip()}\n\n```{{toctree}}\n:hidden:\n\n{entry}\n```\n"
    last = blocks[-1]
    return f"{text[: last.end()]}{last['indent']}{entry}\n{text[last.end() :]}"
