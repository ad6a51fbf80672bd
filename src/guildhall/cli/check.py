"""``guildhall check``: the records and their sums, without building the site."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from guildhall.checking import check_portal
from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.failures import tell_failure
from guildhall.cli.messages import Message, annotate, on_github
from guildhall.cli.site import MEMORY
from guildhall.cli.terminal import takes_colour
from guildhall.findings.severity import Severity
from guildhall.ledger.checks import Report
from guildhall.ledger.report import render_text, to_json

_COMMANDS: dict[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}
"""The workflow commands of GitHub Actions for findings of each level."""


def check(
    root: Path, *, form: str, json_file: str | None, quiet: bool, verbose: bool = False
) -> ExitCode:
    """Check the portal at ``root`` and print the report.

    Args:
        root: the portal's folder.
        form: ``text``, ``json`` or ``github``.
        json_file: a file for the report as JSON besides, ``-`` for standard output.
        quiet: whether nothing is printed where all is well.
        verbose: whether the traceback of a failing program is shown.
    """
    try:
        report = check_portal(root)
    except Exception as error:
        log = root / "build" / MEMORY / "check-error.log"
        return tell_failure("check", error, log, verbose=verbose)
    text = json.dumps(to_json(report, root), indent=2, ensure_ascii=False)
    if json_file and json_file != "-":
        try:
            Path(json_file).write_text(f"{text}\n", encoding="utf-8")
        except OSError as error:
            raise click.BadParameter(str(error), param_hint="--json") from None
    if form == "json" or json_file == "-":
        click.echo(text)
    elif form == "text" and not (quiet and report.ok):
        click.echo(render_text(report, root, color=takes_colour(sys.stdout)))
    if form == "github" or (form == "text" and json_file != "-" and on_github()):
        for level, command in _COMMANDS.items():
            annotate(_messages(report, level), root, command)
    return ExitCode.OK if report.ok else ExitCode.FINDINGS


def _messages(report: Report, level: Severity) -> list[Message]:
    found = [finding.fault for finding in report.of_level(level)]
    if level == Severity.ERROR:
        found += report.faults
    return sorted({Message.of_fault(fault) for fault in found})
