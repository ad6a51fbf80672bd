"""The part of the check that reads the built site: its own links, and what its pages hold."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from guildhall.check.content.check import content_rules, site_content
from guildhall.check.content.colours import accent_findings
from guildhall.check.content.published import site_address
from guildhall.check.reports.outcome import Checked
from guildhall.check.run.built import Built
from guildhall.check.run.catalogue import all_rules
from guildhall.check.run.gather import OUTSIDE
from guildhall.check.run.part import Part
from guildhall.check.run.portal import Sources
from guildhall.check.site.fault import SiteFault
from guildhall.check.site.findings import to_findings
from guildhall.check.site.origins import Origin, Origins
from guildhall.check.site.scan import Scan, scan_site
from guildhall.model.checkouts import MEMORY

_CONTENT = ("images", "names", "pages", "privacy")
CACHE = "check-pages"
"""What was read of each page, kept beside the memory of builds."""


@dataclass(frozen=True, slots=True)
class Outward:
    """The addresses of other sites on a built site, and where each stands in the sources.

    Args:
        scan: what was read of the site.
        place: gives the place of an address on a page, by which occurrence is meant.
    """

    scan: Scan
    place: Callable[[str, str, int], Origin]


def site_part(sources: Sources, built: Built, jobs: int) -> tuple[Part, Outward]:
    """Check the links and pages of a built site.

    Args:
        sources: the portal's files.
        built: the site.
        jobs: how many processes read it.

    Returns:
        what was found, and the addresses of other sites.
    """
    settings, content = sources.settings, sources.settings.checks.content
    rules = content_rules(settings, sources.registry, content)
    scan = scan_site(
        built.site,
        base_url=settings.base_url,
        jobs=jobs,
        content=rules,
        cache=sources.root / "build" / MEMORY / CACHE,
        salt=_salt(sources),
    )
    origins = Origins(built.doctrees, sources.root, built.site)
    whole = site_content(built.site, scan.pages.values(), settings, content.budgets)
    findings = (
        *to_findings(_told_here((*scan.faults, *whole)), origins, all_rules()),
        *accent_findings(sources.root, settings),
        *site_address(sources.root, settings),
    )
    links = sum(link.own + link.frame for page in scan.pages.values() for link in page.links)
    checked = (
        Checked("links", "Internal links", links, "link"),
        Checked("content", "Content of pages", len(scan.pages), "page", prefixes=_CONTENT),
    )
    return Part(findings, checked, frozenset({"links", "content"})), Outward(scan, origins.place)


def _told_here(faults: Iterable[SiteFault]) -> Iterator[SiteFault]:
    """The faults without those of paths out of a lesson, which the build has told and left out."""
    return (fault for fault in faults if OUTSIDE not in f"/{fault.target}")


def _salt(sources: Sources) -> str:
    """What the rules for content depend on besides the pages: settings, records and the day."""
    settings = sources.settings
    records = sorted(
        (record.kind, record.key, repr(record)) for record in sources.registry.records.values()
    )
    known = repr((settings, settings.today, records))
    return hashlib.sha256(known.encode()).hexdigest()
