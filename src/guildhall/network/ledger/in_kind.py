"""The in-kind table: person-months by partner and year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from guildhall.core.values.numbers import Range
from guildhall.model.records.kinds.in_kind import InKind
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.project import Project
from guildhall.model.records.registry import Registry
from guildhall.network.ledger.amounts import (
    Row,
    cells_by_year,
    column_totals,
    sum_cells,
    used_marks,
)

UNIT = "person-months"


@dataclass(frozen=True, slots=True)
class InKindRow(Row):
    """A row of the in-kind table, with the partner that gives it."""

    partner: str = ""


@dataclass(frozen=True, slots=True)
class InKindTable:
    """An in-kind table; all amounts are in person-months.

    Args:
        project: the project's id.
        years: the calendar years of the project's period.
        rows: the rows, in the order of the table.
        totals: the computed total of each year.
        total: the computed grand total.
        notes: the note marks in use, sorted.
        partners: the names of the partners with rows, by id, in the order of the table.
    """

    project: str
    years: tuple[int, ...]
    rows: tuple[InKindRow, ...]
    totals: Mapping[int, Range]
    total: Range
    notes: tuple[str, ...]
    partners: Mapping[str, str]

    def only(self, key: str) -> InKindTable:
        """The table with the row of that id alone, and totals of it."""
        rows = tuple(row for row in self.rows if row.key == key)
        return replace(
            self,
            rows=rows,
            totals=column_totals(rows, self.years),
            total=Range.total(row.total for row in rows),
            notes=used_marks(rows),
        )

    def of_partner(self, partner: str) -> Range:
        """The total of all rows of one partner."""
        return Range.total(row.total for row in self.rows if row.partner == partner)

    def share_of(self, partner: str) -> tuple[Decimal, Decimal] | None:
        """A partner's least and largest share of the grand total; None where it has no rows."""
        if partner not in self.partners:
            return None
        return self.of_partner(partner).share_of(self.total)


def in_kind_table(
    registry: Registry,
    project: Project,
    *,
    partner: str | None = None,
    without: frozenset[str] = frozenset(),
) -> InKindTable:
    """Compute a project's in-kind table.

    Args:
        registry: the portal's records.
        project: the project.
        partner: only that partner's rows.
        without: marks of notes; cells that carry one of them count as nothing.
    """
    years = project.period.years
    rows = []
    for record in registry.of(InKind):
        if record.project != project.key or partner not in {None, record.partner}:
            continue
        cells = cells_by_year(record.amounts, years, without)
        row = InKindRow(
            key=record.key,
            label=record.name,
            cells=cells,
            stated=None if without else record.total,
            total=sum_cells(cells.values()),
            rounded_to=record.rounded_to,
            partner=record.partner,
        )
        rows.append(row)
    partners = {row.partner: _short_name(registry, row.partner) for row in rows}
    return InKindTable(
        project=project.key,
        years=years,
        rows=tuple(rows),
        totals=column_totals(rows, years),
        total=Range.total(row.total for row in rows),
        notes=used_marks(rows),
        partners=partners,
    )


def _short_name(registry: Registry, key: str) -> str:
    partner = registry.get(Partner, key)
    return partner.short_name if partner else key


@dataclass(frozen=True, slots=True)
class Scenario:
    """Totals of the in-kind table under one assumption.

    Args:
        label: the assumption in words.
        without: the note marks whose cells are left out.
        table: the table under it.
    """

    label: str
    without: tuple[str, ...]
    table: InKindTable


def scenarios(registry: Registry, project: Project) -> tuple[Scenario, ...]:
    """The table as stated, without each conditional note's cells, and without all of them.

    An amount is conditional when a note on it has a condition, whatever the condition's effect.
    """
    conditions = {
        mark: note.condition
        for mark, note in (project.in_kind.notes if project.in_kind else {}).items()
        if note.condition
    }
    found = [Scenario("All contributions as stated", (), in_kind_table(registry, project))]
    for mark, condition in sorted(conditions.items()):
        label = f"Excluding amounts under note {mark}: {condition.name}"
        table = in_kind_table(registry, project, without=frozenset({mark}))
        found.append(Scenario(label, (mark,), table))
    if len(conditions) > 1:
        marks = tuple(sorted(conditions))
        table = in_kind_table(registry, project, without=frozenset(marks))
        label = f"Excluding all conditional amounts: notes {', '.join(marks)}"
        found.append(Scenario(label, marks, table))
    return tuple(found)
