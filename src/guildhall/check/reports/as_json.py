"""The report as JSON for programs: documented, versioned, in a stable order."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from guildhall.check.reports.outcome import LEVELS, AreaTally, Outcome
from guildhall.check.reports.texts import json_text, verdict
from guildhall.core.findings.finding import Edit, Finding
from guildhall.core.findings.rule import Rule

JSON_VERSION = 2
"""The version of the form; keys may be added within it, but none is taken out or changed."""


def render(outcome: Outcome, root: Path) -> str:
    """The report as a JSON document, see :func:`to_json`."""
    return json_text(to_json(outcome, root))


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the report."""
    text = files("guildhall.check.reports").joinpath("report.schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def to_json(outcome: Outcome, root: Path) -> dict[str, Any]:
    """The report as plain data, as ``report.schema.json`` describes it.

    Args:
        outcome: what the check found.
        root: the portal's folder; paths are relative to it already.
    """
    del root
    named = sorted({finding.rule for finding in outcome.findings} & set(outcome.rules))
    return {
        "version": JSON_VERSION,
        "portal": outcome.portal,
        "date": outcome.today.isoformat(),
        "ok": outcome.ok,
        "fail_on": str(outcome.fail_on),
        "verdict": verdict(outcome),
        "counts": {
            **{str(level): outcome.count(level) for level in LEVELS},
            "silenced": outcome.silenced,
        },
        "left_out": list(outcome.unasked),
        "areas": [_area(tally) for tally in outcome.tallies()],
        "rules": {name: _rule(outcome.rules[name]) for name in named},
        "findings": [_finding(finding, outcome) for finding in outcome.findings],
    }


def _area(tally: AreaTally) -> dict[str, Any]:
    checked = tally.checked
    return {
        "area": checked.area,
        "title": checked.title,
        "unit": checked.unit,
        "looked_at": checked.count,
        "left_out": checked.left_out,
        "why_left_out": checked.why_left_out,
        "error": tally.errors,
        "warning": tally.warnings,
        "info": tally.notes,
        "outcomes": dict(checked.outcomes),
    }


def _rule(rule: Rule) -> dict[str, str]:
    return {
        "level": str(rule.severity),
        "title": rule.title,
        "why": rule.why,
        "mend": rule.mend,
        "source": rule.source,
    }


def _finding(finding: Finding, outcome: Outcome) -> dict[str, Any]:
    return {
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "level": str(finding.severity),
        "rule": finding.rule,
        "area": outcome.area_of(finding.rule),
        "message": finding.message,
        "mend": outcome.mend_of(finding),
        "target": finding.target,
        "pages": list(finding.pages),
        "edit": _edit(finding.edit) if finding.edit else None,
        "stated": finding.stated,
        "computed": finding.computed,
        "difference": finding.difference,
    }


def _edit(edit: Edit) -> dict[str, Any]:
    return {
        "path": edit.path,
        "line": edit.line,
        "column": edit.column,
        "old": edit.old,
        "new": edit.new,
    }
