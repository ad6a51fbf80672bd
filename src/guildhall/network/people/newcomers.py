"""Who teaches for the first time, and who comes back, by year."""

from __future__ import annotations

from collections.abc import Collection, Container
from dataclasses import dataclass
from datetime import date

from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.registry import Registry
from guildhall.network.people.appearances import HELD, TEACHING_ROLES, appearances_at
from guildhall.network.programme.state import state_of


@dataclass(frozen=True, slots=True)
class Newcomers:
    """The people of one year who had one of some roles.

    Args:
        first_time: the ids of those who never had one in an earlier year.
        returning: the ids of those who had.
    """

    first_time: tuple[str, ...] = ()
    returning: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many they are together."""
        return len(self.first_time) + len(self.returning)

    def naming(self, people: Container[str]) -> Newcomers:
        """The same numbers, with the ids of these people, and nothing in the place of others."""
        return Newcomers(
            tuple(each if each in people else "" for each in self.first_time),
            tuple(each if each in people else "" for each in self.returning),
        )


def newcomers(
    registry: Registry, today: date, roles: Collection[str] = TEACHING_ROLES
) -> dict[int, Newcomers]:
    """By year, in order: who had one of some roles for the first time, and who had before.

    Workshops belong to the year in which they start. Those that are still to come, and those that
    were cancelled or postponed, don't count; nor do years before the first workshop. A year without
    anybody, between two others, is there.

    Args:
        registry: the records; with everybody for counts, the public ones for names.
        today: the day of the build.
        roles: the roles; by default those of who teaches, so that somebody who was a co-instructor
            and then is an instructor comes back.
    """
    wanted = frozenset(roles)
    years: dict[int, set[str]] = {}
    for workshop in registry.of(Workshop):
        if state_of(workshop, today) in HELD:
            found = years.setdefault(workshop.start.year, set())
            found |= {
                each.person for each in appearances_at(workshop) if wanted.intersection(each.roles)
            }
    known: set[str] = set()
    counted = {}
    for year in range(min(years), max(years) + 1) if years else ():
        people = years.get(year, set())
        counted[year] = Newcomers(tuple(sorted(people - known)), tuple(sorted(people & known)))
        known |= people
    return counted
