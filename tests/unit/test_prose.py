"""What may not stand in a record's prose is refused wherever it hides; the rest is let through.

``prose/refused.md`` and ``prose/allowed.md`` hold one Markdown text a case. A refused one is
followed by what is said of it; lines and columns count within the text.
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import NamedTuple

import pytest

from guildhall.model.records.load import load_record

FOLDER = Path(__file__).parent / "prose"
RECORD = "kind: risk\nproject: one\ntitle: A risk\nmitigation: Care.\ndescription: |2\n"
LINES_BEFORE, INDENT = RECORD.count("\n"), 2
_CASE = re.compile(
    r"^## (?P<title>[^\n]+)\n\n(?P<fence>`{4,})markdown\n(?P<text>.*?)(?P=fence)\n"
    r"(?P<faults>(?:\n(?:- [^\n]+\n)+)?)",
    re.DOTALL | re.MULTILINE,
)


class Case(NamedTuple):
    text: str
    faults: list[str]


def read_table(name: str) -> dict[str, Case]:
    content = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    cases = {
        match["title"]: Case(
            match["text"], [line.removeprefix("- ") for line in match["faults"].split("\n") if line]
        )
        for match in _CASE.finditer(content)
    }
    assert len(cases) == len(re.findall(r"^## ", content, re.MULTILINE))
    return cases


REFUSED, ALLOWED = read_table("refused"), read_table("allowed")


def faults_of(text: str, folder: Path) -> list[str]:
    path = folder / "record.yml"
    path.write_text(RECORD + textwrap.indent(text, " " * INDENT), encoding="utf-8")
    faults = load_record(path, "partners/risks/record").faults
    assert all(fault.rule == "record.prose" for fault in faults)
    return [f"{f.line - LINES_BEFORE}:{f.column - INDENT} {f.message}" for f in faults]


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_prose_is_refused_at_its_place(case: Case, tmp_path: Path):
    assert case.faults
    assert faults_of(case.text, tmp_path) == case.faults


@pytest.mark.parametrize("case", ALLOWED.values(), ids=ALLOWED)
def test_prose_is_let_through(case: Case, tmp_path: Path):
    assert case.faults == []
    assert faults_of(case.text, tmp_path) == []


def test_directives_in_each_other_without_end_are_refused_in_no_time(tmp_path: Path):
    text = "x\n"
    for depth in range(3, 600):
        text = f"{'`' * depth}{{note}}\n{text}{'`' * depth}\n"
    (fault,) = faults_of(text, tmp_path)
    assert fault.endswith("directives more than 8 levels deep")


@pytest.mark.parametrize(
    "text", ["[" * 5_000, "*a " * 20_000, "> " * 3_000 + "a", "`" * 50_000, "![" * 5_000]
)
def test_markdown_made_to_be_slow_is_read_all_the_same(text: str, tmp_path: Path):
    assert faults_of(text, tmp_path) == []
