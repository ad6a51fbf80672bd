"""One look at a portal: its sources, the site that is built of them, and other sites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from guildhall.check.external.cache import CACHE_FILE
from guildhall.check.reports.outcome import Outcome
from guildhall.check.run.built import Built
from guildhall.check.run.from_build import build_part
from guildhall.check.run.from_external import external_part
from guildhall.check.run.from_site import site_part
from guildhall.check.run.from_sources import source_part
from guildhall.check.run.judge import outcome_of
from guildhall.check.run.part import Part
from guildhall.check.run.portal import Sources
from guildhall.cli.build import build_aside, findings_of, progress_of, say_waiting
from guildhall.cli.site import Site
from guildhall.cli.sphinx_run import Run
from guildhall.core.findings.severity import Severity
from guildhall.model.portal import Portal


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What is wanted of a check.

    Args:
        root: the portal's folder.
        records: whether only sources are checked, and nothing is built.
        site: a built site to check in the place of one that is built for it.
        offline: whether no other site is asked.
        answers: the file that keeps what other sites answered; by default the portal's own.
        changed: the revision since which findings count; all count where it is None.
        fix: whether what is safe to mend is mended.
        form: the form that is printed.
        reports: further reports, each its form and file.
        fail_on: the least severity that fails.
        jobs: how many processes build and read.
        quiet: whether nothing is printed where all is right.
        verbose: whether the traceback of a failing program is shown.
    """

    root: Path
    records: bool = False
    site: Path | None = None
    offline: bool = False
    answers: Path | None = None
    changed: str | None = None
    fix: bool = False
    form: str = "text"
    reports: tuple[tuple[str, Path], ...] = ()
    fail_on: Severity = Severity.ERROR
    jobs: int = 1
    quiet: bool = False
    verbose: bool = False


def examine(options: CheckOptions) -> Outcome:
    """Look at all that is wanted.

    A site that is built for it takes the place of the last good one where nothing fails: what lies
    there is what was checked.

    Args:
        options: what is wanted; ``changed`` and ``fix`` are not looked at.
    """

    sources = Sources.read(options.root)
    parts = [source_part(sources)]
    if options.records:
        unasked = ("Nothing was built: pages, links and other sites were not checked.",)
        return _judged(sources, parts, options, unasked)
    if options.site:
        return _judged(
            sources, [*parts, *_site_parts(sources, Built(options.site), options)], options
        )
    with _building(sources.portal, options) as (site, built):
        parts.append(build_part(sources, built, parts[0].findings))
        outcome = _judged(sources, [*parts, *_site_parts(sources, built, options)], options)
        if outcome.ok:
            site.publish()
        else:
            site.keep_aside()
    return outcome


def _judged(
    sources: Sources, parts: Sequence[Part], options: CheckOptions, unasked: tuple[str, ...] = ()
) -> Outcome:
    return outcome_of(sources, parts, fail_on=options.fail_on, unasked=unasked)


def _site_parts(sources: Sources, built: Built, options: CheckOptions) -> list[Part]:
    """What the built site gives: its own links and pages, then other sites."""

    own, outward = site_part(sources, built, options.jobs)
    cache = options.answers or options.root / CACHE_FILE
    phase = "checking other sites"
    with progress_of((phase,), quiet=options.quiet or options.offline) as progress:
        others = external_part(
            sources,
            outward,
            cache,
            offline=options.offline,
            progress=lambda done, total, _: progress(phase, 100 * done // max(total, 1)),
        )
    return [own, others]


@contextmanager
def _building(portal: Portal, options: CheckOptions) -> Iterator[tuple[Site, Built]]:
    """The portal's site, built aside; nothing is left of it where the check itself fails."""

    site, run = Site(options.root / "build" / "html", "html"), Run()
    with site.locked(say_waiting):
        try:
            build_aside(portal, site, "html", options.jobs, run, fresh=False, quiet=options.quiet)
            told = tuple(findings_of(run, site))
            yield site, Built(site.next_site, site.next_doctrees, told, run.pages)
        except BaseException:
            site.discard()
            raise
