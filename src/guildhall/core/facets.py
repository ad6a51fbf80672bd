"""Facets: what a list can be narrowed by, and how much of the list has each of their values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet.

    Args:
        name: its name in addresses.
        label: what is shown; the value itself where it is a word of the records.
        count: how many entries have it.
    """

    name: str
    label: str
    count: int


def count_values(
    found: Iterable[Mapping[str, str]], order: Sequence[str] | None = None
) -> tuple[Value, ...]:
    """The values that entries have of a facet: in their own order, else by how many have them.

    Args:
        found: for each entry the names of its values, with their labels; the first label holds.
        order: the names in their own order, where they have one.
    """
    counts: dict[str, int] = {}
    labels: dict[str, str] = {}
    for each in found:
        for name, label in each.items():
            counts[name] = counts.get(name, 0) + 1
            labels.setdefault(name, label)
    names = (
        [name for name in order if name in counts]
        if order
        else sorted(counts, key=lambda name: (-counts[name], name))
    )
    return tuple(Value(name, labels[name], counts[name]) for name in names)
