"""``guildhall check``: all that is wrong, before anything is published."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from guildhall.cli.examine import Wish, examine
from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.failures import shown, tell_failure
from guildhall.cli.site import MEMORY, ForeignFolderError

if TYPE_CHECKING:
    from guildhall.reporting.outcome import Outcome


def check(wish: Wish) -> ExitCode:
    """Check a portal and tell what was found.

    Args:
        wish: what is wanted.
    """
    if wish.history and wish.changed:
        raise click.UsageError("--history notes whole runs; it doesn't go with --changed")
    try:
        outcome = _outcome(wish)
    except click.ClickException:
        raise
    except ForeignFolderError as error:
        click.echo(
            f"{shown(error.args[0])} holds files that no `guildhall build` put there. "
            "Empty it, or name a built site with --site.",
            err=True,
        )
        return ExitCode.USAGE
    except KeyboardInterrupt:
        click.echo("Stopped. The last good site is untouched.", err=True)
        return ExitCode.INTERRUPTED
    except Exception as error:
        log = wish.root / "build" / MEMORY / "check-error.log"
        return tell_failure("check", error, log, verbose=wish.verbose)
    if wish.history:
        _note(outcome, wish)
    _tell(outcome, wish)
    return ExitCode.OK if outcome.ok else ExitCode.FINDINGS


def _outcome(wish: Wish) -> Outcome:
    outcome = examine(wish)
    if wish.fix and _mended(wish, outcome):
        outcome = examine(wish)
    return _brought(wish, outcome) if wish.changed else outcome


def _mended(wish: Wish, outcome: Outcome) -> bool:
    """Mend what is safe to mend, and say what that was; whether anything was mended."""
    from guildhall.mending.apply import mend
    from guildhall.mending.report import render_mended

    mended = mend(wish.root, outcome.findings)
    click.echo(render_mended(mended), err=True)
    return bool(mended.done)


def _brought(wish: Wish, outcome: Outcome) -> Outcome:
    """The outcome with those findings only that came since a revision."""
    from guildhall.differences.lines import brought, changed_lines
    from guildhall.differences.revisions import RevisionError, export
    from guildhall.reporting.outcome import counted

    assert wish.changed is not None  # noqa: S101
    try:
        changed = changed_lines(wish.root, wish.changed)
        with export(wish.root, wish.changed) as folder:
            before = examine(replace(wish, root=folder, site=None, reports=(), quiet=True))
    except RevisionError as error:
        raise click.UsageError(f"--changed: {error}") from None
    kept = tuple(brought(outcome.findings, before.findings, changed))
    left = len(outcome.findings) - len(kept)
    told = counted(left, "finding")
    unasked = f"Only what came since {wish.changed} is told; {told} that were there are left out."
    return replace(outcome, findings=kept, unasked=(*outcome.unasked, unasked))


def _tell(outcome: Outcome, wish: Wish) -> None:
    """Print the report in the form that is wanted, and write the others to their files."""
    from guildhall.cli.messages import on_github
    from guildhall.cli.terminal import takes_colour
    from guildhall.reporting import render

    for form, path in wish.reports:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(render(form, outcome, wish.root), encoding="utf-8")
        except OSError as error:
            raise click.BadParameter(str(error), param_hint="--report") from None
    if wish.quiet and not outcome.findings:
        return
    color = wish.form == "text" and takes_colour(sys.stdout)
    click.echo(render(wish.form, outcome, wish.root, color=color), nl=False)
    if on_github():
        _tell_github(outcome, wish)


def _tell_github(outcome: Outcome, wish: Wish) -> None:
    """Follow text by annotations, and add the whole report to the summary of the run."""
    from guildhall.reporting import github

    if wish.form == "text":
        top = github.top_of_checkout()
        shown_there = github.render(outcome, wish.root, top=top, most=github.SHOWN_PER_STEP)
        click.echo(shown_there, nl=False)
    try:
        github.write_summary(outcome, wish.root)
    except OSError as error:
        click.echo(f"The summary of the run can't be written: {error}", err=True)


def _note(outcome: Outcome, wish: Wish) -> None:
    """Note the run in the portal's history; lines there that can't be read are findings."""
    from guildhall.reporting.history import HISTORY_FILE, note_run

    try:
        faults = note_run(wish.root, outcome)
    except OSError as error:
        raise click.BadParameter(str(error), param_hint="--history") from None
    if faults:
        click.echo(
            f"{HISTORY_FILE.as_posix()} has lines that can't be read; the run isn't noted there.",
            err=True,
        )
