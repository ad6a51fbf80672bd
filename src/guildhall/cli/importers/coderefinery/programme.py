"""The workshop of a schedule: its record, its zone, and the dates that it has to have."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from guildhall.cli.importers.coderefinery import DEFAULT_ZONE
from guildhall.cli.importers.coderefinery.lessons import Lessons
from guildhall.cli.importers.coderefinery.schedule import Reader, read_schedule
from guildhall.cli.importers.findings import Sort
from guildhall.cli.importers.importer import Proposal, Proposed
from guildhall.cli.importers.portal import NotReadyError, Portal
from guildhall.cli.importers.source import Part, Source
from guildhall.model.records.kinds.workshop import Workshop


def read_programme(source: Source, portal: Portal, key: str, timezone: str | None) -> Proposal:
    """Read the schedule of a workshop.

    Args:
        source: the file.
        portal: the portal.
        key: the id of the workshop; without a record, one is made.
        timezone: the workshop's time zone; by default that of its record.

    Raises:
        UnreadableError: where the file holds something else.
        NotReadyError: where the portal can't take it.
    """
    people = portal.people(f"named in the schedule of {key}")
    workshop = _workshop(portal, key, timezone)
    zone = timezone or (workshop.timezone if workshop else DEFAULT_ZONE)
    listed = workshop.people.values() if workshop else ()
    taking_part = tuple(dict.fromkeys(name for names in listed for name in names))
    lessons = Lessons(portal.registry, portal.root)
    reader = Reader(ZoneInfo(zone), lessons, people, taking_part)
    schedule = read_schedule(source, source.list_under("schedule"), reader)
    if schedule is None or not schedule["days"]:
        return Proposal([], left_out=int(schedule is None))
    derived = _dates(source, workshop, schedule) if workshop else _made(source, zone, schedule)
    part, unfinished = Part(source, (), None), tuple(reader.unmatched)
    values = {"schedule": schedule}
    return Proposal([Proposed(key, part, values, derived, unfinished, is_asked_for=True)])


def _workshop(portal: Portal, key: str, timezone: str | None) -> Workshop | None:
    """The record of a workshop; None where there is none yet."""
    workshop = portal.registry.get(Workshop, key)
    if workshop is None and key in portal.registry.keys(Workshop.KIND):
        faults = [
            x
            for x in portal.registry.faults
            if key in (Path(x.path).stem, Path(x.path).parent.name)
        ]
        raise NotReadyError(f"The record of the workshop `{key}` has faults.", faults)
    if workshop is None and (path := portal.path_of(key)).exists():
        raise NotReadyError(f"{path.name} is no record of a workshop.")
    if workshop and timezone and timezone != workshop.timezone:
        raise NotReadyError(
            f"The record of `{key}` says {workshop.timezone}, not {timezone}; change it first."
        )
    return workshop


def _made(source: Source, zone: str, schedule: dict[str, Any]) -> dict[str, str]:
    """What the record of a workshop needs of which only the schedule is known."""
    days = _days_that_count(schedule)
    title = "CodeRefinery workshop"
    message = f"there is no record yet; one is made, with the title `{title}` and `{zone}`"
    source.tell((), Sort.ASSUMED, message)
    return {
        "title": title,
        "timezone": zone,
        "start": days[0],
        "end": days[-1],
    }


def _dates(source: Source, workshop: Workshop, schedule: dict[str, Any]) -> dict[str, str]:
    """The dates of a workshop that its schedule goes beyond, as they have to be."""
    days = _days_that_count(schedule)
    found = {}
    if days[0] < workshop.start.isoformat():
        found["start"] = days[0]
    if days[-1] > workshop.end.isoformat():
        found["end"] = days[-1]
    for name, day in found.items():
        was = getattr(workshop, name).isoformat()
        source.tell((), Sort.ASSUMED, f"`{name}` moves from {was} to {day}, a day of the schedule")
    return found


def _days_that_count(schedule: dict[str, Any]) -> list[str]:
    """The dates of the days that can't be left out; of all days, where all of them can."""
    days, templates = schedule["days"], schedule.get("templates", {})
    needed = [day["date"] for day in days if not _is_optional(day, templates)]
    return needed or [day["date"] for day in days]


def _is_optional(day: dict[str, Any], templates: dict[str, Any]) -> bool:
    """Whether all that a day holds is optional, as in ``network.workshops.programme``."""
    again = templates[day["template"]].get("sessions", []) if "template" in day else []
    held = [*again, *day.get("sessions", [])]
    return all("optional" in each or each.get("type") == "break" for each in held)
