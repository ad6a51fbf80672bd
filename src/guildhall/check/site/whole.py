"""Checks that need all pages at once: redirects, orphans, ids, canonical addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set

from guildhall.check.site.addresses import Where, relative_to
from guildhall.check.site.fault import SiteFault
from guildhall.check.site.host import Host
from guildhall.check.site.link_checker import LinkChecker
from guildhall.check.site.page import Page
from guildhall.check.site.quoting import quote

NOT_FOUND = "404.html"

_NEVER_ORPHANS = re.compile(
    r"(?:.*/)?(?:404|403|500|search|genindex(?:-[\w]+)?|py-modindex|http-routingtable)\.html"
    r"|(?:.*/)?search/index\.html|index\.html|(?:google|yandex_|pinterest-)[0-9a-f]+\.html"
    r"|(?:.*/)?_[^/]*/.*"
)


def repeated_ids(page: Page) -> Iterator[SiteFault]:
    """Ids that more than one element of a page has."""
    for name in page.repeated:
        message = f"more than one element has the id {quote(name)}"
        yield SiteFault(page.path, "links.duplicate-id", message, needle=name, target=f"#{name}")


def relative_on_not_found(page: Page) -> Iterator[SiteFault]:
    """Relative addresses on the page that hosts show at any address: said once."""
    if page.path != NOT_FOUND or page.base is not None:
        return
    relative = [
        link.address
        for link in page.links
        if link.address and not re.match(r"[a-zA-Z][a-zA-Z0-9+.\-]*:|[/\\#]", link.address)
    ]
    if relative:
        more = f" and {len(relative) - 1} more" if len(relative) > 1 else ""
        message = f"found the relative address {quote(relative[0])}{more} on {quote(NOT_FOUND)}"
        first = relative[0]
        message += ", expected addresses from the site's root"
        yield SiteFault(page.path, "links.not-found-page", message, needle=first, target=first)


def orphans(pages: Iterable[Page], linked: Set[str]) -> Iterator[SiteFault]:
    """Pages that no other page links to.

    Args:
        pages: all pages.
        linked: the files that another page links to.
    """
    for page in pages:
        if page.path in linked or page.refresh is not None or not page.is_html:
            continue
        if not _NEVER_ORPHANS.fullmatch(page.path):
            yield SiteFault(page.path, "links.orphan", "no other page links to this one")


def redirects(pages: Mapping[str, Page], checker: LinkChecker) -> Iterator[SiteFault]:
    """Circles and chains of pages that send readers on."""
    onward = {}
    for page in pages.values():
        if page.refresh is not None:
            onward[page.path] = checker.file(checker.onward(page))
    said: set[str] = set()
    for start in sorted(onward):
        way = [start]
        while onward.get(way[-1]):
            following = onward[way[-1]]
            if following in way:
                circle = way[way.index(following) :]
                if not said.intersection(circle):
                    yield _circle(circle, pages)
                said.update(circle)
                break
            way.append(following)
        else:
            if len(way) > 2 and way[-1] not in onward:
                yield _chain(way, pages)


def _circle(circle: list[str], pages: Mapping[str, Page]) -> SiteFault:
    at = circle.index(min(circle))
    ordered = circle[at:] + circle[:at]
    shown = " → ".join((*ordered, ordered[0]))
    address = pages[ordered[0]].refresh or ""
    others = tuple(sorted(ordered[1:]))
    message = f"redirects form a loop: {shown}"
    return SiteFault(
        ordered[0], "links.redirect-loop", message, address, target=address, others=others
    )


def _chain(way: list[str], pages: Mapping[str, Page]) -> SiteFault:
    address = pages[way[0]].refresh or ""
    fixed = relative_to(way[-1], way[0])
    message = f"readers are redirected {len(way) - 1} times: {' → '.join(way)}; expected one"
    return SiteFault(way[0], "links.redirect-chain", message, address, target=address, fixed=fixed)


def canonical_addresses(pages: Mapping[str, Page], checker: LinkChecker) -> Iterator[SiteFault]:
    """Pages that name another page, or several, as their own address.

    A page with the same title as the one that it names is another view of it, so that is right.
    """
    for page in pages.values():
        if not page.canonical or page.refresh is not None or page.path == NOT_FOUND:
            continue
        stated = tuple(dict.fromkeys(page.canonical))
        first = stated[0]
        if len(stated) > 1:
            message = f"the page names {len(stated)} canonical addresses, expected one"
            yield SiteFault(page.path, "links.canonical", message, stated[1], target=stated[1])
            continue
        target = checker.addresses.resolve(page.path, first)
        other = pages.get(checker.file(target)) if target.where is Where.OWN else None
        if other is None or other.path == page.path:
            continue
        if other.refresh is not None:
            message = f"the page names {quote(first)} as canonical, which only redirects"
        elif other.title != page.title:
            message = f"the page names {quote(first)} as canonical, which is another page"
        else:
            continue
        yield SiteFault(page.path, "links.canonical", message, first, target=first)


def left_out_by_jekyll(host: Host, linked: Set[str]) -> Iterator[SiteFault]:
    """Linked files that GitHub Pages leaves out where a branch is published as it is."""
    if ".nojekyll" in host.files or "_config.yml" in host.files:
        return
    hidden = sorted(name for name in linked if re.match(r"(?:.*/)?_", name))
    if hidden:
        more = f" and {len(hidden) - 1} more" if len(hidden) > 1 else ""
        message = f"the site links to {quote(hidden[0])}{more}, but has no file `.nojekyll`"
        yield SiteFault("index.html", "links.jekyll", message)
