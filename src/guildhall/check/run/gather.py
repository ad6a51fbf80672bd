"""What records, lesson pages and builds tell, as findings of one form."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from guildhall.check.lint.lesson import Finding as PageFinding
from guildhall.check.run.catalogue import all_rules
from guildhall.cli.messages import Message
from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity
from guildhall.model.base.faults import Fault, Subtype
from guildhall.model.records.rules import rule_of
from guildhall.network.ledger.checks import CheckResult, Report
from guildhall.network.ledger.checks import Finding as CheckFinding

_OURS = "guildhall."
_OF_LESSONS = f"{_OURS}{Subtype.LESSON}"
_OF_PAGES = f"{_OURS}{Subtype.LINT}"
_OF_PAGE = re.compile(r"(?P<message>.*) \[(?P<rule>[\w.-]+)\]", re.DOTALL)
"""What is found on a page as it is read names its rule."""
_PATH = re.compile(r"_?(?:StrPath|PosixPath|WindowsPath)\('([^']*)'\)")
OUTSIDE = "/_outside/"
_LEADS_OUT = re.compile(r"the path '(.+)' leads out")
_LANGUAGE = re.compile(r"\.([a-z]{2,3}(?:[-_][A-Za-z]+)?)(\.\w+)?$")
_OF_OTHERS = frozenset({"myst.header", "toc.no_title"})
"""Warnings about headings, which rules of pages find with their columns and words."""
"""What paths that lead out of a lesson are made into, so that nothing is there."""


def of_report(report: Report, root: Path) -> Iterator[Finding]:
    """The findings of the checks of records, and the faults of records themselves.

    Args:
        report: what the checks found.
        root: the portal's folder.
    """
    for fault in report.faults:
        yield of_fault(fault, rule_of(fault.subtype), Severity.ERROR, root)
    for result in report.results:
        for found in result.findings:
            yield of_check(result, found, root)


def of_check(result: CheckResult, found: CheckFinding, root: Path) -> Finding:
    """What a check of records found, as a finding of the rule of the check's name."""
    return replace(
        of_fault(found.fault, result.id, found.level, root),
        stated=found.stated,
        computed=found.computed,
        difference=found.difference,
    )


def of_pages(found: Iterable[PageFinding], root: Path) -> Iterator[Finding]:
    """The findings of lesson pages."""
    for each in found:
        yield of_fault(each.fault, each.rule, each.severity, root)


def of_fault(fault: Fault, rule: str, severity: Severity, root: Path) -> Finding:
    """A fault as a finding of a rule."""
    there = fault.relative_to(root)
    path = there.path.as_posix()
    return Finding(path, there.line, there.column, rule, there.message, severity)


def of_build(
    messages: Iterable[Message], root: Path, known: Iterable[Finding]
) -> Iterator[Finding]:
    """The warnings of a build, but for those that were found before it.

    Args:
        messages: what the build told.
        root: the portal's folder.
        known: what was found without building.
    """
    told = {(each.path, each.line, each.message) for each in known}
    relative = [message.relative_to(root) for message in messages]
    for there in _without_twice(_without_outside(_without_languages(relative))):
        if (there.path, there.line, there.text) in told or there.code in _OF_OTHERS:
            continue
        of_page = _OF_PAGE.fullmatch(there.text) if there.code == _OF_PAGES else None
        if of_page:
            rule, words = of_page["rule"], of_page["message"]
            severity = all_rules()[rule].severity
            yield Finding(there.path, there.line, there.column, rule, words, severity)
            continue
        is_ours = there.code.startswith(_OURS)
        rule = rule_of(there.code.removeprefix(_OURS)) if is_ours else "build.warning"
        # Sphinx names some files by their whole path, which is another on each computer.
        words = _PATH.sub(r"'\1'", there.text.replace(f"{root}{os.sep}", ""))
        text = f"{words} [{there.code}]" if there.code and not is_ours else words
        yield Finding(there.path, there.line, there.column, rule, text)


def _without_outside(messages: list[Message]) -> list[Message]:
    """The messages without those that a path out of a lesson isn't there.

    That it leads out is told without a line; the other message knows the line.
    """
    kept = [each for each in messages if OUTSIDE not in each.text]
    for each in messages:
        name = _after(OUTSIDE, each.text)
        for index, other in enumerate(kept):
            is_meant = name and other.code == _OF_LESSONS and f"{name}'" in other.text
            if is_meant and other.path == each.path and not other.line:
                kept[index] = replace(other, line=each.line, column=each.column)
                break
    return kept


def _without_languages(messages: list[Message]) -> list[Message]:
    """The messages without those of pictures for a language, which no page names.

    Sphinx looks for `a.en.png` wherever a page names `a.png`.
    """
    named = {(each.path, found[1]) for each in messages if (found := _LEADS_OUT.search(each.text))}
    return [
        each
        for each in messages
        if not (found := _LEADS_OUT.search(each.text))
        or (each.path, _LANGUAGE.sub(r"\2", found[1])) not in named - {(each.path, found[1])}
    ]


def _without_twice(messages: list[Message]) -> list[Message]:
    """The messages without the second about one option: Sphinx tells twice of lines not there."""
    listed = {(each.path, each.line) for each in messages if each.text.startswith("Line spec ")}
    return [
        each
        for each in messages
        if (each.path, each.line) not in listed
        or not each.text.startswith("line number spec is out of range")
    ]


def _after(mark: str, text: str) -> str:
    found = re.search(rf"{re.escape(mark)}([^\s']+)", text)
    return found[1] if found else ""
