"""Checks of amounts and their currencies."""

from __future__ import annotations

from collections.abc import Iterator

from guildhall.core.values.numbers import Range
from guildhall.core.yaml_source import Place
from guildhall.model.records.kinds.project import Project, StatedTotals
from guildhall.network.ledger.budget import REFUND
from guildhall.network.ledger.tally import Context, Tally


def currencies(context: Context, tally: Tally) -> None:
    """Budget lines have the currency of the budget, or one with a stated rate."""
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


def check_amounts(context: Context, tally: Tally) -> None:
    """Stated totals and claims are not negative, but where refunds may be."""
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
