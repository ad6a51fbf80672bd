"""Advice on lessons, told once for a lesson where many of its pages could follow it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from guildhall.check.lint.rules import ADVICE
from guildhall.core.findings.finding import Finding
from guildhall.core.values.faults import quote
from guildhall.network.lessons.outline import Outline

_NAMED = 3
"""So many other pages are named."""


def once_a_lesson(
    findings: Iterable[Finding], outlines: Iterable[Outline], root: Path
) -> tuple[Finding, ...]:
    """The findings with each piece of advice told at the first page of a lesson that it concerns.

    Args:
        findings: what was found and is not silenced, in order.
        outlines: the lessons.
        root: the portal's folder.
    """
    lessons = {
        path.relative_to(root).as_posix(): outline.lesson.key
        for outline in outlines
        for path in outline.files
    }
    kept: list[Finding] = []
    first: dict[tuple[str, str], int] = {}
    others: dict[int, list[str]] = {}
    for each in findings:
        lesson = lessons.get(each.path)
        if each.rule not in ADVICE or lesson is None:
            kept.append(each)
            continue
        at = first.setdefault((lesson, each.rule), len(kept))
        if at == len(kept):
            kept.append(each)
        else:
            others.setdefault(at, []).append(each.path.rsplit("/", 1)[-1])
    for at, names in others.items():
        told = ", ".join(map(quote, names[:_NAMED]))
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        message = f"{kept[at].message}; the same applies to {told}{more}"
        kept[at] = replace(kept[at], message=message)
    return tuple(kept)
