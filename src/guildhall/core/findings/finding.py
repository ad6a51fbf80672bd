"""A finding: one thing that is wrong, at one place of a source."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from guildhall.core.findings.severity import Severity
from guildhall.core.values.legible import legible

BUILD_WARNING = "build.warning"
"""The rule of what Sphinx and other extensions warn of; the message ends with its own type."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A change of one place of a file that is safe to make without asking.

    Args:
        path: the file, relative to the portal's folder, with slashes.
        line: the line of the first character that goes, from 1.
        column: its column, from 1.
        old: the text that stands there; nothing is changed where it doesn't.
        new: the text that takes its place.
    """

    path: str
    line: int
    column: int
    old: str
    new: str


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something that is wrong.

    Args:
        path: the source file with slashes, relative to the portal's folder in reports; empty where
            no file is to blame.
        line: the line from 1, or 0 where none is known.
        column: the column from 1, or 0 where none is known.
        rule: the id of the rule that found it.
        message: what was found and what was expected, on one line, without the place and the rule.
        severity: how much it matters.
        mend: what to do about this one; empty where the rule's own mend says it.
        target: the address that it is about, as it is written; empty where it is about none.
        pages: the files of the site that show it, relative to the site's folder, in order.
        edit: the change that mends it, where that is safe.
        stated: the figure as stated, where it is about one.
        computed: the figure as computed.
        difference: computed less stated, end by end.
    """

    path: str
    line: int
    column: int
    rule: str
    message: str
    severity: Severity = Severity.ERROR
    mend: str = ""
    target: str = ""
    pages: tuple[str, ...] = ()
    edit: Edit | None = field(default=None, compare=False)
    stated: str | None = field(default=None, compare=False)
    computed: str | None = field(default=None, compare=False)
    difference: str | None = field(default=None, compare=False)

    @property
    def says_mend(self) -> bool:
        """Whether it says itself what to do: by a mend of its own, or by the nearest valid name."""
        return bool(self.mend) or "; did you mean `" in self.message

    @property
    def location(self) -> str:
        """``path:line:column`` as far as they are known, as editors understand it."""
        numbers = (str(number) for number in (self.line, self.column) if number)
        return ":".join([self.path, *numbers]) if self.path else ""

    def __str__(self) -> str:
        """The finding on one line, as compilers write it."""
        # What other programs warn of names its own kind.
        rule = "" if self.rule == BUILD_WARNING else f" [{self.rule}]"
        place = f"{self.location}: " if self.path else ""
        return legible(f"{place}{self.message}{rule}")

    def relative_to(self, root: Path) -> Finding:
        """The same finding with its path relative to ``root`` where it lies below it."""
        path = Path(self.path)
        if not self.path or not path.is_absolute() or not path.is_relative_to(root):
            return self
        return replace(self, path=path.relative_to(root).as_posix())
