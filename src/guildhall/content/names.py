"""Names of people and organisations in prose that are nearly those of records.

A name of a person has two words or more, and at least one of them must be right: so every name that
is looked at has a word that some record has, and a page costs one look-up for each of its words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from guildhall.content.view import BREAK
from guildhall.records.kinds.lesson import Lesson
from guildhall.records.kinds.partner import Partner
from guildhall.records.kinds.person import Person
from guildhall.records.kinds.project import Project
from guildhall.records.people import plain_name
from guildhall.records.registry import Registry

_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"\s{1,40}|['’\N{HYPHEN}-]")
_PARTS = re.compile(r"[–—/():;,|]|\s-\s")
_PARTICLES = frozenset(
    {"af", "al", "av", "bin", "da", "das", "de", "del", "den", "der", "di", "dos", "du", "el"}
    | {"la", "le", "of", "the", "van", "von"}
)
# Signs that make a word a part of an address, a path, a handle or code.
_BESIDE = frozenset("./\\@#_:=&?+~<>")
_LEAST_ORGANISATION = 10
_LEAST_LETTERS, _LEAST_LETTERS_OF_TWO = 5, 9
_LEAST_ACRONYM, _LEAST_CAMEL, _LEAST_ALONE = 5, 4, 10


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


@dataclass(frozen=True, slots=True)
class Known:
    """A name of several words.

    Args:
        shown: the name as its record has it.
        words: its words.
        plain: its words as they are compared.
        is_person: whether it is a person's.
    """

    shown: str
    words: tuple[str, ...]
    plain: tuple[str, ...]
    is_person: bool


@dataclass
class NameIndex:
    """The names of a portal, and how each may be written; plain data that can be pickled.

    Args:
        by_word: names by each of their words, as they are compared.
        right: spellings that are right as they are, word by word.
        alone: names of one word by their small letters.
        near_alone: the same by what is left of them without one letter.
        common: words that are names or words of their own, so never a slip of another.
    """

    by_word: dict[str, list[Known]] = field(default_factory=dict)
    right: set[tuple[str, ...]] = field(default_factory=set)
    alone: dict[str, set[str]] = field(default_factory=dict)
    near_alone: dict[str, set[str]] = field(default_factory=dict)
    common: set[str] = field(default_factory=set)
    _judged: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, registry: Registry, more: Iterable[str] = ()) -> NameIndex:
        """The names of those who may be named.

        Args:
            registry: the portal's records.
            more: names of one word beyond those of records.
        """
        index = cls()
        for person in registry.of(Person):
            if person.is_listed:
                index._add(person.name, is_person=True)
                for name in person.aliases:
                    index._accept(name)
                for affiliation in person.affiliations:
                    if affiliation.name:
                        index._accept_parts(affiliation.name)
        for lesson in registry.of(Lesson):
            for contributor in lesson.contributors:
                index._accept(contributor.name or "")
        for partner in registry.of(Partner):
            for name in (partner.name, partner.short_name):
                for part in _PARTS.split(name):
                    index._add_organisation(part.strip())
        for project in registry.of(Project):
            for name in _WORD.findall(project.name):
                index._add_alone(name)
        for name in more:
            index._add_alone(name)
        index.common |= _words_of_places() | {
            word for words in index.right for word in map(_plain, words)
        }
        return index

    def _accept(self, name: str) -> None:
        self.right.add(tuple(_WORD.findall(_composed(name))))

    def _accept_parts(self, name: str) -> None:
        for part in _PARTS.split(name):
            self._accept(part)

    def _add_organisation(self, name: str) -> None:
        words = _WORD.findall(name)
        if len(words) > 1:
            if sum(map(len, words)) >= _LEAST_ORGANISATION:
                self._add(name, is_person=False)
        elif words and words[0] == name:
            self._add_alone(name)

    def _add(self, name: str, is_person: bool) -> None:
        self._accept(name)
        words = tuple(_WORD.findall(_composed(name)))
        plain = tuple(map(_plain, words))
        # A word that other letters make two of can't be compared word by word.
        if len(words) < 2 or any(" " in word or not word for word in plain):
            return
        known = Known(name, words, plain, is_person)
        for word in dict.fromkeys(plain):
            if word not in _PARTICLES and len(word) > 1:
                self.by_word.setdefault(word, []).append(known)

    def _add_alone(self, name: str) -> None:
        is_acronym = name.isupper() and len(name) >= _LEAST_ACRONYM
        is_camel = not name.isupper() and any(char.isupper() for char in name[1:])
        if not (is_acronym or (is_camel and len(name) >= _LEAST_CAMEL)):
            return
        key = name.casefold()
        self.alone.setdefault(key, set()).add(name)
        self.right.add((name,))
        if len(name) >= _LEAST_ALONE and is_camel:
            for shorter in _without_one(key):
                self.near_alone.setdefault(shorter, set()).add(name)

    def misspelt(self, prose: str) -> Iterator[Misspelling]:
        """The names in a text that are not written as their records have them.

        Args:
            prose: the text, its blocks set apart by :data:`~guildhall.content.view.BREAK`.
        """
        if not prose.isascii():
            prose = _composed(prose)
        words = _WORD.findall(prose)
        matter = {word for word in set(words) if self._matters(word)}
        if not matter:
            return
        hits = [number for number, word in enumerate(words) if word in matter]
        seen: dict[str, int] = {}
        for start, end, rule, right in sorted(_Reading(self, prose, words).misspelt(hits)):
            written = " ".join(prose[start:end].split())
            nth = seen.get(written, 0)
            seen[written] = nth + 1
            yield Misspelling(rule, written, right, nth)

    def _matters(self, word: str) -> bool:
        """Whether a word may be part of a name."""
        known = self._judged.get(word)
        if known is None:
            known = self._judged[word] = self._may_matter(word)
        return known

    def _may_matter(self, word: str) -> bool:
        if _plain(word) in self.by_word:
            return True
        key = word.casefold()
        if key in self.alone:
            return word not in self.alone[key]
        return len(word) > 1 and word[0].isupper() and self.is_alone(key)

    def is_alone(self, key: str) -> bool:
        """Whether a word, in small letters, may be a name of one word, or the first half of one."""
        if key in self.alone or any(name.startswith(key) for name in self.alone):
            return True
        return len(key) >= _LEAST_ALONE - 1 and bool(self.near(key))

    def near(self, key: str) -> str | None:
        """The name of one word that is one letter off, in small letters both."""
        names: set[str] = set(self.near_alone.get(key, ()))
        for shorter in _without_one(key):
            names |= self.near_alone.get(shorter, set()) | self.alone.get(shorter, set())
        close = sorted(
            name
            for name in names
            if name.casefold()[0] == key[0] and distance(name.casefold(), key, 1) == 1
        )
        plural = close and key == f"{close[0].casefold()}s"
        return close[0] if close and not plural else None


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
        return [match.span() for match in _WORD.finditer(self.prose)]

    def misspelt(self, hits: list[int]) -> Iterator[tuple[int, int, str, str]]:
        """Begin and end in the text, rule, and right name; each word belongs to one at most.

        Args:
            hits: the numbers of the words that may be part of a name.
        """
        doubtful = self._doubtful(hits)
        for judge in (self._other_letters, self._other_order, self._near):
            for first, known in doubtful:
                numbers = range(first, first + len(known.words))
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
        found: dict[tuple[int, str], Known] = {}
        right, words, total = self.index.right, self.words, len(self.words)
        for number in hits:
            plain = _plain(words[number])
            for known in self.index.by_word.get(plain, ()):
                count = len(known.words)
                for first in range(max(number - count + 1, 0), min(number, total - count) + 1):
                    numbers = range(first, first + count)
                    run = tuple(words[first : first + count])
                    if run in right:
                        self.taken.update(numbers)
                    elif _shares_words(run, known):
                        found[first, known.shown] = known
        return [(first, known) for (first, _), known in sorted(found.items())]

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

    def _other_letters(self, first: int, known: Known) -> str | None:
        """The same words with other accents or capitals."""
        words = self._run(first, len(known.words))
        if tuple(map(_plain, words)) != known.plain:
            return None
        pairs = [
            (word, right)
            for word, right in zip(words, known.words, strict=True)
            if word != right and not (_plain(word) in _PARTICLES and word.lower() == right.lower())
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
        if _accents(words) > _accents(known.words):
            return None
        return "names.person" if known.is_person else "names.organisation"

    def _other_order(self, first: int, known: Known) -> str | None:
        """A person's last name before the first, without a comma."""
        if not known.is_person:
            return None
        words = self._run(first, len(known.words))
        plain = tuple(map(_plain, words))
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
            for word, right in zip(map(_plain, words), known.plain, strict=True)
            if word != right
        ]
        if len(wrong) != 1:
            return None
        word, right = wrong[0]
        if word in self.index.common or not _is_slip(word, right):
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
        if len(word) >= _LEAST_ALONE - 1 and key not in self.index.common and not word.isupper():
            near = self.index.near(key)
            if near:
                yield start, end, "names.organisation", near

    def _is_hyphened(self, start: int, end: int) -> bool:
        return self.prose[start - 1 : start] == "-" or self.prose[end : end + 1] == "-"


def _shares_words(run: tuple[str, ...], known: Known) -> bool:
    """Whether all words but one are a name's, or all are in another order."""
    plain = tuple(map(_plain, run))
    wrong = sum(word != right for word, right in zip(plain, known.plain, strict=True))
    return wrong < 2 or sorted(plain) == sorted(known.plain)


def _is_slip(word: str, right: str) -> bool:
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


def _without_one(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _accents(words: tuple[str, ...]) -> int:
    return sum(not char.isascii() for word in words for char in word)


@lru_cache(maxsize=100_000)
def _plain(word: str) -> str:
    return plain_name(word)


def _words_of_places() -> set[str]:
    """Words of the names of countries and languages, which are no slips of each other."""
    from babel import Locale

    english = Locale("en")
    names = (*english.territories.values(), *english.languages.values())
    return {_plain(word) for name in names for word in _WORD.findall(str(name))}
