"""What a run of the check found, and how much it looked at: what all reports are made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from guildhall.core.findings.finding import Finding
from guildhall.core.findings.rule import Rule
from guildhall.core.findings.severity import Severity

LEVELS: tuple[Severity, ...] = (Severity.ERROR, Severity.WARNING, Severity.INFO)
"""The severities, the worst first."""


@dataclass(frozen=True, slots=True)
class Checked:
    """How much of one area was looked at.

    Args:
        area: its name, stable over versions, in small letters with hyphens. Findings of rules
            whose ids begin with it and a dot belong to it.
        title: what it is called in reports, such as ``Internal links``.
        count: how many things were looked at.
        unit: what they are, in the singular, such as ``link``.
        left_out: how many things were not looked at.
        why_left_out: why, such as ``offline``; also where nothing is known of how many.
        prefixes: rules that belong to it as well: whole ids, or what stands before the dot.
        outcomes: how many things came out how, in an order that makes sense, such as
            ``("alive", 200)``; for the history.
    """

    area: str
    title: str
    count: int
    unit: str
    left_out: int = 0
    why_left_out: str = ""
    prefixes: tuple[str, ...] = ()
    outcomes: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class AreaTally:
    """One area with the number of its findings.

    Args:
        checked: what was looked at.
        errors: findings that are errors.
        warnings: findings that are warnings.
        notes: findings that may be meant as they are.
    """

    checked: Checked
    errors: int
    warnings: int
    notes: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the check found.

    Args:
        findings: what was found, in order, with what is silenced left out and levels as set.
        rules: all rules by their ids.
        checked: how much was looked at, one entry an area, in the order of reports.
        silenced: how many findings are silenced.
        today: the day of the run.
        portal: the portal's title.
        fail_on: the least severity that keeps the site from being published.
        unasked: what the whole run left out, each as a sentence, such as that only changed files
            were looked at.
    """

    findings: tuple[Finding, ...]
    rules: Mapping[str, Rule]
    checked: tuple[Checked, ...]
    silenced: int
    today: date
    portal: str
    fail_on: Severity = Severity.ERROR
    unasked: tuple[str, ...] = field(default=())

    @property
    def failing(self) -> tuple[Finding, ...]:
        """The findings that keep the site from being published."""
        grave = LEVELS[: LEVELS.index(self.fail_on) + 1]
        return tuple(finding for finding in self.findings if finding.severity in grave)

    @property
    def ok(self) -> bool:
        """Whether nothing keeps the site from being published."""
        return not self.failing

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def area_of(self, rule: str) -> str:
        """The area that findings of a rule belong to: by default what stands before the dot."""
        first = rule.partition(".")[0]
        for each in self.checked:
            if rule in each.prefixes:
                return each.area
        for each in self.checked:
            if first == each.area or first in each.prefixes:
                return each.area
        return first

    def mend_of(self, finding: Finding) -> str:
        """What to do about a finding: its own mend, or else that of its rule."""
        rule = self.rules.get(finding.rule)
        return finding.mend or (rule.mend if rule else "")

    def rules_to_explain(self) -> list[Rule]:
        """The rules whose mend has to be told, since some finding of theirs doesn't say its own."""
        needed = {finding.rule for finding in self.findings if not finding.says_mend}
        return [self.rules[name] for name in sorted(needed) if name in self.rules]

    def tallies(self) -> tuple[AreaTally, ...]:
        """Every area with its findings; areas that only findings name come last."""
        by_rule = Counter((each.rule, each.severity) for each in self.findings)
        found: Counter[tuple[str, Severity]] = Counter()
        for (rule, severity), number in by_rule.items():
            found[self.area_of(rule), severity] += number
        named = {each.area for each in self.checked}
        others = sorted({area for area, _ in found} - named)
        areas = (*self.checked, *(Checked(area, area, 0, "") for area in others))
        return tuple(
            AreaTally(each, *(found[each.area, severity] for severity in LEVELS)) for each in areas
        )
