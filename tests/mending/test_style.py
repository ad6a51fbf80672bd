"""Slips of style: told where they mean nothing, mended without another change."""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.check.fixes.apply import mend
from guildhall.check.fixes.finders import style_findings
from guildhall.check.fixes.rules import RULES

from .test_apply import put

CASES = [
    pytest.param("a.yml", "a: 1", "a: 1\n", id="no line end"),
    pytest.param("a.yml", "a: 1\r\nb: 2", "a: 1\r\nb: 2\r\n", id="no line end among others"),
    pytest.param("a.yml", "text: |\n  a\n  b", "text: |\n  a\n  b\n", id="no line end of a block"),
    pytest.param("a.rst", "a", "a\n", id="rst"),
    pytest.param("a.yml", "a: 1  # x \n \nb:\t\n  c: 2 \n", "a: 1  # x\n\nb:\n  c: 2\n",
                 id="blanks"),
    pytest.param("a.yml", "a: one \n  two\n", "a: one\n  two\n", id="a plain value of two lines"),
    pytest.param("a.yml", "a: |\n  x \n  y\nb: 1 \n", "a: |\n  x \n  y\nb: 1\n", id="a block"),
    pytest.param("a.yml", "a: 'x  '\n", None, id="blanks in quotes"),
    pytest.param("a.md", "a \nb\t\n\n \n# c \n", "a\nb\n\n\n# c\n", id="Markdown"),
    pytest.param("a.md", "a  \nb   \nc\n", None, id="breaks of lines"),
    pytest.param("a.md", "```\na \n \nb\t\n```\n", None, id="code"),
    pytest.param("a.md", "    a \n    b\n", None, id="indented code"),
    pytest.param("a.md", "a\\ \nb\n", None, id="a backslash that would break the line"),
    pytest.param("a.md", "`a \nb`\n", None, id="code over two lines"),
    pytest.param("a.md", "- a \n \n  b \n", "- a\n\n  b\n", id="a list"),
    pytest.param("a.md", "a ", "a\n", id="both"),
    pytest.param("a.yml", "", None, id="an empty file"),
    pytest.param("a.yml", "a: [ \n", None, id="no YAML"),
    pytest.param("a.md", "---\na: |\n  x \n  y\nb: 1 \n---\n\n# T\n", None, id="front matter"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "expected"), CASES)
def test_what_means_nothing_is_mended_once(
    name: str, text: str, expected: str | None, tmp_path: Path
):
    path = put(tmp_path, name, text)
    found = style_findings(tmp_path)
    assert bool(found) is (expected is not None)
    mended = mend(tmp_path, found)
    assert mended.refused == ()
    assert path.read_bytes().decode() == (text if expected is None else expected)
    assert style_findings(tmp_path) == ()


def test_slips_are_told_at_their_places(tmp_path: Path):
    put(tmp_path, "a.yml", "a: 1 \nb: 2")
    assert [
        f"{each.location} {each.severity} {each.rule}" for each in style_findings(tmp_path)
    ] == [
        "a.yml:1:5 info style.trailing-blanks",
        "a.yml:2:5 info style.final-newline",
    ]
    assert {each.rule for each in style_findings(tmp_path)} == set(RULES)


def test_only_named_files_are_looked_at_where_some_are_named(tmp_path: Path):
    put(tmp_path, "a.yml", "a: 1")
    put(tmp_path, "b.yml", "a: 1")
    assert {each.path for each in style_findings(tmp_path, ["b.yml", "../x.yml"])} == {"b.yml"}
