"""The checks of workshops: each a line of the report, with all that it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from guildhall.core.counting import counted
from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.registry import Registry
from guildhall.model.settings.portal import Settings
from guildhall.network.lessons.outline import Outline
from guildhall.network.results import CheckResult, result_of
from guildhall.network.workshops.context import Context, finding
from guildhall.network.workshops.mistaken import country_findings
from guildhall.network.workshops.overlaps import gap_findings, overlap_findings
from guildhall.network.workshops.participants import participant_findings
from guildhall.network.workshops.repeats import repeat_findings
from guildhall.network.workshops.statements import (
    namesake_findings,
    partner_findings,
    plan_findings,
    registration_findings,
    result_findings,
    status_findings,
    twin_findings,
)
from guildhall.network.workshops.teaching import (
    episode_findings,
    length_findings,
    prerequisite_findings,
)

_LONGEST = timedelta(days=366)
"""A workshop that lasts longer is a slip of the pen more often than not."""


def _time_findings(context: Context) -> Iterator[Finding]:
    for programme in context.programmes:
        yield from programme.faults
        first, last = programme.workshop.start, programme.workshop.end
        if last - first > _LONGEST:
            message = f"it lasts {(last - first).days + 1} days, from {first} to {last}; is it so?"
            yield finding("workshop.times", programme.workshop, ("end",), message, Severity.WARNING)


@dataclass(frozen=True, slots=True)
class _Entry:
    id: str
    title: str
    find: Callable[[Context], Iterable[Finding]]


CHECKS: tuple[_Entry, ...] = (
    _Entry("workshop.times", "Times of workshops exist and are within their dates",
           _time_findings),
    _Entry("workshop.overlaps", "No person, room or track has two sessions at once",
           overlap_findings),
    _Entry("workshop.gaps", "Sessions of a day follow each other", gap_findings),
    _Entry("workshop.episodes", "Sessions name episodes that their lessons have",
           episode_findings),
    _Entry("workshop.lengths", "Lessons fit into their sessions", length_findings),
    _Entry("workshop.prerequisites", "Workshops teach first what lessons require",
           prerequisite_findings),
    _Entry("workshop.registration", "Registration opens, closes, and then the workshop starts",
           registration_findings),
    _Entry("workshop.status", "Stated statuses of workshops agree with the dates",
           status_findings),
    _Entry("workshop.participants", "Participants add up to their stated totals",
           participant_findings),
    _Entry("workshop.countries", "Country codes are the intended ones", country_findings),
    _Entry("workshop.results", "Past workshops have participants and recordings",
           result_findings),
    _Entry("workshop.partners", "Partners whose people teach are acknowledged",
           partner_findings),
    _Entry("workshop.namesakes", "People with the same name can be told apart", namesake_findings),
    _Entry("workshop.plan", "Workshops fulfil activities planned for their year",
           plan_findings),
    _Entry("workshop.repeats", "Lists in workshops have no duplicates", repeat_findings),
    _Entry("workshop.twins", "No workshop has two records", twin_findings),
)  # fmt: skip
"""All checks of workshops, in the order of the report."""


def workshop_checks(
    registry: Registry, settings: Settings, outline: Callable[[Lesson], Outline]
) -> tuple[CheckResult, ...]:
    """Check every workshop.

    Args:
        registry: the portal's records, with everybody.
        settings: the portal's settings, which say what day it is.
        outline: gives the outline of a lesson.
    """
    context = Context(registry, settings.today, outline)
    number = len(context.programmes)
    detail = counted(number, "workshop") if number else "no workshops"
    return tuple(
        result_of(entry.id, entry.title, detail, entry.find(context), looked=bool(number))
        for entry in CHECKS
    )
