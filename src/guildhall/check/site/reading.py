"""Reads all files of a site that hold addresses: in several processes, and only what changed."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from guildhall.check.site.page import ContentRule, Page
from guildhall.check.site.sources import LARGEST, is_read, read_data, read_file
from guildhall.check.site.store import Stored, fingerprint, load_pages, save_pages

_WORTH_A_PROCESS = 150
"""So many files have to be read before further processes are quicker than none."""
_AT_ONCE = 50


@dataclass(frozen=True)
class Read:
    """What was read.

    Args:
        pages: the facts of each file, by name, in order.
        unchanged: how many of them the cache knew.
    """

    pages: dict[str, Page]
    unchanged: int


@dataclass(frozen=True)
class _Task:
    folder: Path
    content: Sequence[ContentRule]
    known: dict[str, Stored]
    with_digest: bool


_task: _Task
"""What all processes know, since they are forked from the one that set it."""


def read_all(
    folder: Path,
    files: Iterable[str],
    *,
    jobs: int = 1,
    content: Sequence[ContentRule] = (),
    cache: Path | None = None,
    salt: str = "",
) -> Read:
    """Read all files that hold addresses.

    Args:
        folder: the site.
        files: its files, relative to the folder.
        jobs: how many processes read.
        content: rules that are asked of every page.
        cache: the file that remembers what was read; None for none.
        salt: what else the answers of the rules depend on.

    Raises:
        OSError: where a file can't be read.
    """
    global _task
    names = [name for name in files if is_read(name)]
    version = fingerprint(content, salt) if cache else ""
    known = load_pages(cache, version) if cache else {}
    _task = _Task(folder, content, known, cache is not None)
    digests: dict[str, str] = {}
    pages: dict[str, Page] = {}
    unchanged = 0
    for name, digest, page in _results(names, jobs):
        digests[name] = digest
        if page is None:
            page, unchanged = known[name].page, unchanged + 1
        pages[name] = page
    if cache and (unchanged < len(pages) or known.keys() != pages.keys()):
        stored = {name: Stored(digests[name], page) for name, page in pages.items()}
        save_pages(cache, version, stored)
    return Read(pages, unchanged)


_Result = tuple[str, str, Page | None]


def _results(names: list[str], jobs: int) -> Iterable[_Result]:
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    if jobs < 2 or len(names) < _WORTH_A_PROCESS or not can_fork:
        return map(_read, names)
    parts = [names[at : at + _AT_ONCE] for at in range(0, len(names), _AT_ONCE)]
    with multiprocessing.get_context("fork").Pool(min(jobs, len(parts))) as pool:
        return [result for part in pool.imap(_read_part, parts) for result in part]


def _read_part(names: list[str]) -> list[_Result]:
    return [_read(name) for name in names]


def _read(name: str) -> _Result:
    task = _task
    path = task.folder / name
    if not task.with_digest or path.stat().st_size > LARGEST:
        return name, "", read_file(path, name, task.content)
    data = path.read_bytes()
    digest = hashlib.blake2b(data, digest_size=16).hexdigest()
    stored = task.known.get(name)
    if stored is not None and stored.digest == digest:
        return name, digest, None
    return name, digest, read_data(data, name, task.content)
