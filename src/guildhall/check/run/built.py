"""A built site, as the check reads it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guildhall.core.findings.finding import Finding


@dataclass(frozen=True, slots=True)
class Built:
    """A built site.

    Args:
        site: its folder.
        doctrees: the folder of Sphinx's memory of it, where it is known.
        findings: what the build told.
        pages: how many documents were built; 0 where it is not known.
    """

    site: Path
    doctrees: Path | None = None
    findings: tuple[Finding, ...] = ()
    pages: int = 0
