"""A file to import from: its values, where each stands, and which of them were taken over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from guildhall.core.findings.finding import Finding as Fault
from guildhall.core.values.faults import ValueFault, describe, nearest, quote
from guildhall.core.yaml_source import Place, SourceMap, UnreadableError, read_yaml
from guildhall.model.records import rules

T = TypeVar("T")


class Sort(StrEnum):
    """What a finding of an import says."""

    FAULT = "fault"
    """Something that can't be read; what it belongs to is not imported."""
    CONFLICT = "conflict"
    """A value that was changed by hand and in the source; the one in the record was kept."""
    UNMATCHED = "unmatched"
    """A name that is nobody's known here; it was taken over, for somebody to finish."""
    UNMAPPED = "unmapped"
    """A value that no record holds now."""
    DOUBT = "doubt"
    """A value that was taken over, and that somebody should look at."""
    ASSUMED = "assumed"
    """A value of a record that the source doesn't state."""
    KEPT = "kept"
    """A record that was left as it is."""


OPEN = frozenset({Sort.FAULT, Sort.CONFLICT, Sort.UNMATCHED})
"""What somebody has to mend, decide or finish; an import that tells of it hasn't passed."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something that an import has to tell.

    Args:
        path: the file, of the source or of a record.
        line: the line, from 1.
        column: the column, from 1.
        sort: what sort of thing it is.
        message: a sentence without its full stop.
    """

    path: Path
    line: int
    column: int
    sort: Sort
    message: str

    @classmethod
    def of_fault(cls, fault: Fault) -> Finding:
        """The finding of a fault."""
        return cls(Path(fault.path), fault.line, fault.column, Sort.FAULT, fault.message)


class RefusedError(Exception):
    """A part of the source can't be imported; its findings say why."""


@dataclass
class Source:
    """A file that is imported.

    Args:
        origin: the file, and where its values stand.
        findings: what the import has to tell of it.
    """

    origin: SourceMap
    findings: list[Finding] = field(default_factory=list)
    _taken: set[Place] = field(default_factory=set)

    def tell(self, place: Place, sort: Sort, message: str, *, key: bool = False) -> None:
        """Note something about a place of the file."""
        mark = self.origin.key(place) if key else self.origin.value(place)
        self.findings.append(Finding(self.origin.path, mark.line, mark.column, sort, message))

    def take(self, place: Place) -> None:
        """Note that the value at a place has come into a record, or is told of already."""
        self._taken.add(place)

    def tell_left(self, part: Part) -> None:
        """Tell of every value below ``part`` that nothing has taken."""
        for place, value in _scalars(part.place, part.data):
            if place not in self._taken and value is not None:
                name = ".".join(str(each) for each in place[len(part.place) :])
                what = f"`{name}`: {quote(value)}" if name else quote(value)
                self.tell(place, Sort.UNMAPPED, f"not imported: {what}", key=True)


@dataclass(frozen=True)
class Part:
    """A value of the file.

    Args:
        source: the file.
        place: where the value stands.
        data: the value: text, list, mapping or None.
    """

    source: Source
    place: Place
    data: Any

    def take(self) -> Any:
        """The value, noted as taken with all that is below it."""
        for place, _ in _scalars(self.place, self.data):
            self.source.take(place)
        return self.data

    def tell(self, sort: Sort, message: str, *, key: bool = False) -> None:
        """Note something about this value."""
        self.source.tell(self.place, sort, message, key=key)

    def refuse(self, message: str, *, key: bool = False) -> RefusedError:
        """Note a fault of this value; the caller raises what is returned."""
        self.tell(Sort.FAULT, message, key=key)
        return RefusedError(message)

    @property
    def name(self) -> str:
        """The key that leads to the value, or an empty text."""
        return str(self.place[-1]) if self.place and isinstance(self.place[-1], str) else ""

    def read(self, reader: Callable[[str], T]) -> T:
        """Read the value as a text.

        Raises:
            RefusedError: where it is none, or ``reader`` raises a :class:`ValueFault`.
        """
        prefix = f"`{self.name}`: " if self.name else ""
        if not isinstance(self.data, str):
            raise self.refuse(f"{prefix}{describe(self.data, 'a text of one line')}")
        try:
            value = reader(self.data.strip())
        except ValueFault as fault:
            raise self.refuse(f"{prefix}{fault}") from None
        self.take()
        return value

    def mapping(self) -> dict[str, Part]:
        """The values of a mapping by their keys.

        Raises:
            RefusedError: where it is no mapping.
        """
        if not isinstance(self.data, dict):
            prefix = f"`{self.name}`: " if self.name else ""
            raise self.refuse(f"{prefix}{describe(self.data, 'a mapping of keys and values')}")
        return {key: Part(self.source, (*self.place, key), x) for key, x in self.data.items()}

    def items(self) -> list[Part]:
        """The values of a list; none where nothing is given.

        Raises:
            RefusedError: where it is no list.
        """
        if self.data is None:
            return []
        if not isinstance(self.data, list):
            prefix = f"`{self.name}`: " if self.name else ""
            raise self.refuse(f"{prefix}{describe(self.data, 'a list')}")
        return [Part(self.source, (*self.place, i), x) for i, x in enumerate(self.data)]

    def need(self, name: str) -> Part:
        """The value under a key of a mapping that must be there.

        Raises:
            RefusedError: where it isn't.
        """
        values = self.mapping()
        if name in values:
            return values[name]
        near = nearest(name, values)
        hint = f"; is it `{near}`?" if near else ""
        raise self.refuse(f"the key `{name}` is missing{hint}")


def open_source(path: Path) -> tuple[Source, Part]:
    """Read a file.

    Returns:
        the file and its outermost value.

    Raises:
        UnreadableError: for a file that can't be read as YAML, and for keys that stand twice.
    """
    data, origin, faults = read_yaml(path)
    if faults:
        raise UnreadableError(min(faults))
    source = Source(origin)
    return source, Part(source, (), data)


def list_under(top: Part, name: str) -> list[Part]:
    """The list under the one key of a file.

    Raises:
        UnreadableError: where the file holds something else.
    """
    source = top.source
    if isinstance(top.data, dict) and isinstance(top.data.get(name), list):
        for key in top.data:
            if key != name:
                source.tell_left(Part(source, (key,), top.data[key]))
        return Part(source, (name,), top.data[name]).items()
    at: Place = (name,) if isinstance(top.data, dict) and name in top.data else ()
    found = top.data[name] if at else top.data
    message = describe(found, f"a mapping with a list under the key `{name}`")
    if isinstance(top.data, dict) and not at:
        near = nearest(name, top.data)
        hint = f"; is it `{near}`?" if near else ""
        message = f"the key `{name}` with a list is missing{hint}"
    raise UnreadableError(source.origin.fault(source.origin.value(at), rules.VALUE, message))


def _scalars(place: Place, data: Any) -> Iterator[tuple[Place, Any]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _scalars((*place, key), value)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _scalars((*place, index), value)
    else:
        yield place, data
