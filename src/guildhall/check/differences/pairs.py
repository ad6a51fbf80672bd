"""Which record of the portal as it was is which record of the portal as it is."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from guildhall.model.base.model import Record
from guildhall.model.records.kinds import KINDS
from guildhall.model.records.kinds.budget_line import BudgetLine
from guildhall.model.records.kinds.in_kind import InKind
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.registry import Registry


@dataclass(frozen=True)
class Pairs:
    """Records whose id is another one now.

    Args:
        renamed: the present id by kind and earlier id.
    """

    renamed: Mapping[tuple[str, str], str]

    def present(self, kind: str, key: str) -> str:
        """The id that a record has now, or would have."""
        return self.renamed.get((kind, key), key)


def pair(before: Registry, after: Registry) -> Pairs:
    """Find the records that were given another id, and otherwise say what they are unchanged.

    A record is taken for another one only where neither side has a second that could be meant.

    Args:
        before: the records as they were.
        after: the records as they are.
    """
    renamed = {}
    for kind in KINDS:
        kept = set(before.keys(kind)) & set(after.keys(kind))
        old, new = (
            _by_identity(each for each in side.of_kind(kind) if each.key not in kept)
            for side in (before, after)
        )
        for identity, keys in old.items():
            found = new.get(identity, [])
            if len(keys) == 1 and len(found) == 1:
                renamed[kind, keys[0]] = found[0]
    return Pairs(renamed)


def _by_identity(records: Iterable[Record]) -> dict[Hashable, list[str]]:
    found: dict[Hashable, list[str]] = {}
    for record in records:
        found.setdefault(_identity(record), []).append(record.key)
    return found


def _identity(record: Record) -> Hashable:
    if isinstance(record, InKind):
        return record.project, record.partner, record.name
    if isinstance(record, BudgetLine):
        return record.project, record.type, record.name
    if isinstance(record, Workshop):
        return record.title, record.start
    return record.label
