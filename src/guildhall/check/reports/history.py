"""The state of a portal over time: one line of JSON for each day that the check was noted.

The file is JSON Lines (jsonlines.org): each line an object, without regard to the others, so that
two branches that both added a line merge well.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from guildhall.check.reports.outcome import AreaTally, Outcome
from guildhall.core.findings.finding import Finding
from guildhall.core.values.dates import parse_date
from guildhall.core.values.faults import ValueFault, quote
from guildhall.model.records import rules

HISTORY_FILE = Path("conf/check-history.jsonl")
"""Where the history is kept by default, relative to the portal's folder."""
LINE_VERSION = 1
LARGEST = 16_000_000
"""Bytes that are read; a line a day has some 2,000, so that 20 years have room."""
_LONGEST_LINE = 100_000
_LARGEST_NUMBER = 10**12


@dataclass(frozen=True, slots=True)
class AreaState:
    """How one area stood.

    Args:
        area: its name, stable over versions.
        title: what reports called it.
        unit: what was looked at, in the singular.
        looked_at: how many things were looked at.
        left_out: how many were not.
        errors: how many findings were errors.
        warnings: how many were warnings.
        notes: how many may have been meant as they were.
        outcomes: how many things came out how.
    """

    area: str
    title: str
    unit: str
    looked_at: int
    left_out: int
    errors: int
    warnings: int
    notes: int
    outcomes: tuple[tuple[str, int], ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether anything was looked at or found, so that 0 findings say something.

        Notes don't count: one of them says that nothing was looked at.
        """
        return bool(self.looked_at or self.errors or self.warnings)


@dataclass(frozen=True, slots=True)
class Entry:
    """How the portal stood on one day.

    Args:
        day: the day.
        ok: whether nothing kept the site from being published.
        silenced: how many findings were silenced.
        areas: how its areas stood, in the order of reports.
    """

    day: date
    ok: bool
    silenced: int
    areas: tuple[AreaState, ...]

    def area(self, name: str) -> AreaState | None:
        """The area of that name, where the day has it."""
        return next((each for each in self.areas if each.area == name), None)

    def total(self, level: str) -> int:
        """The findings of all areas: ``errors``, ``warnings`` or ``notes``."""
        return sum(getattr(each, level) for each in self.areas)


@dataclass(frozen=True, slots=True)
class History:
    """The days that are known.

    Args:
        entries: the days, the oldest first.
        faults: what is wrong with lines of the file; they are not among the entries.
    """

    entries: tuple[Entry, ...] = ()
    faults: tuple[Finding, ...] = ()


def entry_of(outcome: Outcome) -> Entry:
    """The entry of a run."""
    areas = tuple(_state_of(tally) for tally in outcome.tallies())
    return Entry(outcome.today, outcome.ok, outcome.silenced, areas)


def _state_of(tally: AreaTally) -> AreaState:
    checked = tally.checked
    return AreaState(
        checked.area,
        checked.title,
        checked.unit,
        checked.count,
        checked.left_out,
        tally.errors,
        tally.warnings,
        tally.notes,
        checked.outcomes,
    )


def read_history(path: Path) -> History:
    """Read the history; without a file there is none.

    Lines that can't be read are faults with their place, and so is a day that stands twice, of
    which the later line counts.

    Args:
        path: the file.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        return History()
    except OSError as error:
        return History((), (_fault(path, 1, 1, f"it can't be read: {error.strerror}"),))
    if len(data) > LARGEST:
        message = f"found more than {LARGEST:,} bytes; take out the oldest lines"
        return History((), (_fault(path, 1, 1, message),))
    entries: dict[date, Entry] = {}
    faults = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            entry = _read_line(line)
        except _LineError as error:
            faults.append(_fault(path, number, error.column, error.message))
            continue
        if entry.day in entries:
            message = f"the day {entry.day} stands twice; take one of its lines out"
            faults.append(_fault(path, number, 1, message))
        entries[entry.day] = entry
    return History(tuple(entries[day] for day in sorted(entries)), tuple(faults))


def note_run(root: Path, outcome: Outcome, file: Path = HISTORY_FILE) -> tuple[Finding, ...]:
    """Note a run in the history; an earlier one of the same day goes.

    Where lines of the file can't be read nothing is written, so that nothing is lost.

    Args:
        root: the portal's folder.
        outcome: what the run found.
        file: the file, relative to ``root``.

    Returns:
        what is wrong with the file as it was.

    Raises:
        OSError: where the file can't be written.
    """
    path = root / file
    history = read_history(path)
    if history.faults:
        return history.faults
    entries = {entry.day: entry for entry in (*history.entries, entry_of(outcome))}
    _write(path, "".join(line_of(entries[day]) for day in sorted(entries)))
    return ()


def line_of(entry: Entry) -> str:
    """The line of a day, with its newline."""
    data = {
        "version": LINE_VERSION,
        "date": entry.day.isoformat(),
        "ok": entry.ok,
        "silenced": entry.silenced,
        "areas": [
            {
                "area": each.area,
                "title": each.title,
                "unit": each.unit,
                "looked_at": each.looked_at,
                "left_out": each.left_out,
                "error": each.errors,
                "warning": each.warnings,
                "info": each.notes,
                "outcomes": dict(each.outcomes),
            }
            for each in entry.areas
        ],
    }
    return json.dumps(data, separators=(", ", ": ")) + "\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _fault(path: Path, line: int, column: int, message: str) -> Finding:
    return rules.HISTORY.at(path, line, column, message)


class _LineError(ValueError):
    """A line that can't be read: why, and from which column."""

    def __init__(self, message: str, column: int = 1) -> None:
        super().__init__(message)
        self.message, self.column = message, column


def _read_line(line: bytes) -> Entry:
    if len(line) > _LONGEST_LINE:
        raise _LineError(f"found more than {_LONGEST_LINE:,} bytes in a line")
    try:
        data = json.loads(line.decode("utf-8"), parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise _LineError(f"expected an object of JSON: {error.msg}", error.colno) from None
    except UnicodeDecodeError:
        raise _LineError("expected UTF-8") from None
    except (ValueError, RecursionError):
        raise _LineError("expected an object of JSON with plain values") from None
    keys = _mapping(data, "a line")
    if keys.get("version") != LINE_VERSION:
        found = quote(keys.get("version"))
        raise _LineError(f"`version`: found {found}, expected {LINE_VERSION}")
    try:
        day = parse_date(_text(keys, "date"))
    except ValueFault as fault:
        raise _LineError(f"`date`: {fault}") from None
    if not isinstance(keys.get("ok"), bool):
        raise _LineError(f"`ok`: found {quote(keys.get('ok'))}, expected true or false")
    areas = keys.get("areas")
    if not isinstance(areas, list):
        raise _LineError(f"`areas`: found {quote(areas)}, expected a list")
    return Entry(day, keys["ok"], _number(keys, "silenced"), tuple(map(_read_area, areas)))


def _refuse(constant: str) -> object:
    raise ValueError(constant)


def _read_area(data: object) -> AreaState:
    keys = _mapping(data, "an entry of `areas`")
    outcomes = _mapping(keys.get("outcomes"), "`outcomes`")
    return AreaState(
        area=_text(keys, "area"),
        title=_text(keys, "title"),
        unit=_text(keys, "unit"),
        looked_at=_number(keys, "looked_at"),
        left_out=_number(keys, "left_out"),
        errors=_number(keys, "error"),
        warnings=_number(keys, "warning"),
        notes=_number(keys, "info"),
        outcomes=tuple((name, _number(outcomes, name)) for name in outcomes),
    )


def _mapping(data: object, what: str) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        raise _LineError(f"{what}: found {quote(data)}, expected an object")
    return data


def _text(keys: Mapping[str, Any], name: str) -> str:
    value = keys.get(name)
    if not isinstance(value, str):
        raise _LineError(f"`{name}`: found {quote(value)}, expected a text")
    return value


def _number(keys: Mapping[str, Any], name: str) -> int:
    value = keys.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < _LARGEST_NUMBER:
        raise _LineError(f"{quote(name)}: found {quote(value)}, expected a whole number from 0")
    return value


def areas_of(entries: Iterable[Entry]) -> tuple[AreaState, ...]:
    """The areas of all days, each as it stood last, in the order of the newest day."""
    found: dict[str, AreaState] = {}
    for entry in sorted(entries, key=lambda each: each.day, reverse=True):
        for each in entry.areas:
            found.setdefault(each.area, each)
    return tuple(found.values())
