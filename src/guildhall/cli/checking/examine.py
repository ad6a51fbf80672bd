"""One look at a portal: its sources, the site that is built of them, and other sites."""

from __future__ import annotations

from collections.abc import Sequence

from guildhall.check.reports.outcome import Outcome
from guildhall.check.run.built import Built
from guildhall.check.run.from_build import build_part
from guildhall.check.run.from_sources import source_part
from guildhall.check.run.judge import outcome_of
from guildhall.check.run.part import Part
from guildhall.check.run.portal import Sources
from guildhall.cli.checking.check_options import CheckOptions


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
    # A check of records alone starts a fifth sooner without it.
    from guildhall.cli.checking.examine_site import built_site, site_parts

    if options.site:
        return _judged(
            sources, [*parts, *site_parts(sources, Built(options.site), options)], options
        )
    with built_site(sources.portal, options) as (site, built):
        parts.append(build_part(sources, built, parts[0].findings))
        outcome = _judged(sources, [*parts, *site_parts(sources, built, options)], options)
        if outcome.ok:
            site.publish()
        else:
            site.keep_aside()
    return outcome


def _judged(
    sources: Sources, parts: Sequence[Part], options: CheckOptions, unasked: tuple[str, ...] = ()
) -> Outcome:
    return outcome_of(sources, parts, fail_on=options.fail_on, unasked=unasked)
