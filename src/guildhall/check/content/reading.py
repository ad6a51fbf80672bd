"""A text read word by word for names that are nearly those of records.

A name of a person has two words or more, and at least one of them must be right: so every name that
is looked at has a word that some record has, and a page costs one look-up for each of its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from guildhall.check.content.letters import PARTICLES, WORD, accents, composed, is_slip, plain_word
from guildhall.check.content.names import LEAST_ALONE, Known, NameIndex
from guildhall.check.content.view import BREAK

_GAP = re.compile(r"\s{1,40}|['’\N{HYPHEN}-]")
# Signs that make a word a part of an address, a path, a handle or code.
_BESIDE = frozenset("./\\@#_:=&?+~<>")


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A name that is not written as its record has it.

    Args:
        rule: the rule's id.
        written: the name as the page has it.
        right: the name as it should be.
        nth: how often the same spelling stands before it.
    """

    rule: str
    written: str
    right: str
    nth: int = 0


def misspelt(names: NameIndex, prose: str) -> Iterator[Misspelling]:
    """The names in a text that are not written as their records have them.

    Args:
        names: the names of the portal.
        prose: the text, its blocks set apart by :data:`~guildhall.check.content.view.BREAK`.
    """
    if not prose.isascii():
        prose = composed(prose)
    words = WORD.findall(prose)
    matter = {word for word in set(words) if names.matters(word)}
    if not matter:
        return
    hits = [number for number, word in enumerate(words) if word in matter]
    seen: dict[str, int] = {}
    for start, end, rule, right in sorted(_Reading(names, prose, words).misspelt(hits)):
        written = " ".join(prose[start:end].split())
        nth = seen.get(written, 0)
        seen[written] = nth + 1
        yield Misspelling(rule, written, right, nth)


class _Reading:
    """One text, word by word."""

    def __init__(self, index: NameIndex, prose: str, words: list[str]) -> None:
        self.index = index
        self.prose = prose
        self.words = words
        self.taken: set[int] = set()

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """Where each word begins and ends; looked up only where something may be wrong."""
        return [match.span() for match in WORD.finditer(self.prose)]

    def misspelt(self, hits: list[int]) -> Iterator[tuple[int, int, str, str]]:
        """Begin and end in the text, rule, and right name; each word belongs to one at most.

        Args:
            hits: the numbers of the words that may be part of a name.
        """
        doubtful = self._doubtful(hits)
        for judge in (self._former, self._other_letters, self._other_order, self._near):
            for first, known in doubtful:
                numbers = range(first, first + len(known.words))
                if known.is_former != (judge == self._former):
                    continue
                if self.taken.isdisjoint(numbers) and (rule := judge(first, known)):
                    if not self._is_run(first, len(numbers)):
                        continue
                    self.taken.update(numbers)
                    yield (*self._span(first, len(numbers)), rule, known.shown)
        for number in hits:
            if number not in self.taken:
                yield from self._alone(number)

    def _doubtful(self, hits: list[int]) -> list[tuple[int, Known]]:
        """Where a name may stand that isn't right, by its first word; what is right is taken."""
        found: dict[tuple[int, str, tuple[str, ...]], Known] = {}
        right, words, total = self.index.right, self.words, len(self.words)
        for number in hits:
            plain = plain_word(words[number])
            for known in self.index.by_word.get(plain, ()):
                count = len(known.words)
                for first in range(max(number - count + 1, 0), min(number, total - count) + 1):
                    numbers = range(first, first + count)
                    run = tuple(words[first : first + count])
                    if run in right:
                        self.taken.update(numbers)
                    elif _shares_words(run, known):
                        found[first, known.shown, known.plain] = known
        return [(place[0], known) for place, known in sorted(found.items())]

    def _run(self, first: int, count: int) -> tuple[str, ...]:
        return tuple(self.words[first : first + count])

    def _span(self, first: int, count: int) -> tuple[int, int]:
        return self.places[first][0], self.places[first + count - 1][1]

    def _is_run(self, first: int, count: int) -> bool:
        """Whether words stand side by side; a point may follow an initial only."""
        for number in range(first, first + count - 1):
            start, end = self.places[number]
            gap = self.prose[end : self.places[number + 1][0]]
            if gap.startswith(".") and end - start == 1:
                gap = gap[1:]
            if not _GAP.fullmatch(gap) or BREAK in gap:
                return False
        return not self._is_in_address(*self._span(first, count))

    def _is_in_address(self, start: int, end: int) -> bool:
        before = self.prose[start - 1 : start]
        after = self.prose[end : end + 2]
        if before and (before in _BESIDE or before.isdigit()):
            return True
        if not after or after[0].isspace():
            return False
        is_joined = after[0] in _BESIDE and bool(after[1:].strip())
        return is_joined or after[0] in "_@" or after[0].isdigit()

    def _is_capital(self, number: int) -> bool:
        return 0 <= number < len(self.words) and self.words[number][0].isupper()

    def _is_alone(self, first: int, count: int) -> bool:
        """Whether no word beside it may belong to the name."""
        if self._is_capital(first - 1) and self._is_run(first - 1, 2):
            return False
        last = first + count - 1
        return not (self._is_capital(last + 1) and self._is_run(last, 2))

    def _former(self, first: int, known: Known) -> str | None:
        """A name that the person had before."""
        words = self._run(first, len(known.words))
        is_name = all(
            word[0].isupper() or not right[0].isupper()
            for word, right in zip(words, known.words, strict=True)
        )
        return "names.former" if is_name and tuple(map(plain_word, words)) == known.plain else None

    def _other_letters(self, first: int, known: Known) -> str | None:
        """The same words with other accents or capitals."""
        words = self._run(first, len(known.words))
        if tuple(map(plain_word, words)) != known.plain:
            return None
        pairs = [
            (word, right)
            for word, right in zip(words, known.words, strict=True)
            if word != right
            and not (plain_word(word) in PARTICLES and word.lower() == right.lower())
        ]
        if not pairs or all(word.isupper() for word in words):
            return None
        if known.is_person and not all(
            word[0].isupper() or not right[0].isupper()
            for word, right in zip(words, known.words, strict=True)
        ):
            # Small letters may be words of the language: `will usher in`.
            return None
        if not known.is_person and not words[0][0].isupper():
            return None
        # Who writes more accents than the record may know better.
        if accents(words) > accents(known.words):
            return None
        return "names.person" if known.is_person else "names.organisation"

    def _other_order(self, first: int, known: Known) -> str | None:
        """A person's last name before the first, without a comma."""
        if not known.is_person:
            return None
        words = self._run(first, len(known.words))
        plain = tuple(map(plain_word, words))
        turned = (*known.plain[-1:], *known.plain[:-1])
        if plain != turned or plain == known.plain or not all(word[0].isupper() for word in words):
            return None
        return "names.person" if self._is_alone(first, len(words)) else None

    def _near(self, first: int, known: Known) -> str | None:
        """One word that is one or two letters off, all others right."""
        words = self._run(first, len(known.words))
        if not all(
            word[0].isupper() == right[0].isupper()
            for word, right in zip(words, known.words, strict=True)
        ):
            return None
        wrong = [
            (word, right)
            for word, right in zip(map(plain_word, words), known.plain, strict=True)
            if word != right
        ]
        if len(wrong) != 1:
            return None
        word, right = wrong[0]
        if word in self.index.common or not is_slip(word, right):
            return None
        return "names.person-near" if known.is_person else "names.organisation"

    def _alone(self, number: int) -> Iterator[tuple[int, int, str, str]]:
        """Names of one word: other capitals, two words, one letter off."""
        word = self.words[number]
        key = word.casefold()
        if not word[0].isupper() or not self.index.is_alone(key):
            return
        start, end = self.places[number]
        if self._is_hyphened(start, end) or self._is_in_address(start, end):
            return
        rights = self.index.alone.get(key, set())
        if rights:
            if word not in rights and not word.isupper():
                yield start, end, "names.organisation", min(rights)
            return
        if number + 1 < len(self.words) and self._is_run(number, 2):
            after = self.words[number + 1]
            for right in sorted(self.index.alone.get(key + after.casefold(), ())):
                if right == word + after and self.prose[end] in " \n\N{NO-BREAK SPACE}":
                    yield start, self.places[number + 1][1], "names.organisation", right
                    return
        if len(word) >= LEAST_ALONE - 1 and key not in self.index.common and not word.isupper():
            near = self.index.near(key)
            if near:
                yield start, end, "names.organisation", near

    def _is_hyphened(self, start: int, end: int) -> bool:
        return self.prose[start - 1 : start] == "-" or self.prose[end : end + 1] == "-"


def _shares_words(run: tuple[str, ...], known: Known) -> bool:
    """Whether all words but one are a name's, or all are in another order."""
    plain = tuple(map(plain_word, run))
    wrong = sum(word != right for word, right in zip(plain, known.plain, strict=True))
    return wrong < 2 or sorted(plain) == sorted(known.plain)
