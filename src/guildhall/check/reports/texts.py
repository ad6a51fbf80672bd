"""Texts of any origin as reports may show them, and where paths of reports begin."""

from __future__ import annotations

import json
from pathlib import Path

from guildhall.check.reports.outcome import LEVELS, Checked, Outcome
from guildhall.core.counting import counted
from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity
from guildhall.core.values.legible import legible, without_passwords

NOUNS: dict[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}
"""What findings of each severity are called."""


def one_line(text: str) -> str:
    """A text on one line, without characters that move a cursor, hide or turn the text round."""
    return legible(without_passwords("".join(" " if char.isspace() else char for char in text)))


def counts(outcome: Outcome) -> str:
    """How many findings of each level, such as ``2 errors, 1 note``; empty where there are none."""
    numbers = ((outcome.count(level), NOUNS[level]) for level in LEVELS)
    return ", ".join(counted(number, noun) for number, noun in numbers if number)


def verdict(outcome: Outcome) -> str:
    """The outcome in one sentence."""
    word = "Passed" if outcome.ok else "Failed"
    found = counted(len(outcome.findings), "finding") if outcome.findings else "no findings"
    told = f"{word} with {found}"
    if outcome.findings:
        told += f": {counts(outcome)}"
    if outcome.silenced:
        told += f"; {counted(outcome.silenced, 'finding')} silenced"
    return f"{told}."


def gaps(outcome: Outcome) -> list[str]:
    """What was not checked, a sentence each."""
    told = [one_line(sentence) for sentence in outcome.unasked]
    for each in outcome.checked:
        if each.left_out or each.why_left_out:
            why = f" ({one_line(each.why_left_out)})" if each.why_left_out else ""
            told.append(f"{one_line(each.title)}: {_left_out(each)}not checked{why}.")
    return told


def _left_out(checked: Checked) -> str:
    if not checked.left_out:
        return ""
    if not checked.count:
        return f"{counted(checked.left_out, checked.unit)} "
    everything = counted(checked.left_out + checked.count, checked.unit)
    return f"{checked.left_out:,} of {everything} "


def pages_of(finding: Finding) -> str:
    """The first page that shows a finding, and how many more do; empty where none is known."""
    if not finding.pages:
        return ""
    more = len(finding.pages) - 1
    others = f" and {counted(more, 'other page')}" if more else ""
    return f"{one_line(finding.pages[0])}{others}"


def location_of(finding: Finding) -> str:
    """``path:line:column``, on one line."""
    return shown_path(finding.location)


def shown_path(path: str) -> str:
    """A path on one line that GitHub doesn't take for a command where it begins a line of a log."""
    line = one_line(path)
    return f"./{line}" if line.startswith(("::", "##[")) else line


def by_importance(outcome: Outcome) -> list[Finding]:
    """The findings, worst first, and within a level the first of each rule before its others."""
    seen: dict[tuple[Severity, str], int] = {}
    ranked = []
    for finding in outcome.findings:
        key = finding.severity, finding.rule
        seen[key] = seen.get(key, 0) + 1
        ranked.append((LEVELS.index(finding.severity), seen[key], finding))
    # Sorting is stable, so that findings of one rank stay in their order.
    return [finding for *_, finding in sorted(ranked, key=lambda each: each[:2])]


def from_top(path: str, root: Path, top: Path | None) -> str:
    """A path of a finding, as seen from the top of the checkout.

    Args:
        path: the path, relative to the portal's folder.
        root: the portal's folder.
        top: the top of the checkout; paths stay as they are where the portal lies elsewhere.
    """
    if not path or top is None or not root.is_relative_to(top):
        return path
    return (root.relative_to(top) / path).as_posix()


def json_text(data: object) -> str:
    """Data as JSON (RFC 8259), indented, with a newline at the end.

    Characters that terminals would act on, and lone surrogates, are escaped.
    """
    text = json.dumps(data, indent=2, ensure_ascii=False)
    return "".join(map(_escaped, text)) + "\n"


def _escaped(char: str) -> str:
    # Outside of strings JSON holds nothing but printable characters, blanks and newlines.
    return char if char.isprintable() or char == "\n" else json.dumps(char)[1:-1]
