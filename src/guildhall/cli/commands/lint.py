"""``guildhall lint``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from guildhall.cli.options.folder import find_root, root_argument


@click.command("lint")
@root_argument
@click.option(
    "--lesson",
    "lessons",
    multiple=True,
    metavar="ID",
    help="Only this lesson, including fetched ones; can be repeated.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    show_default=True,
)
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("-v", "--verbose", is_flag=True, help="Show the traceback if the program fails.")
def lint_command(
    root: Path | None, lessons: tuple[str, ...], form: str, quiet: bool, verbose: bool
) -> None:
    """Check the pages of the lessons of the portal at ROOT.

    External lessons are checked only if they are named. With errors, the exit code is 1; notes
    ("info") do not affect it. The reference explains how to silence a rule.
    """
    from guildhall.cli.lint import lint

    sys.exit(lint(find_root(root), lessons, form=form, quiet=quiet, verbose=verbose))
