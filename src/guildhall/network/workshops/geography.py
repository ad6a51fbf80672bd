"""Where workshops meet: the places of in-person workshops and of local classrooms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guildhall.model.records.kinds.workshop import Place, Workshop
from guildhall.network.workshops.context import NOT_HELD


@dataclass(frozen=True, slots=True)
class Venue:
    """A city, or another place, with the workshops that meet there.

    Args:
        name: the city, or the place where no city is known.
        country: the code of its country, where it is known.
        position: degrees north and east, where they are known.
        workshops: the ids of the workshops, each once.
    """

    name: str
    country: str | None
    position: tuple[float, float] | None
    workshops: tuple[str, ...]


def venues_of(workshops: Iterable[Workshop]) -> tuple[Venue, ...]:
    """The places of workshops that are held, those with the most first.

    Rooms of one city are one place; it lies where the first room with coordinates does.
    """
    found: dict[tuple[str, str | None], list[tuple[Workshop, Place]]] = {}
    for workshop in workshops:
        if workshop.status in NOT_HELD:
            continue
        for place in _places(workshop):
            key = ((place.city or place.name).casefold(), place.country)
            found.setdefault(key, []).append((workshop, place))
    venues = (_venue(each) for each in found.values())
    return tuple(sorted(venues, key=lambda each: (-len(each.workshops), each.name.casefold())))


def _places(workshop: Workshop) -> Iterator[Place]:
    yield from workshop.places
    yield from (room.place for room in workshop.classrooms)


def _venue(found: list[tuple[Workshop, Place]]) -> Venue:
    first = found[0][1]
    positions = (_position(place) for _, place in found)
    return Venue(
        first.city or first.name,
        first.country,
        next((each for each in positions if each), None),
        tuple(dict.fromkeys(workshop.key for workshop, _ in found)),
    )


def _position(place: Place) -> tuple[float, float] | None:
    if place.latitude is None or place.longitude is None:
        return None
    return float(place.latitude), float(place.longitude)
