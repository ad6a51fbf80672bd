"""What lapses in records of workshops and in the plan, as their own checks find it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from guildhall.check.due.item import DueItem, day_after
from guildhall.check.due.records import Look
from guildhall.core.values.faults import quote
from guildhall.core.yaml_source import Mark
from guildhall.model.records.kinds.project import Project
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.network.lessons.outline import outline_of
from guildhall.network.programme.state import day_of, phase_of
from guildhall.network.workshops.context import NOT_HELD, Context
from guildhall.network.workshops.plan import plan_of
from guildhall.network.workshops.statements import contradiction, result_findings


def passed_statuses(look: Look) -> Iterator[DueItem]:
    """Find workshops whose stated status was right until a day, and isn't any more.

    That is a registration that has closed, a workshop that has begun or is over, and one of which
    the dates only said when about.
    """
    for workshop in look.registry.of(Workshop):
        yield from _passed_status(look, workshop)


def _passed_status(look: Look, workshop: Workshop) -> Iterator[DueItem]:
    closes = workshop.registration.closes if workshop.registration else None
    closed = day_after(day_of(closes)) if closes else None
    over = day_after(workshop.end)
    turns = {each for each in (closed, workshop.start, over) if each and each <= look.until}
    for day in sorted({look.today, *(each for each in turns if each > look.today)}):
        reason = contradiction(workshop, day)
        since = _since(workshop, day, closed) if reason else None
        if since is not None and since <= day:
            is_closed = since == closed and phase_of(workshop, day) == "upcoming"
            rule = "due.registration" if is_closed else "due.status"
            what = f"the status of {quote(workshop.title)} is `{workshop.status}`, but {reason}"
            yield look.item(rule, workshop, ("status",), since, what)
            return
    is_open = workshop.dates_are_open and workshop.status != "past"
    if is_open and workshop.status not in NOT_HELD and over <= look.until:
        what = (
            f"the dates of {quote(workshop.title)} are approximate, "
            f"and the last of them was {workshop.end.isoformat()}"
        )
        yield look.item("due.status", workshop, ("dates_are_open",), over, what)


def _since(workshop: Workshop, day: date, closed: date | None) -> date | None:
    """Since when a stated status hasn't been right; None where it is still to become so."""
    if workshop.status == "past":
        return None
    match phase_of(workshop, day):
        case "upcoming":
            return closed if workshop.status == "open" else None
        case "running":
            return workshop.start
        case "past":
            waits = workshop.status == "running" or workshop.dates_are_open
            return day_after(workshop.end) if waits else workshop.start
    return None


def missing_results(look: Look) -> Iterator[DueItem]:
    """Find past workshops whose record doesn't say who took part, or names no recordings.

    Before a workshop is over there is nothing to tell, nor of one that isn't known to have been
    held.
    """
    workshops = {each.origin.path.as_posix(): each for each in look.registry.of(Workshop)}
    context = Context(look.registry, look.today, lambda lesson: outline_of(lesson, look.root))
    for found in result_findings(context):
        workshop = workshops[found.path]
        what = f"{quote(workshop.title)}: {found.message}"
        mark = Mark(found.line, found.column, found.line)
        path = workshop.origin.path
        yield look.item_at("due.results", path, mark, day_after(workshop.end), what)


def unrecorded_activities(look: Look) -> Iterator[DueItem]:
    """Find planned activities whose year is over, and of which no record tells the end."""
    for project in look.registry.of(Project):
        plan = plan_of(project, look.registry, look.until)
        if not plan.is_followed:
            continue
        for each in plan.fulfilments:
            if each.progress == "unrecorded" and each.activity.year < look.until.year:
                activity = each.activity
                since = date(activity.year + 1, 1, 1)
                what = (
                    f"{quote(activity.title)} was planned for {activity.year}, "
                    "but no outcome is recorded"
                )
                yield look.item("due.plan", activity, ("year",), since, what)
