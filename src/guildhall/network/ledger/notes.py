"""Checks of the notes of tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guildhall.core.values.cells import Cell
from guildhall.core.yaml_source import Place
from guildhall.model.records.kinds.budget_line import BudgetLine
from guildhall.model.records.kinds.in_kind import InKind
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.project import Note
from guildhall.network.ledger.tally import Context, Tally


def check_notes(context: Context, tally: Tally) -> None:
    """Notes are defined where they are used, and used where they are defined."""
    for project in context.projects:
        tables: tuple[tuple[str, str, Iterable[InKind | BudgetLine]], ...] = (
            ("in_kind", InKind.KIND, context.in_kind_records(project)),
            ("budget", BudgetLine.KIND, context.lines(project)),
        )
        for part, kind, records in tables:
            statement = getattr(project, part)
            notes: dict[str, Note] = statement.notes if statement else {}
            used: set[str] = set()
            for record in records:
                for place, mark in _marks(record):
                    tally.looked_at += 1
                    used.add(mark)
                    if mark not in notes:
                        defined = ", ".join(sorted(notes)) or "none"
                        message = f"the note `{mark}` isn't defined in `{project.key}` ({defined})"
                        tally.find(record, place, message)
            for mark in notes:
                if mark not in used and context.gap((kind,)) is None:
                    message = f"the note `{mark}` is not used on any cell"
                    tally.find_key(project, (part, "notes", mark), message)


def _marks(record: InKind | BudgetLine) -> Iterator[tuple[Place, str]]:
    if isinstance(record, BudgetLine):
        for mark in record.notes:
            yield ("notes",), mark
    cells: list[tuple[Place, Cell | None]] = [
        *((("amounts", str(year)), cell) for year, cell in record.amounts.items()),
        (("total",), record.total),
    ]
    for place, cell in cells:
        for mark in cell.notes if cell else ():
            yield place, mark


def total_marks(context: Context, tally: Tally) -> None:
    """A row's total has the notes of its years, and no others."""
    for project in context.projects:
        for record in context.rows(project):
            if record.total is None:
                continue
            tally.looked_at += 1
            on_cells = {mark for cell in record.amounts.values() for mark in cell.notes}
            for mark in record.total.notes:
                if mark not in on_cells:
                    message = f"the total has the note `{mark}`, but none of its years does"
                    tally.find(record, ("total",), message)
            for mark in sorted(on_cells - set(record.total.notes)):
                message = f"a year has the note `{mark}`, but the total doesn't"
                tally.find(record, ("total",), message)


def funding_ends(context: Context, tally: Tally) -> None:
    """Contributions after the end of a partner's funding have a note."""
    for project in context.projects:
        for record in context.in_kind_records(project):
            partner = context.registry.get(Partner, record.partner)
            if partner is None or partner.funding is None:
                continue
            for year, cell in record.amounts.items():
                if year <= partner.funding.ends or cell.amount.is_zero:
                    continue
                tally.looked_at += 1
                if not cell.notes:
                    message = (
                        f"the funding of `{partner.key}` ends in {partner.funding.ends}; "
                        f"the contribution of {year} needs a note"
                    )
                    tally.find(record, ("amounts", str(year)), message)
