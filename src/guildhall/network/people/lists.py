"""Lists of contributors, as a whole or by role or year."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from guildhall.model.records.kinds.person import Person
from guildhall.network.people.collation import person_key
from guildhall.network.people.contributions import Contributions

Grouping = Literal["none", "role", "year"]
"""What a list is divided by."""
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody in a list.

    Args:
        person: the person's id.
        name: the name, with what tells namesakes apart.
        roles: the person's roles, in the order of the portal's list of roles.
        number: how many workshops or lessons.
        years: the first and the last year; None where lessons are listed, which have no years.
    """

    person: str
    name: str
    roles: tuple[str, ...]
    number: int
    years: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Group:
    """People of one role or year, or all of them.

    Args:
        key: the role, or the year in digits; empty where the list isn't divided.
        people: those who may be named, by name.
        total: how many they are together with those who may not.
    """

    key: str
    people: tuple[Listed, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a list is to have.

    Args:
        roles: those with one of these roles; everybody where there are none.
        year: those who did something in that year; of all years where there is none.
        group_by: what the list is divided by.
        of_lessons: whether it is about lessons, rather than workshops.
    """

    roles: tuple[str, ...] = ()
    year: int | None = None
    group_by: Grouping = "none"
    of_lessons: bool = False


@dataclass(slots=True)
class _Gathered:
    roles: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    things: set[str] = field(default_factory=set)


def contributor_lists(
    wanted: Wanted,
    everybody: Contributions,
    people: Mapping[str, Person],
    today: date,
    order: Collection[str],
    language: str,
) -> tuple[Group, ...]:
    """Who contributed: by role in the order of roles, by year the latest first, or in one list.

    Workshops that are still to come, or that were cancelled or postponed, don't count.

    Args:
        wanted: whom the list is to have.
        everybody: what everybody did, so that those who may not be named are counted.
        people: the people who may be named, by their ids.
        today: the day of the build.
        order: all roles in order.
        language: the language whose order names have.
    """
    groups: dict[str, dict[str, _Gathered]] = {}
    for person in everybody.people:
        for thing, role, year in _deeds(wanted, everybody, person, today):
            for key in _keys(wanted.group_by, role, year):
                gathered = groups.setdefault(key, {}).setdefault(person, _Gathered())
                gathered.things.add(thing)
                gathered.roles.add(role)
                gathered.years |= {year} if year is not None else set()
    ranks = {role: rank for rank, role in enumerate(order)}

    def listed(key: str, found: _Gathered) -> Listed:
        roles = tuple(sorted(found.roles, key=lambda role: ranks.get(role, len(ranks))))
        years = (min(found.years), max(found.years)) if found.years else None
        return Listed(key, people[key].label, roles, len(found.things), years)

    return tuple(
        Group(
            key,
            tuple(
                listed(person, found[person])
                for person in sorted(
                    found.keys() & people.keys(),
                    key=lambda each: person_key(people[each], language),
                )
            ),
            len(found),
        )
        for key, found in sorted(groups.items(), key=_group_key(wanted.group_by, ranks))
    )


def _deeds(
    wanted: Wanted, everybody: Contributions, person: str, today: date
) -> list[tuple[str, str, int | None]]:
    did = everybody.of(person)
    found: list[tuple[str, str, int | None]] = []
    if wanted.of_lessons:
        found += [(each.lesson.key, role, None) for each in did.writings for role in each.roles]
    else:
        found += [
            (each.workshop.key, role, each.year) for each in did.held(today) for role in each.roles
        ]
    return [
        (thing, role, year)
        for thing, role, year in found
        if (not wanted.roles or role in wanted.roles) and wanted.year in {None, year}
    ]


def _keys(group_by: Grouping, role: str, year: int | None) -> tuple[str, ...]:
    if group_by == "role":
        return (role,)
    if group_by == "year":
        return (str(year),) if year is not None else ()
    return ("",)


def _group_key(
    group_by: Grouping, ranks: Mapping[str, int]
) -> Callable[[tuple[str, object]], tuple[int, str]]:
    def key(group: tuple[str, object]) -> tuple[int, str]:
        name = group[0]
        return (-int(name) if group_by == "year" else ranks.get(name, len(ranks)), name)

    return key
