"""Words of names, letter by letter: how they are compared, and how far apart two of them are."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from guildhall.model.records.people import plain_name

WORD = re.compile(r"[^\W\d_]+")
"""A word: letters and nothing else."""
PARTICLES = frozenset(
    {"af", "al", "av", "bin", "da", "das", "de", "del", "den", "der", "di", "dos", "du", "el"}
    | {"la", "le", "of", "the", "van", "von"}
)
"""Words of names that may be written with a small letter or a large one."""

_LEAST_LETTERS, _LEAST_LETTERS_OF_TWO = 5, 9


def is_slip(word: str, right: str) -> bool:
    """Whether a word may be another one with a letter or, where it is long, two letters wrong."""
    shorter = min(len(word), len(right))
    if shorter < _LEAST_LETTERS or word[0] != right[0] or word == f"{right}s":
        return False
    limit = 2 if shorter >= _LEAST_LETTERS_OF_TWO else 1
    return 0 < distance(word, right, limit) <= limit


def distance(one: str, other: str, limit: int) -> int:
    """How many letters to change, add, leave out or swap with their neighbour; cut at the limit.

    The distance is that of optimal string alignment (restricted Damerau-Levenshtein).

    Returns:
        the distance, or ``limit + 1`` where it is more than the limit.
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, char in enumerate(one, 1):
        before, last, row = row, before, [at]
        for to, sign in enumerate(other, 1):
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (char != sign))
            if at > 1 and to > 1 and char == other[to - 2] and one[at - 2] == sign:
                cost = min(cost, last[to - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def without_one(word: str) -> set[str]:
    """What is left of a word without any one of its letters."""
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def composed(text: str) -> str:
    """A text with each letter and its accents as one sign (Unicode, NFC)."""
    return unicodedata.normalize("NFC", text)


def accents(words: tuple[str, ...]) -> int:
    """How many letters are beyond ASCII."""
    return sum(not char.isascii() for word in words for char in word)


@lru_cache(maxsize=100_000)
def plain_word(word: str) -> str:
    """A word as words are compared, see :func:`~guildhall.model.records.people.plain_name`."""
    return plain_name(word)


def words_of_places() -> set[str]:
    """Words of the names of countries and languages, which are no slips of each other."""
    from babel import Locale

    english = Locale("en")
    names = (*english.territories.values(), *english.languages.values())
    return {plain_word(word) for name in names for word in WORD.findall(str(name))}
