"""``guildhall due``: what has lapsed, and what will."""

from __future__ import annotations

import json
from pathlib import Path

import click

from guildhall.check.due.dead import ReportError, dead_links_of
from guildhall.check.due.gather import due_in_portal
from guildhall.check.due.render import render_markdown, render_text, to_json
from guildhall.check.run.portal import Sources
from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.report.failures import tell_failure
from guildhall.model.checkouts import MEMORY


def due(
    root: Path, *, form: str, within: int, check: Path | None = None, verbose: bool = False
) -> ExitCode:
    """Print what is due.

    Args:
        root: the portal's folder.
        form: ``text``, ``markdown`` or ``json``.
        within: how many days are looked ahead.
        check: a report of the check as JSON, whose dead links are told too.
        verbose: whether the traceback of a failing program is shown.
    """

    try:
        dead = dead_links_of(check) if check else ()
        sources = Sources.read(root)
        report = due_in_portal(sources, within, dead)
        if form == "json":
            text = json.dumps(to_json(report), indent=2, ensure_ascii=False)
        elif form == "markdown":
            text = render_markdown(report, sources.settings).rstrip("\n")
        else:
            text = render_text(report)
    except ReportError as error:
        raise click.UsageError(f"--check: {error}") from None
    except Exception as error:
        log = root / "build" / MEMORY / "due-error.log"
        return tell_failure("report of what is due", error, root, log, verbose=verbose)
    click.echo(text)
    return ExitCode.OK if report.ok else ExitCode.FINDINGS
