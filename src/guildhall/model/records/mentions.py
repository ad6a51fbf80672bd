"""Text that names somebody who withholds consent, in plain words that are no reference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from guildhall.core.findings.finding import Finding
from guildhall.core.values.faults import quote
from guildhall.core.yaml_source import Place
from guildhall.model.base import rules
from guildhall.model.base.model import Record
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.people import plain_name

# References by a role are told where they are resolved, also those of pages.
_ROLES = re.compile(r"(?:\{[\w:.-]*\bperson\}|:[\w:.-]*\bperson:)`[^`]*`")
_NO_WORDS = re.compile(r"[\W_]+")


class Mentions:
    """Finds the names of some people in text.

    Names of one word only are not looked for, since they may well be words of the language.

    Args:
        people: those who may not be named.
    """

    def __init__(self, people: Iterable[Person]) -> None:
        self._owners = {
            words: person.key
            for person in people
            for name in (person.name, person.sort_name, *person.other_names)
            if " " in (words := _words(name))
        }
        names = "|".join(sorted(map(re.escape, self._owners), key=len, reverse=True))
        self._names = re.compile(rf"(?<!\S)(?:{names})(?!\S)") if names else None

    def __bool__(self) -> bool:
        return self._names is not None

    def in_text(self, text: str) -> Iterator[tuple[int, str]]:
        """Each line, counted from 1, where a name begins, with the id of whose it is."""
        if self._names is None:
            return
        lines = [_words(line).split() for line in text.split("\n")]
        numbers = [number for number, line in enumerate(lines, 1) for _ in line]
        words = " ".join(word for line in lines for word in line)
        for match in self._names.finditer(words):
            yield numbers[words.count(" ", 0, match.start())], self._owners[match[0]]

    def in_records(self, records: Iterable[Record]) -> Iterator[Finding]:
        """A fault for each value of records as readers may see them that names somebody."""
        for record in records:
            for place, text in _texts(record.model_dump(mode="json"), ()):
                for key in sorted(self._in(text)):
                    yield record.origin.fault(record.at(*place), rules.CONSENT, told_of(key))

    def _in(self, text: str) -> set[str]:
        found = self._names.findall(_words(text)) if self._names else []
        return {self._owners[name] for name in found}


def told_of(key: str) -> str:
    """What is said of a text that names a person."""
    return f"this names {quote(key)}, who withholds consent to be named; remove the mention"


def _words(text: str) -> str:
    return " ".join(_NO_WORDS.sub(" ", plain_name(_ROLES.sub(" ", text))).split())


def _texts(value: object, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*place, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*place, index))
