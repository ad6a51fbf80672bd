"""The order of names in lists, by the rules of a language.

They are those of the Unicode CLDR's collations of the Nordic languages, in which some letters have
a place of their own; elsewhere these stand with the letters that they are like. Accents, signs and
capitals don't count, as in :func:`guildhall.model.records.people.plain_name`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

from guildhall.model.records.kinds.person import Person
from guildhall.model.records.people import plain_name

NameKey = tuple[tuple[str, int], ...]
"""Orders names: for each letter the plain one that it follows, and at which distance."""

_ENDS = {",": "", " ": " ", "-": " "}
"""What comes before every letter: the end of the family name, then the end of a part of it."""

_Places = Mapping[str, tuple[str, ...]]

_NORWEGIAN: _Places = {"z": ("æä", "øö", "å")}
_SWEDISH: _Places = {"z": ("å", "äæ", "öø")}
_ICELANDIC: _Places = {**{"aeiouy"[at]: ("áéíóúý"[at],) for at in range(6)}, "d": ("ð",)}
_FOLLOWING: dict[str, _Places] = {
    **dict.fromkeys(("da", "nb", "nn", "no"), _NORWEGIAN),
    **dict.fromkeys(("fi", "sv"), _SWEDISH),
    "is": {**_ICELANDIC, "z": ("þ", "æä", "öø", "å")},
}
"""By language and plain letter: the letters that follow it in turn, those of a place together."""


def name_key(name: str, language: str) -> NameKey:
    """Where a name stands in a list.

    Args:
        name: the name as lists sort it, such as `Lindi, Bjørn`.
        language: a BCP 47 tag of the language of the list.
    """
    places = _places(language.partition("-")[0])
    key: list[tuple[str, int]] = []
    for letter in unicodedata.normalize("NFC", name.casefold()):
        if letter in places:
            key.append(places[letter])
        elif letter in _ENDS:
            key.append((_ENDS[letter], 0))
        else:
            key += [(each, 0) for each in plain_name(letter)]
    return tuple(key)


@cache
def _places(language: str) -> dict[str, tuple[str, int]]:
    return {
        letter: (plain, distance)
        for plain, following in _FOLLOWING.get(language, {}).items()
        for distance, letters in enumerate(following, 1)
        for letter in letters
    }


def initial_of(name: str, language: str) -> str:
    """The letter that a name stands under in a list: its first one, in capitals.

    Args:
        name: the name as lists sort it.
        language: a BCP 47 tag of the language of the list.

    Returns:
        the letter; ``#`` for a name without one.
    """
    following = _FOLLOWING.get(language.partition("-")[0], {})
    for plain, distance in name_key(name, language):
        if plain.isalpha():
            return (following[plain][distance - 1] if distance else plain)[0].upper()
    return "#"


def person_key(person: Person, language: str) -> tuple[NameKey, str]:
    """Where a person stands in a list; equal names stand in the order of their ids."""
    return (name_key(person.sort_name, language), person.key)
