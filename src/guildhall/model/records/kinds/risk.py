"""Risks and their mitigation."""

from __future__ import annotations

from typing import ClassVar

from guildhall.model.base.fields import Date, Line, Prose, Whole
from guildhall.model.base.model import Record
from guildhall.model.records.shared import ProjectRef


class Risk(Record):
    """A risk of a project."""

    KIND: ClassVar[str] = "risk"

    project: ProjectRef
    """The project."""
    title: Line
    """The risk in a few words."""
    description: Prose
    """What may happen, and what follows."""
    mitigation: Prose
    """What is done about it."""
    review_by: Date | None = None
    """The date of the next review; `guildhall due` reports when it has passed."""
    order: Whole = 0
    """The position in lists."""
