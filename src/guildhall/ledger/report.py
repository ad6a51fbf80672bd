"""The report of the checks: as text for people, as JSON for programs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from guildhall.findings.severity import Severity
from guildhall.ledger.checks import CheckResult, Finding, Report, Status, counted
from guildhall.records.faults import Fault

JSON_VERSION = 1
_WORDS: dict[Status, str] = {"pass": "ok", "fail": "FAIL", "skip": "skip"}
_COLOURS: dict[Status, int] = {"pass": 32, "fail": 31, "skip": 33}


def render_text(report: Report, root: Path, *, color: bool = False) -> str:
    """One line a check, what it found beneath it, and a last line with the verdict.

    Args:
        report: what the checks found.
        root: the portal's folder; paths are shown relative to it.
        color: whether the first word of a line is coloured, with ANSI escapes.
    """

    def line(status: Status, title: str, detail: str) -> str:
        word = f"{_WORDS[status]:<4}"
        shown = f"\x1b[{_COLOURS[status]}m{word}\x1b[0m" if color else word
        return f"{shown}  {title} ({detail})"

    detail = counted(len(report.faults), "fault") if report.faults else "no faults"
    lines = [line("fail" if report.faults else "pass", "Records can be read", detail)]
    lines += [f"      {fault.relative_to(root)}" for fault in report.faults]
    for result in report.results:
        lines.append(line(result.status, result.title, result.detail))
        lines += [f"      {_line(finding, root)}" for finding in result.findings]
    lines.append(_verdict(report))
    return "\n".join(lines)


def _line(finding: Finding, root: Path) -> str:
    fault = finding.fault.relative_to(root)
    if finding.level == Severity.ERROR:
        return str(fault)
    return str(replace(fault, message=f"{finding.level}: {fault.message}"))


def _verdict(report: Report) -> str:
    failed = sum(result.status == "fail" for result in report.results) + bool(report.faults)
    checked = sum(result.status != "skip" for result in report.results) + 1
    found = len(report.faults) + len(report.of_level(Severity.ERROR))
    notes = notes_of(report)
    checks = counted(checked, "check")
    if not failed:
        return f"{', '.join((f'{checks} passed', *notes))}."
    failures = (f"{failed} of {checks} failed", counted(found, "finding"))
    return f"{', '.join((*failures, *notes))}."


def notes_of(report: Report) -> tuple[str, ...]:
    """How many findings don't fail: ``2 warnings``, ``1 note``; nothing where there are none."""
    kinds: tuple[tuple[Severity, str], ...] = (
        (Severity.WARNING, "warning"),
        (Severity.INFO, "note"),
    )
    numbers = ((len(report.of_level(level)), noun) for level, noun in kinds)
    return tuple(counted(number, noun) for number, noun in numbers if number)


def to_json(report: Report, root: Path) -> dict[str, Any]:
    """The report as plain data.

    Keys: ``version`` (of this form), ``ok``, ``faults`` (each with ``path``, ``line``, ``column``,
    ``type``, ``message``) and ``checks`` (each with ``id``, ``title``, ``status``, ``detail`` and
    ``findings``, which are faults with ``level``, ``stated``, ``computed`` and ``difference``).
    """
    return {
        "version": JSON_VERSION,
        "ok": report.ok,
        "faults": [_fault(fault, root) for fault in report.faults],
        "checks": [_result(result, root) for result in report.results],
    }


def _result(result: CheckResult, root: Path) -> dict[str, Any]:
    return {
        "id": result.id,
        "title": result.title,
        "status": result.status,
        "detail": result.detail,
        "findings": [_finding(finding, root) for finding in result.findings],
    }


def _finding(finding: Finding, root: Path) -> dict[str, Any]:
    return {
        **_fault(finding.fault, root),
        "level": finding.level,
        "stated": finding.stated,
        "computed": finding.computed,
        "difference": finding.difference,
    }


def _fault(fault: Fault, root: Path) -> dict[str, Any]:
    relative = fault.relative_to(root)
    return {
        "path": relative.path.as_posix(),
        "line": fault.line,
        "column": fault.column,
        "type": f"guildhall.{fault.subtype}",
        "message": fault.message,
    }
