"""The scalars of a YAML file: where each stands, and how a text is spelled in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from guildhall.check.fixes import destinations
from guildhall.check.fixes.changes import is_explained
from guildhall.check.fixes.markdown_reading import check_text
from guildhall.check.fixes.source import Placed, RefusedError, Source
from guildhall.core.yaml_source import NULLS, UnreadableError, parse_yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PROSE = re.compile(r"\n|\]\(|<")
"""What a value has that may be prose in Markdown."""
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar, or where a mapping or list begins or ends.

    Args:
        start: the offset of its first character.
        end: the offset after its last.
        style: its quotes, ``|`` or ``>``; empty for a plain one.
        value: its text; for what is no scalar, the kind of event.
        is_key: whether it is the key of a mapping.
        is_scalar: whether it is a scalar.
    """

    start: int
    end: int
    style: str
    value: str
    is_key: bool = False
    is_scalar: bool = True

    @property
    def form(self) -> tuple[str, bool, bool, bool]:
        """All but the place and the text, and whether that says something."""
        is_nothing = not self.style and self.value in NULLS
        return self.style, self.is_key, self.is_scalar, is_nothing


def scalars_of(text: str) -> tuple[Scalar, ...]:
    """The scalars of a file in their order.

    Raises:
        RefusedError: where the file can't be read as records are.
    """
    try:
        parse_yaml(text, Path("source"))
        return tuple(_walk(text))
    except (UnreadableError, yaml.YAMLError) as error:
        reason = error.fault.message if isinstance(error, UnreadableError) else "no YAML"
        raise RefusedError(f"the file can't be read as a record: {reason}") from None


def _walk(text: str) -> list[Scalar]:
    source = Source(text)
    found: list[Scalar] = []
    # For each open mapping, whether a key comes next; None for a list.
    stack: list[bool | None] = []

    def turn() -> bool:
        is_key = bool(stack and stack[-1])
        if stack and stack[-1] is not None:
            stack[-1] = not stack[-1]
        return is_key

    for event in yaml.parse(text, Loader=_LOADER):
        kind = type(event).__name__
        if isinstance(event, yaml.ScalarEvent):
            start, end = _offset(source, event.start_mark), _offset(source, event.end_mark)
            found.append(Scalar(start, end, event.style or "", event.value, turn()))
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            turn()
            stack.append(True if isinstance(event, yaml.MappingStartEvent) else None)
            found.append(Scalar(0, 0, "", kind, is_scalar=False))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            stack.pop()
            found.append(Scalar(0, 0, "", kind, is_scalar=False))
    return found


def _offset(source: Source, mark: Any) -> int:
    line: int = mark.line
    column: int = mark.column
    if line >= len(source.lines):
        return len(source.text)
    return min(source.lines[line][0] + column, len(source.text))


def scalar_at(scalars: Sequence[Scalar], start: int, end: int) -> int | None:
    """The index of the scalar that holds a span; None where none does."""
    for index, each in enumerate(scalars):
        if each.is_scalar and each.start < each.end and each.start <= start and end <= each.end:
            return index
    return None


def spelled(text: str, start: int, end: int, new: str) -> str:
    """How a text is written at a place of a file, with the quotes that stand there.

    Args:
        text: the file.
        start: the offset of the first character that goes.
        end: the offset after the last.
        new: what is to be read there.

    Raises:
        RefusedError: where it can't be written there.
    """
    scalars = scalars_of(text)
    index = scalar_at(scalars, start, end)
    if index is None:
        return new
    scalar = scalars[index]
    prose = text[scalar.start : scalar.end]
    if destinations.destination(prose, start - scalar.start)[0] is not None:
        new = destinations.spelled(prose, start - scalar.start, end - scalar.start, new)
    if scalar.style == "'":
        return new.replace("'", "''")
    if scalar.style == '"':
        return "".join(_ESCAPES.get(char, char) for char in new)
    return new


def meaning(scalar: Scalar, old: str) -> str:
    """The text that a part of a scalar stands for.

    Raises:
        RefusedError: where the part is none by itself, such as half an escape.
    """
    if scalar.style == "'":
        return old.replace("''", "'")
    if scalar.style == '"' and "\\" in old:
        try:
            value = yaml.load(f'"{old}"', Loader=yaml.BaseLoader)  # noqa: S506 (text alone)
        except yaml.YAMLError:
            value = None
        if not isinstance(value, str):
            raise RefusedError("the place is a part of an escape")
        return value
    return old


def check(before: str, after: str, edits: tuple[Placed, ...]) -> None:
    """Make sure that only the values changed that edits change, and as they say.

    Raises:
        RefusedError: where anything else is read differently.
    """
    first, then = scalars_of(before), scalars_of(after)
    changes: dict[int, list[tuple[str, str, str]]] = {}
    for each in edits:
        index = scalar_at(first, each.start, each.end)
        if index is None or each.is_blank:
            continue
        if first[index].is_key:
            raise RefusedError("the place is in a key")
        scalar = first[index]
        read = meaning(scalar, each.edit.old), meaning(scalar, each.new)
        changes.setdefault(index, []).append((*read, each.edit.new))
    ends_line = any(not each.edit.old and each.is_blank for each in edits)
    if [each.form for each in first] != [each.form for each in then]:
        raise RefusedError("the file would be read differently")
    for index, (old, new) in enumerate(zip(first, then, strict=True)):
        if index in changes:
            made = changes[index]
            is_right = is_explained(old.value, new.value, [(gone, put) for gone, put, _ in made])
            if _PROSE.search(old.value):
                check_text(old.value, new.value, made)
        else:
            # What a block says is the same with a line end after its last line.
            grows = ends_line and old.style in {"|", ">"} and old.end >= len(before)
            is_right = new.value == old.value or (grows and new.value == f"{old.value}\n")
        if not is_right:
            raise RefusedError("another value would be read")
