"""Planned activities."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import WithJsonSchema

from guildhall.model.base.fields import Flag, Line, Prose, Whole, Year, one_of
from guildhall.model.base.model import Record
from guildhall.model.records.shared import Address, ProjectRef

FORMATS = ("online", "in-person", "hybrid", "asynchronous")
Format = Annotated[
    Literal["online", "in-person", "hybrid", "asynchronous"],
    one_of(*FORMATS),
    WithJsonSchema({"enum": list(FORMATS)}),
]
"""`online`, `in-person`, `hybrid` or `asynchronous`."""
TYPES = ("workshop", "train-the-trainer", "course", "meeting", "retreat", "event", "hand-over")
ActivityType = Annotated[
    Literal["workshop", "train-the-trainer", "course", "meeting", "retreat", "event", "hand-over"],
    one_of(*TYPES),
    WithJsonSchema({"enum": list(TYPES)}),
]
OUTCOMES = ("held", "not-held")
Outcome = Annotated[
    Literal["held", "not-held"],
    one_of(*OUTCOMES),
    WithJsonSchema({"enum": list(OUTCOMES)}),
]
"""`held` or `not-held`."""


class Activity(Record):
    """An activity that a project plans."""

    KIND: ClassVar[str] = "activity"

    project: ProjectRef
    """The project."""
    title: Line
    """What is planned."""
    year: Year
    """The year for which it is planned."""
    type: ActivityType
    """The type of activity."""
    format: Format | None = None
    """How people take part, if stated in the plan."""
    length: Line | None = None
    """How long it is, in the plan's words, such as `3 half-days`."""
    venue: Line | None = None
    """Where it is held, if stated in the plan."""
    venue_is_open: Flag = False
    """Whether the venue is only a possibility."""
    new: Flag = False
    """Whether material has to be developed first."""
    description: Prose | None = None
    """Further information from the plan."""
    outcome: Outcome | None = None
    """The outcome, if it is known and not covered by a workshop's record."""
    sources: tuple[Address, ...] = ()
    """Sources of the information in the record."""
    order: Whole = 0
    """The position within the year."""

    @property
    def label(self) -> str:
        """What is planned, and when."""
        return f"{self.title} ({self.year})"

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """By year, then by place within it."""
        return (self.year, self.order, self.title.casefold(), self.key)
