"""Look-ups of records: one by its id, those with some values, those that refer to one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from guildhall.model.base.model import Record
from guildhall.model.lookup import Lookup
from guildhall.model.portal import Portal
from guildhall.model.records.registry import fingerprint

Fields = tuple[str, ...] | None
"""The fields that a page shows; all of them where it is None."""
Where = tuple[tuple[str, str], ...]
"""Fields, each with the value that it is to have."""


@dataclass(frozen=True)
class RecordOf(Lookup[Record | None]):
    """The record of a kind with an id.

    Args:
        kind: the kind's name.
        key: the id.
        fields: those that the page shows.
    """

    kind: str
    key: str
    fields: Fields = None

    def result(self, portal: Portal) -> Record | None:
        """The record; None where there is none."""
        return portal.registry.find(self.kind, self.key)

    def digest(self, result: Record | None, portal: Portal) -> str:
        """A digest of the fields."""
        return fingerprint([result] if result else [], self.fields)


@dataclass(frozen=True)
class RecordsOf(Lookup[tuple[Record, ...]]):
    """All records of a kind whose fields hold some values.

    Args:
        kind: the kind's name.
        where: the values.
        fields: those that the page shows.
    """

    kind: str
    where: Where = ()
    fields: Fields = None

    def result(self, portal: Portal) -> tuple[Record, ...]:
        """The records in the kind's own order."""
        return tuple(
            record
            for record in portal.registry.of_kind(self.kind)
            if all(field_text(record, name) == value for name, value in self.where)
        )

    def digest(self, result: tuple[Record, ...], portal: Portal) -> str:
        """A digest of the fields, and of the order."""
        return fingerprint(result, self.fields)


@dataclass(frozen=True)
class ReferringTo(Lookup[tuple[Record, ...]]):
    """The records that refer to one; a page shows their labels.

    Args:
        kind: the kind's name of the one.
        key: its id.
    """

    kind: str
    key: str

    def result(self, portal: Portal) -> tuple[Record, ...]:
        """The records."""
        record = portal.registry.find(self.kind, self.key)
        return portal.registry.referring_to(record) if record else ()

    def digest(self, result: tuple[Record, ...], portal: Portal) -> str:
        """A digest of the labels."""
        return fingerprint(result, ("label",))


def fields_of(names: Iterable[str] | None) -> Fields:
    """Names of fields, so that equal choices make equal look-ups."""
    return None if names is None else tuple(sorted(names))


def field_text(record: Record, name: str) -> str:
    """A field of a record as text, for filters and groups; empty where it has no value."""
    value: Any = record
    for part in name.split("."):
        value = getattr(value, part, None)
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
