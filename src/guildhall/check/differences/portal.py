"""Two states of the portal, compared in everything."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from guildhall.check.differences.addresses import ChangedAddresses, changed_addresses
from guildhall.check.differences.claims import ClaimChange
from guildhall.check.differences.figures import FigureChange, changed_claims, figures_of, moved
from guildhall.check.differences.held import Key
from guildhall.check.differences.lines import Changed, brought, changed_lines
from guildhall.check.differences.pairs import Pairs, pair
from guildhall.check.differences.place import Location
from guildhall.check.differences.revisions import HEAD, Revision, base_of, export_commit, revision
from guildhall.check.differences.times import TimeChange, changed_times
from guildhall.check.run.portal import Sources
from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity
from guildhall.model.records.kinds.budget_line import BudgetLine
from guildhall.model.records.kinds.in_kind import InKind


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong with records, sums, claims, lessons and workshops: errors only.

    Args:
        brought: how many a change brought.
        mended: how many are gone.
        left: how many are unchanged.
        unread_before: files of records that couldn't be read before, each with its first fault.
        unread_now: files of records that can't be read now.
    """

    brought: int = 0
    mended: int = 0
    left: int = 0
    unread_before: tuple[Location, ...] = ()
    unread_now: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True)
class Differences:
    """What a change does to the portal.

    Args:
        base: the commit that it is compared with.
        to: the commit that is compared; None for the files as they lie there.
        figures: the figures that move.
        claims: the claims of which something changed.
        addresses: the addresses that vanish, and those that are new.
        times: the times of workshops that shift.
        faults: what was broken and is whole now, and the reverse.
    """

    base: Revision
    to: Revision | None
    figures: tuple[FigureChange, ...] = ()
    claims: tuple[ClaimChange, ...] = ()
    addresses: ChangedAddresses = field(default_factory=ChangedAddresses)
    times: tuple[TimeChange, ...] = ()
    faults: Faults = field(default_factory=Faults)

    @property
    def are_none(self) -> bool:
        """Whether nothing changed that a reader could tell."""
        some = (self.figures, self.claims, self.times, self.addresses.gone, self.addresses.new)
        return not any(some) and not (self.faults.brought or self.faults.mended)


def compare(root: Path, ref: str, to: str | None = None, *, exact: bool = False) -> Differences:
    """Say what changed since the commit at which ``to`` branched off from ``ref``.

    Args:
        root: the portal's folder.
        ref: a branch, tag or commit.
        to: the commit to look at; by default the files as they lie there.
        exact: whether ``ref`` itself is meant, and not where the branch left it.

    Raises:
        RevisionError: where ``ref`` or ``to`` is nothing that can be compared.
        GitError: where git fails.
    """
    base = revision(root, ref) if exact else base_of(root, ref, to or HEAD)
    head = revision(root, to) if to else None
    changed = changed_lines(root, ref, to, exact=exact)
    with ExitStack() as stack:
        before = Sources.read(stack.enter_context(export_commit(root, base.commit)))
        there = stack.enter_context(export_commit(root, head.commit)) if head else root
        after = Sources.read(there)
        return _compared(base, head, before, after, changed)


def _compared(
    base: Revision, to: Revision | None, before: Sources, after: Sources, changed: Changed
) -> Differences:
    pairs = pair(before.registry, after.registry)
    return Differences(
        base,
        to,
        tuple(
            moved(figures_of(before, pairs), figures_of(after, Pairs({})), _unread(before, after))
        ),
        tuple(changed_claims(before, after, pairs)),
        changed_addresses(before, after, pairs, changed.renamed),
        tuple(changed_times(before, after, pairs)),
        _faults(before, after, changed),
    )


def _unread(before: Sources, after: Sources) -> list[Key]:
    """The beginnings of keys of rows whose records are broken in one of the states."""
    broken = before.registry.broken | after.registry.broken
    projects = {each.project for side in (before, after) for each in side.registry.of(InKind)}
    projects |= {each.project for side in (before, after) for each in side.registry.of(BudgetLine)}
    areas = {InKind.KIND: "in-kind", BudgetLine.KIND: "budget"}
    rows = [
        (areas[kind], project, part, key)
        for kind, key in broken
        if kind in areas
        for project in projects
        for part in ("cell", "row", "type", "purpose")
    ]
    return [*rows, *(("numbers", key) for kind, key in broken if kind == "workshop")]


def _faults(before: Sources, after: Sources, changed: Changed) -> Faults:
    now, then = _errors(after.record_findings()), _errors(before.record_findings())
    new = len(brought(now, then, changed))
    left = len(now) - new
    return Faults(new, len(then) - left, left, _broken(before), _broken(after))


def _errors(findings: Iterable[Finding]) -> list[Finding]:
    return [each for each in findings if each.severity == Severity.ERROR]


def _broken(sources: Sources) -> tuple[Location, ...]:
    """The first fault of each file whose record is left out."""
    kept = {record.origin.path.as_posix() for record in sources.registry.records.values()}
    first: dict[str, Finding] = {}
    for fault in sorted((*sources.registry.faults, *sources.faults)):
        if fault.path not in kept:
            first.setdefault(fault.path, fault)
    shown = (fault.relative_to(sources.root) for fault in first.values())
    return tuple(Location(each.path, each.line, each.column) for each in shown)
