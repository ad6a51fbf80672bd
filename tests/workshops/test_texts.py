"""Markdown of records as plain words, for programs that know none."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.network.workshops.texts import one_line, plain_text


class Lessons:
    """Knows one lesson."""

    def find(self, kind: str, key: str, fields: Iterable[str] | None = None) -> Any:
        return SimpleNamespace(label="Git") if (kind, key) == ("lesson", "git") else None

    def get(self, kind: Any, key: str, fields: Iterable[str] | None = None) -> Any:
        raise AssertionError


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("Plain words.", "Plain words."),
        ("*Some* **marks** and `code`.", "Some marks and code."),
        ("One\\\ntwo\nthree.", "One\ntwo three."),
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("See [the site](https://example.org).", "See the site."),
        ("Before.\n\n- one\n- two\n\nAfter.", "Before.\n\n- one\n- two\n\nAfter."),
        ("Learn {lesson}`git`.", "Learn Git."),
        ("Learn {lesson}`merging <git>`.", "Learn merging."),
        ("Learn {lesson}`none`.", "Learn none."),
        (":::{note}\nMind *this*.\n:::", "Mind this."),
        ("```{admonition} Title\nText.\n```", "Title\n\nText."),
        ("```\na < b\n```", "a < b"),
    ],
)
def test_only_the_words_stay(markdown: str, plain: str):
    assert plain_text(markdown, Lessons()) == plain


def test_one_line_has_no_marks_of_lists():
    assert one_line("Before.\n\n- one\n- two\n", Lessons()) == "Before. one two"


@given(st.text(st.characters(categories=["L", "N"]), min_size=1))
def test_words_without_marks_stay_as_they_are(text: str):
    assert plain_text(text, Lessons()) == text
