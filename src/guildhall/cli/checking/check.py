"""``guildhall check``: all that is wrong, before anything is published."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from guildhall.check.differences.lines import Changed, brought, changed_lines
from guildhall.check.differences.revisions import RevisionError, export
from guildhall.check.external.cache import CACHE_FILE
from guildhall.check.fixes.apply import mend
from guildhall.check.fixes.report import render_mended
from guildhall.check.reports import github, render
from guildhall.check.reports.outcome import Outcome
from guildhall.cli.building.site import ForeignFolderError
from guildhall.cli.checking.check_options import CheckOptions
from guildhall.cli.checking.examine import examine
from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.report.failures import tell_failure
from guildhall.cli.report.messages import on_github
from guildhall.cli.report.terminal import shown, takes_colour
from guildhall.core.counting import counted
from guildhall.core.findings.severity import Severity
from guildhall.model.checkouts import MEMORY


def check(options: CheckOptions) -> ExitCode:
    """Check a portal and tell what was found.

    Args:
        options: what is wanted.
    """
    try:
        outcome = _outcome(options)
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
        log = options.root / "build" / MEMORY / "check-error.log"
        return tell_failure("check", error, options.root, log, verbose=options.verbose)
    _tell(outcome, options)
    return ExitCode.OK if outcome.ok else ExitCode.FINDINGS


def _outcome(options: CheckOptions) -> Outcome:
    changed = _changed(options) if options.changed else None
    outcome = examine(options)
    if options.fix and _mended(options, outcome):
        outcome = examine(options)
    return outcome if changed is None else _brought(options, outcome, changed)


def _changed(options: CheckOptions) -> Changed:
    """What was changed since the revision; asked first, since a revision is easily mistyped."""

    try:
        return changed_lines(options.root, options.changed or "")
    except RevisionError as error:
        raise click.UsageError(f"--changed: {error}") from None


def _mended(options: CheckOptions, outcome: Outcome) -> bool:
    """Mend what is safe to mend, and say what that was; whether anything was mended."""

    mended = mend(options.root, outcome.findings)
    click.echo(render_mended(mended), err=True)
    return bool(mended.done)


def _brought(options: CheckOptions, outcome: Outcome, changed: Changed) -> Outcome:
    """The outcome with those findings only that came with a change."""

    answers = options.root / CACHE_FILE
    with export(options.root, options.changed or "") as folder:
        then = replace(options, root=folder, site=None, reports=(), quiet=True, answers=answers)
        before = examine(then)
    kept = tuple(brought(outcome.findings, before.findings, changed))
    told = counted(len(outcome.findings) - len(kept), "finding")
    since = f"Only what came since {options.changed} is reported"
    unasked = f"{since}; {told} from before are left out."
    return replace(outcome, findings=kept, unasked=(*outcome.unasked, unasked))


def _tell(outcome: Outcome, options: CheckOptions) -> None:
    """Print the report in the form that is wanted, and write the others to their files."""

    for form, path in options.reports:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(render(form, outcome, options.root), encoding="utf-8")
        except OSError as error:
            raise click.BadParameter(str(error), param_hint="--report") from None
    if options.quiet and outcome.count(Severity.INFO) == len(outcome.findings):
        return
    color = options.form == "text" and takes_colour(sys.stdout)
    click.echo(render(options.form, outcome, options.root, color=color), nl=False)
    if options.form == "text" and outcome.ok and not (options.records or options.site):
        click.echo(f"The site is in {shown(options.root / 'build' / 'html')}.")
    if on_github():
        _tell_github(outcome, options)


def _tell_github(outcome: Outcome, options: CheckOptions) -> None:
    """Follow text by annotations, and add the whole report to the summary of the run."""

    if options.form == "text":
        top = github.top_of_checkout()
        shown_there = github.render(outcome, options.root, top=top, most=github.SHOWN_PER_STEP)
        click.echo(shown_there, nl=False)
    try:
        github.write_summary(outcome, options.root)
    except OSError as error:
        click.echo(f"The summary of the run can't be written: {error}", err=True)
