"""What Sphinx, docutils, MyST and Guildhall itself warn of in a build, as findings."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from sphinx.util.logging import NAMESPACE, WarningStreamHandler

from guildhall.check.run.catalogue import all_rules
from guildhall.cli.report.terminal import without_escapes
from guildhall.core.findings.finding import BUILD_WARNING, Finding

_NUMBER = re.compile(r"[0-9]*|None")
"""A line or column of a location, as Sphinx writes it where it knows one and where not."""


class Listener(WarningStreamHandler):
    """Takes the place of Sphinx's handler of warnings, with all of its filters.

    So it hears what Sphinx would write and nothing else: also what worker processes hand on, what
    Sphinx holds back until a page is read, and without what ``suppress_warnings`` names.

    Args:
        before: Sphinx's handler.
        hear: takes each record, its location a text.
    """

    def __init__(
        self, before: WarningStreamHandler, hear: Callable[[logging.LogRecord, str], None]
    ) -> None:
        super().__init__(before.stream)
        self.filters = before.filters
        self.setLevel(before.level)
        self.setFormatter(before.formatter)
        self._hear = hear

    def emit(self, record: logging.LogRecord) -> None:
        """Take a record, and what Sphinx would write of it."""
        self._hear(record, f"{without_escapes(self.format(record))}{self.terminator}")


def listen(hear: Callable[[logging.LogRecord, str], None]) -> None:
    """Hear every warning of the Sphinx that has just set up its log.

    Args:
        hear: takes each record, and what Sphinx would write of it.
    """
    logger = logging.getLogger(NAMESPACE)
    for handler in list(logger.handlers):
        if isinstance(handler, WarningStreamHandler):
            logger.removeHandler(handler)
            logger.addHandler(Listener(handler, hear))


def finding_of(record: logging.LogRecord) -> Finding:
    """The finding that a record of Sphinx's log is.

    A warning whose type is the id of a rule is of that rule; any other is of ``build.warning``,
    and its message ends with its type.

    Args:
        record: the record, after Sphinx's filters, which make its location a text.
    """
    path, line, column = _place(getattr(record, "location", None) or "")
    kind = ".".join(filter(None, (getattr(record, "type", ""), getattr(record, "subtype", ""))))
    # Not the record's own method, which writes the place before it.
    written = without_escapes(logging.LogRecord.getMessage(record))
    text = " ".join(written.split()).removesuffix(f" [{kind}]")
    rule = all_rules().get(kind)
    if rule is None:
        rule = all_rules()[BUILD_WARNING]
        text = f"{text} [{kind}]" if kind else text
    return Finding(path, line, column, rule.id, text, rule.severity)


def _place(location: str) -> tuple[str, int, int]:
    """Path, line and column of a location, such as ``a.md:3:7``, ``a.md:None`` or ``a.md``."""
    path, *numbers = location.rsplit(":", 2)
    while numbers and not _NUMBER.fullmatch(numbers[0]):
        path = f"{path}:{numbers.pop(0)}"
    line, column = (int(each) if each.isdigit() else 0 for each in (*numbers, "", "")[:2])
    return path, line, column
