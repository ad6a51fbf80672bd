"""What builds tell, each thing once, and without what was found before."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from guildhall.core.findings.finding import BUILD_WARNING, Finding
from guildhall.model.base.rules import LESSON

_PATH = re.compile(r"_?(?:StrPath|PosixPath|WindowsPath)\('([^']*)'\)")
OUTSIDE = "/_outside/"
"""What paths that lead out of a lesson are made into, so that nothing is there."""
_LEADS_OUT = re.compile(r"the path '(.+)' leads out")
_LANGUAGE = re.compile(r"\.([a-z]{2,3}(?:[-_][A-Za-z]+)?)(\.\w+)?$")
_OF_OTHERS = ("[myst.header]", "[toc.no_title]")
"""Warnings about headings, which rules of pages find with their columns and words."""


def of_build(
    findings: Iterable[Finding], root: Path, known: Iterable[Finding]
) -> Iterator[Finding]:
    """The warnings of a build, but for those that were found before it.

    Args:
        findings: what the build told.
        root: the portal's folder.
        known: what was found without building.
    """
    told = {(each.path, each.line, each.message) for each in known}
    relative = [finding.relative_to(root) for finding in findings]
    for there in _without_twice(_without_outside(_without_languages(relative))):
        if (there.path, there.line, there.message) in told:
            continue
        if there.rule != BUILD_WARNING:
            yield there
        elif not there.message.endswith(_OF_OTHERS):
            # Sphinx names some files by their whole path, which is another on each computer.
            words = _PATH.sub(r"'\1'", there.message.replace(f"{root}{os.sep}", ""))
            yield replace(there, message=words)


def _without_outside(findings: list[Finding]) -> list[Finding]:
    """The findings without those that a path out of a lesson isn't there.

    That it leads out is told without a line; the other message knows the line.
    """
    kept = [each for each in findings if OUTSIDE not in each.message]
    for each in findings:
        name = _after(OUTSIDE, each.message)
        for index, other in enumerate(kept):
            is_meant = name and other.rule == LESSON.id and f"{name}'" in other.message
            if is_meant and other.path == each.path and not other.line:
                kept[index] = replace(other, line=each.line, column=each.column)
                break
    return kept


def _without_languages(findings: list[Finding]) -> list[Finding]:
    """The findings without those of pictures for a language, which no page names.

    Sphinx looks for `a.en.png` wherever a page names `a.png`.
    """
    named = {
        (each.path, found[1]) for each in findings if (found := _LEADS_OUT.search(each.message))
    }
    return [
        each
        for each in findings
        if not (found := _LEADS_OUT.search(each.message))
        or (each.path, _LANGUAGE.sub(r"\2", found[1])) not in named - {(each.path, found[1])}
    ]


def _without_twice(findings: list[Finding]) -> list[Finding]:
    """The findings without the second about one option: Sphinx tells twice of lines not there."""
    listed = {(each.path, each.line) for each in findings if each.message.startswith("Line spec ")}
    return [
        each
        for each in findings
        if (each.path, each.line) not in listed
        or not each.message.startswith("line number spec is out of range")
    ]


def _after(mark: str, text: str) -> str:
    found = re.search(rf"{re.escape(mark)}([^\s']+)", text)
    return found[1] if found else ""
