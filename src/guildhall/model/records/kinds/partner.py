"""Partner organisations."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, model_validator

from guildhall.core.values.faults import describe
from guildhall.model.records.fields import (
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
from guildhall.model.records.model import Model, Record
from guildhall.model.records.shared import AlsoText, PartnerRef, PersonRef, ProjectRef


class Participation(Model):
    """A partner's part in one project."""

    project: ProjectRef
    """The project."""
    start: Date | None = None
    """The first day, where the partner joined later than the project began."""
    end: Date | None = None
    """The last day, where the partner left before the project ends."""
    groups: Prose
    """The groups of the organisation that take part."""
    involvement: Prose
    """What the partner does in the project."""
    steering_seat: Flag | None = None
    """Whether the partner has a seat in the project's steering group."""
    representative: PersonRef | None = None
    """Who holds the seat, where it is known."""

    @model_validator(mode="after")
    def _starts_before_it_ends(self) -> Participation:
        if self.start and self.end and self.end < self.start:
            expected = f"a day on or after the start, {self.start}"
            raise refusal(describe(self.end, expected), "end")
        return self


class FormerName(Model):
    """What the organisation was called before."""

    name: Line
    """The name."""
    until: Date | None = None
    """The last day that it was called so."""
    id: Slug | None = None
    """The id that the record had then, where it had another one."""


def _former_name(raw: Any) -> Any:
    return {"name": raw} if isinstance(raw, str) else raw


FormerNameEntry = Annotated[FormerName, BeforeValidator(_former_name), AlsoText()]
"""A former name, written as the bare name or as a mapping of `name`, `until`, `id`."""


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
    country: Seat
    """The country of the organisation; `EU`, `UN` or `international` for a body of none."""
    contact: PersonRef | None
    """Whom to ask; nobody on public pages where the person is not to be named."""
    description: Prose
    """What the organisation is."""
    homepage: Url | None = None
    """The organisation's own site."""
    ror: Ror | None = None
    """The organisation's id in the Research Organization Registry."""
    formerly: tuple[FormerNameEntry, ...] = ()
    """Names that the organisation had before, the latest first."""
    ended: Date | None = None
    """The last day of an organisation that is no more; it keeps its record, and what it did."""
    became: PartnerRef | None = None
    """The partner that it became after that, or that it merged into."""
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

    @model_validator(mode="after")
    def _became_after_it_ended(self) -> Partner:
        if self.became and self.ended is None:
            raise refusal("`became` needs `ended`, the last day before it", "became")
        return self
