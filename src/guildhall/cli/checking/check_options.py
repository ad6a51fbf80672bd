"""What is wanted of a check."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guildhall.core.findings.severity import Severity


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What is wanted of a check.

    Args:
        root: the portal's folder.
        records: whether only sources are checked, and nothing is built.
        site: a built site to check in the place of one that is built for it.
        offline: whether no other site is asked.
        answers: the file that keeps what other sites answered; by default the portal's own.
        changed: the revision since which findings count; all count where it is None.
        fix: whether what is safe to mend is mended.
        form: the form that is printed.
        reports: further reports, each its form and file.
        fail_on: the least severity that fails.
        jobs: how many processes build and read.
        quiet: whether nothing is printed where all is right.
        verbose: whether the traceback of a failing program is shown.
    """

    root: Path
    records: bool = False
    site: Path | None = None
    offline: bool = False
    answers: Path | None = None
    changed: str | None = None
    fix: bool = False
    form: str = "text"
    reports: tuple[tuple[str, Path], ...] = ()
    fail_on: Severity = Severity.ERROR
    jobs: int = 1
    quiet: bool = False
    verbose: bool = False
