"""Names with a scope: two lessons may both have the label ``setup``, the term ``remote``.

Sphinx's domains keep names in plain dictionaries, which is where two lessons would clash. Here a
name of a lesson is kept as ``lesson:name``, and the dictionaries are looked at through a view that
knows which page asks:

- the page's own lesson comes first,
- then the name as it stands: one of the portal's own pages, or ``lesson:name`` written out,
- then any other lesson; where several have it, the page is told to name one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from typing import Any, Generic, TypeVar

SEPARATOR = ":"
"""Between a lesson's id and a name, as in ``{ref}`git-intro:setup```."""

K = TypeVar("K")
V = TypeVar("V")


class ScopedNames(MutableMapping[K, V], Generic[K, V]):
    """A dictionary of names as one page sees it.

    Args:
        names: the dictionary of all names, those of lessons under ``lesson:name``.
        scope: the id of the page's lesson, or None for one of the portal's own pages.
        others: the ids of lessons to look through for names found nowhere else; None while a
            page is read, when only names of its own scope clash.
        ambiguous: called with the name and the lessons that have it, where those are several.
        shared: the names that pages of other lessons find without naming the lesson; by default
            all.
    """

    def __init__(
        self,
        names: MutableMapping[K, V],
        scope: str | None,
        others: tuple[str, ...] | None = None,
        ambiguous: Callable[[str, list[str]], None] = lambda name, found: None,
        shared: MutableMapping[K, V] | None = None,
    ) -> None:
        self._names = names
        self._scope = scope
        self._others = others
        self._ambiguous = ambiguous
        self._shared = names if shared is None else shared

    def __getitem__(self, key: K) -> V:
        found = self._find(key)
        if found is None:
            raise KeyError(key)
        return self._names[found]

    def __setitem__(self, key: K, value: V) -> None:
        self._names[qualified(key, self._scope)] = value

    def __delitem__(self, key: K) -> None:
        del self._names[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, key: object) -> bool:
        return self._find(key) is not None  # type: ignore[arg-type]

    def _find(self, key: K) -> K | None:
        own = qualified(key, self._scope)
        if own in self._names:
            return own
        if self._others is None:
            return None
        if key in self._names:
            return key
        found = [other for other in self._others if qualified(key, other) in self._shared]
        if not found:
            return None
        if len(found) > 1:
            self._ambiguous(_name(key), found)
        return qualified(key, found[0])


def qualified(key: K, scope: str | None) -> K:
    """The key under which a lesson's name is kept; of a tuple, the last part is the name."""
    if scope is None:
        return key
    if isinstance(key, tuple):
        return (*key[:-1], f"{scope}{SEPARATOR}{key[-1]}")  # type: ignore[return-value]
    return f"{scope}{SEPARATOR}{key}"  # type: ignore[return-value]


def _name(key: Any) -> str:
    return str(key[-1] if isinstance(key, tuple) else key)
