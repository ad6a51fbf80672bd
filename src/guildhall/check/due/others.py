"""What lapses outside of records: silences, entries of ignored addresses, links."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from guildhall.check.due.item import DueItem, day_after
from guildhall.check.due.rules import RULES
from guildhall.core.findings.finding import Finding
from guildhall.core.values.faults import quote


@dataclass(frozen=True, slots=True)
class PutAside:
    """Something that is put aside until a day.

    The reason for it is left out: in comments it may name people who don't want to be named.

    Args:
        path: the file that says so, relative to the portal's folder, with slashes.
        line: the line from 1, or 0 where none is known.
        column: the column from 1, or 0 where none is known.
        name: the rule that is silenced, or the address that is ignored.
        until: the last day on which it holds; None where it has no end.
    """

    path: str
    line: int
    column: int
    name: str
    until: date | None


def ended_silences(silences: Iterable[PutAside], until: date) -> Iterator[DueItem]:
    """Find silences that have ended by a day.

    Args:
        silences: silences of rules.
        until: the last day of which the report speaks.
    """
    return _ended(silences, until, "due.silence", "the silence of")


def ended_ignores(ignores: Iterable[PutAside], until: date) -> Iterator[DueItem]:
    """Find entries of ignored addresses that have ended by a day.

    Args:
        ignores: the entries.
        until: the last day of which the report speaks.
    """
    return _ended(ignores, until, "due.ignore", "the entry for")


def _ended(entries: Iterable[PutAside], until: date, rule: str, what: str) -> Iterator[DueItem]:
    for each in entries:
        if each.until is None or day_after(each.until) > until:
            continue
        told = f"{what} {quote(each.name)} ended on {each.until.isoformat()}"
        since, severity = day_after(each.until), RULES[rule].severity
        yield DueItem(each.path, each.line, each.column, rule, told, since, severity)


def dead_links(findings: Iterable[Finding], rules: Collection[str]) -> Iterator[DueItem]:
    """Take over findings about dead links; since when a link is dead nobody knows.

    Args:
        findings: findings of the check, of all rules.
        rules: the ids of the rules that find dead links.
    """
    for each in findings:
        if each.rule in rules:
            yield DueItem(
                each.path,
                each.line,
                each.column,
                "due.link",
                each.message,
                None,
                RULES["due.link"].severity,
                each.mend,
            )
