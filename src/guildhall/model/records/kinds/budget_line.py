"""Budget lines."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, ValidationInfo, WithJsonSchema, model_validator

from guildhall.core.values.cells import Cell
from guildhall.core.values.faults import describe
from guildhall.core.values.numbers import Range
from guildhall.model.base.fields import (
    Currency,
    Line,
    Marks,
    Prose,
    Rounding,
    SignedCell,
    Whole,
    Year,
    one_of,
    refusal,
)
from guildhall.model.base.model import Record
from guildhall.model.records.shared import ProjectRef, check_rounding

LINE_TYPES = ("allocation", "requirement", "cost", "refund")
LineType = Annotated[
    Literal["allocation", "requirement", "cost", "refund"],
    one_of(*LINE_TYPES),
    WithJsonSchema({"enum": list(LINE_TYPES)}),
]
"""`allocation`: money set aside, never a cost; `requirement`: money needed that an allocation may
cover in part; `cost`: any other money needed; `refund`: money that comes back, below 0."""


def _fits_type(cell: Cell, info: ValidationInfo) -> Cell:
    """Refuse amounts below 0 in lines that are no refund, and refunds above 0."""
    amount, kind = cell.amount, info.data.get("type")
    if kind == "refund" and amount.high > 0:
        below = Range(-amount.high, -amount.low) if amount.low >= 0 else None
        expected = "an amount of 0 or below for a refund"
        message = describe(str(amount), expected, str(below) if below else None)
    elif kind not in {"refund", None} and amount.low < 0:
        expected = "an amount that is not below 0"
        message = (
            f"{describe(str(amount), expected)}; "
            "enter a refund as a separate line with `type: refund`"
        )
    else:
        return cell
    raise refusal(message)


LineAmount = Annotated[SignedCell, AfterValidator(_fits_type)]
"""An amount of a line with its note marks; below 0 in refunds alone."""


class BudgetLine(Record):
    """One row of a project's budget table."""

    KIND: ClassVar[str] = "budget-line"

    project: ProjectRef
    """The project."""
    name: Line
    """The row's name in the table."""
    type: LineType
    """The type of line: an allocation, a requirement, a cost or a refund."""
    purpose: Line
    """What the money is for: an allocation covers requirements of the same purpose."""
    currency: Currency
    """The currency of all amounts."""
    amounts: dict[Year, LineAmount]
    """Amounts by year."""
    total: LineAmount | None = None
    """The total as stated in the source; checked against the sum of the years."""
    rounded_to: Rounding | None = None
    """What the source rounded the total to, such as `1`; the sum then rounds to it."""
    notes: Marks = ()
    """Note marks on the row's name."""
    payer: Line | None = None
    """Who pays, if different from the rest of the budget."""
    comment: Prose | None = None
    """Anything else that readers of the row need to know."""
    order: Whole = 0
    """The position in the table."""

    @model_validator(mode="after")
    def _total_is_rounded(self) -> BudgetLine:
        check_rounding(self.rounded_to, [self.total.amount] if self.total else [])
        return self
