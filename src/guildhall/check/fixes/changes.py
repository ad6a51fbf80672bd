"""Whether the difference of two readings is what edits say, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Pairs = Iterable[tuple[str, str]]
"""What goes, and what takes its place."""

_MOST_STEPS = 100_000


def is_explained(before: str, after: str, pairs: Pairs) -> bool:
    """Whether a text becomes another where some of its parts are changed as pairs say.

    Args:
        before: the text.
        after: the other.
        pairs: what may go, and what then takes its place; any number of times.
    """
    if before == after:
        return True
    known = sorted({(old, new) for old, new in pairs if old != new})
    waiting, seen = [(0, 0)], {(0, 0)}
    while waiting and len(seen) < _MOST_STEPS:
        i, j = waiting.pop()
        if len(before) - i == len(after) - j and before[i:] == after[j:]:
            return True
        steps = [
            (i + len(old), j + len(new))
            for old, new in known
            if before.startswith(old, i) and after.startswith(new, j)
        ]
        same = _same(before, after, i, j, known)
        if same:
            steps.append((i + same, j + same))
        for step in steps:
            if step not in seen:
                seen.add(step)
                waiting.append(step)
    return False


def _same(before: str, after: str, i: int, j: int, pairs: Sequence[tuple[str, str]]) -> int:
    """How many characters are the same from here to the next place where a pair may begin."""
    length = 0
    while i + length < len(before) and j + length < len(after):
        if before[i + length] != after[j + length]:
            break
        length += 1
        if any(before.startswith(old, i + length) for old, _ in pairs):
            break
    return length


def are_explained(before: Sequence[str], after: Sequence[str], pairs: Pairs) -> bool:
    """Whether each text of a reading becomes that of another as pairs say.

    Args:
        before: the texts of a reading, in order.
        after: those of the other.
        pairs: what may go, and what then takes its place.
    """
    known = tuple(pairs)
    return len(before) == len(after) and all(
        is_explained(old, new, known) for old, new in zip(before, after, strict=True)
    )
