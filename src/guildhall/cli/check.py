"""``guildhall check``: all that is wrong, before anything is published."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.failures import shown, tell_failure
from guildhall.cli.site import MEMORY, ForeignFolderError, Site
from guildhall.findings.severity import Severity

if TYPE_CHECKING:
    from guildhall.checking.built import Built
    from guildhall.checking.part import Part
    from guildhall.checking.portal import Sources
    from guildhall.reporting.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of a check.

    Args:
        root: the portal's folder.
        records: whether only sources are checked, and nothing is built.
        site: a built site to check in the place of one that is built for it.
        offline: whether no other site is asked.
        changed: the revision since which findings count; all count where it is None.
        fix: whether what is safe to mend is mended.
        form: the form that is printed.
        reports: further reports, each its form and file.
        history: whether the run is noted in the portal's history.
        fail_on: the least severity that fails.
        jobs: how many processes build and read.
        quiet: whether nothing is printed where all is right.
        verbose: whether the traceback of a failing program is shown.
    """

    root: Path
    records: bool = False
    site: Path | None = None
    offline: bool = False
    changed: str | None = None
    fix: bool = False
    form: str = "text"
    reports: tuple[tuple[str, Path], ...] = ()
    history: bool = False
    fail_on: Severity = Severity.ERROR
    jobs: int = 1
    quiet: bool = False
    verbose: bool = False


def check(wish: Wish) -> ExitCode:
    """Check a portal and tell what was found.

    A site that is built for the check takes the place of the last good one where nothing fails:
    what lies there is what was checked.
    """
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
    _tell(outcome, wish)
    return ExitCode.OK if outcome.ok else ExitCode.FINDINGS


def _outcome(wish: Wish) -> Outcome:
    from guildhall.checking.from_build import build_part
    from guildhall.checking.from_sources import source_part
    from guildhall.checking.portal import Sources

    sources = Sources.read(wish.root)
    parts = [source_part(sources)]
    if wish.records:
        unasked = ("Nothing was built: pages, links and other sites were not checked.",)
        return _judged(sources, parts, wish, unasked)
    if wish.site:
        from guildhall.checking.built import Built

        return _judged(sources, [*parts, *_site_parts(sources, Built(wish.site), wish)], wish)
    with _building(wish) as (site, built):
        parts.append(build_part(sources, built, parts[0].findings))
        outcome = _judged(sources, [*parts, *_site_parts(sources, built, wish)], wish)
        if outcome.ok:
            site.publish(remember=not built.messages)
        else:
            site.discard()
    return outcome


def _judged(
    sources: Sources, parts: Sequence[Part], wish: Wish, unasked: tuple[str, ...] = ()
) -> Outcome:
    from guildhall.checking.judge import outcome_of

    return outcome_of(sources, parts, fail_on=wish.fail_on, unasked=unasked)


def _site_parts(sources: Sources, built: Built, wish: Wish) -> list[Part]:
    """What the built site gives: its own links and pages, then other sites."""
    from guildhall.checking.from_site import site_part

    own, _ = site_part(sources, built, wish.jobs)
    return [own]


@contextmanager
def _building(wish: Wish) -> Iterator[tuple[Site, Built]]:
    """The portal's site, built aside; nothing is left of it where the check itself fails."""
    from guildhall.checking.built import Built
    from guildhall.cli.build import build_aside, messages_of, say_waiting
    from guildhall.cli.sphinx_run import Run

    site, run = Site(wish.root / "build" / "html", "html"), Run()
    with site.locked(say_waiting):
        try:
            build_aside(wish.root, site, "html", wish.jobs, run, fresh=False, quiet=wish.quiet)
            told = tuple(messages_of(run, site))
            yield site, Built(site.next_site, site.next_doctrees, told, run.pages)
        except BaseException:
            site.discard()
            raise


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
    if wish.form == "text" and on_github():
        click.echo(render("github", outcome, wish.root), nl=False)
