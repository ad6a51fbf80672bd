"""A failing program: one line for people, and a log for those who mend it."""

from __future__ import annotations

import traceback
from pathlib import Path

import click

from guildhall.cli.exit_codes import ExitCode
from guildhall.values.legible import legible, without_passwords


def tell_failure(
    task: str, error: Exception, log: Path, *, account: str = "", verbose: bool
) -> ExitCode:
    """Say in one line what failed, and keep the rest in a log.

    Args:
        task: what was being done, such as ``build``.
        error: what went wrong.
        log: the file that the account and the traceback are kept in.
        account: what the program said before.
        verbose: whether the traceback is printed too.
    """
    if verbose:
        traceback.print_exception(error)
    click.echo(legible(without_passwords(f"The {task} failed: {_in_one_line(error)}")), err=True)
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(traceback.format_exception(error))
        log.write_text(f"{account}\n{text}".lstrip(), encoding="utf-8")
    except OSError as unwritten:
        click.echo(f"No log could be written: {unwritten}. See --verbose.", err=True)
    else:
        click.echo(f"The full log is in {shown(log)}.", err=True)
    return ExitCode.INTERNAL


def _in_one_line(error: Exception) -> str:
    from sphinx.errors import SphinxError

    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    starts = [n for n, line in enumerate(lines) if line.startswith("Traceback ")]
    if starts:
        # Sphinx puts a whole traceback into some messages; its last line says what happened.
        lines = [*lines[: starts[0]], lines[-1]]
    words = " ".join(lines)
    if isinstance(error, SphinxError) and words:
        return words
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def shown(path: Path) -> str:
    """A path as people type it: relative where it lies below the current folder."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
