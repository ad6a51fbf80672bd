"""The record kinds: a new one is a module here, a template of its name, and a line in ``KINDS``."""

from __future__ import annotations

from types import MappingProxyType

from guildhall.records.kinds.activity import Activity
from guildhall.records.kinds.benefit import Benefit
from guildhall.records.kinds.budget_line import BudgetLine
from guildhall.records.kinds.in_kind import InKind
from guildhall.records.kinds.lesson import Lesson
from guildhall.records.kinds.partner import Partner
from guildhall.records.kinds.path import Path
from guildhall.records.kinds.person import Person
from guildhall.records.kinds.project import Project
from guildhall.records.kinds.risk import Risk
from guildhall.records.kinds.workshop import Workshop
from guildhall.records.model import Record

KINDS: MappingProxyType[str, type[Record]] = MappingProxyType(
    {
        kind.KIND: kind
        for kind in (
            Partner,
            InKind,
            BudgetLine,
            Project,
            Activity,
            Risk,
            Benefit,
            Person,
            Lesson,
            Path,
            Workshop,
        )
    }
)
"""All kinds by name."""

__all__ = [
    "KINDS",
    "Activity",
    "Benefit",
    "BudgetLine",
    "InKind",
    "Lesson",
    "Partner",
    "Path",
    "Person",
    "Project",
    "Record",
    "Risk",
    "Workshop",
]
