"""``guildhall due``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from guildhall.cli.options.folder import find_root, root_argument
from guildhall.cli.options.today import set_today, today_option


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
    from guildhall.cli.due import due

    folder = find_root(root)
    set_today(today)
    sys.exit(due(folder, form=form, within=within, check=report, verbose=verbose))
