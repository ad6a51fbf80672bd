"""Faults as Sphinx warnings, whose type is the id of their rule."""

from __future__ import annotations

import logging as std_logging
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging

from guildhall.core.findings.finding import Finding
from guildhall.core.findings.rule import Rule
from guildhall.core.values.legible import legible, without_passwords

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_logger = logging.getLogger(__name__)


def log_fault(fault: Finding) -> None:
    """Log a finding at its file, line and column."""
    log(fault.rule, fault.message, fault.location)


def warn(rule: Rule, message: str, location: str | tuple[str, int] | nodes.Node | None) -> None:
    """Log a warning of Guildhall's own at a place in a page."""
    log(rule.id, message, location)


def log(rule: str, message: str, location: str | tuple[str, int] | nodes.Node | None) -> None:
    """Log what breaks a rule, by its id."""
    area, _, name = rule.partition(".")
    _logger.warning("%s", message, location=location, type=area, subtype=name or None)


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
