"""What the exit codes of ``guildhall`` mean."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes, the same for all commands."""

    OK = 0
    """Everything is right."""
    FINDINGS = 1
    """Something in the portal is wrong; every finding was printed."""
    USAGE = 2
    """The command was called in a way that it doesn't understand."""
    INTERNAL = 3
    """The program itself failed; the message says where its log lies."""
    INTERRUPTED = 130
    """Stopped from the keyboard; the last good site is untouched."""
