"""Finding the line and column of something in a page."""

from __future__ import annotations

from collections.abc import Sequence

from guildhall.check.lint.elements import Place


class Segment:
    """Some lines of a page, in which the parts of a paragraph are looked for one after the other.

    Parsers of Markdown know the lines of a paragraph, but not the columns of what is in it.

    Args:
        lines: all lines of the page.
        start: index of the first line.
        end: index of the line after the last.
    """

    def __init__(self, lines: Sequence[str], start: int, end: int) -> None:
        self.span = (start, end)
        self._text = "\n".join(lines[start:end])
        self._start = start
        self._cursor = 0

    def find(self, needle: str) -> Place:
        """Where ``needle`` comes next; where the last one was, if it is not found."""
        at = self._text.find(needle, self._cursor) if needle else -1
        return self._place(self._cursor if at < 0 else at)

    def skip(self, needle: str) -> Place:
        """Where ``needle`` comes next; what is looked for afterwards comes behind it."""
        at = self._text.find(needle, self._cursor) if needle else -1
        if at < 0:
            return self._place(self._cursor)
        self._cursor = at + len(needle)
        return self._place(at)

    def _place(self, at: int) -> Place:
        before = self._text[:at]
        return Place(self._start + before.count("\n") + 1, at - before.rfind("\n"))
