"""A failing program: one line for people, and a log for those who mend it."""

from __future__ import annotations

import errno
import os
import tempfile
import traceback
from pathlib import Path

import click

from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.report.messages import print_messages
from guildhall.cli.report.setup_faults import setup_fault
from guildhall.cli.report.terminal import shown
from guildhall.core.values.legible import legible, without_passwords

_UNUSABLE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT})


def tell_failure(
    task: str, error: Exception, root: Path, log: Path | None, *, account: str = "", verbose: bool
) -> ExitCode:
    """Say in one line what failed, and keep the rest in a log where the program is to blame.

    Args:
        task: what was being done, such as ``build``.
        error: what went wrong.
        root: the portal's folder.
        log: the file that the account and the traceback are kept in; None for a temporary one.
        account: what the program said before.
        verbose: whether the traceback is printed too.

    Returns:
        findings for a fault of the portal's set-up, wrong usage for a folder that can't be used,
        and else a failing program.
    """
    if verbose:
        traceback.print_exception(error)
    fault = setup_fault(error, root)
    if fault is not None:
        print_messages([fault], root)
        return ExitCode.FINDINGS
    if isinstance(error, OSError) and error.errno in _UNUSABLE and error.filename:
        path = shown(Path(os.fsdecode(error.filename)))
        click.echo(f"{path}: {error.strerror}. Check its permissions.", err=True)
        return ExitCode.USAGE
    click.echo(legible(without_passwords(f"The {task} failed: {_in_one_line(error)}")), err=True)
    try:
        if log is None:
            handle, name = tempfile.mkstemp(prefix="guildhall-", suffix=".log")
            os.close(handle)
            log = Path(name)
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
