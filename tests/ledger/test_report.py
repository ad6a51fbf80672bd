"""What checks found as one report: what fails, and how a build sums it up."""

from __future__ import annotations

from guildhall.cli.report.summary import summarise
from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity
from guildhall.network.results import Report, result_of


def finding(line: int, severity: Severity = Severity.ERROR) -> Finding:
    return Finding("/portal/one.yml", line, 1, "rule", f"finding {line}", severity)


MIXED = Report(
    (
        result_of("a", "A", "2 things", [finding(3, Severity.INFO), finding(2)]),
        result_of("b", "B", "1 thing", [finding(1, Severity.WARNING)]),
    )
)


def test_only_errors_make_a_check_fail():
    assert [result.status for result in MIXED.results] == ["fail", "pass"]
    assert MIXED.ok is False
    assert Report(MIXED.results[1:]).ok is True
    assert result_of("c", "C", "nothing", [], looked=False).status == "skip"


def test_a_build_says_in_its_summary_that_there_are_warnings_and_notes():
    told = summarise(MIXED)
    assert told == (
        "records, references and 2 checks of a, b; 1 warning and 1 note, see `guildhall check`."
    )
