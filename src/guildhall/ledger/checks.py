"""The checks that prove the tables: each looks at one thing in all projects, and says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from guildhall.ledger.amounts import Row
from guildhall.ledger.budget import budget_table, lines_of
from guildhall.ledger.figures import Figures, UnknownFigureError
from guildhall.ledger.in_kind import InKindTable, in_kind_table
from guildhall.records.faults import Fault, Subtype
from guildhall.records.kinds.budget_line import BudgetLine
from guildhall.records.kinds.in_kind import InKind
from guildhall.records.kinds.partner import Partner
from guildhall.records.kinds.project import Note, Project
from guildhall.records.model import Record
from guildhall.records.registry import Registry
from guildhall.records.yaml_source import Place
from guildhall.settings import Settings
from guildhall.values.cells import Cell
from guildhall.values.numbers import Range, plain

Status = Literal["pass", "fail", "skip"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a check found wrong.

    Args:
        fault: where it stands, and what it is in words.
        stated: the figure as stated, where the finding is about one.
        computed: the figure as computed.
        difference: computed less stated, end by end.
    """

    fault: Fault
    stated: str | None = None
    computed: str | None = None
    difference: str | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found.

    Args:
        id: the check's name, stable over versions.
        title: what it checks.
        status: ``skip`` where there was nothing to check, or broken records forbid a verdict.
        detail: how much was looked at, or why nothing was.
        findings: what is wrong, in the order of files and lines.
    """

    id: str
    title: str
    status: Status
    detail: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What all checks found.

    Args:
        results: one entry a check, in a fixed order.
        faults: faults of records and settings that were found before the checks ran.
    """

    results: tuple[CheckResult, ...]
    faults: tuple[Fault, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return not self.faults and all(result.status != "fail" for result in self.results)


@dataclass(slots=True)
class _Tally:
    """Counts what a check looked at, and keeps what it found."""

    looked_at: int = 0
    findings: list[Finding] = field(default_factory=list)

    def compare(
        self, record: Record, place: Place, what: str, stated: Range, computed: Range,
        subtype: Subtype = Subtype.SUM,
    ) -> None:  # fmt: skip
        """Look at one stated figure."""
        self.looked_at += 1
        if stated == computed:
            return
        difference = _difference(stated, computed)
        message = f"{what}: stated {stated}, computed {computed}, difference {difference}"
        fault = record.source.fault(record.at(*place), subtype, message)
        self.findings.append(Finding(fault, str(stated), str(computed), difference))

    def find(self, record: Record, place: Place, subtype: Subtype, message: str) -> None:
        """Keep something that is wrong, at a value."""
        self.findings.append(Finding(record.source.fault(record.at(*place), subtype, message)))

    def find_key(self, record: Record, place: Place, subtype: Subtype, message: str) -> None:
        """Keep something that is wrong, at a key."""
        self.findings.append(Finding(record.source.fault(record.source.key(place), subtype, message)))


def _difference(stated: Range, computed: Range) -> str:
    low, high = computed.low - stated.low, computed.high - stated.high
    signed = [f"{'+' if end > 0 else ''}{plain(end)}" for end in (low, high)]
    return signed[0] if low == high else f"{signed[0]} at the low end, {signed[1]} at the high end"


@dataclass(frozen=True, slots=True)
class _Context:
    registry: Registry
    settings: Settings

    @property
    def projects(self) -> tuple[Project, ...]:
        return self.registry.of(Project)

    def in_kind_records(self, project: Project) -> tuple[InKind, ...]:
        return tuple(r for r in self.registry.of(InKind) if r.project == project.key)

    def lines(self, project: Project) -> tuple[BudgetLine, ...]:
        return lines_of(self.registry, project)

    def participants(self, project: Project) -> Iterator[tuple[Partner, int]]:
        for partner in self.registry.of(Partner):
            for index, part in enumerate(partner.participation):
                if part.project == project.key:
                    yield partner, index


Check = Callable[[_Context, _Tally], None]


def _row_totals(tally: _Tally, record: InKind | BudgetLine, row: Row) -> None:
    if record.total is not None:
        what = f"total of the row `{row.label}`"
        tally.compare(record, ("total",), what, record.total.amount, row.total)


def _in_kind_rows(context: _Context, tally: _Tally) -> None:
    for project in context.projects:
        rows = {row.key: row for row in in_kind_table(context.registry, project).rows}
        for record in context.in_kind_records(project):
            _row_totals(tally, record, rows[record.key])


def _in_kind_columns(context: _Context, tally: _Tally) -> None:
    for project in context.projects:
        stated = project.in_kind.stated if project.in_kind else None
        table = in_kind_table(context.registry, project)
        for year, amount in (stated.years if stated else {}).items():
            computed = table.totals.get(year, Range.exactly(0))
            place = ("in_kind", "stated", "years", str(year))
            tally.compare(project, place, f"in-kind total of {year}", amount, computed)


def _in_kind_grand_total(context: _Context, tally: _Tally) -> None:
    for project in context.projects:
        stated = project.in_kind.stated if project.in_kind else None
        if stated and stated.total is not None:
            table = in_kind_table(context.registry, project)
            place = ("in_kind", "stated", "total")
            tally.compare(project, place, "in-kind grand total", stated.total, table.total)
            _cross_foot(project, table, tally)


def _cross_foot(project: Project, table: InKindTable, tally: _Tally) -> None:
    columns = Range.total(table.totals.values())
    place = ("in_kind", "stated", "total")
    tally.compare(project, place, "sum of the in-kind columns", columns, table.total)


def _budget_rows(context: _Context, tally: _Tally) -> None:
    for project in context.projects:
        rows = {row.key: row for row in budget_table(context.registry, project).rows}
        for record in context.lines(project):
            _row_totals(tally, record, rows[record.key])


def _budget_totals(context: _Context, tally: _Tally) -> None:
    for project in context.projects:
        stated = project.budget.stated if project.budget else None
        required = budget_table(context.registry, project).required
        if stated is None or required is None:
            continue
        for year, amount in stated.years.items():
            computed = required.years.get(year, Range.exactly(0))
            place = ("budget", "stated", "years", str(year))
            tally.compare(project, place, f"budget required in {year}", amount, computed)
        if stated.total is not None:
            place = ("budget", "stated", "total")
            tally.compare(project, place, "budget required in all", stated.total, required.total)


def _claims(context: _Context, tally: _Tally) -> None:
    figures = Figures(context.registry, context.settings.project)
    for project in context.projects:
        for index, claim in enumerate(project.claims):
            name = claim.figure if ":" in claim.figure else f"{project.key}:{claim.figure}"
            try:
                figure = figures.lookup(name)
            except UnknownFigureError as error:
                tally.looked_at += 1
                tally.find(project, ("claims", index, "figure"), Subtype.CLAIM, str(error))
                continue
            what = f"the claim `{claim.text}`"
            place = ("claims", index, "value")
            tally.compare(project, place, what, claim.value, figure.value, Subtype.CLAIM)


def _partners_have_rows(context: _Context, tally: _Tally) -> None:
    broken = {key for kind, key in context.registry.broken if kind == InKind.KIND}
    for project in context.projects:
        records = context.in_kind_records(project)
        if not records or broken:
            continue
        giving = {record.partner for record in records}
        for partner, index in context.participants(project):
            tally.looked_at += 1
            if partner.key not in giving:
                message = f"the partner `{partner.key}` has no in-kind row in `{project.key}`"
                place = ("participation", index, "project")
                tally.find(partner, place, Subtype.COVERAGE, message)


def _rows_have_partners(context: _Context, tally: _Tally) -> None:
    for project in context.projects:
        taking_part = {partner.key for partner, _ in context.participants(project)}
        for record in context.in_kind_records(project):
            tally.looked_at += 1
            is_broken = (Partner.KIND, record.partner) in context.registry.broken
            known = context.registry.get(Partner, record.partner) is not None
            if known and not is_broken and record.partner not in taking_part:
                message = f"the partner `{record.partner}` doesn't take part in `{project.key}`"
                tally.find(record, ("partner",), Subtype.COVERAGE, message)


def _years(context: _Context, tally: _Tally) -> None:
    for project in context.projects:
        years = project.period.years
        span = f"{years[0]} to {years[-1]}"
        for record in (*context.in_kind_records(project), *context.lines(project)):
            tally.looked_at += 1
            for year in record.amounts:
                if year not in years:
                    message = f"the year {year} lies outside the project, {span}"
                    place: Place = ("amounts", str(year))
                    tally.find_key(record, place, Subtype.COVERAGE, message)
            missing = [str(year) for year in years if year not in record.amounts]
            if missing:
                message = f"no amount for {', '.join(missing)}; write 0 where nothing is given"
                tally.find_key(record, ("amounts",), Subtype.COVERAGE, message)
        for part in ("in_kind", "budget"):
            statement = getattr(project, part)
            stated = statement.stated.years if statement and statement.stated else {}
            for year in stated:
                if year not in years:
                    message = f"the year {year} lies outside the project, {span}"
                    place = (part, "stated", "years", str(year))
                    tally.find_key(project, place, Subtype.COVERAGE, message)


def _notes(context: _Context, tally: _Tally) -> None:
    for project in context.projects:
        statements: tuple[tuple[str, dict[str, Note], tuple[InKind | BudgetLine, ...]], ...] = (
            (
                "in_kind",
                project.in_kind.notes if project.in_kind else {},
                context.in_kind_records(project),
            ),
            ("budget", project.budget.notes if project.budget else {}, context.lines(project)),
        )
        for part, notes, records in statements:
            used: set[str] = set()
            for record in records:
                for place, mark in _marks(record):
                    tally.looked_at += 1
                    used.add(mark)
                    if mark not in notes:
                        defined = ", ".join(sorted(notes)) or "none"
                        message = f"the note `{mark}` isn't defined in `{project.key}` ({defined})"
                        tally.find(record, place, Subtype.NOTE, message)
            for mark in notes:
                if mark not in used and not _any_broken(context, records, part):
                    message = f"the note `{mark}` stands on no cell"
                    tally.find_key(project, (part, "notes", mark), Subtype.NOTE, message)


def _any_broken(context: _Context, records: tuple[Record, ...], part: str) -> bool:
    kind = InKind.KIND if part == "in_kind" else BudgetLine.KIND
    return any(broken == kind for broken, _ in context.registry.broken)


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


def _total_marks(context: _Context, tally: _Tally) -> None:
    for project in context.projects:
        for record in context.in_kind_records(project):
            if record.total is None:
                continue
            tally.looked_at += 1
            on_cells = {mark for cell in record.amounts.values() for mark in cell.notes}
            for mark in record.total.notes:
                if mark not in on_cells:
                    message = f"the total carries the note `{mark}`, but none of its years does"
                    tally.find(record, ("total",), Subtype.NOTE, message)
            for mark in sorted(on_cells - set(record.total.notes)):
                message = f"a year carries the note `{mark}`, but the total doesn't"
                tally.find(record, ("total",), Subtype.NOTE, message)


def _funding_ends(context: _Context, tally: _Tally) -> None:
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
                    tally.find(record, ("amounts", str(year)), Subtype.NOTE, message)


def _currencies(context: _Context, tally: _Tally) -> None:
    for project in context.projects:
        if project.budget is None:
            for line in context.lines(project):
                message = f"the project `{project.key}` has no `budget`, which names the currency"
                tally.find(line, ("project",), Subtype.CURRENCY, message)
            continue
        valid = {project.budget.currency, *project.budget.rates}
        for line in context.lines(project):
            tally.looked_at += 1
            if line.currency not in valid:
                message = (
                    f"the currency {line.currency} has no stated rate to {project.budget.currency}; "
                    f"add it to `budget.rates` of `{project.key}`"
                )
                tally.find(line, ("currency",), Subtype.CURRENCY, message)


@dataclass(frozen=True, slots=True)
class _Entry:
    id: str
    title: str
    unit: str
    check: Check
    needs: tuple[str, ...] = ()


_IN_KIND_SUMS = (InKind.KIND, Project.KIND)
_BUDGET_SUMS = (BudgetLine.KIND, Project.KIND)
_ALL = (*_IN_KIND_SUMS, BudgetLine.KIND, Partner.KIND)

CHECKS: tuple[_Entry, ...] = (
    _Entry("in-kind.row-totals", "In-kind rows sum up to their stated totals", "stated totals",
           _in_kind_rows),
    _Entry("in-kind.column-totals", "In-kind columns sum up to their stated totals",
           "stated totals", _in_kind_columns, _IN_KIND_SUMS),
    _Entry("in-kind.grand-total", "The in-kind table sums up to its stated grand total",
           "comparisons", _in_kind_grand_total, _IN_KIND_SUMS),
    _Entry("budget.row-totals", "Budget lines sum up to their stated totals", "stated totals",
           _budget_rows),
    _Entry("budget.totals", "The budget sums up to its stated totals", "stated totals",
           _budget_totals, _BUDGET_SUMS),
    _Entry("claims", "Claims agree with the records", "claims", _claims, _ALL),
    _Entry("coverage.partners", "Every partner has in-kind rows", "partners", _partners_have_rows,
           _IN_KIND_SUMS),
    _Entry("coverage.rows", "Every in-kind row has a partner that takes part", "rows",
           _rows_have_partners),
    _Entry("coverage.years", "Every row has every year of the project and no other", "rows",
           _years),
    _Entry("notes.defined", "Notes are defined where used, and used where defined", "marks",
           _notes),
    _Entry("notes.totals", "A total carries the notes of its years", "totals", _total_marks),
    _Entry("notes.funding", "Contributions after a partner's funding ends carry a note",
           "contributions", _funding_ends),
    _Entry("budget.currency", "Budget lines have one currency, or stated rates", "lines",
           _currencies),
)  # fmt: skip
"""All checks, in the order of the report."""


def run_checks(registry: Registry, settings: Settings) -> Report:
    """Run all checks.

    Negative amounts, reversed ranges and unknown ids never get this far: the records that hold
    them are broken, and their faults are part of the report.
    """
    context = _Context(registry, settings)
    return Report(tuple(_run(entry, context) for entry in CHECKS), registry.faults)


def _run(entry: _Entry, context: _Context) -> CheckResult:
    broken = sorted({kind for kind, _ in context.registry.broken} & set(entry.needs))
    if broken:
        detail = f"not checked: records of kind {', '.join(broken)} have faults"
        return CheckResult(entry.id, entry.title, "skip", detail)
    tally = _Tally()
    entry.check(context, tally)
    findings = tuple(sorted(tally.findings, key=lambda finding: finding.fault))
    if findings:
        detail = f"{len(findings)} of {tally.looked_at} {entry.unit} wrong"
        if len(findings) > tally.looked_at:
            detail = f"{len(findings)} findings"
        return CheckResult(entry.id, entry.title, "fail", detail, findings)
    if not tally.looked_at:
        return CheckResult(entry.id, entry.title, "skip", f"no {entry.unit} to check")
    return CheckResult(entry.id, entry.title, "pass", f"{tally.looked_at} {entry.unit}")
