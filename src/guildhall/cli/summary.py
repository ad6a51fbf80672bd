"""What was checked, in one sentence."""

from __future__ import annotations

from guildhall.ledger.checks import Report
from guildhall.ledger.report import notes_of


def summarise(report: Report) -> str:
    """How many checks ran, and what they were about."""
    ran = [result for result in report.results if result.status != "skip"]
    if not ran:
        return "all records can be read; there are no tables or claims to check yet."
    areas = dict.fromkeys(result.id.split(".")[0].replace("-", " ") for result in ran)
    told = f"records, references and {len(ran)} checks of {', '.join(areas)}"
    notes = notes_of(report)
    return f"{told}; {' and '.join(notes)}, see `guildhall check`." if notes else f"{told}."
