"""What a list of a workshop's record names twice: pages would show it twice."""

from __future__ import annotations

from collections.abc import Iterator

from guildhall.core.findings.finding import Finding
from guildhall.core.values.faults import quote
from guildhall.core.yaml_source import Place
from guildhall.network.workshops.context import Context, finding


def repeat_findings(context: Context) -> Iterator[Finding]:
    """Find people, partners, activities and lessons that one list names twice.

    A session may name a lesson more than once, each time with other episodes.
    """
    for workshop in context.workshops:
        seen: set[tuple[Place, str]] = set()
        for reference in workshop.references():
            within = _list_of(reference.place)
            if within is None:
                continue
            if (within, reference.value) in seen:
                names = ".".join(part for part in within if isinstance(part, str))
                message = f"`{names}` names {quote(reference.value)} twice"
                yield finding("workshop.repeats", workshop, reference.place, message)
            seen.add((within, reference.value))


def _list_of(place: Place) -> Place | None:
    """The list that a value stands in, by itself or as a lesson of the whole; None for others."""
    if isinstance(place[-1], int):
        return place[:-1]
    return place[:1] if place[0] == "lessons" else None
