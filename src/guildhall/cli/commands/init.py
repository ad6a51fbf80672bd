"""``guildhall init``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from guildhall.cli.commands.new import yes_option


@click.command("init")
@click.argument(
    "folder", required=False, default=".", type=click.Path(file_okay=False, path_type=Path)
)
@click.option("--title", help="The portal's title  [default: from the folder's name]")
@click.option("--language", metavar="TAG", help="The language of the pages  [default: en]")
@click.option(
    "--area",
    "areas",
    multiple=True,
    type=click.Choice(["lessons", "workshops", "governance"]),
    help="An area that the portal has; can be repeated  [default: all]",
)
@click.option("--currency", metavar="CODE", help="The budget's currency  [default: EUR]")
@click.option("--start", metavar="DATE", help="The project's first day  [default: this year's]")
@click.option("--end", metavar="DATE", help="Its last day  [default: after three years]")
@click.option("--timezone", metavar="ZONE", help="That of workshops  [default: this machine's]")
@click.option(
    "--forge",
    type=click.Choice(["github", "gitlab", "none"]),
    help="Where it is published  [default: where its repository is]",
)
@click.option("--example", is_flag=True, help="Write more than one record of each kind.")
@yes_option
def init_command(
    folder: Path,
    title: str | None,
    language: str | None,
    areas: tuple[str, ...],
    currency: str | None,
    start: str | None,
    end: str | None,
    timezone: str | None,
    forge: str | None,
    example: bool,
    yes: bool,
) -> None:
    """Start a portal in FOLDER, by default this one; asks for anything not given.

    What is there already is left as it is.
    """
    from guildhall.cli.init.answers import Given
    from guildhall.cli.init.run import begin_portal

    given = Given(title, language, areas, currency, start, end, timezone, forge, example)
    sys.exit(begin_portal(folder, given, yes=yes))
