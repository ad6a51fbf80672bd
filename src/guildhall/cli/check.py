"""``guildhall check``: all that is wrong, before anything is published."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from guildhall.cli.examine import Wish, examine
from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.failures import shown, tell_failure
from guildhall.cli.site import ForeignFolderError
from guildhall.core.findings.severity import Severity
from guildhall.model.checkouts import MEMORY

if TYPE_CHECKING:
    from guildhall.check.differences.lines import Changed
    from guildhall.check.reports.outcome import Outcome


def check(wish: Wish) -> ExitCode:
    """Check a portal and tell what was found.

    Args:
        wish: what is wanted.
    """
    try:
        outcome = _outcome(wish)
    except click.ClickException:
        raise
    except ForeignFolderError as error:
        click.echo(
            f"{shown(error.args[0])} contains files not written by `guildhall build`. "
            "Empty it, or name a built site with --site.",
            err=True,
        )
        return ExitCode.USAGE
    except KeyboardInterrupt:
        click.echo("Stopped. The last good site is untouched.", err=True)
        return ExitCode.INTERRUPTED
    except Exception as error:
        log = wish.root / "build" / MEMORY / "check-error.log"
        return tell_failure("check", error, wish.root, log, verbose=wish.verbose)
    _tell(outcome, wish)
    return ExitCode.OK if outcome.ok else ExitCode.FINDINGS


def _outcome(wish: Wish) -> Outcome:
    changed = _changed(wish) if wish.changed else None
    outcome = examine(wish)
    if wish.fix and _mended(wish, outcome):
        outcome = examine(wish)
    return outcome if changed is None else _brought(wish, outcome, changed)


def _changed(wish: Wish) -> Changed:
    """What was changed since the revision; asked first, since a revision is easily mistyped."""
    from guildhall.check.differences.lines import changed_lines
    from guildhall.check.differences.revisions import RevisionError

    try:
        return changed_lines(wish.root, wish.changed or "")
    except RevisionError as error:
        raise click.UsageError(f"--changed: {error}") from None


def _mended(wish: Wish, outcome: Outcome) -> bool:
    """Mend what is safe to mend, and say what that was; whether anything was mended."""
    from guildhall.check.fixes.apply import mend
    from guildhall.check.fixes.report import render_mended

    mended = mend(wish.root, outcome.findings)
    click.echo(render_mended(mended), err=True)
    return bool(mended.done)


def _brought(wish: Wish, outcome: Outcome, changed: Changed) -> Outcome:
    """The outcome with those findings only that came with a change."""
    from guildhall.check.differences.lines import brought
    from guildhall.check.differences.revisions import export
    from guildhall.check.external.cache import CACHE_FILE
    from guildhall.core.counting import counted

    answers = wish.root / CACHE_FILE
    with export(wish.root, wish.changed or "") as folder:
        then = replace(wish, root=folder, site=None, reports=(), quiet=True, answers=answers)
        before = examine(then)
    kept = tuple(brought(outcome.findings, before.findings, changed))
    told = counted(len(outcome.findings) - len(kept), "finding")
    unasked = f"Only what came since {wish.changed} is reported; {told} from before are left out."
    return replace(outcome, findings=kept, unasked=(*outcome.unasked, unasked))


def _tell(outcome: Outcome, wish: Wish) -> None:
    """Print the report in the form that is wanted, and write the others to their files."""
    from guildhall.check.reports import render
    from guildhall.cli.messages import on_github
    from guildhall.cli.terminal import takes_colour

    for form, path in wish.reports:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(render(form, outcome, wish.root), encoding="utf-8")
        except OSError as error:
            raise click.BadParameter(str(error), param_hint="--report") from None
    if wish.quiet and outcome.count(Severity.INFO) == len(outcome.findings):
        return
    color = wish.form == "text" and takes_colour(sys.stdout)
    click.echo(render(wish.form, outcome, wish.root, color=color), nl=False)
    if wish.form == "text" and outcome.ok and not (wish.records or wish.site):
        click.echo(f"The site is in {shown(wish.root / 'build' / 'html')}.")
    if on_github():
        _tell_github(outcome, wish)


def _tell_github(outcome: Outcome, wish: Wish) -> None:
    """Follow text by annotations, and add the whole report to the summary of the run."""
    from guildhall.check.reports import github

    if wish.form == "text":
        top = github.top_of_checkout()
        shown_there = github.render(outcome, wish.root, top=top, most=github.SHOWN_PER_STEP)
        click.echo(shown_there, nl=False)
    try:
        github.write_summary(outcome, wish.root)
    except OSError as error:
        click.echo(f"The summary of the run can't be written: {error}", err=True)
