"""What lapses in records of projects, partners and people, and what is to be reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guildhall.check.due.item import DueItem, day_after
from guildhall.check.due.rules import RULES
from guildhall.core.values.faults import quote
from guildhall.core.yaml_source import Mark, Place
from guildhall.model.base.model import Record
from guildhall.model.records.kinds import KINDS
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.person import Affiliation, Person
from guildhall.model.records.kinds.project import Project
from guildhall.model.records.registry import Registry
from guildhall.model.settings.portal import Settings
from guildhall.network.people.affiliations import covers


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at.

    Args:
        root: the portal's folder.
        registry: the records that may be spoken of in public.
        settings: the portal's settings, which say what day it is.
        until: the last day of which the report speaks.
    """

    root: Path
    registry: Registry
    settings: Settings
    until: date

    @property
    def today(self) -> date:
        """The day of the report."""
        return self.settings.today

    def item(self, rule: str, record: Record, place: Place, since: date, what: str) -> DueItem:
        """Something due at a value of a record."""
        return self.item_at(rule, record.origin.path, record.at(*place), since, what)

    def item_at(self, rule: str, path: Path, mark: Mark, since: date, what: str) -> DueItem:
        """Something due at a place of a file."""
        name = path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else ""
        severity = RULES[rule].severity
        return DueItem(name, mark.line, mark.column, rule, what, since, severity)


def ended_projects(look: Look) -> Iterator[DueItem]:
    """Find projects that have ended without one that follows, or that pages still speak of.

    One project follows another if it starts and ends later.
    """
    projects = look.registry.of(Project)
    for project in projects:
        since = day_after(project.end)
        if since > look.until:
            continue
        what = f"{quote(project.label)} ended on {project.end.isoformat()}"
        if project.key == look.settings.project:
            what += "; pages that name no project refer to it"
        elif any(each.start > project.start and each.end > project.end for each in projects):
            continue
        yield look.item("due.project", project, ("end",), since, what)


def ended_funding(look: Look) -> Iterator[DueItem]:
    """Find partners whose own funding ends before the projects that they take part in."""
    for partner in look.registry.of(Partner):
        if partner.funding is None:
            continue
        since = day_after(date(partner.funding.ends, 12, 31))
        if since > look.until:
            continue
        found = (look.registry.get(Project, part.project) for part in partner.participation)
        projects = [each for each in found if each is not None]
        longer = [each for each in projects if each.end >= since]
        if projects and not longer:
            continue
        what = f"the funding of {quote(partner.key)} is known until the end of "
        what += f"{partner.funding.ends}"
        if longer:
            last = max(longer, key=lambda each: (each.end, each.key))
            what += f", but {quote(last.key)} continues until {last.end.isoformat()}"
        yield look.item("due.funding", partner, ("funding", "ends"), since, what)


def overdue_reviews(look: Look) -> Iterator[DueItem]:
    """Find records that were to be reviewed; archived lessons have no need of it any more."""
    for kind in KINDS.values():
        if "review_by" not in kind.model_fields:
            continue
        for record in look.registry.of(kind):
            day: date | None = getattr(record, "review_by", None)
            if day is None or day_after(day) > look.until:
                continue
            if isinstance(record, Lesson) and record.status == "archived":
                continue
            name = quote(record.label)
            what = f"the {record.KIND} {name} was due for review by {day.isoformat()}"
            yield look.item("due.review", record, ("review_by",), day_after(day), what)


def left_partners(look: Look) -> Iterator[DueItem]:
    """Find people who are the contact or the representative of a partner that they have left."""
    for partner in look.registry.of(Partner):
        yield from _left(look, partner, ("contact",), partner.contact, "the contact of")
        for index, part in enumerate(partner.participation):
            project = look.registry.get(Project, part.project)
            place = ("participation", index, "representative")
            for item in _left(look, partner, place, part.representative, "the representative of"):
                if project is None or item.since is None or project.end >= item.since:
                    yield item


def _left(
    look: Look, partner: Partner, place: Place, key: str | None, role: str
) -> Iterator[DueItem]:
    person = look.registry.get(Person, key)
    if person is None:
        return
    own = [each for each in person.affiliations if each.partner == partner.key]
    last = _last_day(own, look.until)
    if last is not None:
        what = (
            f"{quote(person.label)} is {role} {quote(partner.key)}, "
            f"but the affiliation ended on {last.isoformat()}"
        )
        yield look.item("due.affiliation", partner, place, day_after(last), what)


def _last_day(affiliations: list[Affiliation], day: date) -> date | None:
    """The last day of affiliations that have all ended by a day; None while one goes on."""
    ends = [each.end for each in affiliations if each.end is not None]
    if not ends or len(ends) < len(affiliations) or any(covers(each, day) for each in affiliations):
        return None
    return max(ends) if max(ends) < day else None


def ended_leaders(look: Look) -> Iterator[DueItem]:
    """Find people who lead a project that goes on, and whose affiliations have all ended."""
    for project in look.registry.of(Project):
        person = look.registry.get(Person, project.leader)
        last = _last_day(list(person.affiliations), look.until) if person else None
        if person is None or last is None or project.end <= last:
            continue
        what = (
            f"{quote(person.label)} leads {quote(project.label)}, "
            f"but the last affiliation ended on {last.isoformat()}"
        )
        yield look.item("due.affiliation", project, ("leader",), day_after(last), what)
