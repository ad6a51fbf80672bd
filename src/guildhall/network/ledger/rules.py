"""The checks of tables, figures and claims as rules."""

from __future__ import annotations

from guildhall.core.findings.rule import Rule, rules_by_id
from guildhall.core.findings.severity import Severity

_SUM = (
    "Correct the cell or the stated total; if the source rounded the total, say so "
    "with `rounded_to`."
)
_TRUST = "Readers who add up the numbers get a different total, and stop trusting any of them."

RULES = rules_by_id(
    Rule(name, Severity.ERROR, title, why, mend)
    for name, title, why, mend in (
        ("amounts.range", "Negative amounts and reversed ranges",
         "A contribution or cost cannot be negative.", "Correct the amount."),
        ("in-kind.row-totals", "In-kind rows that don't add up to their stated total",
         _TRUST, _SUM),
        ("in-kind.column-totals", "In-kind years that don't add up to their stated total",
         _TRUST, _SUM),
        ("in-kind.grand-total", "In-kind tables that don't add up to their stated total",
         _TRUST, _SUM),
        ("budget.row-totals", "Budget lines that don't add up to their stated total",
         _TRUST, _SUM),
        ("budget.totals", "Budgets that don't add up to their stated totals", _TRUST, _SUM),
        ("claims", "Claims that differ from the records",
         "The text claims something that the records do not support.",
         "Correct the claim or the records, or explain the difference with `differs`."),
        ("coverage.partners", "Partners without in-kind rows",
         "A partner without a row looks like an oversight.",
         "Add the partner's row, or end its participation."),
        ("coverage.rows", "In-kind rows of partners outside the project",
         "The table counts a contribution from an organisation that is not taking part.",
         "Add the participation to the partner's record, or remove the row."),
        ("coverage.years", "Rows with years missing or outside the project",
         "A gap in a row could mean nothing contributed, or something forgotten.",
         "Give an amount for every year that the partner takes part; use `0` for none."),
        ("coverage.ended", "Partners named after their last day",
         "A workshop or person would be credited to an organisation that no longer existed.",
         "Name its successor, or end the affiliation."),
        ("notes.defined", "Notes used but not defined, or defined but not used",
         "A mark on a cell is unexplained, or an explanation belongs to no cell.",
         "Define the note under the project's `notes`, or remove the mark."),
        ("notes.totals", "Totals without the notes of their years",
         "A condition on a year applies to the total as well.",
         "Put the same marks on the total."),
        ("notes.funding", "Contributions after funding ends, without a note",
         "A commitment beyond the partner's own funding is conditional, and should say so.",
         "Add a note to the cell saying what it depends on."),
        ("budget.currency", "Budget lines in a currency without a stated rate",
         "Amounts in different currencies cannot be added.",
         "State the rate in `budget.rates`, or use the budget's currency."),
    )
)  # fmt: skip
"""A rule for each check of the ledger, by the check's id."""
