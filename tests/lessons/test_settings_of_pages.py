"""Front matter of foreign pages: what concerns the page alone stays, each line in its place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from myst_nb.core.read import is_myst_markdown_notebook
from myst_parser.config.main import TopmatterReadError, read_topmatter

from guildhall.sphinx_ext.lessons.untrusted.settings_of_pages import (
    METADATA,
    SETTINGS,
    notebook_without_settings,
    without_settings,
)

KERNEL = {"name": "r", "display_name": "none", "language": "R"}
PAGES = {
    "# X\n": ("# X\n", ()),
    "---\norphan: true\nteaching: 5\n---\n# X\n": ('---\n{"orphan": true}\n\n---\n# X\n', ()),
    "---\nteaching: 5\n---\n# X\n": ("\n\n\n# X\n", ()),
    "---\nmyst: {a: 1, b: 2}\nhtml_meta: {}\n---\n# X\n": (
        "\n\n\n\n# X\n",
        ("myst.a", "myst.b", "html_meta"),
    ),
    "---\nfile_format: mystnb\nkernelspec: {name: r, language: R, argv: [x]}\n---\n# X\n": (
        f"---\n{json.dumps({'kernelspec': KERNEL, 'file_format': 'mystnb'})}\n\n---\n# X\n",
        (),
    ),
    "---\n\nA rule, and text.\n": ("***\n\nA rule, and text.\n", ()),
    "--- no rule\n": ("\\--- no rule\n", ()),
}


@pytest.mark.parametrize(("text", "expected"), PAGES.items())
def test_front_matter(text: str, expected: tuple[str, tuple[str, ...]]):
    assert without_settings(text) == expected


WRITTEN = """
---
----
--- x
...

myst: {enable_extensions: [substitution]}
orphan: true
file_format: mystnb
mystnb: {execution_mode: force}
# X
text
 ---
{
- a
substitutions: {a: b}
? myst
: {a: b}
<<: {myst: {a: b}}
"""
LINES = st.sampled_from([*WRITTEN.strip().split("\n"), "\u2028---", "\x0b---"])


@given(st.lists(LINES, max_size=8), st.sampled_from(["\n", "\r\n", "\r"]))
def test_whatever_a_page_begins_with_it_sets_nothing(lines: list[str], end: str):
    text = end.join(["---", *lines])
    cleaned, _ = without_settings(text)
    try:
        front = read_topmatter(cleaned) or {}
    except TopmatterReadError:
        front = {}
    assert not set(SETTINGS) & set(front)
    assert set(front) <= {*METADATA, "file_format", "kernelspec", "language_info"}
    assert cleaned.count("\n") == text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    assert not is_myst_markdown_notebook(cleaned) or is_myst_markdown_notebook(text)


@given(st.dictionaries(st.sampled_from([*SETTINGS, *METADATA, "a"]), st.booleans() | st.text()))
def test_a_notebook_sets_nothing(metadata: dict[str, object]):
    text = json.dumps({"cells": [], "metadata": metadata, "nbformat": 4, "nbformat_minor": 4})
    cleaned, asked = notebook_without_settings(text)
    assert set(json.loads(cleaned)["metadata"]) <= METADATA
    assert set(asked) == set(SETTINGS) & set(metadata)
