"""Comments in source files that silence rules, whatever the kind of file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

import yaml

from guildhall.check.lint.comments import read_silence
from guildhall.check.lint.elements import Place, Silence
from guildhall.check.lint.markdown import MarkdownReader
from guildhall.check.lint.notebook import Notebook
from guildhall.check.lint.rst import RstReader

LARGEST_FILE = 4 * 1024 * 1024
_HINT = b"guildhall:"
_YAML_COMMENT = re.compile(r"(?:^|(?<=\s))#\s*(?P<text>guildhall:\s*silence.*)$")


def silences_of(path: Path, myst_extensions: Collection[str] = ("colon_fence", "deflist")) -> tuple[
    Silence, ...
]:  # fmt: skip
    """The silences that comments of a source file ask for; none where it can't be read.

    Args:
        path: the file: Markdown, reStructuredText, a notebook or YAML.
        myst_extensions: what Markdown pages are written for.
    """
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_FILE:
            return ()
        raw = path.read_bytes()
        if _HINT not in raw:
            return ()
        text = raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ()
    match path.suffix:
        case ".yml" | ".yaml":
            return tuple(_in_yaml(text))
        case ".rst":
            return tuple(RstReader().read(text).silences)
        case ".md":
            return tuple(MarkdownReader(myst_extensions).read(text).silences)
        case ".ipynb":
            return tuple(_in_notebook(text, MarkdownReader(myst_extensions)))
    return ()


def _in_notebook(text: str, reader: MarkdownReader) -> Iterator[Silence]:
    notebook = Notebook(text, reader)
    for each in notebook.content.silences:
        lines = each.lines and (
            notebook.line(each.lines[0]).file_line,
            notebook.line(each.lines[1] - 1).file_line + 1,
        )
        place = Place(notebook.line(each.place.line).file_line, each.place.column)
        yield replace(each, place=place, lines=lines)


def _in_yaml(text: str) -> Iterator[Silence]:
    """A comment is about its own line, or if it stands alone, about the entry that follows."""
    lines = text.split("\n")
    scalars = _scalar_lines(text)
    for index, line in enumerate(lines):
        found = _YAML_COMMENT.search(line)
        if found is None or any(first <= (index, found.start()) < last for first, last in scalars):
            continue
        alone = not line[: found.start()].strip()
        reach = _entry_after(lines, index) if alone else (index + 1, index + 2)
        silence = read_silence(found["text"], Place(index + 1, found.start() + 1), reach)
        if silence is not None:
            yield silence


def _scalar_lines(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where values begin and end, since a `#` in a value is no comment."""
    try:
        return [
            (
                (token.start_mark.line, token.start_mark.column),
                (token.end_mark.line, token.end_mark.column),
            )
            for token in yaml.scan(text, Loader=yaml.SafeLoader)
            if isinstance(token, yaml.ScalarToken)
        ]
    except yaml.YAMLError:
        return []


def _entry_after(lines: list[str], index: int) -> tuple[int, int]:
    """The first line of the entry after a comment, and the one after its last, from 1."""
    start = index + 1
    while start < len(lines) and (
        not lines[start].strip() or lines[start].lstrip().startswith("#")
    ):
        start += 1
    if start >= len(lines):
        return start + 1, start + 1
    indent = _indent(lines[start])
    end = start + 1
    while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > indent):
        end += 1
    return start + 1, end + 1


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
