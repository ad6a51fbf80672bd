"""The page on trust: each promise names tests that exist; and how many attacks there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .attacks import HERE, read_attacks, read_rows

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/explanation/untrusted-text.md"
LEAST = 200
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py[\w:]*)`", PAGE.read_text(encoding="utf-8"))))


def promises() -> list[tuple[str, str]]:
    text = PAGE.read_text(encoding="utf-8")
    tables = re.findall(r"^\| Promise \| Tests \|\n\|[- |]+\n((?:\|.*\n)+)", text, re.MULTILINE)
    rows = [row for table in tables for row in table.splitlines()]
    return [(row.split("|")[1].strip(), row.split("|", 2)[2]) for row in rows]


@pytest.mark.parametrize("promise", promises(), ids=lambda each: each[0])
def test_each_promise_names_a_test(promise: tuple[str, str]):
    assert re.search(r"`tests/[\w/.:-]+`", promise[1])


@pytest.mark.parametrize("name", NAMED)
def test_each_test_that_is_named_exists(name: str):
    path, _, function = name.partition("::")
    assert (ROOT / path).is_file()
    source = (ROOT / path).read_text(encoding="utf-8")
    wanted = rf"^ *def {function}\(" if function else r"^ *def test_"
    assert re.search(wanted, source, re.MULTILINE)


def test_every_part_of_the_page_makes_promises():
    assert len(promises()) >= 20


def test_there_are_two_hundred_attacks_in_tables_alone():
    """Each is counted once, where it stands: rows of tables here, refused prose of records."""
    rows = sum(
        len(read_rows(HERE / name))
        for name in ("addresses.md", "messages.md", "imports.md", "proposals.md", "translations.md")
    )
    templates = [row for row in read_rows(HERE / "templates.md") if row[1] != "shown"]
    refused = (ROOT / "tests/unit/prose/refused.md").read_text(encoding="utf-8").count("\n## ")
    pages = read_attacks(HERE / "running.md")
    assert len(pages) >= 100
    assert rows + len(templates) + len(pages) >= LEAST
    assert rows + len(templates) + len(pages) + refused >= LEAST + 50
