"""The figures that a change moves: what is written in records first, then what follows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from guildhall.check.differences.claims import ClaimChange, claims_of
from guildhall.check.differences.counts import lesson_lengths, statistics, workshop_numbers
from guildhall.check.differences.held import Figures as AllHeld
from guildhall.check.differences.held import Held, Key, KeyedFigure, Value
from guildhall.check.differences.named import portal_figures, project_figures
from guildhall.check.differences.pairs import Pairs
from guildhall.check.differences.place import Location
from guildhall.check.differences.tables import ProjectTables
from guildhall.check.run.portal import Sources
from guildhall.core.values.format import format_range
from guildhall.core.values.numbers import ZERO, Range
from guildhall.model.records.kinds.project import Project
from guildhall.network.ledger.figures import Figures

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that moved.

    Args:
        key: what it is known by, such as ``in-kind``, ``phase-4``, ``cell``, ``aalto``, ``2025``.
        section: the table or text that it belongs to, in words.
        label: what it is, in words.
        old: what it was; None where there was none.
        new: what it is; None where there is none.
        old_unit: what it counted.
        new_unit: what it counts.
        difference: by how much its two ends moved; None where that can't be said.
        remarks: what else changed, each a clause.
        place: where it stands; in the earlier files where there is none of it now.
        names: the names by which pages and claims speak of it.
        is_cause: whether it is written in a record, and not computed from others.
    """

    key: Key
    section: str
    label: str
    old: Value
    new: Value
    old_unit: str
    new_unit: str
    difference: tuple[Decimal, Decimal] | None
    remarks: tuple[str, ...]
    place: Location | None
    names: tuple[str, ...]
    is_cause: bool


def difference(old: Value, new: Value) -> tuple[Decimal, Decimal] | None:
    """By how much the low and the high end of an amount moved.

    End is taken from end, so that a sum moves by the sum of what its parts move by.
    """
    if not isinstance(old, Range) or not isinstance(new, Range) or old.is_open != new.is_open:
        return None
    return new.low - old.low, Decimal(0) if new.is_open else new.high - old.high


def figures_of(sources: Sources, pairs: Pairs) -> AllHeld:
    """All figures of one state of the portal."""
    return dict(_figures(sources, pairs))


def _figures(sources: Sources, pairs: Pairs) -> Iterator[KeyedFigure]:
    registry, root, settings = sources.registry, sources.root, sources.settings
    named = Figures(registry, settings.project, settings.today)
    known: set[tuple[str, str]] = set()
    for project in registry.of(Project):
        at = pairs.present(Project.KIND, project.key)
        for key, held in ProjectTables(registry, project, root, pairs).all():
            known |= {(at, name) for name in held.names}
            yield key, held
    yield from workshop_numbers(registry, root, pairs)
    yield from lesson_lengths(sources.outlines, root, pairs)
    yield from portal_figures(named)
    yield from project_figures(registry, named, known, pairs)
    yield from statistics(registry, settings)


def moved(before: AllHeld, after: AllHeld, unread: Collection[Key] = ()) -> list[FigureChange]:
    """The figures that differ, by section; in each, those that are causes first.

    Args:
        before: the figures as they were.
        after: the figures as they are.
        unread: the beginnings of keys of which nothing can be said, since a record is broken.
    """
    changes = [
        change
        for key in merged(list(before), list(after))
        if not any(key[: len(start)] == start for start in unread)
        and (change := _change(key, before.get(key), after.get(key))) is not None
    ]
    sections = {change.section: number for number, change in reversed([*enumerate(changes)])}
    return sorted(changes, key=lambda each: (sections[each.section], not each.is_cause))


def merged(old: list[T], new: list[T]) -> list[T]:
    """All of two lists, in the order of the second; what only the first has, where it stood."""
    after: dict[T | None, list[T]] = {}
    kept = set(new)
    previous: T | None = None
    for each in old:
        if each in kept:
            previous = each
        else:
            after.setdefault(previous, []).append(each)
    found = list(after.get(None, ()))
    for each in new:
        found += [each, *after.get(each, ())]
    return found


def _change(key: Key, old: Held | None, new: Held | None) -> FigureChange | None:
    held = new or old
    if held is None:
        return None
    values = old.value if old else None, new.value if new else None
    remarks = tuple(_remarks(old, new))
    old_unit, new_unit = old.unit if old else held.unit, new.unit if new else held.unit
    if values[0] == values[1] and old_unit == new_unit and not remarks:
        return None
    place = held.place
    if new is None and place is not None:
        place = replace(place, is_gone=True)
    # A year without an amount counts as nothing in sums of time and money.
    counted = [ZERO if each is None and _is_amount(key) else each for each in values]
    return FigureChange(
        key,
        held.section,
        held.label,
        *values,
        old_unit,
        new_unit,
        difference(*counted) if old_unit == new_unit else None,
        remarks,
        place,
        held.names,
        held.is_cause,
    )


def _is_amount(key: Key) -> bool:
    return key[0] in {"in-kind", "budget"} and key[2] in {"cell", "row", "total"}


def _remarks(old: Held | None, new: Held | None) -> Iterator[str]:
    was, now = (dict(each.marks) if each else {} for each in (old, new))
    if old and new:
        for mark in now:
            if mark not in was:
                yield f"note {mark} added ({now[mark]})"
        for mark in was:
            if mark not in now:
                yield f"note {mark} removed"
    elif now:
        yield f"with {_list('note', now)}"
    yield from _stated(old, new)


def _list(noun: str, marks: Collection[str]) -> str:
    return f"{noun if len(marks) == 1 else noun + 's'} {', '.join(marks)}"


def _stated(old: Held | None, new: Held | None) -> Iterator[str]:
    """What the record states, where that isn't the computed figure before and now."""
    was, now = old.stated if old else None, new.stated if new else None
    if was == now:
        if now is not None and old and new and old.value != new.value and now != new.value:
            yield f"still stated as {_shown(now)}"
    elif now is None:
        if new is not None:
            yield f"no longer stated, as {_shown(was)}"
    elif was is None:
        if old is not None or (new is not None and now != new.value):
            yield f"now stated as {_shown(now)}"
    elif (old and was != old.value) or (new and now != new.value):
        yield f"stated as {_shown(now)}, before as {_shown(was)}"


def _shown(stated: Range | None) -> str:
    return format_range(stated, "en") if stated else ""


def changed_claims(before: Sources, after: Sources, pairs: Pairs) -> list[ClaimChange]:
    """The claims of which something changed: what they state, what is computed, or the verdict.

    Args:
        before: the portal as it was.
        after: the portal as it is.
        pairs: the ids that records have now.
    """
    was, now = (
        dict(
            claims_of(
                each.registry,
                Figures(each.registry, each.settings.project, each.settings.today),
                each.root,
                own,
            )
        )
        for each, own in ((before, pairs), (after, Pairs({})))
    )
    changes = []
    for key in merged(list(was), list(now)):
        old, new = was.get(key), now.get(key)
        held = new or old
        if held is None or (old and new and old.state == new.state):
            continue
        place = held.place if new else replace(held.place, is_gone=True)
        changes.append(
            ClaimChange(
                held.section,
                held.text,
                held.figure,
                old.state if old else None,
                new.state if new else None,
                place,
            )
        )
    return changes
