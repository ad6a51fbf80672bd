"""``guildhall due``: what has lapsed, and what will."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.folder import find_root, root_argument
from guildhall.cli.today import set_today, today_option


@click.command("due")
@root_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="Markdown is for the text of an issue.",
)
@click.option(
    "--within",
    type=click.IntRange(min=0),
    default=30,
    show_default=True,
    metavar="DAYS",
    help="Also report what will fall due within this many days.",
)
@click.option(
    "--check",
    "report",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also include the dead links from this report of `guildhall check --report json=FILE`.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show the traceback if the program fails.")
@today_option
def due_command(
    root: Path | None,
    form: str,
    within: int,
    report: Path | None,
    verbose: bool,
    today: str | None,
) -> None:
    """Report what is out of date in the portal at ROOT, and what soon will be.

    This includes ended funding, projects and affiliations, overdue reviews, workshops that need
    their status or results updated, and planned activities without a record. The exit code is 1
    if something is due now; upcoming items do not affect it.
    """
    folder = find_root(root)
    set_today(today)
    sys.exit(due(folder, form=form, within=within, check=report, verbose=verbose))


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
    from guildhall.check.due.dead import ReportError, dead_links_of
    from guildhall.check.due.gather import due_in_portal
    from guildhall.check.due.render import render_markdown, render_text, to_json
    from guildhall.cli.failures import tell_failure
    from guildhall.cli.site import MEMORY
    from guildhall.model.settings import load_settings

    try:
        report = due_in_portal(root, within, dead_links_of(check) if check else ())
        if form == "json":
            text = json.dumps(to_json(report), indent=2, ensure_ascii=False)
        elif form == "markdown":
            text = render_markdown(report, load_settings(root)[0]).rstrip("\n")
        else:
            text = render_text(report)
    except ReportError as error:
        raise click.UsageError(f"--check: {error}") from None
    except Exception as error:
        log = root / "build" / MEMORY / "due-error.log"
        return tell_failure("report of what is due", error, root, log, verbose=verbose)
    click.echo(text)
    return ExitCode.OK if report.ok else ExitCode.FINDINGS
