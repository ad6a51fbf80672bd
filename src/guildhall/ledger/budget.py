"""The budget: what is required, what is allocated towards it, and what nothing covers.

An allocation is money set aside, so it is never added to costs; it is set against the requirements
of the same purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from guildhall.ledger.amounts import Row, cells_by_year, sum_cells, used_marks
from guildhall.records.kinds.budget_line import BudgetLine
from guildhall.records.kinds.project import Project
from guildhall.records.registry import Registry
from guildhall.values.cells import Cell
from guildhall.values.numbers import ZERO, Range

ALLOCATION, REQUIREMENT, COST = "allocation", "requirement", "cost"


@dataclass(frozen=True, slots=True)
class BudgetRow(Row):
    """A row of the budget table, in the line's own currency."""

    type: str = COST
    purpose: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Amounts:
    """An amount by year and in all, in the budget's currency."""

    years: Mapping[int, Range]
    total: Range


@dataclass(frozen=True, slots=True)
class Coverage:
    """A purpose that money is allocated to.

    Args:
        purpose: the purpose.
        required: what its requirements and costs sum up to.
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
        years: the calendar years of the project's period.
        rows: the lines, in the order of the table.
        notes: the note marks in use, sorted.
        required: requirements and costs together; None where a currency has no stated rate.
        allocated: all allocations; None likewise.
        coverage: one entry a purpose that has an allocation.
    """

    project: str
    currency: str
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
    rates = {code: rate for code, rate in stated.items() if rate.low > 0}
    rates[currency] = Range.exactly(1)
    rows = tuple(_row(line, years) for line in lines)

    def amounts(wanted: Callable[[BudgetRow], bool]) -> Amounts | None:
        chosen = [row for row in rows if wanted(row)]
        if any(row.currency not in rates for row in chosen):
            return None
        by_year = {
            year: Range.total(_convert(row.cells[year], rates[row.currency]) for row in chosen)
            for year in years
        }
        return Amounts(by_year, Range.total(by_year.values()))

    return BudgetTable(
        project=project.key,
        currency=currency,
        years=years,
        rows=rows,
        notes=used_marks(rows),
        required=amounts(lambda row: row.type != ALLOCATION),
        allocated=amounts(lambda row: row.type == ALLOCATION),
        coverage=_coverage(rows, amounts),
    )


def _row(line: BudgetLine, years: tuple[int, ...]) -> BudgetRow:
    cells = cells_by_year(line.amounts, years)
    return BudgetRow(
        key=line.key,
        label=line.name,
        cells=cells,
        stated=line.total,
        total=sum_cells(cells.values()),
        notes=line.notes,
        type=line.type,
        purpose=line.purpose,
        currency=line.currency,
    )


def _convert(cell: Cell | None, rate: Range) -> Range:
    if cell is None:
        return ZERO
    return Range(cell.amount.low * rate.low, cell.amount.high * rate.high)


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
