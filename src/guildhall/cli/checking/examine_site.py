"""The part of a look at a portal that needs its site: building it, its pages, other sites."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from guildhall.check.external.cache import CACHE_FILE
from guildhall.check.run.built import Built
from guildhall.check.run.from_external import external_part
from guildhall.check.run.from_site import site_part
from guildhall.check.run.part import Part
from guildhall.check.run.portal import Sources
from guildhall.cli.building.build import build_aside, findings_of, progress_of, say_waiting
from guildhall.cli.building.site import Site
from guildhall.cli.building.sphinx_run import Run
from guildhall.cli.checking.check_options import CheckOptions
from guildhall.model.portal import Portal


def site_parts(sources: Sources, built: Built, options: CheckOptions) -> list[Part]:
    """What a built site gives: its own links and pages, then other sites.

    Args:
        sources: the portal's files.
        built: the site.
        options: what is wanted.
    """
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
def built_site(portal: Portal, options: CheckOptions) -> Iterator[tuple[Site, Built]]:
    """The portal's site, built aside; nothing is left of it where the check itself fails.

    Args:
        portal: the portal, loaded.
        options: what is wanted.
    """
    site, run = Site(options.root / "build" / "html", "html"), Run()
    with site.locked(say_waiting):
        try:
            build_aside(portal, site, "html", options.jobs, run, fresh=False, quiet=options.quiet)
            told = tuple(findings_of(run, site))
            yield site, Built(site.next_site, site.next_doctrees, told, run.pages)
        except BaseException:
            site.discard()
            raise
