"""Faults as Sphinx warnings, of type ``guildhall`` and with a subtype each."""

from __future__ import annotations

from docutils import nodes
from sphinx.util import logging

from guildhall.records.faults import Fault, Subtype

_logger = logging.getLogger(__name__)


def log_fault(fault: Fault) -> None:
    """Log a fault at its file, line and column."""
    _logger.warning(
        "%s", fault.message, location=fault.location, type="guildhall", subtype=str(fault.subtype)
    )


def warn(
    subtype: Subtype, message: str, location: str | tuple[str, int] | nodes.Node | None
) -> None:
    """Log a warning of Guildhall's own at a place in a page."""
    _logger.warning("%s", message, location=location, type="guildhall", subtype=str(subtype))
