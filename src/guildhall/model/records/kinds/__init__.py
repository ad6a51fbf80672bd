"""The record kinds: a new one is a module here, a template of its name, and a line in ``KINDS``."""

from __future__ import annotations

from types import MappingProxyType

from guildhall.model.base.model import Record
from guildhall.model.records.kinds.activity import Activity
from guildhall.model.records.kinds.benefit import Benefit
from guildhall.model.records.kinds.budget_line import BudgetLine
from guildhall.model.records.kinds.in_kind import InKind
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.path import Path
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.kinds.project import Project
from guildhall.model.records.kinds.risk import Risk
from guildhall.model.records.kinds.workshop import Workshop

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
