"""``guildhall build``: a thin front on Sphinx that never spoils the last good site."""

from __future__ import annotations

import os
import shlex
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.messages import Message, print_messages
from guildhall.cli.site import Site
from guildhall.cli.sphinx_run import Progress, Run, run_sphinx
from guildhall.cli.summary import summarise


def build(
    root: Path,
    target: Path,
    *,
    builder: str,
    jobs: int,
    strict: bool,
    fresh: bool,
    quiet: bool,
    verbose: bool,
) -> ExitCode:
    """Build the portal at ``root`` into ``target``.

    Args:
        root: the portal's folder.
        target: where the site lies when all is well.
        builder: the Sphinx builder.
        jobs: how many processes read and write.
        strict: whether warnings keep the site from being published.
        fresh: whether everything is built anew.
        quiet: whether only findings are printed.
        verbose: whether the traceback of a failing program is shown.
    """
    site = Site(target, builder)
    with site.locked(
        lambda: click.echo("Another build is at work here; waiting for it.", err=True)
    ):
        site.prepare(fresh=fresh)
        try:
            with _progress(quiet) as progress:
                run = run_sphinx(
                    root,
                    site.next_site,
                    site.next_doctrees,
                    builder=builder,
                    jobs=jobs,
                    progress=progress,
                )
        except KeyboardInterrupt:
            site.discard()
            click.echo("Stopped. The last good site is untouched.", err=True)
            return ExitCode.INTERRUPTED
        except Exception as error:
            site.discard()
            return _failed(error, site, verbose=verbose)
        found = print_messages((_in_source(m, site) for m in run.messages), root)
        if found and strict:
            site.discard()
            left = "The last good site is untouched." if target.exists() else "No site was written."
            click.echo(f"{found} findings. {left}", err=True)
            return ExitCode.FINDINGS
        site.publish()
    if not quiet:
        _tell(run, target, builder)
    return ExitCode.OK


def _in_source(message: Message, site: Site) -> Message:
    """A message about a file of the site names it where people will find it."""
    path = Path(message.path)
    if message.path and path.is_relative_to(site.next_site):
        shown = str(site.target / path.relative_to(site.next_site))
        return Message(shown, message.line, message.column, message.text, message.code)
    return message


def _failed(error: Exception, site: Site, *, verbose: bool) -> ExitCode:
    site.log.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    if verbose:
        traceback.print_exception(error)
    words = " ".join(str(error).split()) or type(error).__name__
    click.echo(f"The build failed: {words}", err=True)
    click.echo(f"The full log is in {_shown(site.log)}.", err=True)
    return ExitCode.INTERNAL


def _tell(run: Run, target: Path, builder: str) -> None:
    place = _shown(target)
    click.echo(f"The site lies in {place} ({run.pages} pages).")
    if run.report:
        click.echo(f"Checked: {summarise(run.report)}")
    if builder in {"html", "dirhtml"}:
        click.echo(f"To view it: python3 -m http.server -d {shlex.quote(place)} 8000")
        click.echo("and open http://localhost:8000/ in a browser.")


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


@contextmanager
def _progress(quiet: bool) -> Iterator[Progress]:
    """A bar on a terminal; nothing in a pipe or a CI log."""
    if quiet or not sys.stderr.isatty() or os.environ.get("CI"):
        yield lambda phase, percent: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks = {
            phase: bars.add_task(phase.capitalize(), total=100)
            for phase in ("reading sources", "writing output")
        }
        yield lambda phase, percent: bars.update(tasks[phase], completed=percent)
