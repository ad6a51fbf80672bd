"""Pages in Markdown: how a text is spelled at its place, and whether a page reads as before."""

from __future__ import annotations

import re

from guildhall.check.fixes import destinations, yaml_values
from guildhall.check.fixes.markdown_reading import check_text
from guildhall.check.fixes.source import Placed, RefusedError

_FRONT = re.compile(
    r"---[ \t]*(?:\r\n|\n)(?P<text>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.M
)


def spelled(text: str, start: int, end: int, new: str) -> str:
    """How a text is written at a place of a page, in its front matter too.

    Args:
        text: the page.
        start: the offset of the first character that goes.
        end: the offset after the last.
        new: what is to be read there.

    Raises:
        RefusedError: where it can't be written there.
    """
    front = _front_matter(text)
    if front is not None and front[0] <= start and end <= front[1]:
        inside = text[front[0] : front[1]]
        return yaml_values.spelled(inside, start - front[0], end - front[0], new)
    return destinations.spelled(text, start, end, new)


def _front_matter(text: str) -> tuple[int, int] | None:
    found = _FRONT.match(text)
    return found.span("text") if found else None


def check(before: str, after: str, edits: tuple[Placed, ...]) -> None:
    """Make sure that a page reads as before but for what edits change.

    Raises:
        RefusedError: where anything else is read differently.
    """
    front = _front_matter(before)
    if front is not None:
        inside = tuple(
            Placed(each.edit, each.start - front[0], each.end - front[0], each.new)
            for each in edits
            if front[0] <= each.start and each.end <= front[1]
        )
        later = _front_matter(after)
        if later is None:
            raise RefusedError("the page would be read differently")
        if inside:
            yaml_values.check(before[front[0] : front[1]], after[later[0] : later[1]], inside)
    changes = [(each.edit.old, each.new, each.edit.new) for each in edits if not each.is_blank]
    check_text(before, after, changes)
