"""A rule: what is looked for, why it matters, and how to mend what is found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule.

    Args:
        id: its name, in small letters with hyphens; rules of one area share what stands before the
            dot, such as ``links.dead``. Sphinx warns by it too, so ``suppress_warnings`` takes it.
        severity: how much a finding matters where no setting says otherwise.
        title: what it finds, as a short phrase.
        why: what goes wrong for readers otherwise, one sentence.
        mend: what to do, one sentence.
        source: the standard or format that it comes from, where there is one.
    """

    id: str
    severity: Severity
    title: str
    why: str
    mend: str
    source: str = ""

    def at(
        self,
        path: Path | str,
        line: int,
        column: int,
        message: str,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding of this rule.

        Args:
            path: the source file.
            line: the line from 1, or 0 where none is known.
            column: the column from 1, or 0 where none is known.
            message: what was found and what was expected, on one line.
            severity: how much this one matters, where that isn't as much as others of the rule.
        """
        where = path.as_posix() if isinstance(path, Path) else path
        return Finding(where, line, column, self.id, message, severity or self.severity)


def rules_by_id(rules: Iterable[Rule]) -> Mapping[str, Rule]:
    """Rules by their ids, in their order.

    Raises:
        ValueError: where two have the same id.
    """
    known: dict[str, Rule] = {}
    for rule in rules:
        if rule.id in known:
            raise ValueError(f"two rules have the id {rule.id}")
        known[rule.id] = rule
    return MappingProxyType(known)
