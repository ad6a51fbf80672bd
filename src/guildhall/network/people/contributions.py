"""What everybody did: for workshops, for lessons, and for the projects of the portal."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, get_args

from guildhall.model.base.model import Record
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.project import Project
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.registry import Registry
from guildhall.network.people.appearances import Appearance, appearances_at

Office = Literal["contact", "representative", "leader", "author"]
"""What somebody is for a partner or a project."""
OFFICES: tuple[Office, ...] = get_args(Office)


@dataclass(frozen=True, slots=True)
class Writing:
    """What one person did for one lesson.

    Args:
        lesson: the lesson.
        roles: such as `author`.
    """

    lesson: Lesson
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """An office that somebody holds.

    Args:
        office: what the person is.
        record: the partner or project.
        project: the id of the project, where the office is a partner's in one.
    """

    office: Office
    record: Record
    project: str | None = None


@dataclass(frozen=True, slots=True)
class Contribution:
    """All that one person did.

    Args:
        appearances: at workshops, the newest first.
        writings: for lessons, in the order of lessons.
        holdings: offices.
    """

    appearances: tuple[Appearance, ...] = ()
    writings: tuple[Writing, ...] = ()
    holdings: tuple[Holding, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it is nothing at all."""
        return self == NOTHING

    def digest(self, today: date) -> tuple[object, ...]:
        """All that pages show of it, as plain data."""
        return (
            [each.digest(today) for each in self.appearances],
            [(each.lesson.key, each.lesson.label, each.roles) for each in self.writings],
            [
                (h.office, h.record.KIND, h.record.key, h.record.label, h.project)
                for h in self.holdings
            ],
        )

    def held(self, today: date) -> tuple[Appearance, ...]:
        """At workshops that take or took place."""
        return tuple(each for each in self.appearances if each.is_held(today))

    def past(self, today: date) -> tuple[Appearance, ...]:
        """At workshops that are over."""
        return tuple(each for each in self.appearances if each.is_past(today))


NOTHING = Contribution()


class Contributions:
    """What everybody did, gathered once from all records.

    Args:
        registry: the records; the public ones for pages, with everybody for counts.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def of(self, person: str) -> Contribution:
        """What one person did."""
        return self._by_person.get(person, NOTHING)

    @property
    def people(self) -> Collection[str]:
        """The ids of everybody who did something."""
        return self._by_person.keys()

    @cached_property
    def _by_person(self) -> dict[str, Contribution]:
        appearances: dict[str, list[Appearance]] = {}
        for workshop in self._registry.of(Workshop):
            for each in appearances_at(workshop):
                appearances.setdefault(each.person, []).append(each)
        writings: dict[str, list[Writing]] = {}
        for lesson in self._registry.of(Lesson):
            for person, roles in _writers(lesson).items():
                writings.setdefault(person, []).append(Writing(lesson, roles))
        holdings: dict[str, list[Holding]] = {}
        for person, holding in _holdings(self._registry):
            holdings.setdefault(person, []).append(holding)
        return {
            key: Contribution(
                tuple(appearances.get(key, ())),
                tuple(writings.get(key, ())),
                tuple(holdings.get(key, ())),
            )
            for key in dict.fromkeys((*appearances, *writings, *holdings))
        }


def _writers(lesson: Lesson) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for each in lesson.contributors:
        if each.person:
            found.setdefault(each.person, {}).update(dict.fromkeys(each.roles))
    return {person: tuple(roles) for person, roles in found.items()}


def _holdings(registry: Registry) -> Iterator[tuple[str, Holding]]:
    for project in registry.of(Project):
        if project.leader:
            yield project.leader, Holding("leader", project)
        for author in project.authors:
            yield author, Holding("author", project)
    for partner in registry.of(Partner):
        if partner.contact:
            yield partner.contact, Holding("contact", partner)
        for part in partner.participation:
            if part.representative:
                yield part.representative, Holding("representative", partner, part.project)
