"""What a computed figure is."""

from __future__ import annotations

from dataclasses import dataclass

from guildhall.core.values.numbers import Range


@dataclass(frozen=True, slots=True)
class Figure:
    """A computed figure.

    Args:
        name: its name, as the role ``figure`` and claims use it.
        value: the figure.
        unit: what it counts, in words.
        label: what it is, in words.
        origin: what it is computed from, in words.
    """

    name: str
    value: Range
    unit: str
    label: str
    origin: str
