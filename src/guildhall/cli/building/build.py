"""``guildhall build``: a thin front on Sphinx that never spoils the last good site."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, TaskProgressColumn, TextColumn
from rich.progress import Progress as Bars

from guildhall.check.run.catalogue import all_rules
from guildhall.check.run.columns import with_columns
from guildhall.cli.building.inputs import Inputs
from guildhall.cli.building.manifest import Manifest, site_digest
from guildhall.cli.building.site import ForeignFolderError, Site
from guildhall.cli.building.sphinx_run import Progress, Run, run_sphinx
from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.report.failures import tell_failure
from guildhall.cli.report.faults_elsewhere import sort_out
from guildhall.cli.report.messages import print_messages
from guildhall.cli.report.summary import summarise
from guildhall.cli.report.terminal import is_interactive, shown
from guildhall.core.counting import counted
from guildhall.core.findings.finding import BUILD_WARNING, Finding
from guildhall.model.portal import Portal, load_portal
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.network.lessons.sources import ensure, missing
from guildhall.sphinx_ext.incremental.file_digests import FileDigests, moment_in

REPORTS = frozenset({"changes", "coverage", "doctest", "linkcheck"})
"""Builders that write no site but a report, which is wanted most where there are findings."""


PHASES = ("reading sources", "writing output")
"""What Sphinx tells its progress of."""


def build(
    root: Path,
    target: Path,
    *,
    builder: str,
    around: str,
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
        around: what the circumstances were when the command began.
        jobs: how many processes read and write.
        strict: whether warnings keep the site from being published.
        fresh: whether everything is built anew.
        quiet: whether only findings are printed.
        verbose: whether the traceback of a failing program is shown.
    """
    site = Site(target, builder)
    run = Run()
    try:
        with site.locked(say_waiting):
            try:
                before = _inputs(root, site)
                code = _build(
                    root, site, builder, jobs, run, strict=strict, fresh=fresh, quiet=quiet
                )
                if run.lines is not None and before.is_whole:
                    # The site is there; what isn't kept only makes the next build do more.
                    with suppress(OSError):
                        _remember(site, run, before, around)
                return code
            except BaseException:
                site.discard()
                raise
    except ForeignFolderError:
        click.echo(
            f"{shown(target)} contains files not written by `guildhall build`. "
            "Empty it, or name another folder with --output.",
            err=True,
        )
        return ExitCode.USAGE
    except KeyboardInterrupt:
        click.echo("Stopped. The last good site is untouched.", err=True)
        return ExitCode.INTERRUPTED
    except Exception as error:
        print_messages(findings_of(run, site), root)
        account = "".join(run.account)
        return tell_failure("build", error, root, site.log, account=account, verbose=verbose)


def _build(
    root: Path,
    site: Site,
    builder: str,
    jobs: int,
    run: Run,
    *,
    strict: bool,
    fresh: bool,
    quiet: bool,
) -> ExitCode:
    build_aside(load_portal(root), site, builder, jobs, run, fresh=fresh, quiet=quiet)
    sorted_out = sort_out(finding.relative_to(root) for finding in findings_of(run, site))
    own = with_columns(sorted_out.own, root)
    found = print_messages(own, root, level="error" if strict else "warning")
    lines = tuple(sorted_out.lines())
    for line in (*_mends(own), *lines):
        click.echo(line, err=True)
    failed = bool(found) and strict
    if failed and builder not in REPORTS:
        site.keep_aside()
        left = "The last good site is untouched." if site.target.exists() else "No site written."
        click.echo(f"{counted(found, 'finding')}. {left}", err=True)
        return ExitCode.FINDINGS
    site.publish()
    if failed:
        click.echo(f"{counted(found, 'finding')}. The report is in {shown(site.target)}.", err=True)
        return ExitCode.FINDINGS
    if not quiet:
        _tell(run, site.target, builder)
    # A report tells of other sites, or of the day that it is asked for.
    if not found and not sorted_out.notes and run.is_settled and builder not in REPORTS:
        run.lines = lines
    return ExitCode.OK


def _inputs(root: Path, site: Site) -> Inputs:
    """What the site is about to be built of, as it is now."""
    before = Manifest.load(site.manifest)
    digests = FileDigests(before.files if before else None)
    digests.moment = moment_in(site.memory)
    inputs = Inputs(root, digests)
    inputs.begin()
    return inputs


def _remember(site: Site, run: Run, inputs: Inputs, around: str) -> None:
    """Keep what the site that was just published was built of.

    Args:
        site: the site, locked.
        run: what Sphinx did.
        inputs: the files as they were before it began.
        around: what else the circumstances were.
    """
    # What lies there was made by the build itself.
    inputs.note(each for each in run.read if not Path(each).is_relative_to(site.memory))
    manifest = Manifest(
        around,
        tuple(inputs.outside),
        inputs.kept(),
        site_digest(site.target),
        run.pages,
        run.lines or (),
    )
    manifest.save(site.manifest)


def build_aside(
    portal: Portal, site: Site, builder: str, jobs: int, run: Run, *, fresh: bool, quiet: bool
) -> None:
    """Build the next site beside the good one, which stays as it is.

    Args:
        portal: the portal as it was just loaded.
        site: the site, locked.
        builder: the Sphinx builder.
        jobs: how many processes read and write.
        run: takes what comes of it.
        fresh: whether everything is built anew.
        quiet: whether no progress is shown.
    """
    portal = _with_lessons(portal, run, quiet=quiet)
    site.prepare(fresh=fresh)
    with progress_of(PHASES, quiet=quiet) as progress:
        run_sphinx(
            portal,
            site.next_site,
            site.next_doctrees,
            builder=builder,
            jobs=jobs,
            run=run,
            progress=progress,
        )


def _with_lessons(portal: Portal, run: Run, *, quiet: bool) -> Portal:
    """Get the locked pages of lessons that live elsewhere, and say why where that fails.

    Returns:
        the portal; loaded again where something was fetched, since files beside the pages of a
        lesson say more of it.
    """

    root, lessons = portal.root, portal.complete.of(Lesson)
    if not any(lesson.is_elsewhere for lesson in lessons):
        return portal
    told: list[str] = []

    def tell(line: str) -> None:
        told.append(line)
        if not quiet:
            click.echo(line, err=True)

    found = ensure(root, lessons, tell)
    for fault in {*found} - {*missing(root, lessons)}:
        click.echo(str(fault.relative_to(root)), err=True)
        run.is_settled = False
    return load_portal(root) if told else portal


def _mends(findings: Iterable[Finding]) -> Iterator[str]:
    """How to fix what was found, once for each rule whose findings don't say it themselves."""
    # Of warnings of other programs nothing is known but what they say.
    told = {each.rule for each in findings if not each.says_mend and each.rule != BUILD_WARNING}
    if told:
        yield "How to fix them"
        for rule in (all_rules()[name] for name in sorted(told)):
            yield f"[{rule.id}] {rule.mend} {rule.why}"


def say_waiting() -> None:
    """Tell that another build holds the site."""
    click.echo("Another build is running here; waiting for it to finish.", err=True)


def findings_of(run: Run, site: Site) -> Iterator[Finding]:
    """The findings; one about a file of the site names it where people will find it."""
    for finding in run.findings:
        path = Path(finding.path)
        if finding.path and path.is_relative_to(site.next_site):
            place = str(site.target / path.relative_to(site.next_site))
            yield replace(finding, path=place)
        else:
            yield finding


def _tell(run: Run, target: Path, builder: str) -> None:
    place = shown(target)
    what = "report" if builder in REPORTS else "site"
    click.echo(f"The {what} is in {place} ({run.pages} pages).")
    if run.report:
        click.echo(f"Checked: {summarise(run.report)}")
    if builder in {"html", "dirhtml"}:
        click.echo(f"To view it: python3 -m http.server -d {shlex.quote(place)} 8000")
        click.echo("and open http://localhost:8000/ in a browser.")


@contextmanager
def progress_of(phases: Sequence[str], *, quiet: bool) -> Iterator[Progress]:
    """A bar for each phase on a terminal; nothing in a pipe or a CI log.

    Args:
        phases: the names of the phases.
        quiet: whether none is shown on a terminal either.
    """
    if quiet or not is_interactive(sys.stderr):
        yield lambda phase, percent: None
        return

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks = {phase: bars.add_task(phase.capitalize(), total=100) for phase in phases}
        yield lambda phase, percent: bars.update(tasks[phase], completed=percent)
