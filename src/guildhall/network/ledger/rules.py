"""The checks of tables, figures and claims as rules."""

from __future__ import annotations

from guildhall.core.findings.rule import Rule, rules_by_id
from guildhall.core.findings.severity import Severity

_SUM = (
    "Correct the cell that is wrong, or the stated total; where its source rounded it, say so "
    "with `rounded_to`."
)
_TRUST = "A reader who adds up gets another number, and trusts none of them."

RULES = rules_by_id(
    Rule(name, Severity.ERROR, title, why, mend)
    for name, title, why, mend in (
        ("amounts.range", "Amounts below zero, ranges the wrong way round",
         "No contribution or cost is less than nothing.", "Correct the amount."),
        ("in-kind.row-totals", "In-kind rows that don't sum up to their stated total",
         _TRUST, _SUM),
        ("in-kind.column-totals", "In-kind years that don't sum up to their stated total",
         _TRUST, _SUM),
        ("in-kind.grand-total", "An in-kind table that doesn't sum up to its stated total",
         _TRUST, _SUM),
        ("budget.row-totals", "Budget lines that don't sum up to their stated total",
         _TRUST, _SUM),
        ("budget.totals", "A budget that doesn't sum up to its stated totals", _TRUST, _SUM),
        ("claims", "Claims that differ from the records",
         "The text promises something that the records don't hold.",
         "Correct the claim or the records, or explain the difference with `differs`."),
        ("coverage.partners", "Partners without in-kind rows",
         "A partner that gives nothing in the table looks like an oversight.",
         "Add the partner's row, or end its participation."),
        ("coverage.rows", "In-kind rows of partners that don't take part",
         "The table counts a contribution that nobody promised.",
         "Add the participation to the partner, or take the row out."),
        ("coverage.years", "Rows with years missing or outside the project",
         "A hole in a row can mean nothing or something forgotten.",
         "Give every year that the partner takes part an amount, `0` where nothing is given."),
        ("coverage.ended", "Partners named after their last day",
         "A workshop or person would be credited to an organisation that was no more.",
         "Name the partner that it became, or end the affiliation."),
        ("notes.defined", "Notes used but not defined, or defined but not used",
         "A letter on a cell that nothing explains, or a text that belongs to no cell.",
         "Define the note under `notes` of the project, or take the mark out."),
        ("notes.totals", "Totals without the notes of their years",
         "The condition on a year holds for the total as well.",
         "Put the same marks on the total."),
        ("notes.funding", "Contributions after funding ends, without a note",
         "A promise beyond a partner's own funding needs its condition said.",
         "Put a note on the cell that says what it depends on."),
        ("budget.currency", "Budget lines in a currency without a stated rate",
         "Amounts in two currencies have no sum.",
         "State the rate in `budget.rates`, or use the budget's currency."),
    )
)  # fmt: skip
"""A rule for each check of the ledger, by the check's id."""
