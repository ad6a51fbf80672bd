"""``guildhall build``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from guildhall.cli.folder import find_root, root_argument
from guildhall.cli.jobs import jobs_option
from guildhall.cli.today import set_today, today_option


@click.command("build")
@root_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), help="[default: build/BUILDER]")
@click.option("-b", "--builder", default="html", show_default=True, help="A Sphinx builder.")
@jobs_option
@click.option(
    "--strict/--no-strict",
    default=True,
    show_default=True,
    help="Whether findings prevent the site from being replaced.",
)
@click.option("--fresh", is_flag=True, help="Rebuild everything.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings only.")
@click.option("-v", "--verbose", is_flag=True, help="Show the traceback if the program fails.")
@today_option
def build_command(
    root: Path | None,
    output: Path | None,
    builder: str,
    jobs: int,
    strict: bool,
    fresh: bool,
    quiet: bool,
    verbose: bool,
    today: str | None,
) -> None:
    """Build the portal at ROOT, by default the one containing this folder.

    The site is built in a temporary folder and then replaces the last good one. A build with
    findings leaves the last good one as it is.
    """
    from guildhall.cli.build import build

    folder = find_root(root)
    set_today(today)
    target = output.resolve() if output else folder / "build" / builder
    sys.exit(
        build(
            folder,
            target,
            builder=builder,
            jobs=jobs,
            strict=strict,
            fresh=fresh,
            quiet=quiet,
            verbose=verbose,
        )
    )
