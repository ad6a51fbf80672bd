"""Where something stands, now or before the change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guildhall.core.yaml_source import Mark
from guildhall.core.yaml_source import Place as Keys
from guildhall.model.base.model import Record


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place of a file.

    Args:
        path: the file, relative to the portal's folder, with slashes.
        line: the line, from 1.
        column: the column, from 1.
        is_gone: whether it is a place of the earlier files, since there is none of it now.
    """

    path: str
    line: int
    column: int
    is_gone: bool = False

    @property
    def location(self) -> str:
        """``path:line:column``, as editors understand it."""
        return f"{self.path}:{self.line}:{self.column}"


def place_of(record: Record, keys: Keys, root: Path) -> Location:
    """The place of a record's value, or of the part that holds it."""
    return _place(record, record.at(*keys), root)


def key_place(record: Record, keys: Keys, root: Path) -> Location:
    """The place of the key that leads to a record's value."""
    return _place(record, record.origin.key(keys), root)


def _place(record: Record, mark: Mark, root: Path) -> Location:
    path = record.origin.path
    shown = path.relative_to(root) if path.is_relative_to(root) else path
    return Location(shown.as_posix(), mark.line, mark.column)
