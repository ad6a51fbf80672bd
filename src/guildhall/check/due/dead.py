"""The dead links that a check has found, from its report as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from guildhall.check.due.item import DueItem
from guildhall.check.due.others import dead_links
from guildhall.core.findings.finding import Finding

DEAD = frozenset(
    {"external.dead", "external.dns", "external.loop", "external.refused", "external.tls"}
)
"""The rules that find links to other sites that are dead."""


class ReportError(Exception):
    """The file is no report of a check; the message is one sentence for people."""


def dead_links_of(report: Path) -> Iterator[DueItem]:
    """The dead links of other sites in a report.

    Args:
        report: what ``guildhall check --report json=FILE`` wrote.

    Raises:
        ReportError: where it can't be read.
    """
    try:
        data = json.loads(report.read_text(encoding="utf-8"))
        findings = [_finding(each) for each in data["findings"]]
    except OSError as error:
        raise ReportError(f"{report} can't be read: {error.strerror}") from None
    except (ValueError, RecursionError, TypeError, KeyError):
        raise ReportError(f"{report} is not a JSON report of `guildhall check`") from None
    return dead_links(findings, DEAD)


def _finding(data: dict[str, Any]) -> Finding:
    return Finding(
        str(data["path"]),
        int(data["line"]),
        int(data["column"]),
        str(data["rule"]),
        str(data["message"]),
        mend=str(data["mend"]),
    )
