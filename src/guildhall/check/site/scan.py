"""Reads a whole site, and finds what is wrong with its links."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from guildhall.check.site.addresses import Addresses, Target, Where, cleaned
from guildhall.check.site.elements import Kind
from guildhall.check.site.fault import SiteFault
from guildhall.check.site.host import Host
from guildhall.check.site.link_checker import LinkChecker
from guildhall.check.site.page import ContentRule, Link, Page
from guildhall.check.site.quoting import quote
from guildhall.check.site.reading import read_all
from guildhall.check.site.syntax import is_local_file, is_local_host
from guildhall.check.site.whole import (
    canonical_addresses,
    left_out_by_jekyll,
    orphans,
    redirects,
    relative_on_not_found,
    repeated_ids,
)

_LEADS_ON = frozenset({Kind.PAGE, Kind.FORM, Kind.REDIRECT, Kind.RESOURCE})


@dataclass(frozen=True)
class Scan:
    """What was found on a site.

    Args:
        pages: the facts of each file that holds addresses, by name.
        faults: what is wrong, in order: of links, and what the rules for content found.
        external: the addresses on other hosts, each with the pages that it stands on and which
            occurrence there is meant, as :class:`~guildhall.check.site.fault.SiteFault` counts
            them.
        files: all files of the site.
        unchanged: how many files the cache knew.
    """

    pages: Mapping[str, Page]
    faults: tuple[SiteFault, ...]
    external: Mapping[str, list[tuple[str, int]]]
    files: frozenset[str] = field(default=frozenset(), repr=False)
    unchanged: int = 0


def scan_site(
    folder: Path,
    *,
    base_url: str | None = None,
    jobs: int = 1,
    content: Sequence[ContentRule] = (),
    cache: Path | None = None,
    salt: str = "",
) -> Scan:
    """Read a built site and judge all its links.

    Args:
        folder: the site.
        base_url: where it is published; None where that isn't known.
        jobs: how many processes read it.
        content: rules that are asked of every page, on the tree that its links are read from.
        cache: a file that remembers what was read, for the next time; None for none.
        salt: what else the answers of the rules for content depend on, such as a digest of their
            settings; with another salt the cache isn't used.

    Raises:
        OSError: where a file can't be read.
        ValueError: where ``base_url`` is no address.
    """
    files = list_files(folder)
    read = read_all(folder, files, jobs=jobs, content=content, cache=cache, salt=salt)
    return _Scanning(Addresses(base_url), Host(files), read.pages).run(read.unchanged)


def list_files(folder: Path) -> list[str]:
    """All files of a site, relative to its folder, with slashes, in order; links are not followed.

    Raises:
        OSError: where a folder can't be read.
    """
    found: list[str] = []
    waiting = [""]
    while waiting:
        within = waiting.pop()
        with os.scandir(folder / within) as entries:
            for entry in entries:
                name = f"{within}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{name}/")
                elif entry.is_file():
                    found.append(name)
    return sorted(found)


class _Scanning:
    """One scan, once all files are read."""

    def __init__(self, addresses: Addresses, host: Host, pages: dict[str, Page]) -> None:
        self.addresses, self.host, self.pages = addresses, host, pages
        self.checker = LinkChecker(addresses, host, pages)
        self.faults: list[SiteFault] = []
        self.external: dict[str, list[tuple[str, int]]] = {}
        self.linked: set[str] = set()
        self.loaded: set[str] = set()
        self.framed: dict[tuple[str, str, str], tuple[SiteFault, list[str]]] = {}

    def run(self, unchanged: int) -> Scan:
        for page in self.pages.values():
            self._read_links(page)
            self.faults.extend(page.faults)
            self.faults.extend(repeated_ids(page))
            self.faults.extend(relative_on_not_found(page))
        self.faults.extend(replace(first, others=tuple(o)) for first, o in self.framed.values())
        self.faults.extend(orphans(self.pages.values(), self.linked))
        self.faults.extend(redirects(self.pages, self.checker))
        self.faults.extend(canonical_addresses(self.pages, self.checker))
        self.faults.extend(left_out_by_jekyll(self.host, self.loaded))
        external = {address: self.external[address] for address in sorted(self.external)}
        faults = tuple(sorted(self.faults))
        return Scan(self.pages, faults, external, self.host.files, unchanged)

    def _read_links(self, page: Page) -> None:
        base = self._base(page)
        counted: dict[str, int] = {}
        checker = self.checker
        for link in page.links:
            target = checker.target(page, link, base)
            first = counted.get(link.address, 0)
            counted[link.address] = first + link.own
            if link.kind in _LEADS_ON:
                file = checker.file(target)
                if file:
                    self.loaded.add(file)
                    # A list of all pages, which no search engine is to show, leads nobody there.
                    if file != page.path and page.is_html and not page.hidden:
                        self.linked.add(file)
            for rule, message, fixed in checker.remarks(page, link, target):
                self._note(page, link, target, first, (rule, message, fixed))
            self._note_external(page, link, target, first)

    def _base(self, page: Page) -> str | None:
        """What the page's addresses are relative to; None where that is the page, as it should."""
        if page.base is None:
            return None
        target = self.addresses.resolve(page.path, page.base)
        if target.where is Where.OUTSIDE and self.addresses.known:
            base = self.addresses.base_path
            message = f"the base {quote(page.base)} of all links is outside `{base}`"
            fault = SiteFault(page.path, "links.outside", message, page.base, target=page.base)
            self.faults.append(fault)
            return None
        return self.addresses.base_of(page.path, page.base)

    def _note(
        self, page: Page, link: Link, target: Target, first: int, remark: tuple[str, str, str]
    ) -> None:
        rule, message, fixed = remark
        address = link.address
        # An empty address can't be looked for, but the attribute that holds it can.
        needle = address if cleaned(address) else f'{link.use.rpartition(" ")[2]}="{address}"'
        for nth in range(first, first + link.own):
            self.faults.append(SiteFault(page.path, rule, message, needle, nth, address, fixed))
        if link.own == 0:
            leads = target.href or f"{target.path}#{target.fragment}"
            key = (rule, leads if target.where is Where.OWN else address, link.use)
            known = self.framed.get(key)
            if known is None:
                fault = SiteFault(page.path, rule, message, address, first, address, fixed)
                self.framed[key] = (fault, [])
            else:
                known[1].append(page.path)

    def _note_external(self, page: Page, link: Link, target: Target, first: int) -> None:
        if link.kind is Kind.HINT or link.use == "json-ld @id":
            return
        address = cleaned(link.address)
        if target.where is Where.SCHEME and target.scheme == "webcal":
            address = f"https{target.href[len('webcal') :]}"
        elif target.where not in {Where.WEB, Where.OUTSIDE}:
            return
        elif target.where is Where.OUTSIDE or not target.href.startswith(address[:5].lower()):
            address = target.href
        if is_local_file(link.address) or is_local_host(target.href):
            return
        places = self.external.setdefault(address, [])
        places.extend((page.path, nth) for nth in range(first, first + max(link.own, 1)))
