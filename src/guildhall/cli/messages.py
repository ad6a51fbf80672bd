"""Messages about files: for people as ``path:line:column``, for GitHub as annotations."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import click

from guildhall.check.reports.github import workflow_command
from guildhall.cli.terminal import without_escapes
from guildhall.core.findings.finding import Finding
from guildhall.core.values.legible import legible
from guildhall.model.base.faults import Fault

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
    def of_finding(cls, finding: Finding) -> Message:
        """The message of a check's finding."""
        return cls(finding.path, finding.line, finding.column, finding.message, finding.rule)

    @classmethod
    def of_sphinx(cls, written: str) -> Message:
        """The message of one warning as Sphinx writes it."""
        text = without_escapes(written).strip()
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
        return replace(self, path=path.relative_to(root).as_posix())

    def __str__(self) -> str:
        place = ":".join([self.path, *(str(n) for n in (self.line, self.column) if n)])
        code = f" [{self.code}]" if self.code else ""
        return legible(f"{place}: {self.text}{code}" if self.path else f"{self.text}{code}")

    def annotation(self, level: str) -> str:
        """The message as a workflow command of GitHub Actions.

        Args:
            level: ``error``, ``warning`` or ``notice``.
        """
        return workflow_command(
            level,
            legible(self.text, kept="\r\n"),
            file=legible(self.path, kept="\r\n"),
            line=str(self.line or ""),
            col=str(self.column or ""),
            title=self.code,
        )


def on_github() -> bool:
    """Whether the program runs in a workflow of GitHub Actions."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def annotate(messages: Iterable[Message], root: Path, level: str = "error") -> None:
    """Write annotations to standard output, where GitHub reads them.

    Args:
        messages: the messages.
        root: the portal's folder, which their paths may be relative to.
        level: ``error``, ``warning`` or ``notice``.
    """
    # GitHub shows an annotation in the file only by its path from the checkout's top.
    top = Path(os.environ.get("GITHUB_WORKSPACE") or root)
    top = top if root.is_relative_to(top) else root
    for message in messages:
        path = str(root / message.path) if message.path else ""
        click.echo(replace(message, path=path).relative_to(top).annotation(level))


def print_messages(messages: Iterable[Message], root: Path, *, level: str = "error") -> int:
    """Print each message once, in the order of files and lines, to standard error.

    Args:
        messages: the messages.
        root: the portal's folder; paths are shown relative to it.
        level: what annotations count them as, ``error`` or ``warning``; they are written on
            GitHub only.

    Returns:
        how many were printed.
    """
    unique = sorted({message.relative_to(root) for message in messages})
    for message in unique:
        click.echo(str(message), err=True)
    if on_github():
        annotate(unique, root, level)
    return len(unique)
