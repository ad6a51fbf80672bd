"""A file to import from: its values, where each stands, and which of them were taken over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from guildhall.cli.importers.findings import Sort, finding
from guildhall.cli.importers.table import read_table
from guildhall.core.findings.finding import Finding
from guildhall.core.values.faults import ValueFault, describe, nearest, quote
from guildhall.core.yaml_source import Place, SourceMap, UnreadableError, parse_yaml, read_text
from guildhall.model.base import rules

T = TypeVar("T")


class RefusedError(Exception):
    """A part of the source can't be imported; its findings say why."""


class Source:
    """A file that is imported, and what there is to tell of it.

    It is read as text in UTF-8 of at most 1 MiB, and nothing in it is ever run.

    Args:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.findings: list[Finding] = []
        self._origin = SourceMap(path)
        self._taken: set[Place] = set()

    def text(self) -> str:
        """All that the file holds.

        Raises:
            UnreadableError: for a file that can't be read.
        """
        return read_text(self.path)

    def yaml(self) -> Part:
        """The outermost value of a file in YAML or JSON.

        Raises:
            UnreadableError: for a file that can't be read as YAML, and for keys that stand twice.
        """
        data, self._origin, faults = parse_yaml(self.text(), self.path)
        if faults:
            raise UnreadableError(min(faults))
        return Part(self, (), data)

    def list_under(self, name: str) -> list[Part]:
        """The list under the one key of a file in YAML; other keys are told of.

        Raises:
            UnreadableError: for a file that can't be read, and where it holds something else.
        """
        top = self.yaml()
        found = top.data.get(name) if isinstance(top.data, dict) else top.data
        if isinstance(top.data, dict) and isinstance(found, list):
            for key, part in top.mapping().items():
                if key != name:
                    self.tell_left(part)
            return Part(self, (name,), found).items()
        place: Place = ()
        if isinstance(top.data, dict) and name not in top.data:
            message = f"the key `{name}` with a list is missing{_hint(name, top.data)}"
        else:
            place = (name,) if isinstance(top.data, dict) else ()
            message = describe(found, f"a mapping with a list under the key `{name}`")
        mark = self._origin.value(place)
        raise UnreadableError(self._origin.fault(mark, rules.VALUE, message))

    def rows(self) -> list[Part]:
        """The rows of a table in CSV, each a mapping by the names in the first row.

        Raises:
            UnreadableError: for a file that can't be read as CSV.
        """
        data, self._origin = read_table(self.text(), self.path)
        return Part(self, (), data).items()

    def tell(self, place: Place, sort: Sort, message: str, *, key: bool = False) -> None:
        """Note something about a place of the file."""
        mark = self._origin.key(place) if key else self._origin.value(place)
        self.findings.append(finding(sort, self.path, mark.line, mark.column, message))

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

    def _named(self, message: str) -> str:
        return f"`{self.name}`: {message}" if self.name else message

    def read(self, reader: Callable[[str], T]) -> T:
        """Read the value as a text.

        Raises:
            RefusedError: where it is none, or ``reader`` raises a :class:`ValueFault`.
        """
        if not isinstance(self.data, str):
            raise self.refuse(self._named(describe(self.data, "a text of one line")))
        try:
            value = reader(self.data.strip())
        except ValueFault as fault:
            raise self.refuse(self._named(str(fault))) from None
        self.take()
        return value

    def mapping(self) -> dict[str, Part]:
        """The values of a mapping by their keys.

        Raises:
            RefusedError: where it is no mapping.
        """
        if not isinstance(self.data, dict):
            raise self.refuse(self._named(describe(self.data, "a mapping of keys and values")))
        return {key: Part(self.source, (*self.place, key), x) for key, x in self.data.items()}

    def items(self) -> list[Part]:
        """The values of a list; none where nothing is given.

        Raises:
            RefusedError: where it is no list.
        """
        if self.data is None:
            return []
        if not isinstance(self.data, list):
            raise self.refuse(self._named(describe(self.data, "a list")))
        return [Part(self.source, (*self.place, i), x) for i, x in enumerate(self.data)]

    def given(self, name: str) -> Part | None:
        """The value under a key of a mapping; None where there is no such key, or no value.

        Raises:
            RefusedError: where it is no mapping.
        """
        part = self.mapping().get(name)
        return None if part is None or part.data is None else part

    def need(self, name: str) -> Part:
        """The value under a key of a mapping that must be there.

        Raises:
            RefusedError: where it isn't.
        """
        values = self.mapping()
        if name in values:
            return values[name]
        raise self.refuse(f"the key `{name}` is missing{_hint(name, values)}")


def _hint(name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    return f"; is it `{near}`?" if near else ""


def _scalars(place: Place, data: Any) -> Iterator[tuple[Place, Any]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _scalars((*place, key), value)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _scalars((*place, index), value)
    else:
        yield place, data
