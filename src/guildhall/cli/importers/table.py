"""Tables in CSV (RFC 4180), with the place of every cell.

Spreadsheets write semicolons where the comma is a decimal sign, and tabs when asked; the first row
says which it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from guildhall.core.values.faults import quote
from guildhall.core.yaml_source import Mark, SourceMap, UnreadableError
from guildhall.model.base import rules

_QUOTED = re.compile(r'"((?:[^"]|"")*)"')


def read_table(text: str, path: Path) -> tuple[list[dict[str, str | None]], SourceMap]:
    """Read a table whose first row names its columns.

    Args:
        text: the table.
        path: its file, for messages.

    Returns:
        the rows, with None for an empty cell, and where each stands. Empty rows are left out.

    Raises:
        UnreadableError: for quotes that aren't closed, and rows with other columns than the first.
    """
    source = SourceMap(path, text)
    rows = _rows(source)
    head = next(rows, [])
    names = [name for _, name in head]
    for index, (mark, name) in enumerate(head):
        if not name or name in names[:index]:
            what = f"the column {quote(name)} appears twice" if name else "a column without a name"
            raise UnreadableError(source.fault(mark, rules.VALUE, what))
    data: list[dict[str, str | None]] = []
    for row in rows:
        if not any(value for _, value in row):
            continue
        if len(row) > len(names):
            message = f"a cell too many; the first row has {len(names)}"
            raise UnreadableError(source.fault(row[len(names)][0], rules.VALUE, message))
        place = len(data)
        source.values[(place,)] = row[0][0]
        for name, (mark, _) in zip(names, row, strict=False):
            source.values[(place, name)] = mark
        values = [value or None for _, value in row]
        data.append(dict(zip(names, values + [None] * len(names), strict=False)))
    return data, source


def _rows(source: SourceMap) -> Iterator[list[tuple[Mark, str]]]:
    text = source.text
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    plain = re.compile(rf"[^{separator}\r\n]*")
    at = begin = 0
    line, row = 1, []
    while at < len(text):
        mark = Mark(line, at - begin + 1, line)
        quoted = _QUOTED.match(text, at)
        match = quoted or plain.match(text, at)
        value = quoted[1].replace('""', '"') if quoted else match[0] if match else ""
        row.append((mark, value.strip()))
        at += len(match[0]) if match else 0
        if quoted and "\n" in quoted[0]:
            line += quoted[0].count("\n")
            begin = text.rindex("\n", 0, at) + 1
        end = re.compile(rf"{separator}|\r?\n|\Z").match(text, at)
        if end is None or (not quoted and value.startswith('"')):
            message = "a quote that is never closed, or doesn't end its cell"
            raise UnreadableError(source.fault(mark, rules.VALUE, message))
        at = end.end()
        if end[0] != separator:
            yield row
            row, line, begin = [], line + 1, at
    if row:
        yield row
