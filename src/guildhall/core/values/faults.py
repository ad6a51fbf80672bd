"""The one error that reading a value raises, and the search for the nearest valid name."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from guildhall.core.values.legible import legible, without_passwords

_LONGEST_QUOTE = 60


class ValueFault(ValueError):
    """A value that can't be read.

    Args:
        found: the text or object as it stands in the source.
        expected: what should stand there, as a noun phrase.
        suggestion: the nearest valid spelling, where there is one.
    """

    def __init__(self, found: object, expected: str, suggestion: str | None = None) -> None:
        self.found = found
        self.expected = expected
        self.suggestion = suggestion
        super().__init__(describe(found, expected, suggestion))


def describe(found: object, expected: str, suggestion: str | None = None) -> str:
    """One sentence: what was found, what was expected, and the nearest valid spelling."""
    sentence = f"found {quote(found)}, expected {expected}"
    return f"{sentence}; did you mean `{suggestion}`?" if suggestion else sentence


def quote(found: object) -> str:
    """Show a value in a message: shortened, on one line, without controls and passwords."""
    if found is None:
        return "nothing"
    if isinstance(found, dict):
        return "a mapping"
    if isinstance(found, list | tuple):
        return "a list"
    text = legible(without_passwords(str(found)))
    if len(text) > _LONGEST_QUOTE:
        text = f"{text[:_LONGEST_QUOTE]}…"
    return f"`{text}`"


def nearest(name: str, valid: Iterable[str]) -> str | None:
    """The valid name nearest to ``name``, or None where none is near."""
    candidates = {candidate.casefold(): candidate for candidate in sorted(valid)}
    found = get_close_matches(name.casefold(), list(candidates), n=1, cutoff=0.6)
    return candidates[found[0]] if found else None
