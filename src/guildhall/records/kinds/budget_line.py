"""Budget lines."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import WithJsonSchema

from guildhall.records.fields import AmountCell, Currency, Line, Marks, Prose, Whole, one_of
from guildhall.records.model import Record
from guildhall.records.shared import ProjectRef, YearlyAmounts

LINE_TYPES = ("allocation", "requirement", "cost")
LineType = Annotated[
    Literal["allocation", "requirement", "cost"],
    one_of(*LINE_TYPES),
    WithJsonSchema({"enum": list(LINE_TYPES)}),
]
"""`allocation`: money set aside, never a cost; `requirement`: money needed that an allocation may
cover in part; `cost`: any other money needed."""


class BudgetLine(Record):
    """One row of a project's budget table."""

    KIND: ClassVar[str] = "budget-line"

    project: ProjectRef
    """The project."""
    name: Line
    """The row's name in the table."""
    type: LineType
    """What the line is: an allocation, a requirement or a cost."""
    purpose: Line
    """What the money is for: an allocation covers requirements of the same purpose."""
    currency: Currency
    """The currency of all amounts."""
    amounts: YearlyAmounts
    """Amounts by year."""
    total: AmountCell | None = None
    """The total as the source states it; checked against the sum of the years."""
    notes: Marks = ()
    """Marks of notes that stand on the row's name."""
    payer: Line | None = None
    """Who pays, where it differs from the rest of the budget."""
    comment: Prose | None = None
    """Anything else that readers of the row need to know."""
    order: Whole = 0
    """The place in the table."""

    @property
    def label(self) -> str:
        """The row's name."""
        return self.name

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """By place in the table, then by name."""
        return (self.order, self.name.casefold(), self.key)
