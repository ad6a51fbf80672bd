"""The part of the check that reads the built site: its own links, and what its pages hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from guildhall.checking.built import Built
from guildhall.checking.catalogue import all_rules
from guildhall.checking.part import Part
from guildhall.checking.portal import Sources
from guildhall.cli.site import MEMORY
from guildhall.reporting.outcome import Checked
from guildhall.site.findings import to_findings
from guildhall.site.origins import Origins, Place
from guildhall.site.scan import Scan, scan_site

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
    place: Callable[[str, str, int], Place]


def site_part(sources: Sources, built: Built, jobs: int) -> tuple[Part, Outward]:
    """Check the links and pages of a built site.

    Args:
        sources: the portal's files.
        built: the site.
        jobs: how many processes read it.

    Returns:
        what was found, and the addresses of other sites.
    """
    scan = scan_site(
        built.site,
        base_url=sources.settings.base_url,
        jobs=jobs,
        cache=sources.root / "build" / MEMORY / CACHE,
    )
    origins = Origins(built.doctrees, sources.root, built.site)
    findings = tuple(to_findings(scan.faults, origins, all_rules()))
    links = sum(link.own + link.frame for page in scan.pages.values() for link in page.links)
    checked = (
        Checked("links", "Internal links", links, "link"),
        Checked("site", "Pages of the site", len(scan.pages), "page"),
    )
    return Part(findings, checked, frozenset({"links"})), Outward(scan, origins.place)
