"""Faults as Sphinx warnings, of type ``guildhall`` and with a subtype each."""

from __future__ import annotations

import logging as std_logging
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging

from guildhall.core.values.legible import legible, without_passwords
from guildhall.model.base.faults import Fault, Subtype

if TYPE_CHECKING:
    from sphinx.application import Sphinx

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


def _make_legible(message: std_logging.LogRecord) -> bool:
    """Take out of a warning what a terminal would act on; pages and names of files bring it in."""
    try:
        # Sphinx's own way to put it together adds the place.
        text = std_logging.LogRecord.getMessage(message)
    except (TypeError, ValueError):
        return True
    message.msg, message.args = legible(without_passwords(text), kept="\n\t"), ()
    if isinstance(where := getattr(message, "location", None), str):
        message.location = legible(where)
    return True


def setup_diagnostics(app: Sphinx) -> None:
    """Let everything that Sphinx and extensions warn of be legible."""
    del app
    for handler in std_logging.getLogger(logging.NAMESPACE).handlers:
        if handler.level >= std_logging.WARNING and _make_legible not in handler.filters:
            # After Sphinx's own, which put the place in.
            handler.addFilter(_make_legible)
