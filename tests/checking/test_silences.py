"""What settings and comments say of findings: levels, silences, and silences that don't hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guildhall.check.run.catalogue import all_rules
from guildhall.check.run.silences import Judged, Silencer
from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity
from guildhall.model.settings.checks import Checks
from guildhall.model.settings.portal import load_settings

TODAY = date(2026, 6, 1)

RECORD = """\
kind: workshop
title: "# guildhall: silence claims reason: this is a title"
text: |
  Words
  # guildhall: silence claims reason: this is text
# guildhall: silence in-kind.row-totals reason: corrected in autumn
amounts:
  2025: 3

  2026: 4
total: 9  # guildhall: silence claims reason: as printed until: 2026-06-01
other: 1
"""


def judge(
    root: Path, settings: str, findings: list[Finding], files: tuple[str, ...] = (), **more: object
) -> Judged:
    path = root / "conf" / "portal.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"title: Portal\n{settings}", encoding="utf-8")
    read, faults = load_settings(root)
    assert not faults
    return Silencer(root, read.checks, all_rules(), TODAY, files, **more).judge(findings)  # type: ignore[arg-type]


def told(judged: Judged) -> list[str]:
    return [f"{each.location}: {each.message} [{each.rule}]" for each in judged.findings]


def finding(rule: str, path: str = "a.yml", line: int = 1, target: str = "") -> Finding:
    return Finding(path, line, 1, rule, "x", all_rules()[rule].severity, target=target)


def test_a_level_raises_or_lowers_a_rule(tmp_path: Path):
    levels = "checks:\n  levels: {claims: warning, image-size: error}\n"
    judged = judge(tmp_path, levels, [finding("claims"), finding("image-size")])
    assert [each.severity for each in judged.findings] == [Severity.WARNING, Severity.ERROR]


def test_a_level_that_is_none_is_a_fault_of_the_settings(tmp_path: Path):
    path = tmp_path / "conf" / "portal.yml"
    path.parent.mkdir()
    path.write_text("checks:\n  levels: {claims: errors}\n", encoding="utf-8")
    _, (fault,) = load_settings(tmp_path)
    assert (fault.line, fault.column) == (2, 20)
    assert "expected one of `error`, `warning`, `info`; did you mean `error`?" in fault.message


@pytest.mark.parametrize(
    ("silence", "kept"),
    [
        ("{rules: [claims], reason: x}", ["image-alt"]),
        ("{rules: [claims, image-alt], reason: x}", []),
        ("{rules: [claims], pages: [lessons/*], reason: x}", ["image-alt", "claims"]),
        ("{rules: [claims], pages: [lessons/*, partners/**], reason: x}", ["image-alt"]),
        ("{rules: [claims], addresses: ['https://a.example/*'], reason: x}", ["image-alt"]),
        ("{rules: [claims], addresses: ['http://*'], reason: x}", ["image-alt", "claims"]),
        ("{rules: [claims], reason: x, until: 2026-06-01}", ["image-alt"]),
        ("{rules: [claims], reason: x, until: 2026-05-31}", ["image-alt", "claims"]),
    ],
)
def test_the_settings_silence_by_rule_page_and_address_until_a_day(
    tmp_path: Path, silence: str, kept: list[str]
):
    found = [
        finding("claims", "partners/a/b.yml", target="https://a.example/x"),
        finding("image-alt", "lesson.md"),
    ]
    judged = judge(tmp_path, f"checks:\n  silence: [{silence}]\n", found)
    about_silences = {"silence-unused", "silence-ended"}
    assert [each.rule for each in judged.findings if each.rule not in about_silences] == kept
    assert judged.silenced == 2 - len(kept)


def test_silences_of_the_settings_that_do_nothing_are_told_at_their_place(tmp_path: Path):
    settings = (
        "checks:\n  levels:\n    claim: info\n  silence:\n"
        "    - {rules: [claims, workshop.*], reason: x}\n"
        "    - rules: [amounts.rnage]\n      reason: x\n"
        "    - rules: [amounts.range]\n      reason: x\n      until: 2026-05-31\n"
    )
    assert told(judge(tmp_path, settings, [finding("workshop.gaps")])) == [
        "conf/portal.yml:4:5: unknown rule `claim`; did you mean `claims`? [silence-unknown]",
        "conf/portal.yml:6:16: nothing breaks `claims`; remove the silence [silence-unused]",
        (
            "conf/portal.yml:7:15: unknown rule `amounts.rnage`; did you mean `amounts.range`? "
            "[silence-unknown]"
        ),
        "conf/portal.yml:11:14: the silence ended on 2026-05-31 [silence-ended]",
    ]


def test_a_comment_of_a_record_is_about_its_line_or_the_entry_below(tmp_path: Path):
    (tmp_path / "a.yml").write_text(RECORD, encoding="utf-8")
    found = [
        *(finding("in-kind.row-totals", line=line) for line in (6, 7, 8, 10, 11)),
        *(finding("claims", line=line) for line in (3, 11, 12)),
    ]
    judged = judge(tmp_path, "", found, ("a.yml",))
    assert [(each.rule, each.line) for each in judged.findings] == [
        ("claims", 3),
        ("in-kind.row-totals", 11),
        ("claims", 12),
    ]


def test_an_ended_comment_silences_nothing_and_is_told(tmp_path: Path):
    text = RECORD.replace("2026-06-01", "2026-05-31").replace("until: 2026", "until: 2026")
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")
    found = [finding("in-kind.row-totals", line=8), finding("claims", line=11)]
    assert told(judge(tmp_path, "", found, ("a.yml",))) == [
        "a.yml:11:1: x [claims]",
        "a.yml:11:11: the silence ended on 2026-05-31 [silence-ended]",
    ]


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("silence claims", "the silence has no reason"),
        ("silence reason: x", "the comment names no rule"),
        ("silence clams reason: x", "unknown rule `clams`; did you mean `claims`?"),
        ("silence claims reason: x until: soon", "`until`: found `soon`, expected a date"),
    ],
)
def test_what_a_comment_lacks_is_told_at_the_comment(tmp_path: Path, comment: str, message: str):
    (tmp_path / "a.yml").write_text(f"kind: x\na: 1 # guildhall: {comment}\n", encoding="utf-8")
    found = [finding("claims", line=2)]
    (about,) = [
        each for each in judge(tmp_path, "", found, ("a.yml",)).findings if each.rule != "claims"
    ]
    assert about.location == "a.yml:2:6"
    assert message in about.message


def test_a_silence_is_unused_only_where_its_rule_was_looked_for(tmp_path: Path):
    text = "a: 1 # guildhall: silence claims, amounts.range reason: x\n"
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")
    settings = "checks:\n  silence: [{rules: [claims], reason: x}]\n"
    judged = judge(
        tmp_path, settings, [], ("a.yml",), ran=lambda rule, path: rule == "amounts.range"
    )
    assert [each.message for each in judged.findings] == [
        "nothing here breaks the rule `amounts.range`; remove the silence"
    ]


def test_comments_outside_the_portal_are_never_read(tmp_path: Path):
    root = tmp_path / "portal"
    root.mkdir()
    (tmp_path / "a.yml").write_text(
        "a: 1 # guildhall: silence claims reason: x\n", encoding="utf-8"
    )
    assert judge(root, "", [finding("claims", "../a.yml")]).silenced == 0


def test_a_portal_that_says_nothing_silences_nothing():
    silencer = Silencer(Path(), Checks(), all_rules(), TODAY)
    assert silencer.judge([finding("claims")]) == Judged((finding("claims"),), 0)
