"""Who took part, in numbers: parts and what isn't known of them make the total."""

from __future__ import annotations

from collections.abc import Iterator

from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity
from guildhall.model.records.kinds.workshop import Participants, Registration, Workshop
from guildhall.network.workshops.context import Context, finding

AT = "participants"


def participant_findings(context: Context) -> Iterator[Finding]:
    """Find participants that don't add up, or are more than there were seats."""
    for workshop in context.workshops:
        if workshop.participants:
            yield from _sums(workshop, workshop.participants)
            yield from _seats(workshop, workshop.participants)
        for index, viewers in enumerate(workshop.viewers):
            least, most = viewers.least, viewers.most
            if least is not None and most is not None and least > most:
                message = f"at least {least} viewers are more than at most {most}"
                place = ("viewers", index, "least")
                yield finding("workshop.participants", workshop, place, message)


def _sums(workshop: Workshop, stated: Participants) -> Iterator[Finding]:
    countries = [*stated.countries.values(), stated.other_countries, stated.unknown_country]
    stages = [*stated.career_stages.values(), stated.unknown_stage]
    total = stated.total
    for what, parts, unknown in (
        ("country", countries, "unknown_country"),
        ("career stage", stages, "unknown_stage"),
    ):
        named = sum(parts)
        # A workshop that says nothing of countries or stages has nothing to add up. Of a total that
        # isn't certain, only that it is below its parts can be wrong.
        if not named or named == total.low or (not total.is_exact and named <= total.high):
            continue
        message = f"participants by {what}: stated {total}, computed {named}"
        if total.is_exact:
            missing = int(total.low) - named
            message += f", difference {-missing:+d}"
            if missing > 0:
                rest = getattr(stated, unknown) + missing
                message += f"; if nothing is known of these, write `{unknown}: {rest}`"
        else:
            message += f", which is more; write `at least {named}`, or more than that"
        figures = (int(total.low), named) if total.is_exact else None
        at = (AT, "total")
        yield finding("workshop.participants", workshop, at, message, figures=figures)


def _seats(workshop: Workshop, stated: Participants) -> Iterator[Finding]:
    rooms = [each.registration for each in workshop.classrooms]
    if stated.counted == "registered" and any(map(_waits, (workshop.registration, *rooms))):
        return
    seats = workshop.registration.seats if workshop.registration else None
    local = [each.seats if each else None for each in rooms]
    if seats is None or None in local:
        return
    total = seats + sum(each for each in local if each)
    if stated.total.low > total:
        message = f"{stated.total} took part, but there were {total} seats"
        yield finding("workshop.participants", workshop, (AT, "total"), message, Severity.WARNING)


def _waits(registration: Registration | None) -> bool:
    return registration is not None and registration.waiting_list
