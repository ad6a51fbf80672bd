"""Patterns of paths are read as Sphinx reads them."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from sphinx.util.matching import compile_matchers

from guildhall.core.patterns import matcher

PATTERNS = st.text(alphabet="ab/*?[]!^-\\.", max_size=8)
PATHS = st.text(alphabet="ab/[]!^-\\.*", max_size=6)


@settings(max_examples=1000)
@given(st.lists(PATTERNS, max_size=3), PATHS)
def test_every_pattern_matches_what_it_matches_in_sphinx(patterns: list[str], path: str):
    try:
        theirs = compile_matchers(patterns)
    except re.error:
        return
    assert matcher(patterns)(path) == any(matches(path) for matches in theirs)


def test_a_folder_and_all_below_it_are_two_patterns():
    matches = matcher(["_build", "drafts/**", "[!a]*.md"])
    assert matches("_build")
    assert not matches("_build/index.md")
    assert matches("drafts/deep/index.md")
    assert matches("b.md")
    assert not matches("a.md")
