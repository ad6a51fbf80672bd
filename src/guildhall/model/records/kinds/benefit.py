"""Benefits for partners."""

from __future__ import annotations

from typing import Any, ClassVar

from guildhall.model.records.fields import Line, Prose, Whole
from guildhall.model.records.model import Record
from guildhall.model.records.shared import ProjectRef


class Benefit(Record):
    """What a partner gains by taking part."""

    KIND: ClassVar[str] = "benefit"

    project: ProjectRef
    """The project."""
    title: Line
    """The benefit in a few words."""
    description: Prose
    """What the benefit is."""
    order: Whole = 0
    """The position in lists."""

    @property
    def label(self) -> str:
        """The benefit in a few words."""
        return self.title

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """By place in lists, then by title."""
        return (self.order, self.title.casefold(), self.key)
