"""Finds slips of style that are safe to mend: what has a meaning is never told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from guildhall.check.fixes.apply import place, safe_edits
from guildhall.check.fixes.files import MARKDOWN, YAML, SourceFiles
from guildhall.check.fixes.rules import RULES
from guildhall.check.fixes.source import Placed, RefusedError, Source
from guildhall.core.counting import counted
from guildhall.core.findings.finding import Edit, Finding

_BLANKS = re.compile(r"[ \t]+$")
_BREAK = re.compile(r"\S {2,}$")
"""Two blanks after a text break the line in Markdown (CommonMark 0.31, 6.7)."""


def style_findings(root: Path, names: Iterable[str] | None = None) -> tuple[Finding, ...]:
    """Find slips of style in source files.

    Args:
        root: the portal's folder.
        names: files, relative to it, with slashes; by default all that may be mended.
    """
    files = SourceFiles(root)
    found: list[Finding] = []
    for name in files.names() if names is None else sorted({*names}):
        if files.refusal(name) is None:
            found += _in_file(files.path(name), name)
    return tuple(sorted(found))


def _in_file(path: Path, name: str) -> Iterator[Finding]:
    try:
        source = Source.of(path.read_bytes())
    except (OSError, RefusedError):
        # Whoever reads the file tells what is wrong with it.
        return
    edits = (*_trailing_blanks(source, name), *_final_newline(source, name))
    for each in _safe(source, name, edits):
        rule = "style.trailing-blanks" if each.old else "style.final-newline"
        message = (
            f"found {counted(len(each.old), 'blank')} at the end of the line that have no effect"
            if each.old
            else "the last line has no line break at its end"
        )
        severity = RULES[rule].severity
        yield Finding(name, each.line, each.column, rule, message, severity, edit=each)


def _trailing_blanks(source: Source, name: str) -> Iterator[Edit]:
    suffix = PurePosixPath(name).suffix
    if suffix not in YAML | MARKDOWN:
        return
    for number, (start, end) in enumerate(source.lines, 1):
        line = source.text[start:end]
        blanks = _BLANKS.search(line)
        if blanks is None or (suffix in MARKDOWN and _BREAK.search(line)):
            continue
        yield Edit(name, number, blanks.start() + 1, blanks[0], "")


def _final_newline(source: Source, name: str) -> Iterator[Edit]:
    start, end = source.lines[-1]
    if source.text[start:end].strip():
        yield Edit(name, len(source.lines), end - start + 1, "", "\n")


def _safe(source: Source, name: str, edits: Iterable[Edit]) -> list[Edit]:
    placed: list[Placed] = []
    for each in edits:
        try:
            placed.append(place(source, name, each))
        except RefusedError:
            continue
    ordered = tuple(sorted(placed, key=lambda each: (each.start, each.end)))
    return [each.edit for each in safe_edits(name, source.text, ordered, [])]
