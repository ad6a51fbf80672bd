"""Faults of records: what is wrong, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self


class Subtype(StrEnum):
    """The subtypes of ``guildhall.*`` warnings, as ``suppress_warnings`` takes them.

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

    YAML = (
        "yaml",
        "The file is not valid YAML 1.2, or uses features that records don't support.",
    )
    UNREADABLE = "unreadable", "The file is not UTF-8, is too large, or is nested too deeply."
    DUPLICATE_KEY = "duplicate-key", "A mapping has the same key twice."
    UNKNOWN_KEY = "unknown-key", "A key that the record kind doesn't have."
    MISSING_KEY = "missing-key", "A key that the record kind requires is missing."
    VALUE = "value", "A value that isn't valid for its key."
    UNKNOWN_KIND = "unknown-kind", "The record's kind is missing or not registered."
    UNKNOWN_ID = "unknown-id", "A record refers to an id that no record of that kind has."
    DUPLICATE_ID = (
        "duplicate-id",
        "Two records of the same kind share an id, or two files share a document name.",
    )
    CONSENT = "consent", "Text names someone who has not consented to be named."
    PROSE = (
        "prose",
        "Text of a record contains raw HTML, an unsafe link or a directive not allowed in records.",
    )
    SUM = "sum", "A stated total differs from the computed one."
    CLAIM = "claim", "A claim differs from what the records give."
    COVERAGE = (
        "coverage",
        "Partners without rows, rows without a partner, and years missing or outside the project.",
    )
    NOTE = (
        "note",
        "A note that is used but not defined, defined but not used, or missing where needed.",
    )
    CURRENCY = "currency", "Amounts in more than one currency without a stated rate."
    SETTINGS = "settings", "The portal's settings can't be read."
    TEMPLATE = "template", "A record template failed."
    DIRECTIVE = (
        "directive",
        "A Guildhall directive or role has an invalid argument or option.",
    )
    LESSON = "lesson", "A lesson's pages and its record don't match."
    BESIDE = (
        "beside",
        "A lesson's CITATION.cff or metadata.yml contains a value that can't be used.",
    )
    LENGTH = "length", "A stated length differs from the sum of the episodes."
    PREREQUISITE = (
        "prerequisite",
        "Prerequisites are circular, or a path requires a lesson before its step.",
    )
    WORKSHOP = (
        "workshop",
        "A workshop's times, sessions, registration, status or people are inconsistent.",
    )
    UNTRUSTED = (
        "untrusted",
        "A page of an external lesson uses something that only trusted pages may use.",
    )
    DIRECTION = (
        "direction",
        "Text contains control characters that change the order in which it is displayed.",
    )
    FETCH = "fetch", "The pages of an external lesson have not been fetched."
    LINT = "lint", "A lesson page breaks a rule; the message names it."
    REFERENCE = "reference", "A role names a record or figure that doesn't exist."
    FILE = (
        "file",
        "A file or link among the pages that can't be a page, or would replace another one.",
    )
    PAGE = "page", "A page that causes an error while it is read or rendered."
    TOCTREE = "toctree", "Tables of contents form a circle."


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
        return f"{self.location}: {self.message} [guildhall.{self.subtype}]"
