"""Names of people in records: whose they are, and who may not be named."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from guildhall.core.findings.finding import Finding
from guildhall.core.values.characters import without_joiners
from guildhall.core.values.faults import nearest, quote
from guildhall.model.base import rules
from guildhall.model.base.fields import Reference
from guildhall.model.base.model import Record
from guildhall.model.records.kinds.lesson import Contributor, Lesson
from guildhall.model.records.kinds.person import CONSENTS, Person
from guildhall.model.records.rewriting import Left, rewritten

# Letters that Unicode doesn't decompose, as people without them on the keyboard write them.
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "ß": "ss", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "œ": "oe", "ı": "i"}
)

_SIGNS = frozenset("-\N{HYPHEN}.,’'")


def plain_name(name: str) -> str:
    """A name as names are compared: without accents, capitals, joiners, hyphens, doubled blanks.

    Compatibility caseless matching as the Unicode Standard defines it (section 3.13), then fewer
    signs.
    """
    split = unicodedata.normalize("NFD", without_joiners(name))
    for _ in range(2):
        split = unicodedata.normalize("NFKD", split.casefold())
    letters = (char for char in split.translate(_LETTERS) if not unicodedata.combining(char))
    return " ".join("".join(" " if char in _SIGNS else char for char in letters).split())


@dataclass(frozen=True, slots=True)
class Unread:
    """A person whose record has faults, as far as it can be read.

    Args:
        names: name, sort name, aliases and former names, as :func:`plain_name` has them.
        is_listed: whether the record says in so many words that the portal may name the person.
    """

    names: frozenset[str] = frozenset()
    is_listed: bool = False

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Unread:
        """Read what there is in the data of a record."""
        names = [data.get("name"), data.get("sort_name")]
        for key in ("aliases", "former_names"):
            others = data.get(key)
            names += others if isinstance(others, list) else []
        names = [each.get("name") if isinstance(each, dict) else each for each in names]
        consent = data.get("consent")
        state = consent.get("state") if isinstance(consent, dict) else consent
        return cls(
            frozenset(plain_name(name) for name in names if isinstance(name, str)),
            state in CONSENTS and state != "withheld",
        )


class Names:
    """The names of all people of a portal.

    Args:
        people: their records.
    """

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = {person.key: person for person in people}
        self._by_name: dict[str, str] = {}
        self._shared: dict[str, list[str]] = {}
        for person in self.people.values():
            for name in dict.fromkeys(
                map(plain_name, (person.name, person.sort_name, *person.other_names))
            ):
                first = self._by_name.setdefault(name, person.key)
                if first != person.key:
                    self._shared.setdefault(name, [first]).append(person.key)

    def find(self, name: str) -> str | None:
        """The id of the one person with that id, name or alias, or None."""
        if name in self.people:
            return name
        plain = plain_name(name)
        return None if plain in self._shared else self._by_name.get(plain)

    def sharing(self, name: str) -> tuple[str, ...]:
        """The ids of all people with a name that several have."""
        return tuple(self._shared.get(plain_name(name), ()))

    def nearest(self, name: str) -> str | None:
        """The name nearest to one that nobody has."""
        near = nearest(plain_name(name), self._by_name)
        return self.people[self._by_name[near]].name if near else None


def with_ids(
    records: Mapping[tuple[str, str], Record], names: Names
) -> dict[tuple[str, str], Record]:
    """Records in which people that are named are referred to by their ids."""

    def change(value: Any, marks: tuple[Any, ...]) -> Any:
        return (names.find(value) or value) if _is_name(marks) else value

    return {identity: _changed(record, change) for identity, record in records.items()}


def _is_name(marks: tuple[Any, ...]) -> bool:
    return any(isinstance(mark, Reference) and mark.by_name for mark in marks)


def _changed(record: Record, change: Any) -> Record:
    new = rewritten(record, Reference, change)
    return record if new is Left.OUT else new


def name_fault(record: Record, found: Any, names: Names) -> Finding:
    """The fault of a name that is nobody's, or that several people have."""
    name = found.value
    if shared := names.sharing(name):
        listed = ", ".join(f"`{each}`" for each in shared)
        message = f"several people are called {quote(name)}; give the id: {listed}"
    else:
        near = names.nearest(name)
        hint = (
            f"; did you mean `{near}`?" if near else "; add a person's record, or an alias to one"
        )
        message = f"no person has the id or name {quote(name)}{hint}"
    return record.origin.fault(record.mark_of(found), rules.UNKNOWN_ID, message)


def shared_orcids(people: Iterable[Person]) -> Iterator[Finding]:
    """A fault for each person with an ORCID iD that another one has: they may be one person."""
    owners: dict[str, Person] = {}
    for person in people:
        if person.orcid is None:
            continue
        first = owners.setdefault(person.orcid, person)
        if first is not person:
            message = f"the person {quote(first.key)} has the same ORCID iD; iDs are personal"
            yield person.origin.fault(person.at("orcid"), rules.DUPLICATE_ID, message)


def withheld(people: Iterable[Person]) -> frozenset[str]:
    """The ids of people who may not be named."""
    return frozenset(person.key for person in people if not person.is_listed)


def without(
    records: Mapping[tuple[str, str], Record], hidden: frozenset[str], names: Names
) -> Iterator[tuple[tuple[str, str], Record]]:
    """Records without some people: neither theirs, nor a mention of them in any other.

    Nor is anybody mentioned of whom there is no sound record: what it would say of consent isn't
    known.

    Args:
        records: all records by kind and id, in which people are referred to by their ids.
        hidden: the ids of those to leave out.
        names: everybody's names.
    """
    listed = names.people.keys() - hidden

    def change(value: Any, marks: tuple[Any, ...]) -> Any:
        refers = any(isinstance(mark, Reference) and mark.kind == Person.KIND for mark in marks)
        return Left.OUT if refers and value not in listed else value

    is_hidden = partial(_is_hidden, hidden=hidden, names=names)
    for identity, record in records.items():
        if isinstance(record, Person) and record.key in hidden:
            continue
        new = _changed(record, change)
        if isinstance(new, Person) and new.former_names:
            shown = tuple(each for each in new.former_names if each.shown)
            new = new.model_copy(update={"former_names": shown})
        if isinstance(new, Lesson) and any(map(is_hidden, new.contributors)):
            kept = tuple(each for each in new.contributors if not is_hidden(each))
            new = new.model_copy(update={"contributors": kept})
        yield identity, new


def _is_hidden(contributor: Contributor, hidden: frozenset[str], names: Names) -> bool:
    """Whether a contributor without a record of a person is one of those to leave out."""
    if contributor.orcid and any(names.people[key].orcid == contributor.orcid for key in hidden):
        return True
    parts = filter(None, (contributor.given_names, contributor.family_names))
    name = contributor.name or " ".join(parts)
    return any(name and key in hidden for key in (names.find(name), *names.sharing(name)))
