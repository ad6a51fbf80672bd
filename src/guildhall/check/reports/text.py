"""The report for people at a terminal, and for logs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import groupby
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from guildhall.check.reports.outcome import LEVELS, Outcome
from guildhall.check.reports.texts import (
    NOUNS,
    gaps,
    location_of,
    one_line,
    pages_of,
    shown_path,
    verdict,
)
from guildhall.core.counting import counted
from guildhall.core.findings.alike import alike
from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity
from guildhall.model.checkouts import lesson_of_checkout

_STYLES: dict[Severity, str] = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "yellow",
    Severity.INFO: "cyan",
}
MOST_KINDS = 20
"""Kinds of findings of an external lesson that are listed."""
_UNBOUNDED = 100_000
"""Columns of a log, which wraps nothing."""


def render(outcome: Outcome, root: Path, *, colour: bool = False, width: int | None = None) -> str:
    """The report as text: findings by file and line, how to mend them, a table and the verdict.

    Each finding has a line ``path:line:column: severity: message [rule]`` to itself, as compilers
    write it, so that editors and ``grep`` find it; such lines are never wrapped.

    Args:
        outcome: what the check found.
        root: the portal's folder; paths are relative to it already.
        colour: whether colours are written, as ANSI escapes.
        width: the columns of the terminal, for the table; None for a log.
    """
    del root
    out = StringIO()
    console = Console(
        file=out,
        force_terminal=colour,
        color_system="standard" if colour else None,
        width=width or _UNBOUNDED,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    for text in (*_files(outcome), *_mends(outcome)):
        console.print(text, soft_wrap=True)
    if outcome.checked:
        console.print(_table(outcome, narrow=width is not None))
    for sentence in gaps(outcome):
        console.print(Text(sentence, "yellow"), soft_wrap=True)
    console.print(
        Text(verdict(outcome), "bold green" if outcome.ok else "bold red"), soft_wrap=True
    )
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _files(outcome: Outcome) -> Iterator[Text]:
    own = [each for each in outcome.findings if lesson_of_checkout(each.path) is None]
    for path, group in groupby(own, key=lambda finding: finding.path):
        found = list(group)
        yield Text.assemble(
            (shown_path(path) or "In no file", "bold underline"), f" ({_levels(found)})"
        )
        for finding in found:
            yield from _finding(finding)
        yield Text()
    yield from _elsewhere(each for each in outcome.findings if lesson_of_checkout(each.path))


def _elsewhere(findings: Iterable[Finding]) -> Iterator[Text]:
    """What is wrong with external lessons, which nobody can mend here: the kinds of it."""
    by_lesson: dict[str, list[Finding]] = {}
    for finding in findings:
        by_lesson.setdefault(lesson_of_checkout(finding.path) or "", []).append(finding)
    for key, found in by_lesson.items():
        title = f"lessons/{key}, an external lesson"
        yield Text.assemble((title, "bold underline"), f" ({_levels(found)})")
        kinds = alike(found, lambda each: f"{each.message} [{each.rule}]")
        for number, first in kinds[:MOST_KINDS]:
            begin, *more = _finding(first)
            yield Text(f"{number} × ").append_text(begin)
            yield from more
        others = sum(number for number, _ in kinds[MOST_KINDS:])
        if others:
            yield Text(f"{others} of other kinds; `--format json` lists all of them")
        yield Text()


def _levels(found: Iterable[Finding]) -> str:
    numbers = Counter(finding.severity for finding in found)
    return ", ".join(counted(numbers[each], NOUNS[each]) for each in LEVELS if numbers[each])


def _finding(finding: Finding) -> Iterator[Text]:
    place = location_of(finding)
    yield Text.assemble(
        (f"{place}: " if place else "", "bold"),
        (NOUNS[finding.severity], _STYLES[finding.severity]),
        f": {one_line(finding.message)} ",
        (f"[{finding.rule}]", "dim"),
    )
    if pages := pages_of(finding):
        yield Text(f"    on {pages}", "dim")
    if finding.mend:
        yield Text(f"    fix: {one_line(finding.mend)}")


def _mends(outcome: Outcome) -> Iterator[Text]:
    """How to fix what a rule found, once a rule."""
    rules = outcome.rules_to_explain()
    if rules:
        yield Text("How to fix them", "bold underline")
    for rule in rules:
        yield Text.assemble((f"[{rule.id}]", "bold"), f" {one_line(f'{rule.mend} {rule.why}')}")
    if rules:
        yield Text()


def _table(outcome: Outcome, *, narrow: bool) -> Table:
    table = Table(box=SIMPLE_HEAD if narrow else None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("Area")
    for heading in ("Looked at", "Errors", "Warnings", "Notes", "Left out"):
        table.add_column(heading, justify="right", no_wrap=True)
    for tally in outcome.tallies():
        checked = tally.checked
        numbers = [
            Text(f"{number:,}", _STYLES[level] if number else "dim")
            for level, number in zip(
                LEVELS, (tally.errors, tally.warnings, tally.notes), strict=True
            )
        ]
        table.add_row(
            Text(one_line(checked.title)),
            Text(f"{checked.count:,}"),
            *numbers,
            Text(f"{checked.left_out:,}", "" if checked.left_out else "dim"),
        )
    return table
