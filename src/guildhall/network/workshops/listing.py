"""Workshops in lists: which are shown, under which heading, and what they can be narrowed by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from guildhall.core.facets import Value, count_values
from guildhall.model.records.kinds.activity import FORMATS
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.registry import fingerprint
from guildhall.network.programme.programme import programme_of
from guildhall.network.programme.state import PHASES, Phase
from guildhall.network.workshops.context import NOT_HELD
from guildhall.network.workshops.order import PHASE_OF, Rank, place_of, rank_of
from guildhall.network.workshops.publishing import countries_of, known_support
from guildhall.network.workshops.texts import Records
from guildhall.network.workshops.timeline import standing_of

FACETS = ("type", "format", "country", "lesson", "language")
"""What workshops can be narrowed by, in the order of the page."""
SHOWN = (
    "title",
    "label",
    "summary",
    "type",
    "format",
    "languages",
    "timezone",
    "start",
    "end",
    "dates_are_open",
    "status",
    "places",
    "registration",
    "lessons",
    "schedule",
    "partners",
    "classrooms",
)
"""The fields of workshops that lists, months and maps show."""


@dataclass(frozen=True, slots=True)
class ListedWorkshop:
    """A workshop in a list.

    Args:
        workshop: the workshop.
        rank: where it stands on the day of the build.
        values: its values of each facet, under the names that addresses use.
        partners: the ids of the partners that are known to support it.
    """

    workshop: Workshop
    rank: Rank
    values: dict[str, tuple[str, ...]] = field(hash=False)
    partners: tuple[str, ...] = ()

    @property
    def phase(self) -> Phase:
        """Under which heading it stands on the day of the build."""
        return PHASE_OF[self.rank]

    @property
    def year(self) -> int:
        """The year that it begins in."""
        return self.workshop.start.year


@dataclass(frozen=True, slots=True)
class Choice:
    """Which workshops a list shows.

    Args:
        phase: only those that stand under this heading.
        type: only those of this type.
        partner: only those that this partner is known to support.
        lesson: only those that teach this lesson.
        limit: only so many, the first ones of those that are held; without a phase, none of those
            that are over.
        undated: so many without dates, where there are none with dates; by default as many as the
            limit leaves room for.
    """

    phase: Phase | None = None
    type: str | None = None
    partner: str | None = None
    lesson: str | None = None
    limit: int | None = None
    undated: int | None = None

    def holds(self, entry: ListedWorkshop) -> bool:
        """Whether a workshop is one of those, on some day."""
        return (
            self.type in {None, entry.workshop.type}
            and (self.partner is None or self.partner in entry.partners)
            and (self.lesson is None or self.lesson in entry.values["lesson"])
            and (self.limit is None or entry.workshop.status not in NOT_HELD)
        )

    def select(self, found: Iterable[ListedWorkshop]) -> Selection:
        """The workshops that a list shows on the day of the build, or may show later.

        What is yet to come is going to run, and then to be over; so a list holds what its reader
        may look for on a later day. What is over stays over, so that none of it comes into a list
        of what is next, or into one that is full already.
        """
        held = in_order(each for each in found if self.holds(each))
        if self.phase is not None:
            last = PHASES.index(self.phase)
            held = tuple(each for each in held if PHASES.index(each.phase) <= last)
        elif self.limit is not None:
            held = tuple(each for each in held if each.phase != "past")
        now = self._first([each for each in held if self.phase in {None, each.phase}])
        shown = {each.workshop.key for each in now}
        late = frozenset(each.workshop.key for each in held) - shown
        if self.limit is not None:
            gone = {each.workshop.key for each in held if each.phase == "past"} - shown
            held = tuple(each for each in held if each.workshop.key not in gone)
            late -= gone
        return Selection(held, late)

    def _first(self, found: Sequence[ListedWorkshop]) -> Sequence[ListedWorkshop]:
        """As many as the list has room for."""
        if self.undated is not None and all(each.rank == "undated" for each in found):
            return found[: self.undated]
        return found[: self.limit]


@dataclass(frozen=True, slots=True)
class Selection:
    """What a list holds.

    Args:
        entries: the workshops in order.
        late: the ids of those that aren't shown yet on the day of the build.
    """

    entries: tuple[ListedWorkshop, ...]
    late: frozenset[str] = frozenset()

    @property
    def now(self) -> tuple[ListedWorkshop, ...]:
        """The workshops that are shown on the day of the build."""
        return tuple(each for each in self.entries if each.workshop.key not in self.late)


def entries(
    workshops: Iterable[Workshop], records: Records, today: date
) -> tuple[ListedWorkshop, ...]:
    """Workshops as lists show them, in order.

    Args:
        workshops: the workshops.
        records: gives the countries of partners and the affiliations of people.
        today: the day of the build.
    """
    return in_order(_entry(workshop, records, today) for workshop in workshops)


def in_order(found: Iterable[ListedWorkshop]) -> tuple[ListedWorkshop, ...]:
    """Workshops in the order of all lists."""
    return tuple(sorted(found, key=lambda each: place_of(each.workshop, each.rank)))


def _entry(workshop: Workshop, records: Records, today: date) -> ListedWorkshop:
    values = {
        "type": (workshop.type,),
        "format": (workshop.format,) if workshop.format else (),
        "country": tuple(code.lower() for code in countries_of(workshop, records)),
        "lesson": programme_of(workshop).lessons,
        "language": tuple(dict.fromkeys((*workshop.languages, *_track_languages(workshop)))),
    }
    partners = tuple(each.partner for each in known_support(workshop, records))
    return ListedWorkshop(workshop, rank_of(workshop, today), values, partners)


def _track_languages(workshop: Workshop) -> Iterable[str]:
    tracks = workshop.schedule.tracks.values() if workshop.schedule else ()
    rooms = workshop.classrooms
    return (each.language for each in (*tracks, *rooms) if each.language)


def selection_digest(selection: Selection, today: date) -> str:
    """What pages show of a selection, as text."""
    return repr(
        [
            (
                fingerprint([each.workshop], SHOWN),
                standing_of(each.workshop, today),
                each.rank,
                each.values,
                each.workshop.key in selection.late,
            )
            for each in selection.entries
        ]
    )


def facet_values(
    found: Iterable[ListedWorkshop], facet: str, types: Sequence[str]
) -> tuple[Value, ...]:
    """The values that workshops have of a facet: in their own order, else by how many have them.

    Args:
        found: the workshops.
        facet: the facet.
        types: the types of workshops, in order.
    """
    order = {"type": types, "format": FORMATS}.get(facet)
    return count_values(({name: name for name in each.values[facet]} for each in found), order)
