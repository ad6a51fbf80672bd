"""The checks that prove the tables: each looks at one thing in all projects, and says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Literal

from guildhall.core.counting import counted
from guildhall.core.findings.finding import Finding
from guildhall.core.findings.rule import Rule
from guildhall.core.findings.severity import Severity
from guildhall.core.values.cells import Cell
from guildhall.core.values.money import smallest_unit
from guildhall.core.values.numbers import Range, differs, plain
from guildhall.core.yaml_source import Place
from guildhall.model.base.model import Record
from guildhall.model.records.kinds.activity import Activity
from guildhall.model.records.kinds.benefit import Benefit
from guildhall.model.records.kinds.budget_line import BudgetLine
from guildhall.model.records.kinds.in_kind import InKind
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.kinds.project import Note, Project, StatedTotals
from guildhall.model.records.kinds.risk import Risk
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.registry import Registry
from guildhall.model.settings.portal import Settings
from guildhall.network.ledger.amounts import Row
from guildhall.network.ledger.budget import REFUND, budget_table, lines_of
from guildhall.network.ledger.claims import Judged, judge
from guildhall.network.ledger.figures import Figures, UnknownFigureError
from guildhall.network.ledger.in_kind import in_kind_table
from guildhall.network.ledger.rules import RULES
from guildhall.network.ledger.succession import circle_of, years_in

Status = Literal["pass", "fail", "skip"]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found.

    Args:
        id: the check's name, stable over versions.
        title: what it checks.
        status: ``skip`` where there was nothing to check, or broken records forbid a verdict.
        detail: how much was looked at, or why nothing was.
        findings: what it found, in the order of files and lines.
    """

    id: str
    title: str
    status: Status
    detail: str
    findings: tuple[Finding, ...] = ()


def result_of(
    name: str, title: str, detail: str, findings: Iterable[Finding], *, looked: bool = True
) -> CheckResult:
    """The result of a check, which fails where one of its findings is an error.

    Args:
        name: the check's name.
        title: what it checks.
        detail: how much was looked at, or why nothing was.
        findings: what it found, in any order.
        looked: whether there was anything to check.
    """
    if not looked:
        return CheckResult(name, title, "skip", detail)
    found = tuple(sorted(findings))
    failed = any(finding.severity == Severity.ERROR for finding in found)
    return CheckResult(name, title, "fail" if failed else "pass", detail, found)


@dataclass(frozen=True, slots=True)
class Report:
    """What all checks found.

    Args:
        results: one entry a check, in a fixed order.
        faults: faults of records and settings that were found before the checks ran.
    """

    results: tuple[CheckResult, ...]
    faults: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return not self.faults and all(result.status != "fail" for result in self.results)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The faults, then what checks found, in the order of the checks."""
        return (*self.faults, *(each for result in self.results for each in result.findings))

    def of_level(self, level: Severity) -> tuple[Finding, ...]:
        """What checks found of a level, in the order of the checks."""
        findings = (each for result in self.results for each in result.findings)
        return tuple(each for each in findings if each.severity == level)


@dataclass(slots=True)
class _Tally:
    """Counts what a check looked at, and keeps what it found, as findings of its rule."""

    rule: Rule
    looked_at: int = 0
    findings: list[Finding] = field(default_factory=list)

    def compare(
        self, record: Record, place: Place, what: str, stated: Range, computed: Range,
        rounded_to: Decimal | None = None, unit: Decimal | None = None,
    ) -> None:  # fmt: skip
        """Look at one stated figure, which its source may have rounded, at least to a unit."""
        self.looked_at += 1
        # That an amount is below 0 where none is is told by itself.
        if not differs(stated, computed, rounded_to or unit) or stated.low < 0 <= computed.low:
            return
        difference = _difference(stated, computed)
        message = f"{what}: stated {stated}, computed {computed}, difference {difference}"
        if rounded_to:
            message += f", which rounding to {plain(rounded_to)} doesn't explain"
        self.find(record, place, message)
        self.findings[-1] = replace(
            self.findings[-1], stated=str(stated), computed=str(computed), difference=difference
        )

    def find(self, record: Record, place: Place, message: str) -> None:
        """Keep something that is wrong, at a value."""
        self.findings.append(record.origin.fault(record.at(*place), self.rule, message))

    def find_key(self, record: Record, place: Place, message: str) -> None:
        """Keep something that is wrong, at a key."""
        self.findings.append(record.origin.fault(record.origin.key(place), self.rule, message))


def _difference(stated: Range, computed: Range) -> str:
    low = computed.low - stated.low
    if computed.is_open or stated.is_open:
        return f"{'+' if low > 0 else ''}{plain(low)} at the low end"
    high = computed.high - stated.high
    signed = [f"{'+' if end > 0 else ''}{plain(end)}" for end in (low, high)]
    return signed[0] if low == high else f"{signed[0]} at the low end, {signed[1]} at the high end"


@dataclass(frozen=True, slots=True)
class _Context:
    """What checks look at.

    Args:
        registry: the portal's records.
        settings: the portal's settings.
        lost: kinds of which records are left out for their faults.
        lost_unknown: whether a file is left out whose kind nobody knows.
    """

    registry: Registry
    settings: Settings
    lost: frozenset[str]
    lost_unknown: bool

    @classmethod
    def of(cls, registry: Registry, settings: Settings) -> _Context:
        kept = {record.origin.path.as_posix() for record in registry.records.values()}
        left_out = {fault.path for fault in registry.faults} - kept
        kinds = frozenset(kind for kind, _ in registry.broken)
        return cls(registry, settings, kinds, len(left_out) > len(registry.broken))

    def gap(self, kinds: Iterable[str]) -> str | None:
        """Why nothing can be said that takes all records of ``kinds``; None where it can."""
        lost = sorted(self.lost & set(kinds))
        if lost:
            return f"records of kind {', '.join(lost)} have faults"
        return "a file can't be used as a record" if self.lost_unknown else None

    @property
    def projects(self) -> tuple[Project, ...]:
        return self.registry.of(Project)

    def in_kind_records(self, project: Project) -> tuple[InKind, ...]:
        return tuple(r for r in self.registry.of(InKind) if r.project == project.key)

    def lines(self, project: Project) -> tuple[BudgetLine, ...]:
        return lines_of(self.registry, project)

    def rows(self, project: Project) -> tuple[InKind | BudgetLine, ...]:
        return (*self.in_kind_records(project), *self.lines(project))

    def participants(self, project: Project) -> Iterator[tuple[Partner, int]]:
        for partner in self.registry.of(Partner):
            for index, part in enumerate(partner.participation):
                if part.project == project.key:
                    yield partner, index


Check = Callable[[_Context, _Tally], None]


def _row_totals(tally: _Tally, record: InKind | BudgetLine, row: Row, unit: str = "") -> None:
    if record.total is not None:
        what = f"total of the row `{row.label}`{unit}"
        stated = record.total.amount
        tally.compare(record, ("total",), what, stated, row.total, record.rounded_to)


def _in_kind_rows(context: _Context, tally: _Tally) -> None:
    for project in context.projects:
        rows = {row.key: row for row in in_kind_table(context.registry, project).rows}
        for record in context.in_kind_records(project):
            _row_totals(tally, record, rows[record.key])


def _in_kind_columns(context: _Context, tally: _Tally) -> None:
    for project in context.projects:
        stated = project.in_kind.stated if project.in_kind else None
        totals = in_kind_table(context.registry, project).totals
        if stated is None:
            continue
        for year, amount in stated.years.items():
            if year in totals:
                place = ("in_kind", "stated", "years", str(year))
                what = f"in-kind total of {year}"
                tally.compare(project, place, what, amount, totals[year], stated.rounded_to)


def _in_kind_grand_total(context: _Context, tally: _Tally) -> None:
    for project in context.projects:
        stated = project.in_kind.stated if project.in_kind else None
        if stated and stated.total is not None:
            table = in_kind_table(context.registry, project)
            place = ("in_kind", "stated", "total")
            what = "in-kind grand total"
            tally.compare(project, place, what, stated.total, table.total, stated.rounded_to)


def _budget_rows(context: _Context, tally: _Tally) -> None:
    for project in context.projects:
        table = budget_table(context.registry, project)
        rows = {row.key: row for row in table.rows}
        for record in context.lines(project):
            unit = "" if record.currency == table.currency else f" in {record.currency}"
            _row_totals(tally, record, rows[record.key], unit)


def _budget_totals(context: _Context, tally: _Tally) -> None:
    for project in context.projects:
        stated = project.budget.stated if project.budget else None
        table = budget_table(context.registry, project)
        required = table.required
        if stated is None or required is None:
            continue
        # Nobody states more decimals of a converted amount than its currency has.
        unit = smallest_unit(table.currency) if table.rates else None
        for year, amount in stated.years.items():
            if year in required.years:
                place: Place = ("budget", "stated", "years", str(year))
                what = f"budget required in {year}"
                computed = required.years[year]
                tally.compare(project, place, what, amount, computed, stated.rounded_to, unit)
        if stated.total is not None:
            place, what = ("budget", "stated", "total"), "total budget required"
            total = required.total
            tally.compare(project, place, what, stated.total, total, stated.rounded_to, unit)


def _claims(context: _Context, tally: _Tally) -> None:
    settings = context.settings
    figures = Figures(context.registry, settings.project, settings.today)
    for project in context.projects:
        for index, claim in enumerate(project.claims):
            tally.looked_at += 1
            try:
                judged = judge(claim, figures, project.key)
            except UnknownFigureError as error:
                key = "than" if error.name == claim.than else "figure"
                tally.find(project, ("claims", index, key), str(error))
                continue
            finding = _claim_finding(tally.rule, project, index, judged)
            if finding is not None:
                tally.findings.append(finding)


def _claim_finding(rule: Rule, project: Project, index: int, judged: Judged) -> Finding | None:
    """What is wrong with a claim: the figure differs, or no longer does as the claim remarks."""
    claim = project.claims[index]
    if judged.holds and claim.differs is None:
        return None
    difference = None
    if judged.expected is not None and judged.figure is not None:
        difference = _difference(judged.expected, judged.figure.value)
    day = f" as of {claim.as_of.isoformat()}" if claim.as_of else ""
    message = f"the claim `{claim.text}`: stated {judged.stated}, computed {judged.computed}{day}"
    if difference is not None:
        message += f", difference {difference}"
    if judged.why:
        message += f"; {judged.why}"
    message += f"; what counts: {judged.origin}"
    level = Severity.INFO if judged.holds or claim.differs else Severity.ERROR
    if judged.holds:
        message += "; the claim holds, so omit `differs`"
    elif claim.differs:
        message += f"; known: {claim.differs}"
    mark = project.at("claims", index, "differs" if judged.holds else claim.said_at)
    return replace(
        project.origin.fault(mark, rule, message),
        severity=level,
        stated=judged.stated,
        computed=str(judged.computed),
        difference=difference,
    )


def _partners_have_rows(context: _Context, tally: _Tally) -> None:
    for project in context.projects:
        records = context.in_kind_records(project)
        if not records and project.in_kind is None:
            continue
        giving = {record.partner for record in records}
        for partner, index in context.participants(project):
            tally.looked_at += 1
            if partner.key not in giving:
                message = f"the partner `{partner.key}` has no in-kind row in `{project.key}`"
                place = ("participation", index, "project")
                tally.find(partner, place, message)


def _rows_have_partners(context: _Context, tally: _Tally) -> None:
    for project in context.projects:
        taking_part = {partner.key for partner, _ in context.participants(project)}
        for record in context.in_kind_records(project):
            tally.looked_at += 1
            is_known = context.registry.get(Partner, record.partner) is not None
            if is_known and record.partner not in taking_part:
                message = f"the partner `{record.partner}` doesn't take part in `{project.key}`"
                tally.find(record, ("partner",), message)


def _years(context: _Context, tally: _Tally) -> None:
    for project in context.projects:
        years = project.period.years
        span = f"{years[0]} to {years[-1]}"
        for record in context.rows(project):
            tally.looked_at += 1
            own = _years_of(context, project, record)
            for year, cell in record.amounts.items():
                place: Place = ("amounts", str(year))
                if year not in years:
                    message = f"the year {year} is outside the project, {span}"
                    tally.find_key(record, place, message)
                elif year not in own and not cell.amount.is_zero:
                    message = _outside(context, record, year, own)
                    tally.find_key(record, place, message)
            missing = [str(year) for year in own if year not in record.amounts]
            if missing:
                message = f"no amount for {', '.join(missing)}; write 0 where nothing is given"
                tally.find_key(record, ("amounts",), message)
        for part in ("in_kind", "budget"):
            statement = getattr(project, part)
            stated = statement.stated.years if statement and statement.stated else {}
            for year in stated:
                if year not in years:
                    message = f"the year {year} is outside the project, {span}"
                    place = (part, "stated", "years", str(year))
                    tally.find_key(project, place, message)


def _years_of(context: _Context, project: Project, record: InKind | BudgetLine) -> tuple[int, ...]:
    """The years that a row has: those of the project, or of its partner's part in it."""
    partner = context.registry.get(Partner, record.partner) if isinstance(record, InKind) else None
    if partner is None or project.key not in {part.project for part in partner.participation}:
        return project.period.years
    return years_in(partner, project)


def _outside(
    context: _Context, record: InKind | BudgetLine, year: int, own: tuple[int, ...]
) -> str:
    assert isinstance(record, InKind)  # noqa: S101  (other rows have all years of the project)
    span = f"in {own[0]} to {own[-1]}" if own else "in no year of it"
    message = f"the year {year}: the partner `{record.partner}` takes part {span}"
    partner = context.registry.get(Partner, record.partner)
    if partner and partner.became and own and year > own[-1]:
        message += f"; it was succeeded by `{partner.became}`, whose row covers the time after"
    return message


def _ended(context: _Context, tally: _Tally) -> None:
    """Find what names partners after their last day, and partners that became one another."""
    for partner in context.registry.of(Partner):
        tally.looked_at += 1
        circle = circle_of(context.registry, partner)
        if circle and partner.key == min(circle):
            told = " became ".join(f"`{key}`" for key in (*circle, partner.key))
            message = f"{told}; one of them is the last"
            tally.find(partner, ("became",), message)
    for workshop in context.registry.of(Workshop):
        hosts = (
            (("classrooms", i, "partner"), room.partner)
            for i, room in enumerate(workshop.classrooms)
        )
        named: Iterator[tuple[Place, str | None]] = chain(
            ((("partners", i), key) for i, key in enumerate(workshop.partners)), hosts
        )
        for place, key in named:
            _warn_ended(context, tally, workshop, place, key, workshop.start, "the workshop began")
    for person in context.registry.of(Person):
        for index, each in enumerate(person.affiliations):
            what = "the affiliation continues" if each.end else "the affiliation has no end"
            place, last = ("affiliations", index), each.end or date.max
            _warn_ended(context, tally, person, place, each.partner, last, what)


def _warn_ended(
    context: _Context, tally: _Tally, record: Record, place: Place, key: str | None, day: date,
    what: str,
) -> None:  # fmt: skip
    partner = context.registry.get(Partner, key)
    if partner is None:
        return
    tally.looked_at += 1
    if partner.ended is None or day <= partner.ended:
        return
    now = f"; after that it is `{partner.became}`" if partner.became else ""
    when = f" on {day.isoformat()}" if isinstance(record, Workshop) else ""
    message = f"the partner `{key}` ended on {partner.ended.isoformat()}, but {what}{when}{now}"
    found = record.origin.fault(record.at(*place), tally.rule, message)
    tally.findings.append(replace(found, severity=Severity.WARNING))


def _notes(context: _Context, tally: _Tally) -> None:
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


def _total_marks(context: _Context, tally: _Tally) -> None:
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
                    tally.find(record, ("amounts", str(year)), message)


def _currencies(context: _Context, tally: _Tally) -> None:
    for project in context.projects:
        if project.budget is None:
            for line in context.lines(project):
                message = f"the project `{project.key}` has no `budget`, which names the currency"
                tally.find(line, ("project",), message)
            continue
        valid = {project.budget.currency, *project.budget.rates}
        for currency, stated in project.budget.rates.items():
            rate = stated.rate
            place: Place = ("budget", "rates", currency)
            if currency == project.budget.currency:
                message = f"the budget is in {currency}, which needs no rate"
                tally.find_key(project, place, message)
            elif rate.low <= 0:
                message = f"the rate of {currency} is {rate}; a rate must be above 0"
                tally.find(project, place, message)
        for line in context.lines(project):
            tally.looked_at += 1
            if line.currency not in valid:
                message = (
                    f"the currency {line.currency} has no stated rate to "
                    f"{project.budget.currency}; add it to `budget.rates` of `{project.key}`"
                )
                tally.find(line, ("currency",), message)


def _amounts(context: _Context, tally: _Tally) -> None:
    for project in context.projects:
        for record in context.rows(project):
            tally.looked_at += len(record.amounts) + (record.total is not None)
        has_refunds = any(line.type == REFUND for line in context.lines(project))
        for place, amount, is_budget in _stated_amounts(project):
            tally.looked_at += 1
            if amount.low < 0 and not (has_refunds and is_budget):
                message = f"the amount {amount} is below 0"
                tally.find(project, place, message)


def _stated_amounts(project: Project) -> Iterator[tuple[Place, Range, bool]]:
    """Stated totals and claims, and whether they speak of a budget, where refunds are below 0."""
    for part in ("in_kind", "budget"):
        statement = getattr(project, part)
        stated: StatedTotals | None = statement.stated if statement else None
        if stated is None:
            continue
        for year, amount in stated.years.items():
            yield (part, "stated", "years", str(year)), amount, part == "budget"
        if stated.total is not None:
            yield (part, "stated", "total"), stated.total, part == "budget"
    for index, claim in enumerate(project.claims):
        if claim.value is not None:
            yield ("claims", index, "value"), claim.value, "budget." in claim.figure


@dataclass(frozen=True, slots=True)
class _Entry:
    id: str
    title: str
    unit: str
    check: Check
    needs: tuple[str, ...] = ()


_IN_KIND_SUMS = (InKind.KIND, Project.KIND)
_BUDGET_SUMS = (BudgetLine.KIND, Project.KIND)
_ALL = tuple(kind.KIND for kind in (Activity, Benefit, BudgetLine, InKind, Partner, Project, Risk))

CHECKS: tuple[_Entry, ...] = (
    _Entry("amounts.range", "No amount is negative, and no range is reversed", "amount", _amounts),
    _Entry("in-kind.row-totals", "In-kind rows add up to their stated totals", "stated total",
           _in_kind_rows),
    _Entry("in-kind.column-totals", "In-kind columns add up to their stated totals",
           "stated total", _in_kind_columns, _IN_KIND_SUMS),
    _Entry("in-kind.grand-total", "The in-kind table adds up to its stated grand total",
           "stated total", _in_kind_grand_total, _IN_KIND_SUMS),
    _Entry("budget.row-totals", "Budget lines add up to their stated totals", "stated total",
           _budget_rows),
    _Entry("budget.totals", "The budget adds up to its stated totals", "stated total",
           _budget_totals, _BUDGET_SUMS),
    _Entry("claims", "Claims agree with the records", "claim", _claims,
           (*_ALL, Workshop.KIND)),
    _Entry("coverage.partners", "Every partner has in-kind rows", "partner", _partners_have_rows,
           _IN_KIND_SUMS),
    _Entry("coverage.rows", "Every in-kind row has a participating partner", "row",
           _rows_have_partners),
    _Entry("coverage.years", "Every row has every year of the project and no other", "row",
           _years),
    _Entry("coverage.ended", "Nothing names a partner after its last day", "mention", _ended),
    _Entry("notes.defined", "Notes are defined where used, and used where defined", "mark",
           _notes),
    _Entry("notes.totals", "Totals have the notes of their years", "total", _total_marks),
    _Entry("notes.funding", "Contributions after a partner's funding ends have a note",
           "contribution", _funding_ends),
    _Entry("budget.currency", "Budget lines have one currency, or stated rates", "line",
           _currencies),
)  # fmt: skip
"""All checks, in the order of the report."""


def run_checks(registry: Registry, settings: Settings) -> Report:
    """Run all checks.

    Amounts of rows that are negative, reversed ranges and unknown ids never get this far: they
    are faults of their records, and the report holds them beside what the checks find.
    """
    context = _Context.of(registry, settings)
    return Report(tuple(_run(entry, context) for entry in CHECKS), registry.faults)


def _run(entry: _Entry, context: _Context) -> CheckResult:
    gap = context.gap(entry.needs) if entry.needs else None
    if gap:
        return CheckResult(entry.id, entry.title, "skip", f"not checked: {gap}")
    tally = _Tally(RULES[entry.id])
    entry.check(context, tally)
    if tally.findings:
        found = counted(len(tally.findings), "finding")
        detail = f"{found} in {counted(tally.looked_at, entry.unit)}"
        return result_of(entry.id, entry.title, detail, tally.findings)
    if not tally.looked_at:
        gap = context.gap(_ALL)
        if gap:
            return CheckResult(entry.id, entry.title, "skip", f"not checked: {gap}")
        return CheckResult(entry.id, entry.title, "skip", f"no {entry.unit}s to check")
    return CheckResult(entry.id, entry.title, "pass", counted(tally.looked_at, entry.unit))
