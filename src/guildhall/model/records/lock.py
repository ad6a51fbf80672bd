"""``conf/lessons.lock``: which commit of each lesson that lives elsewhere is built.

The file is JSON, sorted and with a line for each value, so that a new commit of one lesson is a
change of two lines. JSON is YAML too, so faults are told with line and column as in records.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import WithJsonSchema

from guildhall.core.findings.finding import Finding
from guildhall.core.values.faults import ValueFault, describe, quote
from guildhall.core.values.identifiers import is_commit, parse_slug
from guildhall.core.yaml_source import LARGEST_FILE, SourceMap, UnreadableError, decode, parse_yaml
from guildhall.model.base.fields import DateTime, GitAddress, Line, reader
from guildhall.model.base.model import Model
from guildhall.model.base.validate import validate
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.lesson_rules import SOURCE

LOCK_FILE = Path("conf/lessons.lock")


def _commit(raw: str) -> str:
    if not is_commit(raw):
        raise ValueFault(raw, "the id of a commit, of 40 small hexadecimal digits")
    return raw


Commit = Annotated[str, reader(_commit), WithJsonSchema({"type": "string"})]


class Locked(Model):
    """The commit of one lesson."""

    git: GitAddress
    """The repository, as the record names it."""
    ref: Line
    """The branch, tag or commit that was followed."""
    commit: Commit
    """The full id."""
    date: DateTime
    """When the commit was made, ISO 8601 in UTC."""

    def fits(self, lesson: Lesson) -> bool:
        """Whether the record still names the repository and the ref that were locked."""
        source = lesson.source
        return source is not None and (self.git, self.ref) == (source.git, source.ref)


@dataclass(frozen=True, slots=True)
class Lock:
    """The lock file's content.

    Args:
        entries: the commits by lesson.
        faults: what is wrong in the file; broken entries are left out.
    """

    entries: Mapping[str, Locked] = field(default_factory=dict)
    faults: tuple[Finding, ...] = ()

    def of(self, lesson: Lesson) -> Locked | None:
        """The commit of a lesson; None where none is locked, or one of another repository."""
        locked = self.entries.get(lesson.key)
        if locked is None or lesson.source is None or locked.git != lesson.source.git:
            return None
        return locked


def read_lock(root: Path) -> Lock:
    """Read the lock file of the portal at ``root``; without one, nothing is locked."""
    path = root / LOCK_FILE
    try:
        state = path.stat()
    except OSError:
        return Lock()
    return _read(path, (state.st_mtime_ns, state.st_size, state.st_ino))


def write_lock(root: Path, entries: Mapping[str, Locked]) -> None:
    """Write the lock file, all of it at once."""
    path = root / LOCK_FILE
    data = {key: entries[key].model_dump(mode="json") for key in sorted(entries)}
    text = json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{text}\n")
        Path(name).chmod(0o644)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


@lru_cache(maxsize=8)
def _read(path: Path, state: tuple[int, ...]) -> Lock:
    """The content of a file as it was at one moment; pages ask for it thousands of times."""
    try:
        if state[1] > LARGEST_FILE:
            return _broken(path, 1, 1, f"the file is larger than {LARGEST_FILE // 1024} KiB")
        text = decode(path.read_bytes(), path)
        json.loads(text)
        data, source, found = parse_yaml(text, path)
    except OSError as error:
        return _broken(path, 1, 1, f"the file can't be read: {error.strerror}")
    except json.JSONDecodeError as error:
        reason = error.msg[:1].lower() + error.msg[1:]
        return _broken(path, error.lineno, error.colno, f"not well-formed JSON: {reason}")
    except (RecursionError, UnreadableError) as error:
        if isinstance(error, UnreadableError):
            fault = error.fault
            return _broken(path, fault.line, fault.column, fault.message)
        return _broken(path, 1, 1, "not well-formed JSON: nested too deeply")
    if not isinstance(data, dict):
        return _broken(path, 1, 1, describe(data, "a mapping of lessons to commits"))
    entries: dict[str, Locked] = {}
    faults = list(found)
    for key, value in data.items():
        try:
            # It is the name of a folder too.
            parse_slug(key)
        except ValueFault as fault:
            faults.append(source.fault(source.key((key,)), SOURCE, str(fault)))
            continue
        locked, wrong = validate(Locked, value, _part(source, key))
        faults += [replace(each, message=f"{quote(key)}: {each.message}") for each in wrong]
        if locked is not None:
            entries[key] = locked
    return Lock(entries, tuple(replace(fault, rule="lesson.source") for fault in sorted(faults)))


def _part(source: SourceMap, key: str) -> SourceMap:
    """The places of one entry, as if it were a file of its own."""
    values = {place[1:]: mark for place, mark in source.values.items() if place[:1] == (key,)}
    keys = {place[1:]: mark for place, mark in source.keys.items() if place[:1] == (key,)}
    return SourceMap(source.path, source.text, values, keys)


def _broken(path: Path, line: int, column: int, message: str) -> Lock:
    return Lock({}, (SOURCE.at(path, line, column, message),))
