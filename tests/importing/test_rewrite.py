"""Changing values in a YAML file without touching the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guildhall.cli.importers.merge import merge
from guildhall.cli.importers.rewrite import UnchangeableError, amended
from guildhall.core.yaml_source import parse_yaml
from guildhall.core.yaml_writer import rendered

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=30
) | st.sampled_from(["NO", "10:00", "1_000", "~", "null", "- a", "a: b", "#", "*a", "[x]", "a\nb"])
DATA = st.dictionaries(
    st.sampled_from(["kind", "title", "people", "x y", "NO", "schedule"]),
    st.recursive(
        TEXTS,
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from(["date", "title", "a", "b"]), inner, max_size=3)
        ),
        max_leaves=12,
    ),
    min_size=1,
)


def read(text: str) -> Any:
    data, _, faults = parse_yaml(text, Path("x.yml"))
    assert not faults
    return data


@settings(deadline=None)
@given(DATA)
def test_what_is_written_is_read_again(data: dict[str, Any]) -> None:
    assert read(rendered(data)) == data


@settings(deadline=None)
@given(DATA, DATA)
def test_a_changed_file_holds_the_new_values_or_is_refused(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    text = rendered({"kind": "x", **old})
    wanted = {"kind": "x", **new}
    try:
        changed = amended(text, wanted)
    except UnchangeableError:
        return
    assert read(changed) == wanted


@settings(deadline=None)
@given(DATA)
def test_equal_values_leave_every_byte(data: dict[str, Any]) -> None:
    text = f"# comment\n{rendered(data)}\n# end"
    assert amended(text, data) == text


@settings(deadline=None)
@given(DATA, DATA, DATA)
def test_without_hand_edits_the_source_wins(
    base: dict[str, Any], theirs: dict[str, Any], other: dict[str, Any]
) -> None:
    merged = merge(base, base, theirs, lambda conflict: None)
    assert not merged.conflicts
    assert merged.base == theirs
    unchanged = merge(base, other, base, lambda conflict: None)
    assert unchanged.value == other
    assert not unchanged.conflicts


TEXT = """\
# Head.
kind: workshop   # the kind
title: "Git"
people:
  instructor:
    - Ada   # first
    # A comment of its own.
    - 'Grace'
  helper: [ Ada, "Grace" ]
places: [{name: Oslo}]   # only one
end: 2026-03-26
"""


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ({"title": "Git 2"}, '"Git"', '"Git 2"'),
        ({"end": "2026-03-27"}, "end: 2026-03-26", "end: 2026-03-27"),
        ({"website": "https://e.org"}, "26\n", "26\nwebsite: https://e.org\n"),
        ({"end": None}, "end: 2026-03-26\n", "end: null\n"),
        ({"places": [{"name": "Bergen"}]}, "[{name: Oslo}]", "[{name: Bergen}]"),
        (
            {"people": {"instructor": ["Ada", "Grace", "Alan"], "helper": ["Ada", "Grace"]}},
            "    - 'Grace'\n",
            "    - 'Grace'\n    - Alan\n",
        ),
        (
            {"people": {"instructor": ["Grace"], "helper": ["Ada", "Grace"]}},
            "    - Ada   # first\n",
            "",
        ),
        (
            {"people": {"instructor": ["Ada", "Grace"], "helper": ["Grace", "Alan"]}},
            '[ Ada, "Grace" ]',
            '[ "Grace", Alan ]',
        ),
        (
            {"people": {"instructor": ["Ada", "Grace"]}},
            '  helper: [ Ada, "Grace" ]\n',
            "",
        ),
    ],
)
def test_only_what_is_new_changes(changes: dict[str, Any], old: str, new: str) -> None:
    assert old in TEXT
    assert amended(TEXT, {**read(TEXT), **changes}) == TEXT.replace(old, new)


def test_line_ends_of_windows_stay() -> None:
    text = TEXT.replace("\n", "\r\n")
    new = amended(text, {**read(text), "website": "https://e.org"})
    assert new == text + "website: https://e.org\r\n"


def test_a_mapping_in_brackets_is_refused() -> None:
    with pytest.raises(UnchangeableError):
        amended("{kind: workshop}", {"kind": "person"})
