"""Words as the search compares them: without accents, and by their stems.

``search.js`` splits and folds what readers type in the same way. Stems are made here only: the
index says which forms of a word have one in common.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

import snowballstemmer

LONGEST = 40
"""What is longer is no word that anybody types."""

_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "ı": "i"}
)
"""Letters that are others with a mark, but that Unicode doesn't take apart."""

_ALGORITHMS: Mapping[str, str] = {
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "fi": "finnish",
    "fr": "french",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "sv": "swedish",
}


def split(text: str) -> list[str]:
    """The words of a text, in small letters, in their order."""
    found = _WORD.findall(unicodedata.normalize("NFC", text))
    return [each.lower() for each in found if len(each) <= LONGEST]


def fold(word: str) -> str:
    """A word as readers without its letters on their keyboards type it: ``Ålesund``, alesund."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).translate(_LETTERS)


def stem(language: str, word: str) -> str:
    """What a word has in common with its other forms, folded.

    Args:
        language: a BCP 47 tag; in a language without a stemmer, such as Icelandic, a word is its
            own stem.
        word: the word in small letters.
    """
    stemmer = _stemmer(language.partition("-")[0])
    return fold(stemmer.stemWord(word) if stemmer else word)


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer | None:
    name = _ALGORITHMS.get(language)
    return snowballstemmer.stemmer(name) if name in snowballstemmer.algorithms() else None
