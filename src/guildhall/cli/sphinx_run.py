"""One run of Sphinx in this process, with its warnings as messages and its progress as numbers."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from guildhall.cli.messages import Message
from guildhall.ledger.checks import Report

_PROGRESS = re.compile(
    r"(?P<phase>reading sources|writing output)\.\.\. \[\s*(?P<percent>[0-9]+)%\]"
)

Progress = Callable[[str, int], None]
"""Called with the phase and its percent."""


@dataclass
class Run:
    """What a run of Sphinx gave.

    Args:
        messages: its warnings and errors.
        pages: how many documents the portal has.
        report: what the checks found, where records were loaded.
    """

    messages: list[Message] = field(default_factory=list)
    pages: int = 0
    report: Report | None = None


class _Warnings(io.StringIO):
    """Takes warnings from Sphinx, which writes each in one go."""

    def __init__(self, messages: list[Message]) -> None:
        super().__init__()
        self._messages = messages

    def write(self, text: str) -> int:
        if text.strip():
            self._messages.append(Message.of_sphinx(text))
        return len(text)


class _Status(io.StringIO):
    """Takes Sphinx's account of what it does, and passes the percentages on."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self._progress = progress

    def write(self, text: str) -> int:
        match = _PROGRESS.search(text)
        if match:
            self._progress(match["phase"], int(match["percent"]))
        return len(text)


def run_sphinx(
    root: Path, site: Path, doctrees: Path, *, builder: str, jobs: int, progress: Progress
) -> Run:
    """Build the portal at ``root`` into ``site``.

    Args:
        root: the portal's folder; its configuration is in ``conf``.
        site: the folder to write to.
        doctrees: the folder of Sphinx's memory.
        builder: the builder's name.
        jobs: how many processes read and write.
        progress: called as the work goes on.

    Raises:
        Exception: whatever Sphinx or an extension raises.
    """
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    run = Run()
    with patch_docutils(root / "conf"), docutils_namespace():
        app = Sphinx(
            root,
            root / "conf",
            site,
            doctrees,
            builder,
            status=_Status(progress),
            warning=_Warnings(run.messages),
            parallel=jobs,
        )
        app.build()
        run.pages = len(app.env.found_docs)
        if "guildhall" in app.extensions:
            from guildhall.sphinx_ext.domain import domain_of

            run.report = domain_of(app.env).portal.report
    return run
