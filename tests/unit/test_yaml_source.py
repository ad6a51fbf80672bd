"""YAML is read as text with places: no scalar means anything before a field reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from guildhall.core.yaml_source import UnreadableError, decode, parse_yaml

PATH = Path("record.yml")

texts = st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn", "Zl", "Zp"]), max_size=20)
nested = st.recursive(
    texts,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(texts.filter(bool), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(texts.filter(bool), nested, min_size=1, max_size=4), st.booleans())
def test_what_yaml_writes_is_read_as_the_same_text(data: dict[str, Any], flow: bool):
    written = yaml.safe_dump(data, default_flow_style=flow, allow_unicode=True)
    read, _, faults = parse_yaml(written, PATH)
    assert read == data
    assert faults == []


@given(st.dictionaries(texts.filter(bool), texts, min_size=1, max_size=4))
def test_every_value_stands_where_the_map_says(data: dict[str, str]):
    written = yaml.safe_dump(data, allow_unicode=True, width=10_000, default_style='"')
    _, source, _ = parse_yaml(written, PATH)
    lines = written.split("\n")
    for key in data:
        for mark in (source.key((key,)), source.value((key,))):
            assert lines[mark.line - 1][mark.column - 1] == '"'


@pytest.mark.parametrize(
    "scalar",
    [
        "NO", "no", "on", "off", "y", "true", "10:00", "10:00:00", "010", "0o10", "0x1F", "1_000",
        "1e3", ".5", "5.", "+7", ".inf", ".nan", "2025-3", "2025-03-01", "2025-03-01T10:00:00Z",
        "5-10", "=", "nul",
    ],
)  # fmt: skip
@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_scalars_that_look_typed_stay_the_text_that_was_written(scalar: str, quote: str):
    written = f"{quote}{scalar}{quote}"
    block, _, _ = parse_yaml(f"key: {written}\n", PATH)
    flow, _, _ = parse_yaml(f"{{key: [{written}]}}", PATH)
    assert block == {"key": scalar}
    assert flow == {"key": [scalar]}


@pytest.mark.parametrize("scalar", ["", "~", "null", "Null", "NULL"])
def test_only_an_empty_value_and_null_mean_nothing(scalar: str):
    assert parse_yaml(f"key: {scalar}\n", PATH)[0] == {"key": None}


@pytest.mark.parametrize("scalar", ["''", '""', "'~'", '"null"'])
def test_quoted_text_never_means_nothing(scalar: str):
    assert parse_yaml(f"key: {scalar}\n", PATH)[0] == {"key": scalar[1:-1]}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_are_counted_alike_for_both_line_endings(end: str):
    text = decode(f"a: 1{end}b:{end}  - 2{end}".encode(), PATH)
    _, source, _ = parse_yaml(text, PATH)
    mark = source.value(("b", 0))
    assert (mark.line, mark.column) == (3, 5)


@given(st.binary(max_size=300))
def test_bytes_of_any_kind_are_read_or_refused_with_a_place(raw: bytes):
    _read_or_refuse(raw)


@given(st.text(st.sampled_from("ab:-[]{}#&*!|>'\"%@`?,~< \n\t\r\0\ufeff\u2028"), max_size=60))
def test_texts_of_yamls_own_signs_are_read_or_refused_with_a_place(text: str):
    _read_or_refuse(text.encode())


def _read_or_refuse(raw: bytes) -> None:
    try:
        data, _, faults = parse_yaml(decode(raw, PATH), PATH)
    except UnreadableError as error:
        faults = [error.fault]
    else:
        assert data is None or isinstance(data, str | list | dict)
    # YAML 1.1 counts more line breaks than editors do, such as U+2028.
    lines = raw.decode("utf-8", "replace").splitlines()
    assert all(1 <= fault.line <= len(lines) + 1 and fault.column >= 1 for fault in faults)
    assert all("\n" not in fault.message for fault in faults)
