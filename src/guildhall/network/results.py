"""What checks of records found: a result for each check, and the report of all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity

Status = Literal["pass", "fail", "skip"]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found.

    Args:
        id: the check's name, stable over versions.
        title: what it checks.
        status: ``skip`` where there was nothing to check, or broken records forbid a verdict.
        detail: how much was looked at, or why nothing was.
        findings: what it found, in the order of files and lines.
    """

    id: str
    title: str
    status: Status
    detail: str
    findings: tuple[Finding, ...] = ()


def result_of(
    name: str, title: str, detail: str, findings: Iterable[Finding], *, looked: bool = True
) -> CheckResult:
    """The result of a check, which fails where one of its findings is an error.

    Args:
        name: the check's name.
        title: what it checks.
        detail: how much was looked at, or why nothing was.
        findings: what it found, in any order.
        looked: whether there was anything to check.
    """
    if not looked:
        return CheckResult(name, title, "skip", detail)
    found = tuple(sorted(findings))
    failed = any(finding.severity == Severity.ERROR for finding in found)
    return CheckResult(name, title, "fail" if failed else "pass", detail, found)


@dataclass(frozen=True, slots=True)
class Report:
    """What all checks found.

    Args:
        results: one entry a check, in a fixed order.
        faults: faults of records and settings that were found before the checks ran.
    """

    results: tuple[CheckResult, ...]
    faults: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return not self.faults and all(result.status != "fail" for result in self.results)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The faults, then what checks found, in the order of the checks."""
        return (*self.faults, *(each for result in self.results for each in result.findings))

    def of_level(self, level: Severity) -> tuple[Finding, ...]:
        """What checks found of a level, in the order of the checks."""
        findings = (each for result in self.results for each in result.findings)
        return tuple(each for each in findings if each.severity == level)
