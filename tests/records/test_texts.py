"""Which signs a text may hold: what people write, and nothing that can't be seen."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from guildhall.core.values.faults import describe
from guildhall.model.base.fields import Language, Line, Prose


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


@pytest.mark.parametrize("field", [Line, Prose])
@pytest.mark.parametrize(
    "text",
    [
        "عل\u06cc\u200cرضا احمد\u06cc",  # Persian: Ali-Reza
        "م\u06cc\u200cخواهم کار\u200cها",  # Persian, after letters that join and that don't
        "۱۴۰۰ ه\u200d.ش",  # Persian: an abbreviation
        "ක්\u200dෂණික ශ්\u200dරී",  # Sinhala
        "র\u200d্যাব",  # Bengali: the joiner before the virama
        "क्\u200dष",  # Hindi: a half letter
        "\U0001f469\u200d\U0001f4bb Women who code",
        "\U0001f469\U0001f3fd\u200d\U0001f680",  # with a tone of skin
        "\u2764\ufe0f\u200d\U0001f525",  # with a variant
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",  # of three
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # Scotland
        "葛\U000e0100飾",  # Japanese: a variant of a letter
    ],
)
def test_joiners_and_variants_stand_where_writing_needs_them(field: Any, text: str):
    assert read(field, text) == text
    assert describe(text, "x") == f"found `{text}`, expected x"


@pytest.mark.parametrize(
    "text",
    [
        "\u200cعل\u06cc",  # before a word
        "عل\u06cc\u200c",  # after one
        "عل\u06cc\u200c\u200cرضا",
        "ه\u200d\u200d.ش",
        "\U0001f469\u200d",
        "\u200d\U0001f469",
        "\U0001f469\u200da",
        "a\ufe00\ufe01",
        "\U0001f3f4\U000e0061\U000e0062\U000e0063\U000e007f",  # no flag, but hidden letters
        "a\U000e0061",
        "\u3164",  # a letter without a shape
        "عل\u06cc\u200b\u200cرضا",
        "\u200fعل\u06cc",
    ],
)
def test_invisible_signs_elsewhere_are_refused_and_shown(text: str):
    with pytest.raises(ValidationError, match="control characters") as refused:
        read(Line, text)
    assert "\N{REPLACEMENT CHARACTER}" in str(refused.value)


def test_joiners_between_other_letters_stand_in_prose_only():
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
