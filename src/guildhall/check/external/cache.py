"""What became of addresses, kept from one run to the next: ``.guildhall/external.json``."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from guildhall.check.external.outcomes import Anchor, Grade, Kind, Outcome
from guildhall.model.settings.external import CacheAges

CACHE_FILE = Path(".guildhall/external.json")
_VERSION = 1
_FORGOTTEN_AFTER = timedelta(days=180)
_KEPT = frozenset({Grade.OK, Grade.REDIRECTED, Grade.DEAD, Grade.SOFT})


@dataclass(frozen=True, slots=True)
class CacheEntry:
    """What is known of a page.

    Args:
        outcome: what became of it.
        checked: the day on which it was asked last.
        since: the first of the days, without a break, on which it was graded so.
        anchors: what became of its anchors.
        etag: the ``ETag`` that it had.
        modified: the ``Last-Modified`` that it had.
        secure: whether an ``http`` address answers to ``https`` too; None where nobody asked.
        archived: a copy of a dead page; empty where none is known.
    """

    outcome: Outcome
    checked: date
    since: date
    anchors: Mapping[str, Anchor] = field(default_factory=dict)
    etag: str = ""
    modified: str = ""
    secure: bool | None = None
    archived: str = ""


def age_of(grade: Grade, ages: CacheAges) -> int:
    """How many days an outcome is believed."""
    days = {
        Grade.OK: ages.ok,
        Grade.REDIRECTED: ages.redirected,
        Grade.DEAD: ages.dead,
        Grade.SOFT: ages.soft,
    }
    return days.get(grade, 0)


def is_due(
    entry: CacheEntry | None, fragments: Collection[str], ages: CacheAges, today: date
) -> bool:
    """Whether a page must be asked.

    Args:
        entry: what is known of it, None where nothing is.
        fragments: the anchors that are to be known.
        ages: how long outcomes are believed.
        today: the day.
    """
    if entry is None or not entry.checked <= today:
        return True
    alive = entry.outcome.grade in {Grade.OK, Grade.REDIRECTED}
    if alive and not set(fragments) <= set(entry.anchors):
        return True
    return today - entry.checked >= timedelta(days=age_of(entry.outcome.grade, ages))


class Cache:
    """What is known of pages, by their addresses.

    Args:
        file: where it is kept; None where it isn't.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._entries: dict[str, CacheEntry] = {}

    @classmethod
    def load(cls, file: Path) -> Cache:
        """Read what was kept.

        A file that is missing, broken or of another version is as good as none, and so is each
        entry of it that can't be read: what isn't known is asked.
        """
        cache = cls(file)
        with suppress(OSError, ValueError, RecursionError):
            read = json.loads(file.read_text(encoding="utf-8"))
            if isinstance(read, dict) and read.get("version") == _VERSION:
                cache._entries = dict(_entries(read.get("addresses")))
        return cache

    def get(self, page: str) -> CacheEntry | None:
        """What is known of a page."""
        return self._entries.get(page)

    def put(self, page: str, entry: CacheEntry) -> CacheEntry:
        """Keep what became of a page; since when it is so follows from what was known.

        Returns:
            the entry as it is kept.
        """
        before = self._entries.get(page)
        if before and before.outcome.grade is entry.outcome.grade and before.since <= entry.since:
            entry = replace(entry, since=before.since)
        if entry.outcome.grade in _KEPT:
            self._entries[page] = entry
        return entry

    def save(self, today: date) -> None:
        """Write the file, whole or not at all, without what nobody has asked for half a year.

        Raises:
            OSError: where it can't be written.
        """
        if self._file is None:
            return
        kept = {
            page: _plain(entry)
            for page, entry in sorted(self._entries.items())
            if today - entry.checked <= _FORGOTTEN_AFTER
        }
        text = json.dumps({"version": _VERSION, "addresses": kept}, indent=1, ensure_ascii=False)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._file.with_name(f"{self._file.name}.part")
        unfinished.write_text(f"{text}\n", encoding="utf-8", errors="replace")
        os.replace(unfinished, self._file)


def _plain(entry: CacheEntry) -> dict[str, Any]:
    outcome = entry.outcome
    fields: dict[str, Any] = {
        "kind": str(outcome.kind),
        "status": outcome.status,
        "detail": outcome.detail,
        "new_address": outcome.new_address,
        "checked": entry.checked.isoformat(),
        "since": entry.since.isoformat(),
        "anchors": {name: str(entry.anchors[name]) for name in sorted(entry.anchors)},
        "etag": entry.etag,
        "modified": entry.modified,
        "secure": entry.secure,
        "archived": entry.archived,
    }
    needed = {"kind", "checked", "since"}
    return {
        name: value
        for name, value in fields.items()
        if name in needed or (value not in ("", None, {}) and (value or value is False))
    }


def _entries(read: Any) -> Iterator[tuple[str, CacheEntry]]:
    for page, fields in read.items() if isinstance(read, dict) else ():
        with suppress(KeyError, TypeError, ValueError, AttributeError):
            yield page, _entry(fields)


def _entry(fields: Mapping[str, Any]) -> CacheEntry:
    outcome = Outcome(
        Kind(fields["kind"]),
        int(fields.get("status", 0)),
        str(fields.get("detail", "")),
        str(fields.get("new_address", "")),
    )
    secure = fields.get("secure")
    return CacheEntry(
        outcome,
        date.fromisoformat(fields["checked"]),
        date.fromisoformat(fields["since"]),
        {str(name): Anchor(value) for name, value in fields.get("anchors", {}).items()},
        str(fields.get("etag", "")),
        str(fields.get("modified", "")),
        secure if isinstance(secure, bool) else None,
        str(fields.get("archived", "")),
    )
