"""``guildhall check``: the records and their sums, without building the site."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.messages import Message, on_github
from guildhall.ledger.checks import Report, run_checks
from guildhall.ledger.report import render_text, to_json
from guildhall.records.registry import load_registry
from guildhall.settings import load_settings


def check(root: Path, *, form: str, json_file: str | None, quiet: bool) -> ExitCode:
    """Check the portal at ``root`` and print the report.

    Args:
        root: the portal's folder.
        form: ``text``, ``json`` or ``github``.
        json_file: a file for the report as JSON besides, ``-`` for standard output.
        quiet: whether nothing is printed where all is well.
    """
    settings, faults = load_settings(root)
    registry = load_registry(root, settings)
    report = run_checks(registry, settings)
    report = replace(report, faults=(*faults, *report.faults))
    text = json.dumps(to_json(report, root), indent=2, ensure_ascii=False)
    if json_file and json_file != "-":
        Path(json_file).write_text(f"{text}\n", encoding="utf-8")
    if form == "json" or json_file == "-":
        click.echo(text)
    elif form == "text" and not (quiet and report.ok):
        click.echo(render_text(report, root))
    if form == "github" or (form == "text" and on_github()):
        for message in _messages(report):
            click.echo(message.relative_to(root).annotation())
    return ExitCode.OK if report.ok else ExitCode.FINDINGS


def _messages(report: Report) -> list[Message]:
    found = [*report.faults, *(f.fault for result in report.results for f in result.findings)]
    return sorted({Message.of_fault(fault) for fault in found})
