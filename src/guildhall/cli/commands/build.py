"""``guildhall build``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from guildhall.cli.building.inputs import circumstances
from guildhall.cli.building.manifest import Manifest
from guildhall.cli.building.site import Site
from guildhall.cli.options.folder import find_root, root_argument
from guildhall.cli.options.jobs import jobs_option
from guildhall.cli.options.today import set_today, today_option
from guildhall.cli.report.terminal import shown


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
@click.option("--fresh", is_flag=True, help="Rebuild everything, even if nothing has changed.")
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
    folder = find_root(root)
    set_today(today)
    target = output.resolve() if output else folder / "build" / builder
    around = circumstances(folder)
    if not fresh and is_unchanged(folder, target, builder, around, quiet=quiet):
        return
    # What builds takes seconds to load.
    from guildhall.cli.building.build import build

    sys.exit(
        build(
            folder,
            target,
            builder=builder,
            around=around,
            jobs=jobs,
            strict=strict,
            fresh=fresh,
            quiet=quiet,
            verbose=verbose,
        )
    )


def is_unchanged(root: Path, target: Path, builder: str, around: str, *, quiet: bool) -> bool:
    """Say that nothing has changed since the site was published, where that is so.

    Args:
        root: the portal's folder.
        target: where the site lies.
        builder: the Sphinx builder.
        around: what the circumstances are.
        quiet: whether only what the build before told again is printed.

    Returns:
        whether it is so, and there is nothing to do.
    """
    manifest = Manifest.load(Site(target, builder).manifest)
    if manifest is None or not manifest.holds(root, target, around):
        return False
    for line in manifest.lines:
        click.echo(line, err=True)
    if not quiet:
        place = f"The site is in {shown(target)} ({manifest.pages} pages)."
        click.echo(f"Nothing has changed. {place} `--fresh` rebuilds it.")
    return True
