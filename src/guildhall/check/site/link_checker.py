"""Judges each address of the site: does it lead where it should?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from guildhall.check.site.addresses import (
    Addresses,
    Target,
    Where,
    cleaned,
    fragment_ids,
    relative_to,
    written_like,
)
from guildhall.check.site.elements import Kind
from guildhall.check.site.host import Answer, Answered, Host
from guildhall.check.site.page import Link, Page
from guildhall.check.site.quoting import quote
from guildhall.check.site.sources import is_page
from guildhall.check.site.syntax import Remark, looks_like_home, remarks_on
from guildhall.core.values.faults import nearest

_WHOLE = ("atom", "rss", "sitemap", "robots", "meta og:", "meta twitter:", "ics")
_WRITTEN_BY_PEOPLE = frozenset({Kind.PAGE, Kind.RESOURCE, Kind.FORM})
_FRAMES = frozenset({"iframe src", "frame src", "object data", "embed src"})
_NO_PAGES = frozenset(
    {"img src", "img srcset", "source src", "source srcset", "input src", "video src"}
    | {"video poster", "audio src", "track src", "script src"}
)
"""Uses that no page can be put to."""
_HAS_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:")
_ROUTED = ("!", "/")
"""What fragments begin with that scripts read, not browsers."""


class LinkChecker:
    """Judges the addresses of one site.

    Args:
        addresses: resolves them.
        host: knows the files.
        pages: the facts of all files that hold addresses, by name.
    """

    def __init__(self, addresses: Addresses, host: Host, pages: Mapping[str, Page]) -> None:
        self.addresses = addresses
        self.host = host
        self.pages = pages
        self._remarks: dict[tuple[str, Kind], list[Remark]] = {}
        self._ids: dict[str, frozenset[str]] = {}

    def target(self, page: Page, link: Link, base: str | None) -> Target:
        """Where an address leads."""
        return self.addresses.resolve(page.path, link.address, base)

    def remarks(self, page: Page, link: Link, target: Target) -> Iterator[Remark]:
        """What is wrong with an address; of several things the gravest is said alone."""
        address, kind = link.address, link.kind
        bare = cleaned(address)
        if not bare:
            if kind is not Kind.FORM:
                message = f"the address of `{link.use}` is empty, expected one"
                yield "links.empty", message, ""
            return
        key = (address, kind)
        remarks = self._remarks.get(key)
        if remarks is None:
            remarks = self._remarks[key] = remarks_on(address, kind, target)
        if target.where is Where.OWN and kind is not Kind.HINT:
            found = self._own(page, link, target)
            if found is not None:
                yield found
                return
        elif target.where is Where.OUTSIDE and kind is not Kind.HINT:
            found = self._outside(page, link, target)
            if found is not None:
                yield found
                return
        if remarks:
            yield remarks[0]
        elif self._has_to_be_whole(page, link) and not _HAS_SCHEME.match(bare):
            message = f"found the relative address {quote(address)}, expected an absolute one"
            yield "links.relative-address", message, self.addresses.url_of(target.path)

    def file(self, target: Target) -> str:
        """The file of the site that a reader gets; empty where there is none."""
        if target.where is not Where.OWN:
            return ""
        answered = self.host.ask(target.path)
        good = answered.answer in {Answer.FILE, Answer.SLASH, Answer.EXTENSION}
        return answered.file if good else ""

    def onward(self, page: Page) -> Target:
        """Where a page sends its readers on; to itself where it doesn't."""
        base = self.addresses.base_of(page.path, page.base) if page.base else None
        return self.addresses.resolve(page.path, page.refresh or "", base)

    def _has_to_be_whole(self, page: Page, link: Link) -> bool:
        """Whether programs need the whole address, and the site has one."""
        return self.addresses.known and page.base is None and link.use.startswith(_WHOLE)

    def _own(self, page: Page, link: Link, target: Target) -> Remark | None:
        answered = self.host.ask(target.path)
        if answered.answer is not Answer.FILE:
            return self._answered(page, link, target, answered)
        if target.climbs:
            fixed = relative_to(target.path, page.path) + _rest(link.address)
            message = (
                f"{quote(link.address)} has more `..` than there are folders above the page, "
                f"expected {quote(fixed)}"
            )
            return "links.outside", message, fixed
        if link.use in _NO_PAGES and is_page(answered.file) and answered.file != page.path:
            message = f"{quote(link.address)} is the page {quote(answered.file)}"
            return "links.page-as-file", f"{message}, expected a file for `{link.use}`", ""
        if target.fragment and link.use != "json-ld @id":
            found = self._anchor(link, target, answered.file)
            if found is not None:
                return found
        if self._could_be_relative(page, link, target) and answered.file != page.path:
            fixed = relative_to(target.path, page.path) + _rest(link.address)
            message = f"{quote(link.address)} is on this site, expected {quote(fixed)}"
            return "links.own-address", message, fixed
        return None

    def _could_be_relative(self, page: Page, link: Link, target: Target) -> bool:
        """Whether a whole address serves nobody; calendars need theirs for subscribing."""
        subscribes = link.address[:7].lower() == "webcal:"
        readable = link.kind in _WRITTEN_BY_PEOPLE and page.is_html
        return target.absolute and readable and not subscribes

    def _answered(
        self, page: Page, link: Link, target: Target, answered: Answered
    ) -> Remark | None:
        address = link.address
        if answered.answer is Answer.NO_INDEX:
            if link.use == "json-ld @id":
                return None
            message = f"{quote(address)} leads to the folder {quote(target.path)} without a page"
            return "links.no-index", message, ""
        if not answered.path:
            return self._missing(link, target)
        base_path = self.addresses.base_path
        fixed = written_like(address, page.path, answered.path, base_path)
        wanted = f"expected {quote(fixed)}"
        match answered.answer:
            case Answer.OTHER_CASE:
                message = f"{quote(address)} differs in case from {quote(answered.file)}, {wanted}"
                return "links.case", message, fixed
            case Answer.SLASH:
                message = f"{quote(address)} is a folder and ends without a slash, {wanted}"
                return "links.slash", message, fixed
            case Answer.EXTENSION:
                message = f"{quote(address)} leads to {quote(answered.file)}, {wanted}"
                return "links.extension", message, fixed
        message = f"{quote(address)} does not exist, but {quote(answered.file)} is there, {wanted}"
        return _missing_rule(link, target), message, fixed

    def _missing(self, link: Link, target: Target) -> Remark:
        address = link.address
        if looks_like_home(address):
            message = f"{quote(address)} looks like a file on a computer, expected one of the site"
            return "links.local-file", message, ""
        message = f"{quote(address)} leads to {quote(target.path)}, which isn't there"
        if cleaned(address).startswith("www."):
            message += f"; did you mean `https://{cleaned(address)}`?"
        else:
            near = self._near(target.path)
            message += f"; did you mean `{near}`?" if near else ""
        return _missing_rule(link, target), message, ""

    def _near(self, path: str) -> str | None:
        folder, _, name = path.rpartition("/")
        elsewhere = self.host.named(name) if name else ()
        if len(elsewhere) == 1:
            return elsewhere[0]
        beside = self.host.inside(folder) if len(path) < 500 else ()
        near = nearest(name, beside) if name else None
        return f"{folder}/{near}" if near and folder else near

    def _anchor(self, link: Link, target: Target, file: str) -> Remark | None:
        page = self.pages.get(file)
        if page is None or not (page.is_html or file.endswith(".svg")):
            return None
        names = fragment_ids(target.fragment)
        if not names or names[0].startswith(_ROUTED):
            return None
        ids = self._ids_of(page)
        if any(name in ids for name in names) or names[-1].lower() == "top":
            return None
        if page.refresh is not None:
            return self._anchor_onward(link, page, names)
        if file.endswith(".svg") and re.search(r"[=()]", names[-1]):
            # A view or a part of a picture, not an id (SVG 2, media fragments).
            return None
        wanted = names[-1]
        folded = {name.casefold(): name for name in sorted(ids, reverse=True)}
        other = folded.get(wanted.casefold())
        on = f"on {quote(file)}"
        if other is not None:
            head = link.address.partition("#")[0]
            message = f"{quote(link.address)} differs in case from the id `{other}` {on}"
            return "links.anchor-case", message, f"{head}#{other}"
        near = nearest(wanted, ids)
        hint = f"; did you mean `#{near}`?" if near else ""
        message = f"{quote(link.address)} leads to no place {on}: no id is {quote(wanted)}{hint}"
        return "links.missing-anchor", message, ""

    def _anchor_onward(self, link: Link, page: Page, names: tuple[str, ...]) -> Remark | None:
        """An anchor of a page that sends readers on: the last page has to have it.

        Nothing is said where another site, a script or an anchor of its own comes between.
        """
        way = [page.path]
        last = page
        while last.refresh is not None:
            target = self.onward(last)
            following = self.pages.get(self.file(target))
            if last.routes or target.fragment or following is None or following.path in way:
                return None
            way.append(following.path)
            last = following
        ids = self._ids_of(last)
        if not last.is_html or any(name in ids for name in names):
            return None
        near = nearest(names[-1], ids)
        hint = f"; did you mean `#{near}`?" if near else ""
        message = (
            f"{quote(link.address)} leads to no place: {quote(page.path)} redirects to "
            f"{quote(last.path)}, where no id is {quote(names[-1])}{hint}"
        )
        return "links.missing-anchor", message, ""

    def _ids_of(self, page: Page) -> frozenset[str]:
        ids = self._ids.get(page.path)
        if ids is None:
            ids = self._ids[page.path] = frozenset((*page.ids, *page.names))
        return ids

    def _outside(self, page: Page, link: Link, target: Target) -> Remark | None:
        """A link that leaves the base path, unless it names the whole address of another site."""
        if target.absolute:
            return None
        if looks_like_home(link.address):
            message = f"{quote(link.address)} looks like a file on a computer"
            return "links.local-file", f"{message}, expected one of the site", ""
        base = self.addresses.base_path
        message = f"{quote(link.address)} leads to {quote(target.path)}, outside of `{base}`"
        inside = target.path.lstrip("/")
        answered = self.host.ask(inside)
        if inside and answered.answer is Answer.FILE:
            fixed = relative_to(inside, page.path) + _rest(link.address)
            return "links.outside", f"{message}, expected {quote(fixed)}", fixed
        return "links.outside", f"{message}, where the site is served", ""


def _rest(address: str) -> str:
    return address[len(re.split(r"[?#]", address, maxsplit=1)[0]) :].rstrip()


def _missing_rule(link: Link, target: Target) -> str:
    suffix = PurePosixPath(target.path).suffix
    if link.kind is Kind.RESOURCE and link.use not in _FRAMES:
        return "links.missing-file"
    shown = not suffix or is_page(target.path) or target.path.endswith("/")
    shown = shown or cleaned(link.address).startswith("www.")
    return "links.missing-page" if shown else "links.missing-file"
