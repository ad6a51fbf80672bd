"""How much a finding matters."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """The levels, as reports and settings name them."""

    ERROR = "error"
    """It is wrong, and keeps the site from being published."""
    WARNING = "warning"
    """It is likely a mistake; never fails by itself."""
    INFO = "info"
    """It may be meant as it is."""
