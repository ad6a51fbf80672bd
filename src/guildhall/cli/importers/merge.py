"""Three states of a record joined: as imported last, as it is now, as the source has it now.

Data are what records are read as: texts, None, lists and mappings. Lists are joined item by item,
by what names an item (:mod:`guildhall.cli.importers.identity`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from guildhall.cli.importers.identity import identities
from guildhall.core.yaml_source import Place

ABSENT: Any = object()
"""Stands for a value that isn't there."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A value that was changed by hand and in the source since it was imported last.

    Args:
        place: where it stands in the record as it is, or where it would stand.
        base: the value imported last; ``ABSENT`` where there was none.
        ours: the value in the record; ``ABSENT`` where it was removed.
        theirs: the value in the source; ``ABSENT`` where it is gone.
    """

    place: Place
    base: Any
    ours: Any
    theirs: Any


Decision = Callable[[Conflict], bool | None]
"""Whether the source's value is taken (True), the record's kept for good (False), or neither."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What joining gave.

    Args:
        value: the record as it should be.
        base: what counts as imported from now on; conflicts that nobody decided stay in it.
        conflicts: those that nobody decided.
    """

    value: Any
    base: Any
    conflicts: tuple[Conflict, ...]


def merge(base: Any, ours: Any, theirs: Any, decide: Decision) -> Merged:
    """Join three states of a record.

    Args:
        base: what was imported last.
        ours: the record as it is.
        theirs: what is to be imported.
        decide: asked about each conflict.
    """
    merging = _Merging(decide)
    value, new_base = merging.join((), base, ours, theirs)
    return Merged(value, new_base, tuple(merging.conflicts))


class _Merging:
    def __init__(self, decide: Decision) -> None:
        self._decide = decide
        self.conflicts: list[Conflict] = []

    def join(self, place: Place, base: Any, ours: Any, theirs: Any) -> tuple[Any, Any]:
        """The joined value and the new base."""
        if isinstance(ours, dict) and isinstance(theirs, dict):
            return self._mappings(place, base if isinstance(base, dict) else {}, ours, theirs)
        if isinstance(ours, list) and isinstance(theirs, list):
            return self._lists(place, base if isinstance(base, list) else [], ours, theirs)
        if _same(ours, theirs) or _same(base, theirs):
            return ours, theirs
        if _same(ours, base):
            return theirs, theirs
        conflict = Conflict(place, base, ours, theirs)
        taken = self._decide(conflict)
        if taken is None:
            self.conflicts.append(conflict)
            return ours, base
        return (theirs if taken else ours), theirs

    def _mappings(
        self, place: Place, base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
    ) -> tuple[Any, Any]:
        value, new_base = self._each(lambda key: (*place, key), base, ours, theirs)
        return (value if value or not ours else ABSENT), new_base

    def _lists(
        self, place: Place, base: list[Any], ours: list[Any], theirs: list[Any]
    ) -> tuple[Any, Any]:
        states = [dict(zip(identities(x), x, strict=True)) for x in (base, ours, theirs)]
        where = {name: index for index, name in enumerate(states[1])}
        value, kept = self._each(lambda name: (*place, where.get(name, len(ours))), *states)
        # The base keeps the order of the source, so that the same import gives the same bytes.
        new_base = [kept[name] for name in _in_order(list(states[2]), list(kept)) if name in kept]
        return ([*value.values()] if value or not ours else ABSENT), new_base

    def _each(
        self,
        place: Callable[[Any], Place],
        base: dict[Any, Any],
        ours: dict[Any, Any],
        theirs: dict[Any, Any],
    ) -> tuple[dict[Any, Any], dict[Any, Any]]:
        """The joined values by their names, and those of the new base."""
        value: dict[Any, Any] = {}
        new_base: dict[Any, Any] = {}
        for name in _in_order(list(ours), list(theirs), list(base)):
            states = (each.get(name, ABSENT) for each in (base, ours, theirs))
            joined, kept = self.join(place(name), *states)
            if joined is not ABSENT:
                value[name] = joined
            if kept is not ABSENT:
                new_base[name] = kept
        return value, new_base


def _same(one: Any, other: Any) -> bool:
    if one is ABSENT or other is ABSENT:
        return one is other
    return bool(one == other)


def _in_order(*lists: list[Any]) -> list[Any]:
    """All names once: in the order of the first list, others after what they follow in theirs."""
    first, *rest = lists
    order = list(first)
    known = set(order)
    for names in rest:
        for index, name in enumerate(names):
            if name in known:
                continue
            before = next((each for each in reversed(names[:index]) if each in known), None)
            after = next((each for each in names[index:] if each in known), None)
            if before is not None:
                order.insert(order.index(before) + 1, name)
            else:
                order.insert(order.index(after) if after is not None else len(order), name)
            known.add(name)
    return order
