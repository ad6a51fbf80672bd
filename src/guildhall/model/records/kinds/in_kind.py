"""In-kind contributions: staff time that a partner gives, in person-months."""

from __future__ import annotations

from typing import ClassVar

from pydantic import model_validator

from guildhall.model.base.fields import AmountCell, Line, Prose, Rounding, Whole
from guildhall.model.base.model import Record
from guildhall.model.records.shared import PartnerRef, ProjectRef, YearlyAmounts, check_rounding


class InKind(Record):
    """One row of a project's in-kind table."""

    KIND: ClassVar[str] = "in-kind"

    project: ProjectRef
    """The project that receives the time."""
    partner: PartnerRef
    """The partner that gives it."""
    name: Line
    """The row's name in the table."""
    purpose: Line | None = None
    """What the time is for, if a partner has more than one row."""
    amounts: YearlyAmounts
    """Person-months by year, with note marks on single cells."""
    total: AmountCell | None = None
    """The total as stated in the source; checked against the sum of the years."""
    rounded_to: Rounding | None = None
    """What the source rounded the total to, such as `1`; the sum then rounds to it."""
    comment: Prose | None = None
    """Anything else that readers of the row need to know."""
    order: Whole = 0
    """The position in the table."""

    @model_validator(mode="after")
    def _total_is_rounded(self) -> InKind:
        check_rounding(self.rounded_to, [self.total.amount] if self.total else [])
        return self
