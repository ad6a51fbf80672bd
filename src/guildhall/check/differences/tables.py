"""The figures of in-kind tables and budgets: cells first, then what follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from guildhall.check.differences.held import Held, Key, KeyedFigure
from guildhall.check.differences.pairs import Pairs
from guildhall.check.differences.place import Location, key_place, place_of
from guildhall.core.values.cells import Cell
from guildhall.core.values.format import whole_percent
from guildhall.model.records.kinds.budget_line import BudgetLine
from guildhall.model.records.kinds.in_kind import InKind
from guildhall.model.records.kinds.project import Note, Project, StatedTotals
from guildhall.model.records.registry import Registry
from guildhall.network.ledger.amounts import Row
from guildhall.network.ledger.budget import Amounts, BudgetRow, budget_table
from guildhall.network.ledger.in_kind import UNIT, in_kind_table, scenarios

IN_KIND, BUDGET = "in-kind", "budget"
UNCONDITIONAL = "in_kind.unconditional.total"
_LONGEST_NOTE = 80


class ProjectTables:
    """The figures of one project's tables.

    Args:
        registry: the records of one state of the portal.
        project: the project.
        root: the portal's folder in that state.
        pairs: the ids that records have now.
    """

    def __init__(self, registry: Registry, project: Project, root: Path, pairs: Pairs) -> None:
        self._registry = registry
        self._project = project
        self._root = root
        self._pairs = pairs
        self._key = pairs.present(Project.KIND, project.key)

    def all(self) -> Iterator[KeyedFigure]:
        """All figures, in the order of reports."""
        yield from self._in_kind()
        yield from self._budget()

    def _in_kind(self) -> Iterator[KeyedFigure]:
        project = self._project
        section = f"In-kind contributions to {project.name}"
        table = in_kind_table(self._registry, project)
        statement = project.in_kind
        notes = statement.notes if statement else {}
        at = self._at(IN_KIND)
        if not table.rows and not notes:
            return
        yield from self._notes(at, section, "in_kind", notes)
        rows_of: dict[str, int] = {}
        for row in table.rows:
            rows_of[row.partner] = rows_of.get(row.partner, 0) + 1
        for row in table.rows:
            record = self._registry.get(InKind, row.key)
            assert record is not None  # noqa: S101  (the table is made of these records)
            yield from self._row(at, section, record, row, notes, UNIT)
        for row in table.rows:
            record = self._registry.get(InKind, row.key)
            assert record is not None  # noqa: S101
            only = rows_of[row.partner] == 1
            names: tuple[str, ...] = (f"in_kind.partner.{row.partner}",) if only else ()
            yield self._row_total(at, section, record, row, notes, UNIT, names)
        for partner, name in table.partners.items():
            if rows_of[partner] > 1:
                figure = f"in_kind.partner.{partner}"
                label, total = f"{name}, all rows", table.of_partner(partner)
                yield (*at, "partner", partner), Held(section, label, total, UNIT, names=(figure,))
        stated = statement.stated if statement else None
        held = Amounts(table.totals, table.total)
        is_all_firm = len(scenarios(self._registry, project)) == 1
        for key, found in self._totals((*at, "total"), section, "All partners", held, UNIT,
                                       ("in_kind",), stated, "in_kind"):  # fmt: skip
            is_grand = key[-1] == "all" and is_all_firm
            yield key, found.named(UNCONDITIONAL) if is_grand else found
        for partner, name in table.partners.items():
            share = table.share_of(partner)
            if share is not None:
                yield (
                    (*at, "share", partner),
                    Held(
                        section,
                        f"Share of {name}",
                        whole_percent(share),
                        "percent",
                        names=(f"in_kind.partner.{partner}.share",),
                    ),
                )
        assumed = scenarios(self._registry, project)
        for scenario in assumed[1:]:
            key = (*at, "without", *scenario.without)
            one = scenario.without if len(scenario.without) == 1 else ()
            names = tuple(f"in_kind.without_{mark}.total" for mark in one)
            if scenario is assumed[-1]:
                names = (*names, UNCONDITIONAL)
            yield key, Held(section, scenario.label, scenario.table.total, UNIT, names=names)

    def _budget(self) -> Iterator[KeyedFigure]:
        project = self._project
        section = f"Budget of {project.name}"
        table = budget_table(self._registry, project)
        statement = project.budget
        at = self._at(BUDGET)
        if not table.rows and statement is None:
            return
        notes = statement.notes if statement else {}
        if statement is not None:
            place = place_of(project, ("budget", "currency"), self._root)
            yield (
                (*at, "currency"),
                Held(
                    section,
                    "Currency of all totals",
                    statement.currency,
                    place=place,
                    is_cause=True,
                ),
            )
            for code, stated_rate in statement.rates.items():
                rate = stated_rate.rate
                place = place_of(project, ("budget", "rates", code), self._root)
                yield (
                    (*at, "rate", code),
                    Held(
                        section, f"Rate of {code}", rate, statement.currency, place, is_cause=True
                    ),
                )
        yield from self._notes(at, section, "budget", notes)
        for row in table.rows:
            record = self._line(row)
            for name in ("type", "purpose"):
                key = (*at, name, self._pairs.present(BudgetLine.KIND, row.key))
                place = place_of(record, (name,), self._root)
                yield (
                    key,
                    Held(
                        section,
                        f"{row.label}, {name}",
                        getattr(row, name),
                        place=place,
                        is_cause=True,
                    ),
                )
            yield from self._row(at, section, record, row, notes, row.currency)
        for row in table.rows:
            names = (f"budget.line.{row.key}",)
            yield self._row_total(at, section, self._line(row), row, notes, row.currency, names)
        stated = statement.stated if statement else None
        groups: tuple[tuple[str, str, Amounts | None, StatedTotals | None], ...] = (
            ("required", "Required", table.required, stated),
            ("allocated", "Allocated", table.allocated, None),
            ("uncovered", "Not covered by allocations", table.uncovered, None),
        )
        purposes = {each.purpose.casefold().replace(" ", "_"): each for each in table.coverage}
        # What is allocated to the only purpose is all that is allocated.
        only = next(iter(purposes)) if len(purposes) == 1 else None
        for name, label, amounts, said in groups:
            if amounts is None and name != "uncovered" and table.rows:
                words = "not known, since a currency has no rate"
                yield (*at, name, "all"), Held(section, f"{label}, in all", words, table.currency)
            elif amounts is not None:
                figures = [f"budget.{name}"]
                if only and name != "required":
                    figures.append(f"budget.{only}.{name}")
                yield from self._totals((*at, name), section, label, amounts, table.currency,
                                        tuple(figures), said, "budget")  # fmt: skip
        for purpose, each in purposes.items():
            for name, word, amounts in (
                ("required", "Required", each.required),
                ("allocated", "Allocated", each.allocated),
                ("uncovered", "Not covered", each.uncovered),
            ):
                if only and name != "required":
                    continue
                label = f"{word} for {each.purpose}"
                yield from self._totals((*at, purpose, name), section, label, amounts,
                                        table.currency, (f"budget.{purpose}.{name}",))  # fmt: skip

    def _line(self, row: BudgetRow) -> BudgetLine:
        record = self._registry.get(BudgetLine, row.key)
        assert record is not None  # noqa: S101  (the table is made of these records)
        return record

    def _at(self, area: str) -> Key:
        return area, self._key

    def _row(
        self, at: Key, section: str, record: InKind | BudgetLine, row: Row,
        notes: Mapping[str, Note], unit: str,
    ) -> Iterator[KeyedFigure]:  # fmt: skip
        """The cells of a row."""
        key = self._pairs.present(record.KIND, record.key)
        for year, cell in row.cells.items():
            if cell is not None:
                place = place_of(record, ("amounts", str(year)), self._root)
                yield (
                    (*at, "cell", key, str(year)),
                    Held(
                        section,
                        f"{row.label}, {year}",
                        cell.amount,
                        unit,
                        place,
                        _marks(cell.notes, notes),
                        is_cause=True,
                    ),
                )

    def _row_total(
        self, at: Key, section: str, record: InKind | BudgetLine, row: Row,
        notes: Mapping[str, Note], unit: str, names: tuple[str, ...],
    ) -> KeyedFigure:  # fmt: skip
        stated: Cell | None = row.stated
        marks = (*row.notes, *(stated.notes if stated else ()))
        return (*at, "row", self._pairs.present(record.KIND, record.key)), Held(
            section,
            f"{row.label}, all years",
            row.total,
            unit,
            place_of(record, ("total",), self._root)
            if stated
            else key_place(record, ("amounts",), self._root),
            _marks(tuple(dict.fromkeys(marks)), notes),
            stated.amount if stated else None,
            names,
        )

    def _totals(
        self, at: Key, section: str, label: str, amounts: Amounts, unit: str,
        figures: tuple[str, ...], stated: StatedTotals | None = None, part: str = "",
    ) -> Iterator[KeyedFigure]:  # fmt: skip
        """The columns of an amount, and its grand total."""

        def place(is_stated: bool, *keys: str) -> Location | None:
            return (
                place_of(self._project, (part, "stated", *keys), self._root) if is_stated else None
            )

        for year, amount in amounts.years.items():
            said = stated.years.get(year) if stated else None
            yield (*at, str(year)), Held(
                section, f"{label}, {year}", amount, unit,
                place(said is not None, "years", str(year)), {}, said,
                tuple(f"{name}.{year}" for name in figures),
            )  # fmt: skip
        said = stated.total if stated else None
        yield (*at, "all"), Held(
            section, f"{label}, in all", amounts.total, unit, place(said is not None, "total"),
            {}, said, tuple(f"{name}.total" for name in figures),
        )  # fmt: skip

    def _notes(
        self, at: Key, section: str, part: str, notes: Mapping[str, Note]
    ) -> Iterator[KeyedFigure]:
        """What the notes of a table say."""
        for mark, note in notes.items():
            condition = note.condition
            told = " ".join(note.text.split())
            if condition:
                told = f"{told} (condition: {condition.name}, {condition.effect})"
            place = place_of(self._project, (part, "notes", mark), self._root)
            yield (
                (*at, "note", mark),
                Held(section, f"Note {mark}", told, place=place, is_cause=True),
            )


def _marks(marks: tuple[str, ...], notes: Mapping[str, Note]) -> dict[str, str]:
    found = {}
    for mark in marks:
        note = notes.get(mark)
        condition = note.condition.name if note and note.condition else None
        words = " ".join(note.text.split()) if note else "no such note"
        short = words if len(words) <= _LONGEST_NOTE else f"{words[:_LONGEST_NOTE].rstrip()}…"
        found[mark] = f"condition: {condition}" if condition else short
    return found
