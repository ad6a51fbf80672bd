"""The report of the checks: as text for people, as JSON for programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from guildhall.ledger.checks import CheckResult, Finding, Report
from guildhall.records.faults import Fault

JSON_VERSION = 1
_WORDS = {"pass": "ok", "fail": "FAIL", "skip": "skip"}


def render_text(report: Report, root: Path) -> str:
    """One line a check, what it found beneath it, and a last line with the verdict.

    Args:
        report: what the checks found.
        root: the portal's folder; paths are shown relative to it.
    """
    lines = [f"  {fault.relative_to(root)}" for fault in report.faults]
    if lines:
        lines.insert(0, f"FAIL  Records can be read: {len(report.faults)} faults")
    else:
        lines.append("ok    Records can be read")
    for result in report.results:
        lines.append(f"{_WORDS[result.status]:<5} {result.title} ({result.detail})")
        lines += [f"  {finding.fault.relative_to(root)}" for finding in result.findings]
    lines.append(_verdict(report))
    return "\n".join(lines)


def _verdict(report: Report) -> str:
    failed = sum(result.status == "fail" for result in report.results) + bool(report.faults)
    checked = sum(result.status != "skip" for result in report.results) + 1
    found = len(report.faults) + sum(len(result.findings) for result in report.results)
    if not failed:
        return f"{checked} checks passed."
    return f"{failed} of {checked} checks failed, {found} findings."


def to_json(report: Report, root: Path) -> dict[str, Any]:
    """The report as plain data.

    Keys: ``version`` (of this form), ``ok``, ``faults`` (each with ``path``, ``line``, ``column``,
    ``type``, ``message``) and ``checks`` (each with ``id``, ``title``, ``status``, ``detail`` and
    ``findings``, which are faults with ``stated``, ``computed`` and ``difference``).
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
