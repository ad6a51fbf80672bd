"""What checks of the tables look at, and how they keep what they find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from guildhall.core.findings.finding import Finding
from guildhall.core.findings.rule import Rule
from guildhall.core.values.numbers import Range, differs, plain
from guildhall.core.yaml_source import Place
from guildhall.model.base.model import Record
from guildhall.model.records.kinds.budget_line import BudgetLine
from guildhall.model.records.kinds.in_kind import InKind
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.project import Project
from guildhall.model.records.registry import Registry
from guildhall.model.settings.portal import Settings
from guildhall.network.ledger.budget import lines_of


@dataclass(frozen=True, slots=True)
class Context:
    """What checks look at.

    Args:
        registry: the portal's records.
        settings: the portal's settings.
        lost: kinds of which records are left out for their faults.
        lost_unknown: whether a file is left out whose kind nobody knows.
    """

    registry: Registry
    settings: Settings
    lost: frozenset[str]
    lost_unknown: bool

    @classmethod
    def of(cls, registry: Registry, settings: Settings) -> Context:
        """What there is to check in a portal."""
        kept = {record.origin.path.as_posix() for record in registry.records.values()}
        left_out = {fault.path for fault in registry.faults} - kept
        kinds = frozenset(kind for kind, _ in registry.broken)
        return cls(registry, settings, kinds, len(left_out) > len(registry.broken))

    def gap(self, kinds: Iterable[str]) -> str | None:
        """Why nothing can be said that takes all records of ``kinds``; None where it can."""
        lost = sorted(self.lost & set(kinds))
        if lost:
            return f"records of kind {', '.join(lost)} have faults"
        return "a file can't be used as a record" if self.lost_unknown else None

    @property
    def projects(self) -> tuple[Project, ...]:
        """All projects."""
        return self.registry.of(Project)

    def in_kind_records(self, project: Project) -> tuple[InKind, ...]:
        """The in-kind records of a project."""
        return tuple(r for r in self.registry.of(InKind) if r.project == project.key)

    def lines(self, project: Project) -> tuple[BudgetLine, ...]:
        """The budget lines of a project."""
        return lines_of(self.registry, project)

    def rows(self, project: Project) -> tuple[InKind | BudgetLine, ...]:
        """The in-kind records and budget lines of a project."""
        return (*self.in_kind_records(project), *self.lines(project))

    def participants(self, project: Project) -> Iterator[tuple[Partner, int]]:
        """The partners of a project, each with the number of its participation in it."""
        for partner in self.registry.of(Partner):
            for index, part in enumerate(partner.participation):
                if part.project == project.key:
                    yield partner, index


@dataclass(slots=True)
class Tally:
    """Counts what a check looked at, and keeps what it found, as findings of its rule."""

    rule: Rule
    looked_at: int = 0
    findings: list[Finding] = field(default_factory=list)

    def compare(
        self, record: Record, place: Place, what: str, stated: Range, computed: Range,
        rounded_to: Decimal | None = None, unit: Decimal | None = None,
    ) -> None:  # fmt: skip
        """Look at one stated figure, which its source may have rounded, at least to a unit."""
        self.looked_at += 1
        # That an amount is below 0 where none is is told by itself.
        if not differs(stated, computed, rounded_to or unit) or stated.low < 0 <= computed.low:
            return
        difference = difference_of(stated, computed)
        message = f"{what}: stated {stated}, computed {computed}, difference {difference}"
        if rounded_to:
            message += f", which rounding to {plain(rounded_to)} doesn't explain"
        self.find(record, place, message)
        self.findings[-1] = replace(
            self.findings[-1], stated=str(stated), computed=str(computed), difference=difference
        )

    def find(self, record: Record, place: Place, message: str) -> None:
        """Keep something that is wrong, at a value."""
        self.findings.append(record.origin.fault(record.at(*place), self.rule, message))

    def find_key(self, record: Record, place: Place, message: str) -> None:
        """Keep something that is wrong, at a key."""
        self.findings.append(record.origin.fault(record.origin.key(place), self.rule, message))


def difference_of(stated: Range, computed: Range) -> str:
    """Computed less stated, end by end, in words."""
    low = computed.low - stated.low
    if computed.is_open or stated.is_open:
        return f"{'+' if low > 0 else ''}{plain(low)} at the low end"
    high = computed.high - stated.high
    signed = [f"{'+' if end > 0 else ''}{plain(end)}" for end in (low, high)]
    return signed[0] if low == high else f"{signed[0]} at the low end, {signed[1]} at the high end"
