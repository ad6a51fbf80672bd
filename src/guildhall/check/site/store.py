"""Remembers the facts of files between runs, in a file of JSON.

It is no more than a memory: where it is broken, of another version, or gone, all is read again.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from guildhall.check.site.elements import Kind
from guildhall.check.site.fault import SiteFault
from guildhall.check.site.page import ContentRule, Link, Page

LARGEST = 512 * 1024 * 1024
"""A memory with more bytes is not read."""


class Stored(NamedTuple):
    """The facts of a file, and a digest of its content."""

    digest: str
    page: Page


def fingerprint(content: Iterable[ContentRule], salt: str = "") -> str:
    """A digest of all that facts depend on besides the file: the code, the rules and the salt.

    Args:
        content: the rules for content.
        salt: what else they depend on.
    """
    digest = hashlib.blake2b(digest_size=16)
    digest.update(f"{version('selectolax')}\n{sys.version_info[:2]}\n{salt}\n".encode())
    sources = set(Path(__file__).parent.glob("*.py"))
    for rule in content:
        of = rule if hasattr(rule, "__module__") else type(rule)
        module = sys.modules.get(of.__module__)
        file = getattr(module, "__file__", None)
        if file:
            sources.add(Path(file))
        digest.update(f"{of.__module__}.{getattr(rule, '__qualname__', type(rule))}\n".encode())
    for source in sorted(sources):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def load_pages(path: Path, wanted: str) -> dict[str, Stored]:
    """What is remembered, by file; nothing where it is of another version or can't be read."""
    try:
        if path.stat().st_size > LARGEST:
            return {}
        data = json.loads(path.read_bytes())
        if data["version"] != wanted:
            return {}
        return {
            name: Stored(digest, _page(name, *p)) for name, (digest, p) in data["pages"].items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def save_pages(path: Path, current: str, pages: Mapping[str, Stored]) -> None:
    """Remember the facts of files; the old memory stays until the new one is whole.

    Raises:
        OSError: where the file can't be written.
    """
    data = {
        "version": current,
        "pages": {name: [stored.digest, _plain(stored.page)] for name, stored in pages.items()},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(json.dumps(data, separators=(",", ":")))
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _plain(page: Page) -> list[Any]:
    faults = [
        (f.page, f.rule, f.message, f.needle, f.nth, f.target, f.fixed, f.others)
        for f in page.faults
    ]
    return [
        *(page.size, page.title, page.language, page.base, page.ids, page.repeated, page.names),
        *(page.links, page.refresh, page.routes, page.canonical, page.hidden, faults),
    ]


def _page(
    path: str,
    size: int,
    title: str,
    language: str,
    base: str | None,
    ids: list[str],
    repeated: list[str],
    names: list[str],
    links: list[list[Any]],
    refresh: str | None,
    routes: bool,
    canonical: list[str],
    hidden: bool,
    faults: list[list[Any]],
) -> Page:
    return Page(
        path=path,
        size=size,
        title=title,
        language=language,
        base=base,
        ids=tuple(ids),
        repeated=tuple(repeated),
        names=tuple(names),
        links=tuple(Link(a, use, _KINDS[kind], own, frame) for a, use, kind, own, frame in links),
        refresh=refresh,
        routes=routes,
        canonical=tuple(canonical),
        hidden=hidden,
        faults=tuple(_fault(*fault) for fault in faults),
    )


def _fault(
    page: str,
    rule: str,
    message: str,
    needle: str,
    nth: int,
    target: str,
    fixed: str,
    others: list[str],
) -> SiteFault:
    return SiteFault(page, rule, message, needle, nth, target, fixed, tuple(others))


_KINDS = {kind.value: kind for kind in Kind}
