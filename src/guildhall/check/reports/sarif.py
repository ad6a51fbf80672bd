"""The report as SARIF 2.1.0 (OASIS), which GitHub's code scanning and editors read.

Code scanning takes 25,000 results of a run and shows 10 tags of a rule (GitHub's documentation of
its SARIF support); it follows a finding over time by ``primaryLocationLineHash``.
"""

from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from guildhall.check.reports.outcome import Outcome
from guildhall.check.reports.texts import by_importance, from_top, json_text, one_line
from guildhall.core.findings.finding import Finding
from guildhall.core.findings.rule import Rule
from guildhall.core.findings.severity import Severity
from guildhall.core.version import __version__
from guildhall.model.settings.portal import SETTINGS_FILE

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
MOST_RESULTS = 25_000
_BASE = "%SRCROOT%"
_LEVELS: dict[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}
_KINDS: dict[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "recommendation",
}
"""What code scanning calls the levels."""
_NUMBER = re.compile(r"[0-9]+")


def render(outcome: Outcome, root: Path, *, top: Path | None = None, docs: str = "") -> str:
    """The report as a SARIF log.

    Args:
        outcome: what the check found.
        root: the portal's folder.
        top: the top of the checkout, which the addresses of files begin at; by default ``root``.
        docs: the address of the page that has a section for each rule, where there is one.
    """
    findings = by_importance(outcome)[:MOST_RESULTS]
    # In the log, they stand in the order of files again.
    findings.sort()
    named = sorted({finding.rule for finding in findings} | set(outcome.rules))
    index = {name: number for number, name in enumerate(named)}
    repeats: Counter[str] = Counter()
    results = []
    for finding in findings:
        identity = _identity(finding)
        repeats[identity] += 1
        print_ = f"{identity}:{repeats[identity]}"
        results.append(_result(finding, index[finding.rule], print_, root, top))
    driver: dict[str, Any] = {
        "name": "Guildhall",
        "semanticVersion": __version__,
        "rules": [_rule(name, outcome, docs) for name in named],
    }
    if docs:
        driver["informationUri"] = docs
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": "The top of the repository."}}},
        "invocations": [{"executionSuccessful": True}],
        "automationDetails": {"id": "guildhall/"},
        "results": results,
        "properties": {"silenced": outcome.silenced, "findings": len(outcome.findings)},
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _identity(finding: Finding) -> str:
    """What stays the same of a finding where lines move and amounts change."""
    message = _NUMBER.sub("#", finding.message)
    parts = (finding.rule, finding.path, finding.target, message)
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _result(
    finding: Finding, index: int, identity: str, root: Path, top: Path | None
) -> dict[str, Any]:
    path = from_top(finding.path or SETTINGS_FILE.as_posix(), root, top)
    where: dict[str, Any] = {
        "artifactLocation": {"uri": _address(path), "uriBaseId": _BASE},
    }
    if finding.line and finding.path:
        where["region"] = {"startLine": finding.line}
        if finding.column:
            where["region"]["startColumn"] = finding.column
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [{"physicalLocation": where}],
        "partialFingerprints": {"primaryLocationLineHash": identity},
    }
    about = {"target": finding.target, "pages": list(finding.pages)}
    known = {name: value for name, value in about.items() if value}
    return {**result, "properties": known} if known else result


def _address(path: str) -> str:
    """A path as a relative reference (RFC 3986, 4.2), which no colon in it can make absolute."""
    return quote(path, safe="/", errors="replace")


def _message(finding: Finding) -> str:
    text = one_line(f"{finding.message} {finding.mend}".strip())
    # Braces stand for placeholders (SARIF 2.1.0, 3.11.5), `[..](..)` for links (3.11.6).
    braced = text.replace("{", "{{").replace("}", "}}")
    return braced.replace("](", "]\N{ZERO WIDTH SPACE}(")


def _rule(name: str, outcome: Outcome, docs: str) -> dict[str, Any]:
    rule = outcome.rules.get(name) or Rule(name, Severity.ERROR, name, "", "")
    described: dict[str, Any] = {
        "id": name,
        "shortDescription": {"text": rule.title},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": [outcome.area_of(name)],
            "precision": "very-high",
            "problem.severity": _KINDS[rule.severity],
        },
    }
    sentences = [each for each in (rule.why, rule.mend) if each]
    if sentences:
        described["fullDescription"] = {"text": sentences[0]}
        described["help"] = {"text": " ".join(sentences), "markdown": _help(rule)}
    if docs:
        described["helpUri"] = f"{docs}#{quote(name, safe='.')}"
    return described


def _help(rule: Rule) -> str:
    parts = ((rule.why, "Why it matters"), (rule.mend, "How to fix it"), (rule.source, "Source"))
    return "\n\n".join(f"**{heading}:** {text}" for text, heading in parts if text)
