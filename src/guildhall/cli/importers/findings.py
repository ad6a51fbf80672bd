"""What an import tells."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity


class Sort(StrEnum):
    """What a finding of an import says, as its rule."""

    FAULT = "import.fault"
    """Something that can't be read; what it belongs to is not imported."""
    CONFLICT = "import.conflict"
    """A value that was changed by hand and in the source; the one in the record was kept."""
    UNMATCHED = "import.unmatched"
    """A name that is nobody's known here; it was taken over, for somebody to finish."""
    UNMAPPED = "import.unmapped"
    """A value that no record holds now."""
    DOUBT = "import.doubt"
    """A value that was taken over, and that somebody should look at."""
    ASSUMED = "import.assumed"
    """A value of a record that the source doesn't state."""
    KEPT = "import.kept"
    """A record that was left as it is."""


_OPEN = frozenset({Sort.FAULT, Sort.CONFLICT, Sort.UNMATCHED})
"""What somebody has to mend, decide or finish; an import that tells of it hasn't passed."""


def finding(sort: Sort, path: Path, line: int, column: int, message: str) -> Finding:
    """A finding of an import.

    Args:
        sort: what sort of thing it is.
        path: the file, of the source or of a record.
        line: the line, from 1.
        column: the column, from 1.
        message: a sentence without its full stop.
    """
    severity = Severity.ERROR if sort in _OPEN else Severity.INFO
    return Finding(str(path), line, column, sort.value, message, severity)


def of_fault(fault: Finding) -> Finding:
    """The finding of a record's fault."""
    return finding(Sort.FAULT, Path(fault.path), fault.line, fault.column, fault.message)
