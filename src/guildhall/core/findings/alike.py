"""Findings that differ in names and numbers only, put together for a short list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")

_NAMED = re.compile(r"(['\"`]).*?\1|\d+")


def alike(items: Iterable[T], text: Callable[[T], str]) -> list[tuple[int, T]]:
    """The kinds of some things: how many of each there are, and its first one.

    Args:
        items: the things, in order.
        text: what is said of one.

    Returns:
        the most common kind first.
    """
    kinds: dict[str, list[T]] = {}
    for item in items:
        kinds.setdefault(_NAMED.sub("…", text(item)), []).append(item)
    return [(len(found), found[0]) for found in sorted(kinds.values(), key=len, reverse=True)]
