"""Columns for what only a line is known of: where the line holds what the message is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from guildhall.core.findings.finding import Finding

_QUOTED = re.compile(r"`([^`]+)`|'([^']+)'|\"([^\"]+)\"|(https?://\S+)")


def with_columns(findings: Iterable[Finding], root: Path) -> list[Finding]:
    """Findings with the columns that they lack.

    Args:
        findings: the findings.
        root: the portal's folder, which their paths may be relative to.
    """
    columns = Columns(root)
    return [
        each
        if each.column
        else replace(each, column=columns.of(each.path, each.line, each.message))
        for each in findings
    ]


class Columns:
    """Finds columns in the files of a portal, each read once.

    Args:
        root: the portal's folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._files: dict[str, list[str]] = {}

    def of(self, path: str, line: int, message: str) -> int:
        """The column that a message is about, from 1; 0 where the file has no such line.

        Args:
            path: the file, absolute or relative to the portal's folder.
            line: the line from 1, or 0 where none is known.
            message: what is said; what stands in quotes in it, or an address, is looked for.
        """
        lines = self._lines(path) if line and path else []
        if not 0 < line <= len(lines):
            return 0
        text = lines[line - 1]
        for found in _QUOTED.finditer(message):
            quoted = next(filter(None, found.groups())).removesuffix("…")
            at = text.find(quoted)
            if at >= 0:
                return at + 1
        return len(text) - len(text.lstrip()) + 1

    def _lines(self, path: str) -> list[str]:
        if path not in self._files:
            try:
                text = (self._root / path).read_text(encoding="utf-8-sig", errors="replace")
            except OSError:
                text = ""
            self._files[path] = text.split("\n") if text else []
        return self._files[path]
