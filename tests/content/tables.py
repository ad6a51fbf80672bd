"""Reads the tables of snippets: each case is a title, a piece of a page, and what is said of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_CASE = re.compile(
    r"\#\#\ (?P<title>[^\n]+)\n\n```html\n(?P<text>.*?)```\n\n(?P<faults>(?:-\ [^\n]+\n)+)",
    re.DOTALL,
)
NOTHING = "nothing"
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>A page</title></head>
<body><main><h1>A page</h1>
{}</main></body>
</html>
"""


@dataclass(frozen=True)
class Case:
    """A piece of a page, with the rules and messages that are expected."""

    title: str
    text: str
    faults: tuple[str, ...]

    @property
    def page(self) -> str:
        """The whole page; a piece that begins otherwise is put into one that is all right."""
        return self.text if self.text.startswith("<!") else _PAGE.format(self.text)


def read_cases(table: Path) -> list[Case]:
    """All cases of one table."""
    cases = []
    for match in _CASE.finditer(table.read_text(encoding="utf-8")):
        lines = [line.removeprefix("- ") for line in match["faults"].splitlines()]
        faults = () if lines == [NOTHING] else tuple(lines)
        cases.append(Case(match["title"], match["text"], faults))
    return cases
