"""``guildhall diff``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from guildhall.cli.options.folder import find_root, root_argument
from guildhall.cli.options.today import set_today, today_option


@click.command("diff")
@click.argument("ref")
@root_argument
@click.option(
    "--to",
    metavar="REF2",
    help="Compare this branch, tag or commit instead of the working files.",
)
@click.option(
    "--exact",
    is_flag=True,
    help="Compare with REF itself, not with the point where the branch left it.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="Markdown is for comments on pull requests.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show the traceback if the program fails.")
@today_option
def diff_command(
    ref: str,
    root: Path | None,
    to: str | None,
    exact: bool,
    form: str,
    verbose: bool,
    today: str | None,
) -> None:
    """Show what changed in the portal at ROOT since it branched off from REF.

    This includes figures and what follows from them, claims, removed addresses, and changed times
    of workshops. The exit code is always 0, whatever changed.
    """
    from guildhall.cli.diff import diff

    folder = find_root(root)
    set_today(today)
    sys.exit(diff(folder, ref, to, exact=exact, form=form, verbose=verbose))
