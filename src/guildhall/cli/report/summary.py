"""What was checked, in one sentence."""

from __future__ import annotations

from guildhall.core.counting import counted
from guildhall.core.findings.severity import Severity
from guildhall.network.results import Report


def summarise(report: Report) -> str:
    """How many checks ran, and what they were about."""
    ran = [result for result in report.results if result.status != "skip"]
    if not ran:
        return "all records can be read; there are no tables or claims to check yet."
    areas = dict.fromkeys(result.id.split(".")[0].replace("-", " ") for result in ran)
    told = f"records, references and {len(ran)} checks of {', '.join(areas)}"
    notes = _notes_of(report)
    return f"{told}; {' and '.join(notes)}, see `guildhall check`." if notes else f"{told}."


def _notes_of(report: Report) -> tuple[str, ...]:
    """How many findings don't fail: ``2 warnings``, ``1 note``; nothing where there are none."""
    kinds = ((Severity.WARNING, "warning"), (Severity.INFO, "note"))
    numbers = ((len(report.of_level(level)), noun) for level, noun in kinds)
    return tuple(counted(number, noun) for number, noun in numbers if number)
