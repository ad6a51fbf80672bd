"""What stays the same of a list's items when the list changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from typing import Any

# The first of these that an item has says which one it is.
_NAMES = ("id", "slot", "date", "title", "name", "service", "partner", "lesson", "url", "type")


def identities(items: list[Any]) -> list[Hashable]:
    """A name for each item of a list, by which it is found in another state of the list.

    Items with equal names are told apart by their order.
    """
    seen: Counter[Hashable] = Counter()
    found: list[Hashable] = []
    for item in items:
        name = _identity(item)
        found.append((name, seen[name]))
        seen[name] += 1
    return found


def _identity(item: Any) -> Hashable:
    if isinstance(item, dict):
        for name in _NAMES:
            if isinstance(item.get(name), str):
                return (name, item[name])
        return tuple(sorted(item))
    return tuple(map(str, item)) if isinstance(item, list) else item
