"""Learning paths."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, model_validator

from guildhall.model.base.fields import Flag, Line, Prose, Reference, Slug, Url, Whole, refusal
from guildhall.model.base.model import Model, Record
from guildhall.model.records.kinds.lesson import Audience, LessonRef
from guildhall.model.records.shared import AlsoText

ActivityRef = Annotated[Slug, Reference("activity")]
"""The id of a planned activity."""
WorkshopRef = Annotated[Slug, Reference("workshop")]
"""The id of a workshop."""


def _step(raw: Any) -> Any:
    return {"lesson": raw} if isinstance(raw, str) else raw


class Step(Model):
    """One step of a path: a lesson, a workshop, or a link to another site."""

    lesson: LessonRef | None = None
    """A lesson of the portal."""
    workshop: WorkshopRef | None = None
    """A workshop of the portal, shown with its dates."""
    activity: ActivityRef | None = None
    """A planned activity of the portal, if there are no dates yet."""
    url: Url | None = None
    """The address of something on another site, described by `title`."""
    title: Line | None = None
    """What the address leads to."""
    why: Prose | None = None
    """What this step is for."""
    minutes: Whole | None = None
    """How long it takes; not needed for lessons."""
    optional: Flag = False
    """Whether the step is excluded from the path's length."""

    @model_validator(mode="after")
    def _is_one_thing(self) -> Step:
        named = (self.lesson, self.workshop, self.activity, self.url)
        is_one = sum(each is not None for each in named) == 1
        if not is_one or (self.url is not None and self.title is None):
            message = "expected one of `lesson`, `workshop`, `activity`, or `url` with `title`"
            raise refusal(message)
        return self


StepEntry = Annotated[Step, BeforeValidator(_step), AlsoText()]
"""A step, written as a bare lesson id or as a mapping."""


class Path(Record):
    """Lessons and workshops in the order in which to take them."""

    KIND: ClassVar[str] = "path"

    title: Line
    """The title."""
    summary: Prose
    """The goal of the path, and its audience."""
    audience: Audience
    """The audience."""
    outcomes: tuple[Line, ...] = ()
    """What learners can do afterwards."""
    steps: tuple[StepEntry, ...]
    """The steps, in order."""
    order: Whole = 0
    """The position among the paths."""
