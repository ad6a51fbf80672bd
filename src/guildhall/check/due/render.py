"""The report of what is due: as text, as Markdown for an issue, as JSON for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from guildhall.check.due.item import DueItem, DueReport
from guildhall.check.due.rules import RULES
from guildhall.core.counting import counted
from guildhall.core.findings.markdown import as_code, as_text, in_markdown
from guildhall.core.forges import tree_address
from guildhall.model.settings.portal import Settings

JSON_VERSION = 1
MARKER = "<!-- guildhall:due -->"
"""The first line of the report as Markdown, by which a workflow knows its issue."""
LONGEST = 60_000
"""Characters of the report as Markdown; GitHub takes 65,536 in the body of an issue."""
_SHOWN = (500, 200, 100, 50, 20, 10, 5, 1)
"""How many items of a kind are shown, fewer and fewer until the report is short enough."""


def render_text(report: DueReport) -> str:
    """The report for people at a terminal: grouped by kind, the oldest first."""
    lines: list[str] = []
    for heading, items in _sections(report):
        lines += [heading, ""]
        for rule, group in _groups(items):
            lines.append(f"{RULES[rule].title} ({len(group)})")
            lines += [f"  {_text_line(item)}" for item in group]
            lines += [f"  Fix: {RULES[rule].mend}", ""]
    if report.unread:
        lines += [_about_unread(report), *(f"  {place}" for place in report.unread), ""]
    return "\n".join((*lines, _verdict(report)))


def _text_line(item: DueItem) -> str:
    place = f"{item.location}: " if item.location else ""
    since = f"{item.since.isoformat()}: " if item.since else ""
    mend = f"; {item.mend}" if item.mend else ""
    return f"{place}{since}{item.what}{mend} [{item.rule}]"


def _verdict(report: DueReport) -> str:
    lapsed = f"{counted(len(report.lapsed), 'thing')} lapsed" if report.lapsed else "Nothing lapsed"
    coming = f"{len(report.coming) or 'nothing'} due within {counted(report.within, 'day')}"
    return f"{lapsed}, {coming}." if report.within else f"{lapsed}."


def _about_unread(report: DueReport) -> str:
    number = len(report.unread)
    return (
        f"{counted(number, 'file')} with faults {'was' if number == 1 else 'were'} left out; "
        "see guildhall check:"
    )


def _sections(report: DueReport) -> Iterator[tuple[str, Sequence[DueItem]]]:
    if report.lapsed:
        yield "Lapsed", report.lapsed
    if report.coming:
        days = counted(report.within, "day")
        yield f"Due within {days}, as it will be then if nothing changes", report.coming


def _groups(items: Iterable[DueItem]) -> Iterator[tuple[str, list[DueItem]]]:
    """The items of each rule, in the order of the rules."""
    by_rule: dict[str, list[DueItem]] = {rule: [] for rule in RULES}
    for item in items:
        by_rule[item.rule].append(item)
    return ((rule, group) for rule, group in by_rule.items() if group)


def render_markdown(report: DueReport, settings: Settings) -> str:
    """The report as the body of an issue, which changes only when something of it does.

    So it says neither what day it is nor at which lines things stand. What comes from records is
    shown as it is: it mentions nobody, links nowhere and is no HTML.

    Args:
        report: what is due.
        settings: the portal's settings, which say where its files can be read.
    """
    address = _file_addresses(settings)
    for most in _SHOWN:
        text = _markdown(report, address, most)
        if len(text) <= LONGEST:
            break
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(chr(10))[0]}\n"


def _markdown(report: DueReport, address: Callable[[str], str], most: int) -> str:
    lines = [MARKER, _verdict(report)]
    for heading, items in _sections(report):
        lines += ["", f"## {heading}"]
        for rule, group in _groups(items):
            known = RULES[rule]
            lines += ["", f"### {in_markdown(known.title)} ({len(group)})", ""]
            lines += [f"{in_markdown(known.why)} {in_markdown(known.mend)}", ""]
            lines += [_markdown_line(item, address) for item in group[:most]]
            if len(group) > most:
                lines.append(f"- and {len(group) - most} more, see `guildhall due`")
    if report.unread:
        lines += ["", as_text(_about_unread(report)), ""]
        lines += [f"- {as_code(place)}" for place in report.unread[:most]]
    return "\n".join((*lines, ""))


def _markdown_line(item: DueItem, address: Callable[[str], str]) -> str:
    since = f"{item.since.isoformat()}: " if item.since else ""
    place = f" ({address(item.path)})" if item.path else ""
    mend = f" {in_markdown(item.mend)}" if item.mend else ""
    return f"- {since}{in_markdown(item.what)}{place}.{mend}"


def _file_addresses(settings: Settings) -> Callable[[str], str]:
    base = tree_address(settings.repository, settings.branch) if settings.repository else None
    if base is None or any(char in base for char in "<>\\ \n"):
        return as_code
    return lambda path: f"[{as_code(path)}](<{base}/{quote(path)}>)"


def to_json(report: DueReport) -> dict[str, Any]:
    """The report as plain data.

    Keys: ``version`` (of this form), ``ok``, ``today``, ``within`` (days), ``lapsed`` and
    ``coming`` (each a list of ``rule``, ``severity``, ``path``, ``line``, ``column``, ``what``,
    ``since`` and ``mend``), and ``unread`` (files with faults, which were left out).
    """
    return {
        "version": JSON_VERSION,
        "ok": report.ok,
        "today": report.today.isoformat(),
        "within": report.within,
        "lapsed": [_plain(item) for item in report.lapsed],
        "coming": [_plain(item) for item in report.coming],
        "unread": list(report.unread),
    }


def _plain(item: DueItem) -> dict[str, object]:
    return {
        "rule": item.rule,
        "severity": str(item.severity),
        "path": item.path,
        "line": item.line,
        "column": item.column,
        "what": item.what,
        "since": item.since.isoformat() if item.since else None,
        "mend": item.mend or RULES[item.rule].mend,
    }
