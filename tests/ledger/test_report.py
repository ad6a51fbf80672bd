"""The report, as people and as programs read it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from guildhall.cli.summary import summarise
from guildhall.ledger.checks import CHECKS, Finding, Report, result_of, run_checks
from guildhall.ledger.report import JSON_VERSION, render_text, to_json
from guildhall.records.faults import Fault, Subtype

from .conftest import Edits
from .portals import Portal

ALPHA = "partners/rows/alpha.yml"


def report_of(portal: Portal) -> Report:
    return run_checks(portal.registry, portal.settings)


@pytest.fixture
def wrong(spoilt: Callable[[Edits], Portal]) -> Portal:
    return spoilt({ALPHA: ("7-9 [b]", "7-10 [b]")})


def test_a_sound_portal_has_one_line_a_check_and_a_verdict(small: Portal):
    lines = render_text(report_of(small), small.root).splitlines()
    assert lines[0] == "ok    Records can be read (no faults)"
    assert "ok    The in-kind table sums up to its stated grand total (1 stated total)" in lines
    assert len(lines) == 1 + len(CHECKS) + 1
    assert lines[-1] == f"{len(CHECKS) + 1} checks passed."


def test_findings_stand_beneath_their_check_with_their_place(wrong: Portal):
    lines = render_text(report_of(wrong), wrong.root).splitlines()
    index = lines.index(
        "FAIL  In-kind rows sum up to their stated totals (1 finding in 2 stated totals)"
    )
    assert lines[index + 1].startswith(
        "      partners/rows/alpha.yml:8:8: total of the row `Alpha`"
    )
    assert lines[-1] == f"1 of {len(CHECKS) + 1} checks failed, 1 finding."


def test_colour_is_only_added_where_wanted(wrong: Portal):
    report = report_of(wrong)
    plain, coloured = (render_text(report, wrong.root, color=color) for color in (False, True))
    assert "\x1b" not in plain
    assert "\x1b[31mFAIL\x1b[0m  In-kind rows" in coloured
    assert coloured.replace("\x1b[31m", "").replace("\x1b[32m", "").replace("\x1b[0m", "") == plain


def test_json_holds_the_same_in_a_versioned_form(wrong: Portal):
    found = json.loads(json.dumps(to_json(report_of(wrong), wrong.root)))
    assert (found["version"], found["ok"], found["faults"]) == (JSON_VERSION, False, [])
    assert [each["id"] for each in found["checks"]] == [entry.id for entry in CHECKS]
    (finding,) = next(each for each in found["checks"] if each["status"] == "fail")["findings"]
    assert finding == {
        "path": "partners/rows/alpha.yml",
        "line": 8,
        "column": 8,
        "type": "guildhall.sum",
        "message": "total of the row `Alpha`: stated 7-10, computed 7-9, "
        "difference 0 at the low end, -1 at the high end",
        "level": "error",
        "stated": "7-10",
        "computed": "7-9",
        "difference": "0 at the low end, -1 at the high end",
    }


def test_faults_of_records_are_part_of_both_forms(spoilt: Callable[[Edits], Portal]):
    portal = spoilt({ALPHA: ("4-6", "many")})
    report = report_of(portal)
    assert "FAIL  Records can be read (1 fault)" in render_text(report, portal.root)
    (fault,) = to_json(report, portal.root)["faults"]
    assert (fault["path"], fault["line"], fault["column"]) == (ALPHA, 6, 9)


def fault(line: int) -> Fault:
    return Fault(Path("/portal/one.yml"), line, 1, Subtype.WORKSHOP, f"finding {line}")


MIXED = Report(
    (
        result_of("a", "A", "2 things", [Finding(fault(3), level="info"), Finding(fault(2))]),
        result_of("b", "B", "1 thing", [Finding(fault(1), level="warning")]),
    )
)


def test_only_errors_make_a_check_fail():
    assert [result.status for result in MIXED.results] == ["fail", "pass"]
    assert MIXED.ok is False
    assert Report(MIXED.results[1:]).ok is True
    assert result_of("c", "C", "nothing", [], looked=False).status == "skip"


def test_warnings_and_notes_say_what_they_are():
    assert render_text(MIXED, Path("/portal")).splitlines()[1:] == [
        "FAIL  A (2 things)",
        "      one.yml:2:1: finding 2 [guildhall.workshop]",
        "      one.yml:3:1: info: finding 3 [guildhall.workshop]",
        "ok    B (1 thing)",
        "      one.yml:1:1: warning: finding 1 [guildhall.workshop]",
        "1 of 3 checks failed, 1 finding, 1 warning, 1 note.",
    ]
    found = to_json(MIXED, Path("/portal"))["checks"]
    assert [[each["level"] for each in result["findings"]] for result in found] == [
        ["error", "info"],
        ["warning"],
    ]


def test_a_build_says_in_its_summary_that_there_are_warnings_and_notes():
    told = summarise(MIXED)
    assert told == (
        "records, references and 2 checks of a, b; 1 warning and 1 note, see `guildhall check`."
    )
