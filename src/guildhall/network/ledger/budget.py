"""The budget: what is required, what is allocated towards it, and what nothing covers.

An allocation is money set aside, so it is never added to costs; it is set against the requirements
of the same purpose. A refund is below 0, so it makes what is required less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from guildhall.core.values.cells import Cell
from guildhall.core.values.numbers import ZERO, Range
from guildhall.model.records.kinds.budget_line import BudgetLine
from guildhall.model.records.kinds.project import Project, Rate
from guildhall.model.records.registry import Registry
from guildhall.network.ledger.amounts import Row, cells_by_year, sum_cells, used_marks

ALLOCATION, REQUIREMENT, COST, REFUND = "allocation", "requirement", "cost", "refund"


@dataclass(frozen=True, slots=True)
class Amounts:
    """An amount by year and in all, in the budget's currency."""

    years: Mapping[int, Range]
    total: Range


@dataclass(frozen=True, slots=True)
class BudgetRow(Row):
    """A row of the budget table, in the line's own currency.

    Args:
        type: what the line is.
        purpose: what the money is for.
        currency: the line's currency.
        converted: its amounts in the budget's currency; None where no rate is stated.
    """

    type: str = COST
    purpose: str = ""
    currency: str = ""
    converted: Amounts | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """A purpose that money is allocated to.

    Args:
        purpose: the purpose.
        required: what its requirements, costs and refunds sum up to.
        allocated: what is allocated towards it.
        uncovered: what is required beyond the allocation, year by year and in all; below 0 where
            more is allocated than required.
    """

    purpose: str
    required: Amounts
    allocated: Amounts
    uncovered: Amounts


@dataclass(frozen=True, slots=True)
class BudgetTable:
    """A budget.

    Args:
        project: the project's id.
        currency: the currency of all sums.
        rates: the stated rate of each other currency that lines are in.
        unrated: the other currencies of lines, without a usable rate.
        years: the calendar years of the project's period.
        rows: the lines, in the order of the table.
        notes: the note marks in use, sorted.
        required: requirements, costs and refunds together; None where a currency has no rate.
        allocated: all allocations; None likewise.
        coverage: one entry a purpose that has an allocation.
    """

    project: str
    currency: str
    rates: Mapping[str, Rate]
    unrated: tuple[str, ...]
    years: tuple[int, ...]
    rows: tuple[BudgetRow, ...]
    notes: tuple[str, ...]
    required: Amounts | None
    allocated: Amounts | None
    coverage: tuple[Coverage, ...]

    @property
    def uncovered(self) -> Amounts | None:
        """What the allocations leave open, over all their purposes; None where there are none."""
        if not self.coverage:
            return None
        parts = [each.uncovered for each in self.coverage]
        years = {year: Range.total(part.years[year] for part in parts) for year in self.years}
        return Amounts(years, Range.total(part.total for part in parts))


def lines_of(registry: Registry, project: Project) -> tuple[BudgetLine, ...]:
    """The budget lines of a project, in the order of the table."""
    return tuple(line for line in registry.of(BudgetLine) if line.project == project.key)


def budget_table(registry: Registry, project: Project) -> BudgetTable:
    """Compute a project's budget; a rate that isn't above 0 counts as not stated."""
    years = project.period.years
    lines = lines_of(registry, project)
    currency = project.budget.currency if project.budget else lines[0].currency if lines else ""
    stated = project.budget.rates if project.budget else {}
    usable = {code: each for code, each in stated.items() if each.rate.low > 0}
    rates = {**{code: each.rate for code, each in usable.items()}, currency: Range.exactly(1)}
    rows = tuple(_row(line, years, rates.get(line.currency)) for line in lines)
    others = dict.fromkeys(row.currency for row in rows if row.currency != currency)

    def amounts(wanted: Callable[[BudgetRow], bool]) -> Amounts | None:
        chosen = [row.converted for row in rows if wanted(row)]
        known = [each for each in chosen if each is not None]
        if len(known) < len(chosen):
            return None
        by_year = {year: Range.total(each.years[year] for each in known) for year in years}
        return Amounts(by_year, Range.total(by_year.values()))

    return BudgetTable(
        project=project.key,
        currency=currency,
        rates={code: usable[code] for code in others if code in usable},
        unrated=tuple(code for code in others if code not in usable),
        years=years,
        rows=rows,
        notes=used_marks(rows),
        required=amounts(lambda row: row.type != ALLOCATION),
        allocated=amounts(lambda row: row.type == ALLOCATION),
        coverage=_coverage(rows, amounts),
    )


def _row(line: BudgetLine, years: tuple[int, ...], rate: Range | None) -> BudgetRow:
    cells = cells_by_year(line.amounts, years)
    converted = None
    if rate is not None:
        by_year = {year: _convert(cell, rate) for year, cell in cells.items()}
        converted = Amounts(by_year, Range.total(by_year.values()))
    return BudgetRow(
        key=line.key,
        label=line.name,
        cells=cells,
        stated=line.total,
        total=sum_cells(cells.values()),
        notes=line.notes,
        rounded_to=line.rounded_to,
        type=line.type,
        purpose=line.purpose,
        currency=line.currency,
        converted=converted,
    )


def _convert(cell: Cell | None, rate: Range) -> Range:
    if cell is None:
        return ZERO
    # Refunds are below 0, so either end of the rate may give either end of the amount.
    ends = [
        end * each for end in (cell.amount.low, cell.amount.high) for each in (rate.low, rate.high)
    ]
    return Range(min(ends), max(ends))


def _coverage(
    rows: Iterable[BudgetRow], amounts: Callable[[Callable[[BudgetRow], bool]], Amounts | None]
) -> tuple[Coverage, ...]:
    purposes = dict.fromkeys(row.purpose for row in rows if row.type == ALLOCATION)

    def sums(purpose: str, *, allocated: bool) -> Amounts | None:
        return amounts(lambda row: row.purpose == purpose and (row.type == ALLOCATION) == allocated)

    found = []
    for purpose in purposes:
        required, allocated = sums(purpose, allocated=False), sums(purpose, allocated=True)
        if required is None or allocated is None:
            continue
        years = {
            year: _difference(required.years[year], allocated.years[year])
            for year in required.years
        }
        gap = Amounts(years, _difference(required.total, allocated.total))
        found.append(Coverage(purpose, required, allocated, gap))
    return tuple(found)


def _difference(required: Range, allocated: Range) -> Range:
    """The interval difference: least when little is needed and much is given, and the reverse."""
    return Range(required.low - allocated.high, required.high - allocated.low)
