"""The figures that one state of the portal holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from guildhall.check.differences.place import Location
from guildhall.core.values.numbers import Range

Key = tuple[str, ...]
"""What a figure is known by in both states: an area, a table, and what it is of."""
Value = Range | str | None
"""An amount, or something else that a table rests on, such as a currency, in words."""


@dataclass(frozen=True, slots=True)
class Held:
    """A figure.

    Args:
        section: the table or text that it belongs to, in words.
        label: what it is, in words.
        value: the figure.
        unit: what it counts; a currency's code for money.
        place: where it stands, or what it is computed from.
        marks: the note marks on it, each with the condition or the beginning of its note.
        stated: what the record states in its place, where it is computed.
        names: the names by which pages and claims speak of it.
        is_cause: whether it is written in a record, and not computed from others.
    """

    section: str
    label: str
    value: Value
    unit: str = ""
    place: Location | None = None
    marks: Mapping[str, str] = field(default_factory=dict)
    stated: Range | None = None
    names: tuple[str, ...] = ()
    is_cause: bool = False

    def named(self, name: str) -> Held:
        """The same figure with a further name."""
        return self if name in self.names else replace(self, names=(*self.names, name))


KeyedFigure = tuple[Key, Held]
"""A figure with what it is known by."""
Figures = dict[Key, Held]
"""All figures of a state, in the order of reports."""
