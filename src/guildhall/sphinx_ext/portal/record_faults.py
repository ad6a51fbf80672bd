"""What is wrong with settings and records is told at every build, whichever pages it reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from guildhall.core.findings.severity import Severity
from guildhall.model.portal import Portal
from guildhall.network.results import Report
from guildhall.sphinx_ext.faults.diagnostics import log_fault
from guildhall.sphinx_ext.portal.domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

ReportOf = Callable[[Portal], Report]


def setup_record_faults(app: Sphinx, report_of: ReportOf) -> None:
    """Tell faults before pages are read.

    Args:
        app: the application.
        report_of: checks the records of a portal.
    """

    def tell(app: Sphinx, env: BuildEnvironment, *changes: set[str]) -> list[str]:
        portal = domain_of(env).portal
        for fault in (*portal.faults, *portal.registry.faults):
            log_fault(fault)
        for finding in report_of(portal).of_level(Severity.ERROR):
            log_fault(finding)
        return []

    app.connect("env-get-outdated", tell)
