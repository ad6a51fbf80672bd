"""The addresses of the site that a change takes away, and those that it adds.

A portal has no redirects, so an address that vanishes leads nowhere from then on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from guildhall.check.differences.pairs import Pairs
from guildhall.check.run.portal import Sources
from guildhall.core.patterns import matcher
from guildhall.core.walking import Walk
from guildhall.model.base.model import Record
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.registry import R, Registry
from guildhall.network.lessons.folder import PAGE_SUFFIXES
from guildhall.network.workshops.publishing import (
    ALL,
    countries_of,
    country_file,
    is_shared,
    type_file,
    workshop_file,
)

_NEVER_PAGES = ("**/_*", "**/.*", "build", "**/node_modules")
"""What is no page wherever it lies, as the settings of Sphinx have it."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the site.

    Args:
        address: the file of the site, below its top.
        source: the file that it is made from, relative to the portal's folder; empty for calendars
            of several workshops.
    """

    address: str
    source: str


@dataclass(frozen=True, slots=True)
class GoneAddress:
    """An address that leads nowhere any more.

    Args:
        address: the file of the site, below its top.
        source: the file that it was made from.
        moved_to: where the same page is now; None where it is no more.
    """

    address: str
    source: str
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class ChangedAddresses:
    """What becomes of addresses.

    Args:
        gone: those that vanish, sorted.
        new: those that are added, sorted.
    """

    gone: tuple[GoneAddress, ...] = ()
    new: tuple[str, ...] = ()


def changed_addresses(
    before: Sources, after: Sources, pairs: Pairs, renamed: Mapping[str, str]
) -> ChangedAddresses:
    """Compare the addresses of two states.

    Args:
        before: the portal as it was.
        after: the portal as it is.
        pairs: the ids that records have now.
        renamed: the earlier name of each file that has another now, as git sees it.
    """
    old = {each.address: each for each in _addresses(before)}
    new = {each.address: each for each in _addresses(after)}
    later = {earlier: name for name, earlier in renamed.items()}
    later.update(_moved_records(before, after, pairs))
    present = {(each.source, Path(each.address).suffix): each.address for each in new.values()}

    def gone(address: str) -> GoneAddress:
        source = old[address].source
        moved_to = present.get((later.get(source, ""), Path(address).suffix)) if source else None
        return GoneAddress(address, source, moved_to)

    vanished = tuple(gone(address) for address in sorted(old.keys() - new.keys()))
    return ChangedAddresses(vanished, tuple(sorted(new.keys() - old.keys())))


def _moved_records(before: Sources, after: Sources, pairs: Pairs) -> Iterator[tuple[str, str]]:
    """The earlier and the present file of each record that lies elsewhere now."""
    public = after.registry.public()
    for record in before.registry.records.values():
        now = public.find(record.KIND, pairs.present(record.KIND, record.key))
        if now is not None and now.docname != record.docname:
            yield (
                _source(record.origin.path, before.root),
                _source(now.origin.path, after.root),
            )


def _addresses(sources: Sources) -> Iterator[Address]:
    root, registry = sources.root, sources.registry.public()
    documents = dict(registry.documents)
    lessons = []
    for outline in sources.outlines.values():
        lessons.append(outline.lesson.root)
        documents.update((page.docname, page.path) for page in (*outline.pages, *outline.unlisted))
    for name, path in _pages(root, sources.settings.sources):
        if not name.startswith(tuple(lessons)):
            documents.setdefault(name, path)
    for name, path in documents.items():
        yield Address(f"{name}.html", _source(path, root))
    yield from _calendars(registry, root)


def _source(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def _pages(root: Path, folders: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """The pages that no record makes, by document name."""
    is_own = matcher(["index.*", *(f"{folder}/**" for folder in folders)])
    is_excluded = matcher(_NEVER_PAGES)

    def is_open(name: str) -> bool:
        return not is_excluded(name)

    for name in sorted(Walk(root, root, PAGE_SUFFIXES, is_open).files()):
        path = root / name
        if is_open(name) and is_own(name) and path.suffix in PAGE_SUFFIXES:
            yield name.removesuffix(path.suffix), path


def _calendars(registry: Registry, root: Path) -> Iterator[Address]:
    found = {}
    records = _Records(registry)
    for workshop in registry.of(Workshop):
        yield Address(workshop_file(workshop), _source(workshop.origin.path, root))
        if not is_shared(workshop):
            continue
        found[ALL] = found[type_file(workshop.type)] = True
        found |= {country_file(code): True for code in countries_of(workshop, records)}
    for name in found:
        yield Address(name, "")


class _Records:
    """A registry for those who say which fields they look at."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def find(self, kind: str, key: str, fields: Iterable[str] | None = None) -> Record | None:
        """The record of that kind and id."""
        return self._registry.find(kind, key)

    def get(self, kind: type[R], key: str, fields: Iterable[str] | None = None) -> R | None:
        """Like :meth:`find`, typed."""
        return self._registry.get(kind, key)
