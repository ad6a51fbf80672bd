"""Faults of records: what is wrong, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self


class Subtype(StrEnum):
    """The subtypes of ``record.*`` warnings, as ``suppress_warnings`` takes them.

    Args:
        value: the subtype's name.
        description: what faults of it are.
    """

    description: str

    def __new__(cls, value: str, description: str) -> Self:
        """Make a member whose value is its name, and which carries its description."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.description = description
        return member

    YAML = "yaml", "The file is not well-formed YAML 1.2 of the plain kind that records use."
    UNREADABLE = "unreadable", "The file is not UTF-8, too large, or nested too deeply to be read."
    DUPLICATE_KEY = "duplicate-key", "A mapping holds the same key twice."
    UNKNOWN_KEY = "unknown-key", "A key that the record kind doesn't have."
    MISSING_KEY = "missing-key", "A key that the record kind requires is not there."
    VALUE = "value", "A value that can't be read as what its key holds."
    UNKNOWN_KIND = "unknown-kind", "The record's kind is missing or not registered."
    UNKNOWN_ID = "unknown-id", "A record refers to an id that no record of that kind has."
    DUPLICATE_ID = (
        "duplicate-id",
        "Two records of one kind have the same id, or two files the same document name.",
    )
    CONSENT = "consent", "Text names somebody who withholds consent to be named."
    PROSE = (
        "prose",
        "Prose of a record holds raw HTML, an unsafe link or a directive that records may not use.",
    )
    SUM = "sum", "A stated total differs from the computed one."
    CLAIM = "claim", "A claim differs from what the records give."
    COVERAGE = (
        "coverage",
        "Partners without rows, rows without a partner, and years missing or outside the project.",
    )
    NOTE = (
        "note",
        "A note that is used but not defined, defined but not used, or needed but absent.",
    )
    CURRENCY = "currency", "Amounts in more than one currency without a stated rate."
    SETTINGS = "settings", "The portal's settings can't be read."
    TEMPLATE = "template", "A record template failed."
    DIRECTIVE = (
        "directive",
        "A directive or role of Guildhall got an argument or option that it can't use.",
    )
    LESSON = "lesson", "A lesson's pages and its record don't fit each other."
    BESIDE = (
        "beside",
        "A CITATION.cff or metadata.yml beside a lesson holds a value that can't be used.",
    )
    LENGTH = "length", "A stated length differs from the sum of the episodes."
    PREREQUISITE = (
        "prerequisite",
        "Prerequisites go round in a circle, or a path requires a lesson before its step.",
    )
    WORKSHOP = (
        "workshop",
        "A workshop's times, sessions, registration, status or people don't fit each other.",
    )
    UNTRUSTED = (
        "untrusted",
        "A page of a lesson from elsewhere asks for what only trusted pages may do.",
    )
    DIRECTION = (
        "direction",
        "Text holds controls by which it reads in another order than it stands.",
    )
    FETCH = "fetch", "The pages of a lesson that lives elsewhere are not here."
    LINT = "lint", "A lesson page breaks a rule of good lessons; the message names the rule."
    HISTORY = "history", "A line of the history of checks can't be read."
    REFERENCE = "reference", "A role names a record or figure that doesn't exist."
    FILE = (
        "file",
        "A file or link among the pages that can't be a page, or would take another one's place.",
    )
    PAGE = "page", "A page that the programs which read and show it stumble over."
    TOCTREE = "toctree", "Tables of contents lead round in a circle."


def subtype_descriptions() -> dict[Subtype, str]:
    """What each subtype means, for the reference and for editors."""
    return {subtype: subtype.description for subtype in Subtype}


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault of one file.

    Args:
        path: the file.
        line: line of the fault, from 1.
        column: column of the fault, from 1.
        subtype: see :class:`Subtype`.
        message: a complete sentence on one line.
    """

    path: Path
    line: int
    column: int
    subtype: Subtype
    message: str

    @property
    def location(self) -> str:
        """``path:line:column``, as editors and Sphinx understand it."""
        return f"{self.path}:{self.line}:{self.column}"

    def relative_to(self, root: Path) -> Fault:
        """The same fault with its path relative to ``root`` where it lies below it."""
        if not self.path.is_relative_to(root):
            return self
        path = self.path.relative_to(root)
        return Fault(path, self.line, self.column, self.subtype, self.message)

    def __str__(self) -> str:
        return f"{self.location}: {self.message} [record.{self.subtype}]"
