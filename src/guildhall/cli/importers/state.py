"""``conf/imports/<importer>.json``: what was imported last, so that hand edits can be told apart.

The file is JSON, sorted by record, and belongs under version control with the records.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guildhall.core.rules import UNREADABLE
from guildhall.core.yaml_source import UnreadableError

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Imported:
    """What was imported of one record.

    Args:
        source: the name of the file that it stood in.
        path: the record, from the portal's folder.
        values: the values as they were imported.
    """

    source: str
    path: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class State:
    """All that an importer imported.

    Args:
        records: the records, each by its name in the source.
        people: the ids of people whom the importer added, with their names.
    """

    records: Mapping[str, Imported] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)


def state_path(root: Path, importer: str) -> Path:
    """The file of what an importer imported into the portal at ``root``."""
    return root / "conf" / "imports" / f"{importer}.json"


def read_state(root: Path, importer: str) -> State:
    """Read what an importer imported into the portal at ``root``.

    Raises:
        UnreadableError: for a file that is no such state.
    """
    path = state_path(root, importer)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return State()
    except OSError as error:
        raise _broken(path, 1, 1, f"the file can't be read: {error.strerror}") from None
    try:
        data = json.loads(raw)
        records = {
            key: Imported(str(each["source"]), str(each["path"]), dict(each["values"]))
            for key, each in data["events"].items()
        }
        people = {str(key): str(name) for key, name in data["people"].items()}
        if data["version"] != _VERSION:
            message = f"it was written by another version; expected version {_VERSION}"
            raise _broken(path, 1, 1, message)
    except json.JSONDecodeError as error:
        reason = error.msg[:1].lower() + error.msg[1:]
        raise _broken(path, error.lineno, error.colno, f"not well-formed JSON: {reason}") from None
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        message = "it isn't what an import left here; restore the file from version control"
        raise _broken(path, 1, 1, message) from None
    return State(records, people)


def state_text(state: State) -> str:
    """The state as a file."""
    records = {
        key: {"source": each.source, "path": each.path, "values": each.values}
        for key, each in sorted(state.records.items())
    }
    people = dict(sorted(state.people.items()))
    data = {"version": _VERSION, "events": records, "people": people}
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def _broken(path: Path, line: int, column: int, message: str) -> UnreadableError:
    return UnreadableError(UNREADABLE.at(path, line, column, message))
