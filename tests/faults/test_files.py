"""Files that can't be read as records are refused with one clear fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.model.records.load import load_record

RECORD = "kind: person\nname: Bjørn\nsort_name: Bjørn\n"


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (RECORD.encode("utf-16"), "1:1 the file is not UTF-8 (it looks like UTF-16"),
        (RECORD.encode("latin-1"), "2:9 the file is not UTF-8: byte 0xf8; save it as UTF-8"),
        (b"kind: \x00person\n", "1:1 the file is not UTF-8 (it looks like UTF-16 or binary data)"),
        (b"#" * (1024 * 1024 + 1), "1:1 the file is larger than 1024 KiB, records are small"),
        (b"a: " + b"[" * 100_000, "1:35 found more than 32 levels of nesting"),
        (b"a:\n" + b"- 1\n" * 30_000, "found more than 20000 values"),
        (b"{a: " * 40 + b"}" * 40, "found more than 32 levels of nesting"),
    ],
    ids=["utf-16", "latin-1", "nul", "huge", "brackets", "values", "mappings"],
)
def test_an_unreadable_file_is_one_fault(raw: bytes, fault: str, tmp_path: Path):
    path = tmp_path / "record.yml"
    path.write_bytes(raw)
    (found,) = load_record(path, "record").faults
    assert fault in f"{found.line}:{found.column} {found.message}"
    assert found.rule == "record.unreadable"


def test_a_byte_order_mark_is_no_fault(tmp_path: Path):
    path = tmp_path / "record.yml"
    path.write_bytes(RECORD.encode("utf-8-sig"))
    assert load_record(path, "record").faults == ()


def test_a_file_that_vanished_is_one_fault(tmp_path: Path):
    (found,) = load_record(tmp_path / "gone.yml", "gone").faults
    assert found.message.startswith("the file can't be read: ")
