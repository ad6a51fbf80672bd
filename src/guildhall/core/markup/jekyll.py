"""Marks of Jekyll and Liquid, which neither Markdown nor Sphinx reads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guildhall.core.values.faults import quote

_JEKYLL = re.compile(
    r"\{:[ \t]*[.#][\w-][^}\n]*\}|\{%-?[ \t]*\w[^\n]*?%\}|\{\{[ \t]*(?:site|page|relative_root)\."
    r"[\w.]*"
)


def jekyll_mark(text: str) -> str | None:
    """The first mark of Jekyll or Liquid in a text, if there is one."""
    found = _JEKYLL.search(text)
    return found[0] if found else None


def jekyll_marks(text: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each mark of Jekyll or Liquid."""
    for found in _JEKYLL.finditer(text):
        yield found.start(), found[0]


def about_jekyll(mark: str) -> str:
    """What to say of a mark of Jekyll or Liquid."""
    if mark.startswith("{:"):
        return f"found {quote(mark)}, a class in Jekyll's syntax; expected a directive around it"
    return f"found {quote(mark)}, which Jekyll would fill in; expected the text itself"
