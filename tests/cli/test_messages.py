"""What a warning of Sphinx says is kept, whatever form it has; annotations say the same."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.cli.messages import Message, annotate
from guildhall.core.values.legible import legible


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("/p/a.md:3: WARNING: gone [myst.xref]", Message("/p/a.md", 3, 0, "gone", "myst.xref")),
        (
            "/p/a.yml:3:7: WARNING: sum [guildhall.sum]",
            Message("/p/a.yml", 3, 7, "sum", "guildhall.sum"),
        ),
        ("/p/a.md: WARNING: in no toctree", Message("/p/a.md", 0, 0, "in no toctree", "")),
        ("/p/a.md:None: WARNING: no line", Message("/p/a.md", 0, 0, "no line", "")),
        ("WARNING: no file", Message("", 0, 0, "no file", "")),
        ("\x1b[91mERROR: red\x1b[39;49;00m\n", Message("", 0, 0, "red", "")),
        (
            "/p/a.md:3: ERROR: over\n  two lines: WARNING: [docutils]",
            Message("/p/a.md", 3, 0, "over two lines: WARNING:", "docutils"),
        ),
        ("said by some extension", Message("", 0, 0, "said by some extension", "")),
    ],
)
def test_a_warning_of_sphinx_is_taken_apart(written: str, message: Message):
    assert Message.of_sphinx(written) == message


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(path=TEXTS.filter(bool), line=st.integers(1), text=TEXTS, code=TEXTS)
def test_an_annotation_is_one_line_that_gives_back_the_writing_that_went_in(
    path: str, line: int, text: str, code: str
):
    written = Message(path, line, 0, text, code).annotation("error")
    assert "\n" not in written
    assert "\r" not in written
    given, data = written.removeprefix("::error ").split("::", 1)
    properties = dict(each.split("=", 1) for each in given.split(","))
    assert unquote(properties["file"]) == legible(path, kept="\r\n")
    assert properties["line"] == str(line)
    assert unquote(properties.get("title", "")) == code
    assert unquote(data) == legible(text, kept="\r\n")


def test_a_message_without_a_place_is_an_annotation_too(capsys: pytest.CaptureFixture[str]):
    annotate([Message("", 0, 0, "no builder", "")], Path("/p"))
    assert capsys.readouterr().out == "::error::no builder\n"
