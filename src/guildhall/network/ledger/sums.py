"""Checks of sums and claims: what is stated is what the records give."""

from __future__ import annotations

from dataclasses import replace

from guildhall.core.findings.finding import Finding
from guildhall.core.findings.rule import Rule
from guildhall.core.findings.severity import Severity
from guildhall.core.values.money import smallest_unit
from guildhall.core.yaml_source import Place
from guildhall.model.records.kinds.budget_line import BudgetLine
from guildhall.model.records.kinds.in_kind import InKind
from guildhall.model.records.kinds.project import Project
from guildhall.network.ledger.amounts import Row
from guildhall.network.ledger.budget import budget_table
from guildhall.network.ledger.claims import Judged, judge
from guildhall.network.ledger.figures import Figures, UnknownFigureError
from guildhall.network.ledger.in_kind import in_kind_table
from guildhall.network.ledger.tally import Context, Tally, difference_of


def _row_totals(tally: Tally, record: InKind | BudgetLine, row: Row, unit: str = "") -> None:
    if record.total is not None:
        what = f"total of the row `{row.label}`{unit}"
        stated = record.total.amount
        tally.compare(record, ("total",), what, stated, row.total, record.rounded_to)


def in_kind_rows(context: Context, tally: Tally) -> None:
    """In-kind rows add up to their stated totals."""
    for project in context.projects:
        rows = {row.key: row for row in in_kind_table(context.registry, project).rows}
        for record in context.in_kind_records(project):
            _row_totals(tally, record, rows[record.key])


def in_kind_columns(context: Context, tally: Tally) -> None:
    """In-kind columns add up to their stated totals."""
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


def in_kind_grand_total(context: Context, tally: Tally) -> None:
    """The in-kind table adds up to its stated grand total."""
    for project in context.projects:
        stated = project.in_kind.stated if project.in_kind else None
        if stated and stated.total is not None:
            table = in_kind_table(context.registry, project)
            place = ("in_kind", "stated", "total")
            what = "in-kind grand total"
            tally.compare(project, place, what, stated.total, table.total, stated.rounded_to)


def budget_rows(context: Context, tally: Tally) -> None:
    """Budget lines add up to their stated totals."""
    for project in context.projects:
        table = budget_table(context.registry, project)
        rows = {row.key: row for row in table.rows}
        for record in context.lines(project):
            unit = "" if record.currency == table.currency else f" in {record.currency}"
            _row_totals(tally, record, rows[record.key], unit)


def budget_totals(context: Context, tally: Tally) -> None:
    """The budget adds up to its stated totals, each year and in all."""
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


def check_claims(context: Context, tally: Tally) -> None:
    """Claims of projects agree with the records."""
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
        difference = difference_of(judged.expected, judged.figure.value)
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
