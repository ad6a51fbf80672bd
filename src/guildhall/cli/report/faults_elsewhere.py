"""Warnings that nobody here can mend: those of external lessons, and of sites that are away.

They never keep a site from being published. A build tells them short, the check at more length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from guildhall.check.run.from_build import UNREACHABLE, unreachable
from guildhall.core.counting import counted
from guildhall.core.findings.alike import alike
from guildhall.core.findings.finding import Finding
from guildhall.model.checkouts import lesson_of_checkout

MOST_KINDS = 5
"""Kinds of warnings of a lesson that a build names."""


@dataclass
class SortedOut:
    """The findings of a build by who can mend what they say.

    Args:
        own: those about this portal.
        of_lessons: those about pages of external lessons, by the lesson's id.
        notes: those about sites that couldn't be reached.
    """

    own: list[Finding] = field(default_factory=list)
    of_lessons: dict[str, list[Finding]] = field(default_factory=dict)
    notes: list[Finding] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """What a build says of those that don't count."""
        for site in sorted(unreachable(self.notes)):
            yield f"note: the inventory of {site} can't be read"
        for key, findings in sorted(self.of_lessons.items()):
            found = sorted(set(findings))
            warnings = counted(len(found), "warning")
            yield f"lessons/{key}: {warnings} in its pages, which are external:"
            yield from _kinds(found)


def sort_out(findings: Iterable[Finding]) -> SortedOut:
    """Sort findings, whose paths are relative to the portal's folder."""
    found = SortedOut()
    for finding in findings:
        key = lesson_of_checkout(finding.path)
        if finding.rule == UNREACHABLE:
            found.notes.append(finding)
        elif key is not None:
            found.of_lessons.setdefault(key, []).append(finding)
        else:
            found.own.append(finding)
    return found


def _kinds(findings: list[Finding]) -> Iterator[str]:
    """The kinds of findings, the most common first, each with its first place."""
    kinds = alike(findings, lambda finding: f"{finding.message} [{finding.rule}]")
    for number, first in kinds[:MOST_KINDS]:
        yield f"  {number} × {first}"
    others = sum(number for number, _ in kinds[MOST_KINDS:])
    if others:
        yield f"  {others} of other kinds; `guildhall check` lists more of them"
