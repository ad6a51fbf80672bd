"""What a warning of Sphinx says is kept, whatever form it has; annotations say the same."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.cli.building.sphinx_log import finding_of
from guildhall.cli.report.messages import annotate, annotation_of
from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity
from guildhall.core.values.legible import legible


def warned(
    text: str, location: str | None, kind: str = "", level: int = logging.WARNING
) -> Finding:
    """The finding of a record as it is after Sphinx's filters, with its type in its text."""
    area, _, name = kind.partition(".")
    shown = f"{text} [{kind}]" if kind else text
    about = {"location": location, "type": area or None, "subtype": name or None}
    return finding_of(logging.makeLogRecord({"msg": shown, "levelno": level, **about}))


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (
            ("gone", "/p/a.md:3", "myst.xref"),
            ("/p/a.md", 3, 0, "build.warning", "gone [myst.xref]"),
        ),
        (("sum", "/p/a.yml:3:7", "record.value"), ("/p/a.yml", 3, 7, "record.value", "sum")),
        (("no `]`", "/p/a.md:3", "pages.marks"), ("/p/a.md", 3, 0, "pages.marks", "no `]`")),
        (("words", "/p/a.md:3", "bare-url"), ("/p/a.md", 3, 0, "bare-url", "words")),
        (("in no toctree", "/p/a.md"), ("/p/a.md", 0, 0, "build.warning", "in no toctree")),
        (("no line", "/p/a.md:None"), ("/p/a.md", 0, 0, "build.warning", "no line")),
        (("no line", "/p/a.md:"), ("/p/a.md", 0, 0, "build.warning", "no line")),
        (("no file", None), ("", 0, 0, "build.warning", "no file")),
        (("\x1b[91mred\x1b[39;49;00m\n", None), ("", 0, 0, "build.warning", "red")),
        (
            ("over\n  two lines: WARNING:", "/p/a.md:3", "docutils", logging.ERROR),
            ("/p/a.md", 3, 0, "build.warning", "over two lines: WARNING: [docutils]"),
        ),
    ],
)
def test_a_warning_of_sphinx_is_a_finding(given: tuple[Any, ...], found: tuple[Any, ...]):
    assert warned(*given) == Finding(*found)


def test_a_warning_has_the_severity_of_its_rule():
    assert warned("one", "/p/a.md:3", "image-size").severity == Severity.INFO
    assert warned("one", "/p/a.md:3", "myst.xref").severity == Severity.ERROR


def test_the_type_of_a_warning_is_told_once():
    assert str(warned("gone", "a.md:3", "myst.xref")) == "a.md:3: gone [myst.xref]"
    assert str(warned("gone", "a.md:3", "bare-url")) == "a.md:3: gone [bare-url]"


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(path=TEXTS.filter(bool), line=st.integers(1), text=TEXTS, code=TEXTS)
def test_an_annotation_is_one_line_that_gives_back_the_writing_that_went_in(
    path: str, line: int, text: str, code: str
):
    written = annotation_of(Finding(path, line, 0, code, text), "error")
    assert "\n" not in written
    assert "\r" not in written
    given, data = written.removeprefix("::error ").split("::", 1)
    properties = dict(each.split("=", 1) for each in given.split(","))
    assert unquote(properties["file"]) == legible(path, kept="\r\n")
    assert properties["line"] == str(line)
    assert unquote(properties.get("title", "")) == code
    assert unquote(data) == legible(text, kept="\r\n")


def test_a_message_without_a_place_is_an_annotation_too(capsys: pytest.CaptureFixture[str]):
    annotate([Finding("", 0, 0, "", "no builder")], Path("/p"))
    assert capsys.readouterr().out == "::error::no builder\n"
