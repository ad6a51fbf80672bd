"""People that a source names: who they are in the portal, and who is new."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from guildhall.cli.importers.findings import Sort
from guildhall.cli.importers.source import Part
from guildhall.core.values.identifiers import slug_of
from guildhall.model.base.fields import read_line
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.people import Names, plain_name

_WITHDRAWN = re.compile(r"(?:[^\W\d_]\.?\s*){1,4}")
_NOBODY = frozenset({"tba", "tbd", "tbc", "n n", "nn", "anonymous", "unknown", "various", "none"})
_PARTICLES = frozenset(
    {"af", "al", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "dos", "du", "el"}
    | {"la", "las", "le", "los", "'t", "ten", "ter", "van", "von", "y", "zu", "zum"}
)
_BETWEEN = re.compile(r"\s*(?:,|;|&|/|\band\b|\bog\b|\bja\b|\boch\b)\s*")


def is_placeholder(name: str) -> bool:
    """Whether a name stands for someone who isn't named, such as ``N. D.`` or ``TBA``."""
    plain = plain_name(name)
    initials = bool(_WITHDRAWN.fullmatch(name)) and (name.isupper() and len(plain.split()) > 1)
    return initials or plain in _NOBODY or not any(char.isalpha() for char in name)


def split_names(text: str) -> list[str]:
    """The names in a text such as ``Ada Lovelace, Alan Turing and Grace Hopper``."""
    return [name for name in _BETWEEN.split(text.strip()) if name]


def sort_name(name: str) -> tuple[str, bool]:
    """A guess of how lists sort a name: by its last word, and particles before that.

    Returns:
        the sort name; and whether somebody should look at it, since the name has particles or more
        words than two.
    """
    words = name.split()
    if len(words) == 1:
        return name, True
    at = len(words) - 1
    while at > 1 and words[at - 1].casefold() in _PARTICLES:
        at -= 1
    family, given = " ".join(words[at:]), " ".join(words[:at])
    return f"{family}, {given}", len(words) > 2


@dataclass
class People:
    """Everybody whom the portal and the source name.

    Args:
        known: the records of the portal.
        removed: names that were imported before, and whose records are gone since.
        basis: how the portal knows new people, for their consent.
        folder: where the records of new people go.
    """

    known: tuple[Person, ...]
    removed: frozenset[str]
    basis: str
    folder: Path
    new: dict[str, dict[str, object]] = field(default_factory=dict)
    placeholders: int = 0
    _by_name: dict[str, str] = field(default_factory=dict)
    _first: dict[str, Part] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._names = Names(self.known)

    def listed(self, part: Part) -> list[str]:
        """The names in a list, or in a text, of people; each new one becomes a person.

        Raises:
            RefusedError: where the value is something else.
        """
        if isinstance(part.data, str):
            texts = [(part, name) for name in split_names(part.read(read_line))]
        else:
            named = (each for each in part.items() if each.data not in (None, ""))
            texts = [(each, each.read(read_line)) for each in named]
        found: dict[str, str] = {}
        for at, text in texts:
            name = self._one(at, text)
            if name is None:
                continue
            key = self.find(name) or name
            if key in found:
                at.tell(Sort.DOUBT, f"`{name}` appears twice in `{part.name}`; listed once")
            else:
                found[key] = name
        return list(found.values())

    def mark(self) -> int:
        """How many people are new so far, to go back to."""
        return len(self.new)

    def go_back(self, mark: int) -> None:
        """Forget the new people of an event that isn't imported."""
        for key in list(self.new)[mark:]:
            name = str(self.new.pop(key)["name"])
            del self._by_name[plain_name(name)], self._first[key]

    def find(self, name: str) -> str | None:
        """The id of a person, of the portal or new."""
        return self._names.find(name) or self._by_name.get(plain_name(name))

    def label(self, key: str) -> str:
        """The name of a person, by id."""
        if key in self._names.people:
            return self._names.people[key].name
        return str(self.new[key]["name"])

    def _one(self, part: Part, text: str) -> str | None:
        name = " ".join(text.split())
        if is_placeholder(name):
            self.placeholders += 1
            message = f"not imported: `{name}` stands for someone who isn't named"
            part.tell(Sort.UNMAPPED, message)
            return None
        if self._names.sharing(name):
            keys = ", ".join(f"`{each}`" for each in self._names.sharing(name))
            raise part.refuse(f"several people are called `{name}`: {keys}; give one an alias")
        if self.find(name):
            return name
        if plain_name(name) in self.removed:
            message = f"not imported: `{name}`, whose record was removed by hand"
            part.tell(Sort.UNMAPPED, message)
            return None
        key = self._free(slug_of(name))
        if not key:
            raise part.refuse(f"no id can be made of the name `{name}`; add a person's record")
        self._by_name[plain_name(name)] = key
        self._first[key] = part
        sorted_by, is_doubtful = sort_name(name)
        self.new[key] = {
            "kind": "person",
            "name": name,
            "sort_name": sorted_by,
            "consent": {"state": "public-source", "basis": self.basis},
        }
        if is_doubtful:
            message = f"`{name}` is sorted as `{sorted_by}`; is that right?"
            part.tell(Sort.DOUBT, message)
        return name

    def _free(self, slug: str) -> str:
        key, number = slug, 2
        while key and (key in self._names.people or key in self.new):
            key, number = f"{slug}-{number}", number + 1
        return key

    def tell_near(self) -> None:
        """Tell of new names that are near to another one, and may be the same person's."""
        names = {key: (each.name, *each.other_names) for key, each in self._names.people.items()}
        names |= {key: (str(each["name"]),) for key, each in self.new.items()}
        for key, part in self._first.items():
            later = list(self.new).index(key)
            others = [other for other in names if other != key]
            for other in others:
                if other in self.new and list(self.new).index(other) > later:
                    continue
                if any(are_near(names[key][0], name) for name in names[other]):
                    message = (
                        f"`{names[key][0]}` is near to `{names[other][0]}`; they stay two people, "
                        "unless one gets the other's name as an alias"
                    )
                    part.tell(Sort.DOUBT, message)


def are_near(one: str, other: str) -> bool:
    """Whether two names may be spellings of one person's.

    That is where all words of the shorter name are, in order, words of the longer one or begin
    them, the last ones the same; or where both differ in a letter or two.
    """
    words, others = plain_name(one).split(), plain_name(other).split()
    if words == others or not words or not others:
        return False
    few, many = sorted((words, others), key=len)
    if len(few) > 1 and _are_within(few, many):
        return True
    if len(words) != len(others):
        return False
    if words[:-1] == others[:-1] or words[-1] == others[-1]:
        at = -1 if words[:-1] == others[:-1] else 0
        same = SequenceMatcher(None, words[at], others[at]).ratio()
        begins = at == 0 and _begins(words[0], others[0])
        return begins or (same > 0.84 and min(len(words[at]), len(others[at])) > 3)
    return False


def _are_within(few: list[str], many: list[str]) -> bool:
    if few[-1] not in {many[-1], *many[1:-1]} or len(few) == len(many):
        return len(few) == len(many) and few[-1] == many[-1] and all(map(_begins, few, many))
    left: Iterator[str] = iter(many)
    return all(any(_begins(word, each) for each in left) for word in few)


def _begins(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short)
