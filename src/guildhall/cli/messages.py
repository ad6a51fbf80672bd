"""Messages about files: for people as ``path:line:column``, for GitHub as annotations."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from guildhall.records.faults import Fault

_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
_SPHINX = re.compile(
    r"(?:(?P<path>[^\n]*?)(?::(?P<line>[0-9]+|None))?(?::(?P<column>[0-9]+))?: )?"
    r"(?:WARNING|ERROR|CRITICAL): (?P<text>.*?)(?: \[(?P<code>[\w.-]+)\])?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """Something that is wrong with a portal.

    Args:
        path: the file, or empty where none is known.
        line: the line from 1, or 0 where none is known.
        column: the column from 1, or 0 where none is known.
        text: what is wrong, on one line.
        code: type and subtype, such as ``guildhall.sum``; may be empty.
    """

    path: str
    line: int
    column: int
    text: str
    code: str

    @classmethod
    def of_fault(cls, fault: Fault) -> Message:
        """The message of a record's fault."""
        code = f"guildhall.{fault.subtype}"
        return cls(str(fault.path), fault.line, fault.column, fault.message, code)

    @classmethod
    def of_sphinx(cls, written: str) -> Message:
        """The message of one warning as Sphinx writes it."""
        text = _ESCAPES.sub("", written).strip()
        match = _SPHINX.fullmatch(text)
        if match is None:
            return cls("", 0, 0, " ".join(text.split()), "")
        line, column = (
            int(found) if (found := match[name]) and found.isdigit() else 0
            for name in ("line", "column")
        )
        words = " ".join(match["text"].split())
        return cls(match["path"] or "", line, column, words, match["code"] or "")

    def relative_to(self, root: Path) -> Message:
        """The same message with its path relative to ``root`` where it lies below it."""
        path = Path(self.path)
        if not self.path or not path.is_absolute() or not path.is_relative_to(root):
            return self
        shown = path.relative_to(root).as_posix()
        return Message(shown, self.line, self.column, self.text, self.code)

    def __str__(self) -> str:
        place = ":".join([self.path, *(str(n) for n in (self.line, self.column) if n)])
        code = f" [{self.code}]" if self.code else ""
        return f"{place}: {self.text}{code}" if self.path else f"{self.text}{code}"

    def annotation(self) -> str:
        """The message as a workflow command of GitHub Actions."""
        properties = {
            "file": self.path,
            "line": str(self.line or ""),
            "col": str(self.column or ""),
            "title": self.code,
        }
        given = ",".join(
            f"{name}={_property(value)}" for name, value in properties.items() if value
        )
        return f"::error {given}::{_data(self.text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def on_github() -> bool:
    """Whether the program runs in a workflow of GitHub Actions."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def print_messages(messages: Iterable[Message], root: Path, *, annotate: bool | None = None) -> int:
    """Print each message once, in the order of files and lines, to standard error.

    Args:
        messages: the messages.
        root: the portal's folder; paths are shown relative to it.
        annotate: whether annotations are written too; by default on GitHub only.

    Returns:
        how many were printed.
    """
    unique = sorted({message.relative_to(root) for message in messages})
    annotate = on_github() if annotate is None else annotate
    for message in unique:
        click.echo(str(message), err=True)
    if annotate:
        # Workflow commands are read from standard output.
        for message in unique:
            click.echo(message.annotation())
    return len(unique)
