"""What a build tells, as findings: each once, of the right rule, in words without programs."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from guildhall.check.run.gather import of_build
from guildhall.cli.building.sphinx_log import finding_of
from guildhall.core.findings.finding import Finding

ROOT = Path("/portal")
A = "/portal/a.md"


def told(*warned: tuple[str, str, str]) -> list[str]:
    """What is told of warnings, each given by its place, words and type."""
    found = of_build([_finding(*each) for each in warned], ROOT, ())
    return [f"{each.location}: {each.severity} {each.message} [{each.rule}]" for each in found]


def _finding(location: str, text: str, kind: str) -> Finding:
    area, _, name = kind.partition(".")
    about = {"location": location, "type": area, "subtype": name}
    return finding_of(logging.makeLogRecord({"msg": text, **about}))


@pytest.mark.parametrize(
    ("warned", "expected"),
    [
        (
            [(f"{A}:3:5", "found `x` as text", "pages.marks")],
            ["a.md:3:5: error found `x` as text [pages.marks]"],
        ),
        (
            [(f"{A}:3", "found it", "markdown-in-rst")],
            ["a.md:3: error found it [markdown-in-rst]"],
        ),
        (
            [
                (A, "the path '/x/p.en.png' leads out of the lesson", "record.lesson"),
                (A, "the path '/x/p.png' leads out of the lesson", "record.lesson"),
            ],
            ["a.md: error the path '/x/p.png' leads out of the lesson [record.lesson]"],
        ),
        (
            [(A, "the path '/x/p.en.png' leads out of the lesson", "record.lesson")],
            ["a.md: error the path '/x/p.en.png' leads out of the lesson [record.lesson]"],
        ),
        (
            [
                (f"{A}:4", "Line spec '5-9': no lines pulled from _StrPath('c.py')", ""),
                (f"{A}:4", "line number spec is out of range(1-2): '5-9'", ""),
            ],
            ["a.md:4: error Line spec '5-9': no lines pulled from 'c.py' [build.warning]"],
        ),
        (
            [(f"{A}:4", "line number spec is out of range(1-2): '5-9'", "")],
            ["a.md:4: error line number spec is out of range(1-2): '5-9' [build.warning]"],
        ),
        ([(f"{A}:1", "Document headings start at H2, not H1", "myst.header")], []),
    ],
)
def test_a_message_is_told_once(warned: list[tuple[str, str, str]], expected: list[str]):
    assert told(*warned) == expected
