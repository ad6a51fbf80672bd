"""Benefits for partners."""

from __future__ import annotations

from typing import ClassVar

from guildhall.model.base.fields import Line, Prose, Whole
from guildhall.model.base.model import Record
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
