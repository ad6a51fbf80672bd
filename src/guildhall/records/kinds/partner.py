"""Partner organisations."""

from __future__ import annotations

from typing import Any, ClassVar

from guildhall.records.fields import Country, Date, Flag, Line, Prose, Ror, Url, Whole, Year
from guildhall.records.model import Model, Record
from guildhall.records.shared import PersonRef, ProjectRef


class Participation(Model):
    """A partner's part in one project."""

    project: ProjectRef
    """The project."""
    groups: Prose
    """The groups of the organisation that take part."""
    involvement: Prose
    """What the partner does in the project."""
    steering_seat: Flag | None = None
    """Whether the partner has a seat in the project's steering group."""
    representative: PersonRef | None = None
    """Who holds the seat, where it is known."""


class Funding(Model):
    """A limit of the partner's own funding."""

    ends: Year
    """The last year that is funded; contributions after it need a note."""
    text: Prose | None = None
    """What is known of it."""


class Partner(Record):
    """An organisation that takes part in projects."""

    KIND: ClassVar[str] = "partner"

    name: Line
    """The full name."""
    short_name: Line
    """The name in tables."""
    country: Country
    """Where the organisation sits."""
    contact: PersonRef | None
    """Whom to ask; nobody on public pages where the person is not to be named."""
    description: Prose
    """What the organisation is."""
    homepage: Url | None = None
    """The organisation's own site."""
    ror: Ror | None = None
    """The organisation's id in the Research Organization Registry."""
    past_involvement: Prose | None = None
    """What the partner did in earlier phases."""
    participation: tuple[Participation, ...]
    """The partner's part in each project."""
    funding: Funding | None = None
    """A known end of the partner's own funding."""
    review_by: Date | None = None
    """The day by which it is to be reviewed again; `guildhall due` tells when that is over."""
    order: Whole = 0
    """The place in tables."""

    @property
    def label(self) -> str:
        """The full name."""
        return self.name

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """By place in tables, then by name."""
        return (self.order, self.name.casefold(), self.key)
