"""Partner organisations."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, model_validator

from guildhall.core.values.faults import describe
from guildhall.model.base.fields import (
    Date,
    Flag,
    Line,
    Prose,
    Ror,
    Seat,
    Slug,
    Url,
    Whole,
    Year,
    refusal,
)
from guildhall.model.base.model import Model, Record
from guildhall.model.records.shared import AlsoText, PartnerRef, PersonRef, ProjectRef


class Participation(Model):
    """A partner's participation in one project."""

    project: ProjectRef
    """The project."""
    start: Date | None = None
    """The first day, if the partner joined after the project began."""
    end: Date | None = None
    """The last day, if the partner left before the project ends."""
    groups: Prose
    """The groups of the organisation that take part."""
    involvement: Prose
    """What the partner does in the project."""
    steering_seat: Flag | None = None
    """Whether the partner has a seat in the project's steering group."""
    representative: PersonRef | None = None
    """Who holds the seat, if known."""

    @model_validator(mode="after")
    def _starts_before_it_ends(self) -> Participation:
        if self.start and self.end and self.end < self.start:
            expected = f"a day on or after the start, {self.start}"
            raise refusal(describe(self.end, expected), "end")
        return self


class FormerName(Model):
    """A former name of the organisation."""

    name: Line
    """The name."""
    until: Date | None = None
    """The last day of this name."""
    id: Slug | None = None
    """The id of the record at that time, if different."""


def _former_name(raw: Any) -> Any:
    return {"name": raw} if isinstance(raw, str) else raw


FormerNameEntry = Annotated[FormerName, BeforeValidator(_former_name), AlsoText()]
"""A former name, written as the bare name or as a mapping of `name`, `until`, `id`."""


class Funding(Model):
    """A limit of the partner's own funding."""

    ends: Year
    """The last year that is funded; contributions after it need a note."""
    text: Prose | None = None
    """Further information."""


class Partner(Record):
    """An organisation that takes part in projects."""

    KIND: ClassVar[str] = "partner"

    name: Line
    """The full name."""
    short_name: Line
    """The name in tables."""
    country: Seat
    """The country of the organisation; `EU`, `UN` or `international` if it has none."""
    contact: PersonRef | None
    """The contact; not shown if the person is not to be named."""
    description: Prose
    """A description of the organisation."""
    homepage: Url | None = None
    """The organisation's own site."""
    ror: Ror | None = None
    """The organisation's id in the Research Organization Registry."""
    formerly: tuple[FormerNameEntry, ...] = ()
    """Former names of the organisation, the latest first."""
    ended: Date | None = None
    """The last day of an organisation that no longer exists; its record is kept."""
    became: PartnerRef | None = None
    """Its successor, or the partner that it merged into."""
    past_involvement: Prose | None = None
    """What the partner did in earlier phases."""
    participation: tuple[Participation, ...]
    """The partner's participation in each project."""
    funding: Funding | None = None
    """The known end of the partner's own funding."""
    review_by: Date | None = None
    """The date of the next review; `guildhall due` reports when it has passed."""
    order: Whole = 0
    """The position in tables."""

    @model_validator(mode="after")
    def _became_after_it_ended(self) -> Partner:
        if self.became and self.ended is None:
            raise refusal("`became` needs `ended`, the last day before it", "became")
        return self
