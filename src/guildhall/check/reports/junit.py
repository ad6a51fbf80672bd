"""The report as JUnit XML, in the form that Jenkins and GitLab read.

There is no standard of it; this keeps to the elements and attributes that all readers know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from guildhall.check.reports.outcome import AreaTally, Outcome
from guildhall.check.reports.texts import NOUNS, location_of, one_line, pages_of
from guildhall.core.counting import counted
from guildhall.core.findings.finding import Finding

_MOST_LINES = 1_000
"""Findings that one test lists; readers keep each text in memory."""


def render(outcome: Outcome, root: Path) -> str:
    """The report as XML: a suite an area, a test a rule.

    A test fails where a finding of its rule keeps the site from being published; other findings
    are its output. Rules of an area of which nothing was looked at are skipped, not passed.

    Args:
        outcome: what the check found.
        root: the portal's folder; paths are relative to it already.
    """
    del root
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in outcome.findings:
        found[finding.rule].append(finding)
    rules: defaultdict[str, set[str]] = defaultdict(set)
    for name in (*outcome.rules, *found):
        rules[outcome.area_of(name)].add(name)
    failing = frozenset(outcome.failing)
    suites = Element("testsuites", name=one_line(outcome.portal))
    for tally in outcome.tallies():
        suite = _suite(suites, tally, outcome)
        for name in sorted(rules[tally.checked.area]):
            _case(suite, name, found[name], failing, tally, outcome)
        _count(suite)
    for total in ("tests", "failures", "errors", "skipped"):
        suites.set(total, str(sum(int(suite.get(total, "0")) for suite in suites)))
    indent(suites)
    return tostring(suites, encoding="unicode", xml_declaration=False).join(
        ('<?xml version="1.0" encoding="UTF-8"?>\n', "\n")
    )


def _suite(suites: Element, tally: AreaTally, outcome: Outcome) -> Element:
    return SubElement(
        suites,
        "testsuite",
        name=one_line(tally.checked.title),
        timestamp=f"{outcome.today.isoformat()}T00:00:00",
    )


def _case(
    suite: Element,
    name: str,
    found: Sequence[Finding],
    failing: frozenset[Finding],
    tally: AreaTally,
    outcome: Outcome,
) -> None:
    rule = outcome.rules.get(name)
    case = SubElement(suite, "testcase", classname=tally.checked.area, name=name, time="0")
    fatal = [finding for finding in found if finding in failing]
    others = [finding for finding in found if finding not in failing]
    if fatal:
        case.set("file", one_line(fatal[0].path))
        if fatal[0].line:
            case.set("line", str(fatal[0].line))
        title = rule.title if rule else name
        failure = SubElement(
            case, "failure", message=f"{counted(len(fatal), 'finding')}: {title}", type=name
        )
        failure.text = _lines(fatal, outcome)
    elif not found and not tally.checked.count and _is_left_out(tally):
        SubElement(case, "skipped", message=one_line(tally.checked.why_left_out or "left out"))
    if others:
        SubElement(case, "system-out").text = _lines(others, outcome)


def _is_left_out(tally: AreaTally) -> bool:
    return bool(tally.checked.left_out or tally.checked.why_left_out)


def _lines(found: Sequence[Finding], outcome: Outcome) -> str:
    lines = []
    for finding in found[:_MOST_LINES]:
        place = location_of(finding)
        where = f"{place}: " if place else ""
        lines.append(f"{where}{NOUNS[finding.severity]}: {one_line(finding.message)}")
        if pages := pages_of(finding):
            lines.append(f"    on {pages}")
        if finding.mend:
            lines.append(f"    fix: {one_line(finding.mend)}")
    if len(found) > _MOST_LINES:
        lines.append(f"and {counted(len(found) - _MOST_LINES, 'other')}")
    rule = outcome.rules.get(found[0].rule)
    if rule and not all(each.says_mend for each in found):
        lines.append(one_line(f"{rule.mend} {rule.why}"))
    return "\n".join(lines)


def _count(suite: Element) -> None:
    """Say how many tests a suite has, and how they went."""
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", "0")
    suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
