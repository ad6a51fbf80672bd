"""Names of people and organisations of records, and how each may be written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from guildhall.check.content.letters import (
    PARTICLES,
    WORD,
    composed,
    distance,
    plain_word,
    without_one,
    words_of_places,
)
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.kinds.project import Project
from guildhall.model.records.registry import Registry

LEAST_ALONE = 10
"""How long a name of one word must be for a letter off to be told."""

_PARTS = re.compile(r"[–—/():;,|]|\s-\s")
_LEAST_ORGANISATION = 10
_LEAST_ACRONYM, _LEAST_CAMEL = 5, 4


@dataclass(frozen=True, slots=True)
class Known:
    """A name of several words.

    Args:
        shown: the name as its record has it.
        words: its words.
        plain: its words as they are compared.
        is_person: whether it is a person's.
        is_former: whether the words are another name that the person had before.
    """

    shown: str
    words: tuple[str, ...]
    plain: tuple[str, ...]
    is_person: bool
    is_former: bool = False


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
                for name in _former_names(person):
                    index._add(name, is_person=True, now=person.name)
                for name in {*person.other_names}.difference(_former_names(person)):
                    index._accept(name)
                for affiliation in person.affiliations:
                    if affiliation.name:
                        index._accept_parts(affiliation.name)
        for lesson in registry.of(Lesson):
            for contributor in lesson.contributors:
                index._accept(contributor.name or "")
        for partner in registry.of(Partner):
            former = (each.name for each in partner.formerly)
            for name in (partner.name, partner.short_name, *former):
                for part in _PARTS.split(name):
                    index._add_organisation(part.strip())
        for project in registry.of(Project):
            for name in WORD.findall(project.name):
                index._add_alone(name)
        for name in more:
            index._add_alone(name)
        index.common |= words_of_places() | {
            word for words in index.right for word in map(plain_word, words)
        }
        return index

    def _accept(self, name: str) -> None:
        self.right.add(tuple(WORD.findall(composed(name))))

    def _accept_parts(self, name: str) -> None:
        for part in _PARTS.split(name):
            self._accept(part)

    def _add_organisation(self, name: str) -> None:
        words = WORD.findall(name)
        if len(words) > 1:
            if sum(map(len, words)) >= _LEAST_ORGANISATION:
                self._add(name, is_person=False)
        elif words and words[0] == name:
            self._add_alone(name)

    def _add(self, name: str, is_person: bool, now: str | None = None) -> None:
        if now is None:
            self._accept(name)
        words = tuple(WORD.findall(composed(name)))
        plain = tuple(map(plain_word, words))
        # A word that other letters make two of can't be compared word by word.
        if len(words) < 2 or any(" " in word or not word for word in plain):
            return
        known = Known(now or name, words, plain, is_person, now is not None)
        for word in dict.fromkeys(plain):
            if word not in PARTICLES and len(word) > 1:
                self.by_word.setdefault(word, []).append(known)

    def _add_alone(self, name: str) -> None:
        is_acronym = name.isupper() and len(name) >= _LEAST_ACRONYM
        is_camel = not name.isupper() and any(char.isupper() for char in name[1:])
        if not (is_acronym or (is_camel and len(name) >= _LEAST_CAMEL)):
            return
        key = name.casefold()
        self.alone.setdefault(key, set()).add(name)
        self.right.add((name,))
        if len(name) >= LEAST_ALONE and is_camel:
            for shorter in without_one(key):
                self.near_alone.setdefault(shorter, set()).add(name)

    def matters(self, word: str) -> bool:
        """Whether a word may be part of a name."""
        known = self._judged.get(word)
        if known is None:
            known = self._judged[word] = self._may_matter(word)
        return known

    def _may_matter(self, word: str) -> bool:
        if plain_word(word) in self.by_word:
            return True
        key = word.casefold()
        if key in self.alone:
            return word not in self.alone[key]
        return len(word) > 1 and word[0].isupper() and self.is_alone(key)

    def is_alone(self, key: str) -> bool:
        """Whether a word, in small letters, may be a name of one word, or the first half of one."""
        if key in self.alone or any(name.startswith(key) for name in self.alone):
            return True
        return len(key) >= LEAST_ALONE - 1 and bool(self.near(key))

    def near(self, key: str) -> str | None:
        """The name of one word that is one letter off, in small letters both."""
        names: set[str] = set(self.near_alone.get(key, ()))
        for shorter in without_one(key):
            names |= self.near_alone.get(shorter, set()) | self.alone.get(shorter, set())
        close = sorted(
            name
            for name in names
            if name.casefold()[0] == key[0] and distance(name.casefold(), key, 1) == 1
        )
        plural = close and key == f"{close[0].casefold()}s"
        return close[0] if close and not plural else None


def _former_names(person: Person) -> tuple[str, ...]:
    """The names that a person doesn't want to be called by any more.

    An alias without a word of the name is none of its spellings.
    """
    words = _words(person.name)
    hidden = (each.name for each in person.former_names if not each.shown)
    others = (name for name in person.aliases if words.isdisjoint(_words(name)))
    return (*hidden, *others)


def _words(name: str) -> set[str]:
    return {plain_word(word) for word in WORD.findall(composed(name))}
