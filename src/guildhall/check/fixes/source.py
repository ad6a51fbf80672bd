"""A source file as text that gives back every byte, and the places of edits in it."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from guildhall.core.findings.finding import Edit
from guildhall.core.values.faults import quote

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes of the largest file that is mended."""

_BREAK = re.compile(r"\r\n|\r|\n")


class RefusedError(Exception):
    """An edit that isn't made; the message says why, as a clause."""


@dataclass(frozen=True)
class Source:
    """A file's text, with its line ends as they are.

    Args:
        text: the text, without a byte order mark.
        has_mark: whether the file begins with a byte order mark.
    """

    text: str
    has_mark: bool = False

    @classmethod
    def of(cls, raw: bytes) -> Source:
        """Decode a file.

        Raises:
            RefusedError: for a file that is too large, or no UTF-8.
        """
        if len(raw) > LARGEST_FILE:
            raise RefusedError(f"the file is larger than {LARGEST_FILE // 1024} KiB")
        has_mark = raw.startswith(codecs.BOM_UTF8)
        try:
            text = raw.removeprefix(codecs.BOM_UTF8).decode("utf-8")
        except UnicodeDecodeError:
            raise RefusedError("the file is not UTF-8") from None
        if "\0" in text:
            raise RefusedError("the file holds binary data")
        return cls(text, has_mark)

    def encoded(self, text: str) -> bytes:
        """Another text as bytes of this file, with the byte order mark where it has one."""
        return (codecs.BOM_UTF8 if self.has_mark else b"") + text.encode("utf-8")

    @cached_property
    def lines(self) -> tuple[tuple[int, int], ...]:
        """Where each line begins and ends, without its line end."""
        starts, ends = [0], []
        for found in _BREAK.finditer(self.text):
            ends.append(found.start())
            starts.append(found.end())
        return tuple(zip(starts, [*ends, len(self.text)], strict=True))

    @cached_property
    def line_end(self) -> str:
        """The line end that most lines have; a line feed where there is none."""
        counts = dict.fromkeys(("\n", "\r\n", "\r"), 0)
        for found in _BREAK.finditer(self.text):
            counts[found[0]] += 1
        return max(counts, key=lambda end: counts[end])

    def offset(self, line: int, column: int) -> int | None:
        """The offset of a place; None where the file has no such place.

        Args:
            line: the line, from 1.
            column: the column in code points, from 1; one past the last is the line's end.
        """
        if not 1 <= line <= len(self.lines):
            return None
        start, end = self.lines[line - 1]
        at = start + column - 1
        return at if start <= at <= end else None

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        index = bisect_right(self.lines, (offset, len(self.text))) - 1
        return index + 1, offset - self.lines[index][0] + 1

    def locate(self, edit: Edit) -> tuple[int, int]:
        """Where the text stands that an edit takes out.

        Raises:
            RefusedError: where something else stands there.
        """
        start = self.offset(edit.line, edit.column)
        if start is None:
            raise RefusedError("the place no longer exists in the file")
        for old in (edit.old, edit.old.replace("\n", "\r\n")):
            if self.text.startswith(old, start):
                return start, start + len(old)
        found = self.text[start : start + max(len(edit.old), 1)]
        raise RefusedError(f"found {quote(found)}, expected {quote(edit.old)}")


@dataclass(frozen=True, slots=True)
class Placed:
    """An edit at its place.

    Args:
        edit: the edit.
        start: the offset of the first character that goes.
        end: the offset after the last.
        new: what takes their place, as the file spells it there.
    """

    edit: Edit
    start: int
    end: int
    new: str

    @property
    def is_blank(self) -> bool:
        """Whether only blanks and line ends come or go."""
        return not self.edit.old.strip() and not self.edit.new.strip()


def spliced(text: str, edits: tuple[Placed, ...]) -> str:
    """A text with edits made, none of which overlap."""
    for each in sorted(edits, key=lambda placed: (placed.start, placed.end), reverse=True):
        text = text[: each.start] + each.new + text[each.end :]
    return text
