"""The forms of reports: each as a file that a person can review, and each with hostile texts."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pytest_regressions.file_regression import FileRegressionFixture

from guildhall.check.reports import FORMS, as_json, github, junit, render, sarif, text
from guildhall.check.reports.outcome import Checked, Outcome
from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity

from .outcomes import CLEAN, HOSTILE, HOSTILE_TEXTS, ROOT, RULES, SMALL

SARIF_SCHEMA = Path(__file__).with_name("sarif-2.1.0.subset.json")
SUFFIXES = {"text": ".txt", "github": ".txt", "json": ".json", "sarif": ".sarif", "junit": ".xml"}
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("form", FORMS)
def test_a_small_outcome(form: str, file_regression: FileRegressionFixture):
    file_regression.check(
        render(form, SMALL, ROOT), basename=f"small-{form}", extension=SUFFIXES[form]
    )


def test_a_small_outcome_as_a_summary_on_github(file_regression: FileRegressionFixture):
    file_regression.check(github.summary(SMALL, ROOT), basename="small-summary", extension=".md")


@pytest.mark.parametrize("form", FORMS)
def test_the_same_outcome_gives_the_same_text(form: str):
    assert render(form, HOSTILE, ROOT) == render(form, HOSTILE, ROOT)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("outcome", [SMALL, CLEAN, HOSTILE], ids=["small", "clean", "hostile"])
def test_every_report_is_printable_utf_8_and_ends_its_last_line(form: str, outcome: Outcome):
    report = render(form, outcome, ROOT)
    # SARIF says the zero-width space by itself; it is escaped there.
    assert [char for char in report if not char.isprintable() and char != "\n"] == []
    assert report.encode("utf-8") is not None
    assert report == "" or (report.endswith("\n") and not report.endswith("\n\n"))


def test_an_unknown_form_is_refused():
    with pytest.raises(ValueError, match="expected one of text, github"):
        render("yaml", SMALL, ROOT)


# Outcomes


def test_errors_fail_and_warnings_only_where_that_is_asked_for():
    warning = Finding("a.md", 1, 1, "external.moved", "moved", Severity.WARNING)
    outcome = replace(SMALL, findings=(warning,))
    assert outcome.ok
    assert not replace(outcome, fail_on=Severity.WARNING).ok
    assert not replace(outcome, fail_on=Severity.INFO).ok
    assert not SMALL.ok


def test_findings_count_for_the_area_of_their_rule():
    found = [
        (each.checked.area, each.errors, each.warnings, each.notes) for each in SMALL.tallies()
    ]
    assert found == [
        ("sums", 2, 0, 0),
        ("pages", 0, 0, 1),
        ("links", 1, 0, 0),
        ("external", 0, 1, 0),
    ]


def test_an_area_that_only_a_finding_names_is_told_too():
    finding = Finding("a.md", 1, 1, "other.rule", "x")
    outcome = replace(CLEAN, findings=(finding,))
    assert [each.checked.area for each in outcome.tallies()] == ["sums", "links", "other"]


def test_a_whole_id_goes_before_its_beginning():
    checked = (
        Checked("links", "Links", 1, "link"),
        Checked("mine", "Mine", 1, "link", prefixes=("links.a",)),
    )
    outcome = replace(CLEAN, checked=checked)
    assert [outcome.area_of(rule) for rule in ("links.a", "links.b", "x.y")] == [
        "mine",
        "links",
        "x",
    ]


# Text


def test_no_line_with_a_place_is_wrapped_however_narrow_the_terminal():
    shown = ESCAPE.sub("", text.render(SMALL, ROOT, colour=True, width=40))
    plain = text.render(SMALL, ROOT)
    located = [line for line in plain.splitlines() if line.startswith(("lessons/", "partners/"))]
    assert len(located) == 4 + 3
    assert set(located) <= set(shown.splitlines())


def test_colours_only_where_they_are_asked_for():
    assert "\x1b[" not in text.render(SMALL, ROOT)
    coloured = text.render(SMALL, ROOT, colour=True, width=100)
    assert "\x1b[1;31merror\x1b[0m" in coloured
    assert "\x1b[33mwarning\x1b[0m" in coloured


def test_hostile_texts_colour_nothing_and_move_no_cursor():
    coloured = text.render(HOSTILE, ROOT, colour=True, width=100)
    assert "\x1b[31mred" not in coloured
    assert [
        char for char in ESCAPE.sub("", coloured) if not char.isprintable() and char != "\n"
    ] == []
    assert "[bold]markup[/bold]" in coloured


def test_what_was_not_checked_is_said():
    assert "External links: 210 links not checked (offline).\n" in text.render(SMALL, ROOT)
    partly = Checked("external", "External links", 90, "link", 10, "not due today")
    shown = text.render(replace(CLEAN, checked=(partly,)), ROOT)
    assert "External links: 10 of 100 links not checked (not due today).\n" in shown


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (CLEAN, "Passed with no findings."),
        (SMALL, "Failed with 5 findings: 3 errors, 1 warning, 1 note; 1 finding silenced."),
        (
            replace(SMALL, findings=SMALL.findings[:1], silenced=0),
            "Passed with 1 finding: 1 warning.",
        ),
    ],
)
def test_the_last_line_is_the_verdict(outcome: Outcome, expected: str):
    assert text.render(outcome, ROOT).splitlines()[-1] == expected


def test_a_path_is_no_command_of_github_in_a_log():
    finding = Finding("::error file=x::forged", 1, 1, "links.missing-page", "x")
    shown = text.render(replace(CLEAN, findings=(finding,)), ROOT)
    assert not [line for line in shown.splitlines() if line.strip().startswith("::")]


# GitHub


def test_annotations_begin_with_the_worst_and_one_of_each_rule():
    found = [
        Finding("a.md", line, 1, rule, "x", RULES[rule].severity)
        for rule in ("external.moved", "in-kind.row-totals", "links.missing-page")
        for line in (1, 2)
    ]
    outcome = replace(CLEAN, findings=tuple(sorted(found)))
    lines = github.render(outcome, ROOT).splitlines()
    seen = [re.search(r"line=(\d).*title=([\w.-]+)", line) for line in lines]
    assert [(each[2], each[1]) for each in seen if each] == [
        ("in-kind.row-totals", "1"),
        ("links.missing-page", "1"),
        ("in-kind.row-totals", "2"),
        ("links.missing-page", "2"),
        ("external.moved", "1"),
        ("external.moved", "2"),
    ]


def test_no_more_annotations_of_a_level_than_asked_for():
    lines = github.render(SMALL, ROOT, most=1).splitlines()
    assert [line.split()[0] for line in lines] == ["::error", "::warning", "::notice"]


def test_paths_of_annotations_begin_at_the_checkout(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GITHUB_WORKSPACE", "/checkout")
    assert "file=site/lessons/git" in render("github", SMALL, Path("/checkout/site"))
    assert "file=lessons/git" in render("github", SMALL, Path("/elsewhere"))


def test_a_hostile_text_is_one_annotation():
    lines = github.render(HOSTILE, ROOT).splitlines()
    assert len(lines) == len(HOSTILE_TEXTS)
    for line in lines:
        assert re.match(r"::error file=[^:,]*,line=1,col=1,title=links\.missing-page::", line)


def test_the_summary_is_added_to_the_file_that_github_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    github.write_summary(SMALL, ROOT)
    file = tmp_path / "summary.md"
    file.write_text("Before.\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    github.write_summary(SMALL, ROOT)
    assert file.read_text(encoding="utf-8") == f"Before.\n{github.summary(SMALL, ROOT)}"


def rendered(markdown: str) -> BeautifulSoup:
    parser = MarkdownIt("commonmark").enable("table")
    return BeautifulSoup(parser.render(markdown), "html.parser")


def test_nothing_in_the_summary_is_live():
    page = rendered(github.summary(HOSTILE, ROOT))
    assert page.find_all(["a", "img", "script", "b", "pre"]) == []
    assert {len(row.find_all(["td", "th"])) for row in page.find_all("tr")} == {6}
    assert len(page.find_all("h3")) == len(HOSTILE_TEXTS)
    assert len(page.find_all("h2")) == 1
    for each in page.find_all("code"):
        each.decompose()
    # GitHub makes links and mentions of these once Markdown is read, but not within code.
    assert not re.search(r"https?://\w|@\w|#\d", page.get_text())


def test_a_summary_keeps_within_its_size_and_counts_what_is_left_out():
    found = tuple(
        Finding(f"pages/{number:04}.md", 1, 1, "links.missing-page", "x" * 200)
        for number in range(1000)
    )
    whole = replace(CLEAN, findings=found)
    short = github.summary(whole, ROOT, largest=20_000)
    assert len(short.encode()) <= 20_000
    more = re.search(r"And (\d+) more", short)
    assert more
    assert int(more[1]) + short.count("**error**") == 1000
    assert "And " not in github.summary(whole, ROOT)


# JSON


@pytest.mark.parametrize("outcome", [SMALL, CLEAN, HOSTILE], ids=["small", "clean", "hostile"])
def test_the_report_as_json_keeps_to_its_schema(outcome: Outcome):
    schema = as_json.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    report = json.loads(as_json.render(outcome, ROOT))
    jsonschema.Draft202012Validator(schema).validate(report)
    assert report == as_json.to_json(outcome, ROOT)


def test_the_schema_describes_every_key():
    report = as_json.to_json(SMALL, ROOT)
    schema = as_json.schema()["properties"]
    assert set(report) == set(schema)
    assert set(report["findings"][0]) == set(schema["findings"]["items"]["properties"])
    assert set(report["areas"][0]) == set(schema["areas"]["items"]["properties"])
    rule = schema["rules"]["additionalProperties"]["properties"]
    assert set(report["rules"]["external.moved"]) == set(rule)


def test_the_schema_refuses_another_version():
    report = as_json.to_json(SMALL, ROOT) | {"version": 3}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(report, as_json.schema())


@given(st.text())
def test_json_gives_back_every_text(text: str):
    finding = Finding("a.md", 1, 1, "links.missing-page", "m", target=text)
    report = as_json.render(replace(CLEAN, findings=(finding,)), ROOT)
    assert json.loads(report)["findings"][0]["target"] == text
    assert all(char.isprintable() or char == "\n" for char in report)


# SARIF


@pytest.mark.parametrize("outcome", [SMALL, CLEAN, HOSTILE], ids=["small", "clean", "hostile"])
def test_the_report_as_sarif_keeps_to_the_standards_schema(outcome: Outcome):
    schema = json.loads(SARIF_SCHEMA.read_text(encoding="utf-8"))
    report = json.loads(sarif.render(outcome, ROOT, docs="https://docs.example.org/rules"))
    jsonschema.Draft7Validator(schema).validate(report)


def results(outcome: Outcome, **options: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(sarif.render(outcome, ROOT, **options))["runs"][0][
        "results"
    ]
    return found


def prints(outcome: Outcome) -> list[str]:
    return [each["partialFingerprints"]["primaryLocationLineHash"] for each in results(outcome)]


def test_a_finding_is_known_again_where_lines_moved_and_amounts_changed():
    moved = tuple(
        replace(each, line=each.line and each.line + 40, message=each.message.replace("8", "9"))
        for each in SMALL.findings
    )
    assert prints(replace(SMALL, findings=moved)) == prints(SMALL)


def test_equal_findings_of_a_file_are_told_apart():
    one = Finding("a.md", 1, 1, "links.missing-page", "x")
    found = prints(replace(CLEAN, findings=(one, replace(one, line=2))))
    assert found[0].removesuffix(":1") == found[1].removesuffix(":2")
    assert found[0] != found[1]
    assert prints(replace(CLEAN, findings=(replace(one, path="b.md"),)))[0] not in found


def uri(outcome: Outcome, **options: Path) -> str:
    where = results(outcome, **options)[0]["locations"][0]["physicalLocation"]
    assert where["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
    return where["artifactLocation"]["uri"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a b/ü#?.md", "a%20b/%C3%BC%23%3F.md"),
        ("c:/x.md", "c%3A/x.md"),
        ("100%.md", "100%25.md"),
        ("", "conf/portal.yml"),
    ],
)
def test_addresses_are_relative_references(path: str, expected: str):
    outcome = replace(CLEAN, findings=(Finding(path, 1, 1, "links.missing-page", "x"),))
    assert uri(outcome) == expected
    assert uri(outcome, top=ROOT.parent) == f"portal/{expected}"


def test_no_path_of_this_machine_is_in_it():
    report = sarif.render(SMALL, ROOT)
    assert f'"{ROOT}' not in report
    assert "file:" not in report


def test_messages_hold_neither_links_nor_placeholders():
    for each in results(HOSTILE):
        message = each["message"]["text"]
        assert not re.search(r"\[[^\]]*\]\(", message)
        assert not re.search(r"(?<!\{)\{(\{\{)*[0-9]", message)


def test_more_than_code_scanning_takes_are_cut_from_the_least_important():
    note = Finding("a.md", 0, 0, "pages.length", "x", Severity.INFO)
    error = Finding("z.md", 1, 1, "links.missing-page", "x")
    many = tuple(replace(note, line=line) for line in range(1, sarif.MOST_RESULTS + 1))
    outcome = replace(CLEAN, findings=(*many, error))
    found = results(outcome)
    assert len(found) == sarif.MOST_RESULTS
    assert found[-1]["level"] == "error"


# JUnit


@pytest.mark.parametrize("outcome", [SMALL, CLEAN, HOSTILE], ids=["small", "clean", "hostile"])
def test_junit_counts_what_it_holds(outcome: Outcome):
    suites = ElementTree.fromstring(junit.render(outcome, ROOT).encode())
    for suite in [*suites, suites]:
        cases = suite.findall(".//testcase")
        assert int(suite.attrib["tests"]) == len(cases)
        assert int(suite.attrib["failures"]) == len(suite.findall(".//failure"))
        assert int(suite.attrib["skipped"]) == len(suite.findall(".//skipped"))
    assert all(len(case.findall("failure")) <= 1 for case in suites.iter("testcase"))


def test_every_rule_is_a_test_and_only_errors_fail():
    suites = ElementTree.fromstring(junit.render(SMALL, ROOT))
    failed = {
        case.attrib["name"]: case.find("failure") is not None for case in suites.iter("testcase")
    }
    assert failed == {
        "in-kind.row-totals": True,
        "pages.length": False,
        "links.missing-page": True,
        "external.moved": False,
    }
    strict = ElementTree.fromstring(junit.render(replace(SMALL, fail_on=Severity.INFO), ROOT))
    assert len(strict.findall(".//failure")) == 4


def test_rules_of_an_area_that_was_left_out_are_skipped_not_passed():
    outcome = replace(SMALL, findings=SMALL.findings[1:])
    suites = ElementTree.fromstring(junit.render(outcome, ROOT))
    skipped = suites.findall(".//testcase[skipped]")
    assert [case.attrib["name"] for case in skipped] == ["external.moved"]


@given(st.text())
def test_junit_is_well_formed_whatever_a_message_holds(text: str):
    finding = Finding(text, 1, 1, "links.missing-page", text, mend=text, pages=(text,))
    report = junit.render(replace(CLEAN, findings=(finding,), portal=text), ROOT)
    ElementTree.fromstring(report.encode("utf-8"))
