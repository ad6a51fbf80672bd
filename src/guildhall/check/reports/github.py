"""The report on GitHub: annotations in the files, and a summary of the run.

Sources: GitHub's documentation of workflow commands, of job summaries and of their limits.
"""

from __future__ import annotations

import os
from itertools import groupby
from pathlib import Path

from guildhall.check.reports.outcome import Outcome
from guildhall.check.reports.texts import NOUNS, by_importance, from_top, gaps, one_line, verdict
from guildhall.core.findings.finding import Finding
from guildhall.core.findings.markdown import as_code, as_text, in_markdown
from guildhall.core.findings.severity import Severity

SHOWN_PER_STEP = 10
"""How many annotations of each level GitHub shows of a step."""
SUMMARY_VARIABLE = "GITHUB_STEP_SUMMARY"
LARGEST_SUMMARY = 900_000
"""Bytes of a summary; GitHub refuses one above 1 MiB, whatever else the step writes into it."""
_COMMANDS: dict[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}


def top_of_checkout() -> Path | None:
    """The folder that GitHub takes paths of annotations from, where it says so."""
    stated = os.environ.get("GITHUB_WORKSPACE")
    return Path(stated) if stated else None


def workflow_command(level: str, text: str, **properties: str) -> str:
    """One workflow command.

    Args:
        level: ``error``, ``warning`` or ``notice``.
        text: the message.
        properties: ``file``, ``line``, ``col`` and ``title``; empty ones are left out.
    """
    given = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    return f"::{level} {given}::{_data(text)}" if given else f"::{level}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def render(
    outcome: Outcome, root: Path, *, top: Path | None = None, most: int | None = None
) -> str:
    """The findings as workflow commands, which GitHub shows as annotations.

    GitHub shows ten of each level: so the worst come first, and among them one of each rule.

    Args:
        outcome: what the check found.
        root: the portal's folder.
        top: the top of the checkout, from which GitHub takes paths.
        most: how many of each level are written; by default all.
    """
    lines = []
    written = dict.fromkeys(Severity, 0)
    for finding in by_importance(outcome):
        if most is None or written[finding.severity] < most:
            written[finding.severity] += 1
            lines.append(_annotation(finding, outcome, root, top))
    return "".join(f"{line}\n" for line in lines)


def _annotation(finding: Finding, outcome: Outcome, root: Path, top: Path | None) -> str:
    mend = outcome.mend_of(finding)
    text = one_line(finding.message) + (f"\n{one_line(mend)}" if mend else "")
    return workflow_command(
        _COMMANDS[finding.severity],
        text,
        file=one_line(from_top(finding.path, root, top)),
        line=str(finding.line or ""),
        col=str(finding.column or ""),
        title=finding.rule,
    )


def summary(outcome: Outcome, root: Path, *, largest: int = LARGEST_SUMMARY) -> str:
    """The whole report as GitHub's Markdown.

    What comes from the portal is shown as it is: it is no HTML, links nowhere, mentions nobody.

    Args:
        outcome: what the check found.
        root: the portal's folder.
        largest: how many bytes it may have; findings that don't fit are only counted.
    """
    del root
    head = [f"## {as_text(outcome.portal)}: the check", "", f"**{as_text(verdict(outcome))}**", ""]
    head += [f"- {in_markdown(sentence)}" for sentence in gaps(outcome)]
    if outcome.checked:
        head += ["", *_table(outcome)]
    mends = _mends(outcome)
    room = largest - sum(map(_size, (*head, *mends))) - 200
    body: list[str] = []
    left = len(outcome.findings)
    for path, group in groupby(outcome.findings, key=lambda finding: finding.path):
        heading = ["", f"### {as_code(one_line(path)) if path else 'In no file'}", ""]
        for finding in group:
            lines = [*heading, _item(finding)]
            room -= sum(map(_size, lines))
            if room < 0:
                break
            body += lines
            left -= 1
            heading = []
        if room < 0:
            body += ["", f"And {left:,} more, which didn't fit here."]
            break
    return "\n".join((*head, *body, *mends)) + "\n"


def _size(line: str) -> int:
    return len(line.encode("utf-8", "replace")) + 1


def _table(outcome: Outcome) -> list[str]:
    lines = [
        "| Area | Looked at | Errors | Warnings | Notes | Left out |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for tally in outcome.tallies():
        checked = tally.checked
        numbers = (checked.count, tally.errors, tally.warnings, tally.notes, checked.left_out)
        cells = " | ".join(f"{number:,}" for number in numbers)
        lines.append(f"| {as_text(checked.title)} | {cells} |")
    return lines


def _item(finding: Finding) -> str:
    place = ":".join(str(number) for number in (finding.line, finding.column) if number)
    mend = f" {in_markdown(finding.mend)}" if finding.mend else ""
    where = f"{place}: " if place else ""
    noun = NOUNS[finding.severity]
    return f"- {where}**{noun}** {in_markdown(finding.message)} ({as_code(finding.rule)}).{mend}"


def _mends(outcome: Outcome) -> list[str]:
    rules = outcome.rules_to_explain()
    lines = [
        f"- {as_code(rule.id)}: {in_markdown(rule.mend)} {in_markdown(rule.why)}" for rule in rules
    ]
    return ["", "### How to fix them", "", *lines] if lines else []


def write_summary(outcome: Outcome, root: Path) -> None:
    """Add the report to the summary of the step, where GitHub names a file for it.

    Raises:
        OSError: where the file can't be written.
    """
    named = os.environ.get(SUMMARY_VARIABLE)
    if named:
        with Path(named).open("a", encoding="utf-8", errors="replace") as file:
            file.write(summary(outcome, root))
