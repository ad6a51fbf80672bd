"""What a build tells, as findings: each once, of the right rule, in words without programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.check.run.gather import of_build
from guildhall.cli.messages import Message

ROOT = Path("/portal")
A = "/portal/a.md"


def told(*written: str) -> list[str]:
    found = of_build([Message.of_sphinx(each) for each in written], ROOT, ())
    return [f"{each.location}: {each.severity} {each.message} [{each.rule}]" for each in found]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            [f"{A}:3:5: WARNING: found `x` as text [pages.marks] [guildhall.lint]"],
            ["a.md:3:5: error found `x` as text [pages.marks]"],
        ),
        (
            [f"{A}:3: WARNING: found it [markdown-in-rst] [guildhall.lint]"],
            ["a.md:3: error found it [markdown-in-rst]"],
        ),
        (
            [
                f"{A}: WARNING: the path '/x/p.en.png' leads out of the lesson [guildhall.lesson]",
                f"{A}: WARNING: the path '/x/p.png' leads out of the lesson [guildhall.lesson]",
            ],
            ["a.md: error the path '/x/p.png' leads out of the lesson [record.lesson]"],
        ),
        (
            [f"{A}: WARNING: the path '/x/p.en.png' leads out of the lesson [guildhall.lesson]"],
            ["a.md: error the path '/x/p.en.png' leads out of the lesson [record.lesson]"],
        ),
        (
            [
                f"{A}:4: WARNING: Line spec '5-9': no lines pulled from _StrPath('c.py')",
                f"{A}:4: WARNING: line number spec is out of range(1-2): '5-9'",
            ],
            ["a.md:4: error Line spec '5-9': no lines pulled from 'c.py' [build.warning]"],
        ),
        (
            [f"{A}:4: WARNING: line number spec is out of range(1-2): '5-9'"],
            ["a.md:4: error line number spec is out of range(1-2): '5-9' [build.warning]"],
        ),
        ([f"{A}:1: WARNING: Document headings start at H2, not H1 [myst.header]"], []),
    ],
)
def test_a_message_is_told_once(written: list[str], expected: list[str]):
    assert told(*written) == expected
