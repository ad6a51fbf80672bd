"""Which signs a text may hold: what people write, and nothing that can't be seen."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from guildhall.records.fields import Language, Line, Prose


def read(field: Any, text: str) -> object:
    return TypeAdapter(field).validate_python(text)


@pytest.mark.parametrize("field", [Line, Prose])
@pytest.mark.parametrize(
    "text", ["9\u00a0000 EUR", "9\u202f000 EUR", "Þór Ebba", "日本語", "مرحبا", "\u2764\ufe0f"]
)
def test_blanks_that_dont_break_and_all_scripts_are_text(field: Any, text: str):
    assert read(field, text) == text


@pytest.mark.parametrize("field", [Line, Prose])
@pytest.mark.parametrize(
    "hidden", ["\t", "\r", "\0", "\x7f", "\x85", "\u200b", "\u202e", "\u2028", "\ue000", "\ufeff"]
)
def test_signs_that_cant_be_seen_are_refused(field: Any, hidden: str):
    with pytest.raises(ValidationError, match="control characters"):
        read(field, f"a{hidden}b")


def test_joiners_stand_in_prose_only():
    for joiner in "\u200c\u200d\u00ad":
        assert read(Prose, f"a{joiner}b") == f"a{joiner}b"
        with pytest.raises(ValidationError):
            read(Line, f"a{joiner}b")


def test_lines_break_in_prose_only():
    assert read(Prose, "a\nb\n") == "a\nb"
    with pytest.raises(ValidationError, match="one line"):
        read(Line, "a\nb")


@pytest.mark.parametrize(
    ("written", "meant"), [("nb_NO", "nb-NO"), ("Finnish", "fi"), ("xx_YY", None), ("_", None)]
)
def test_a_language_is_mended_only_to_one_that_exists(written: str, meant: str | None):
    with pytest.raises(ValidationError) as refused:
        read(Language, written)
    assert ("did you mean" in str(refused.value)) is (meant is not None)
    assert meant is None or f"did you mean `{meant}`?" in str(refused.value)
