"""The checks that prove the tables: each looks at one thing in all projects, and says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from guildhall.core.counting import counted
from guildhall.model.records.kinds.activity import Activity
from guildhall.model.records.kinds.benefit import Benefit
from guildhall.model.records.kinds.budget_line import BudgetLine
from guildhall.model.records.kinds.in_kind import InKind
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.project import Project
from guildhall.model.records.kinds.risk import Risk
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.registry import Registry
from guildhall.model.settings.portal import Settings
from guildhall.network.ledger.coverage import (
    check_ended,
    check_years,
    partners_have_rows,
    rows_have_partners,
)
from guildhall.network.ledger.money import check_amounts, currencies
from guildhall.network.ledger.notes import check_notes, funding_ends, total_marks
from guildhall.network.ledger.rules import RULES
from guildhall.network.ledger.sums import (
    budget_rows,
    budget_totals,
    check_claims,
    in_kind_columns,
    in_kind_grand_total,
    in_kind_rows,
)
from guildhall.network.ledger.tally import Context, Tally
from guildhall.network.results import CheckResult, Report, result_of


@dataclass(frozen=True, slots=True)
class _Check:
    id: str
    title: str
    unit: str
    look: Callable[[Context, Tally], None]
    needs: tuple[str, ...] = ()


_IN_KIND_SUMS = (InKind.KIND, Project.KIND)
_BUDGET_SUMS = (BudgetLine.KIND, Project.KIND)
_ALL = tuple(kind.KIND for kind in (Activity, Benefit, BudgetLine, InKind, Partner, Project, Risk))

CHECKS: tuple[_Check, ...] = (
    _Check("amounts.range", "No amount is negative, and no range is reversed", "amount",
           check_amounts),
    _Check("in-kind.row-totals", "In-kind rows add up to their stated totals", "stated total",
           in_kind_rows),
    _Check("in-kind.column-totals", "In-kind columns add up to their stated totals",
           "stated total", in_kind_columns, _IN_KIND_SUMS),
    _Check("in-kind.grand-total", "The in-kind table adds up to its stated grand total",
           "stated total", in_kind_grand_total, _IN_KIND_SUMS),
    _Check("budget.row-totals", "Budget lines add up to their stated totals", "stated total",
           budget_rows),
    _Check("budget.totals", "The budget adds up to its stated totals", "stated total",
           budget_totals, _BUDGET_SUMS),
    _Check("claims", "Claims agree with the records", "claim", check_claims,
           (*_ALL, Workshop.KIND)),
    _Check("coverage.partners", "Every partner has in-kind rows", "partner", partners_have_rows,
           _IN_KIND_SUMS),
    _Check("coverage.rows", "Every in-kind row has a participating partner", "row",
           rows_have_partners),
    _Check("coverage.years", "Every row has every year of the project and no other", "row",
           check_years),
    _Check("coverage.ended", "Nothing names a partner after its last day", "mention", check_ended),
    _Check("notes.defined", "Notes are defined where used, and used where defined", "mark",
           check_notes),
    _Check("notes.totals", "Totals have the notes of their years", "total", total_marks),
    _Check("notes.funding", "Contributions after a partner's funding ends have a note",
           "contribution", funding_ends),
    _Check("budget.currency", "Budget lines have one currency, or stated rates", "line",
           currencies),
)  # fmt: skip
"""All checks, in the order of the report."""


def run_checks(registry: Registry, settings: Settings) -> Report:
    """Run all checks.

    Amounts of rows that are negative, reversed ranges and unknown ids never get this far: they
    are faults of their records, and the report holds them beside what the checks find.
    """
    context = Context.of(registry, settings)
    return Report(tuple(_run(check, context) for check in CHECKS), registry.faults)


def _run(check: _Check, context: Context) -> CheckResult:
    gap = context.gap(check.needs) if check.needs else None
    if gap:
        return CheckResult(check.id, check.title, "skip", f"not checked: {gap}")
    tally = Tally(RULES[check.id])
    check.look(context, tally)
    if tally.findings:
        found = counted(len(tally.findings), "finding")
        detail = f"{found} in {counted(tally.looked_at, check.unit)}"
        return result_of(check.id, check.title, detail, tally.findings)
    if not tally.looked_at:
        gap = context.gap(_ALL)
        if gap:
            return CheckResult(check.id, check.title, "skip", f"not checked: {gap}")
        return CheckResult(check.id, check.title, "skip", f"no {check.unit}s to check")
    return CheckResult(check.id, check.title, "pass", counted(tally.looked_at, check.unit))
