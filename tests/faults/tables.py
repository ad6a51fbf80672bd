"""Reads the fault tables: each case is a title, a file, and the faults expected of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_CASE = re.compile(
    r"""
    \#\#\ (?P<title>[^\n]+)\n\n
    (?P<fence>`{3,})yaml\n (?P<text>.*?) (?P=fence)\n\n
    (?P<faults>(?:-\ [^\n]+\n)+)
    """,
    re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True)
class Case:
    """One kind of bad input."""

    title: str
    text: str
    faults: tuple[str, ...]


def read_cases(table: Path) -> list[Case]:
    """All cases of one table.

    In a case's text, the signs ␇ and ␉ stand for a bell and a tab, which editors don't show, and ␃
    for the end of a file that has no line break there.
    """
    cases = []
    for match in _CASE.finditer(table.read_text(encoding="utf-8")):
        text = match["text"].replace("␇", "\a").replace("␉", "\t")
        faults = tuple(line.removeprefix("- ") for line in match["faults"].splitlines())
        cases.append(Case(match["title"], text.removesuffix("␃\n"), faults))
    return cases
