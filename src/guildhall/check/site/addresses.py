"""Where an address leads, as a browser works it out.

Source: URL Standard (url.spec.whatwg.org); HTML, "Navigating to a fragment".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, unquote

import ada_url

UNKNOWN_ORIGIN = "https://portal.invalid"
"""Stands in for the site's own where that isn't known; RFC 2606 gives ``.invalid`` to nobody."""

_SAFE = "/-._~!$&'()*+,;=:@"
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:")
_ENDS = "".join(map(chr, range(0x21)))
_BREAKS = re.compile(r"[\t\n\r]")
_TEXT_DIRECTIVE = ":~:"


class Where(StrEnum):
    """The places that an address can lead to."""

    OWN = "own"
    """A file of the site, be it there or not."""
    OUTSIDE = "outside"
    """The site's host, but not below the path that the site is served under."""
    WEB = "web"
    """Another host."""
    SCHEME = "scheme"
    """Something that is no page of the web, such as ``mailto:``."""
    MALFORMED = "malformed"
    """Nowhere: no browser understands it."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where an address leads.

    Args:
        where: the sort of place.
        href: the whole address, as a browser would show it.
        path: the file's name in the site without percent-encoding, or the path on the host where it
            is outside; it keeps its last slash.
        fragment: what follows the ``#``, still percent-encoded, without text directives.
        scheme: the scheme in small letters, without colon.
        absolute: whether the address names the site's own host.
        climbs: whether it has more ``..`` than there are folders above it in the site.
    """

    where: Where
    href: str = ""
    path: str = ""
    fragment: str = ""
    scheme: str = ""
    absolute: bool = False
    climbs: bool = False


def cleaned(address: str) -> str:
    """An address without what browsers drop: spaces around it, tabs and line ends in it."""
    return _BREAKS.sub("", address).strip(_ENDS)


def fragment_ids(fragment: str) -> tuple[str, ...]:
    """The ids that a fragment may mean, the first that exists counts; none where it is the top."""
    if not fragment:
        return ()
    decoded = unquote(fragment, errors="replace")
    return (fragment,) if decoded == fragment else (fragment, decoded)


class Addresses:
    """Resolves the addresses of one site; what was resolved once is remembered.

    Args:
        base_url: where the site is published; None where that isn't known.

    Raises:
        ValueError: where the address of the site is none.
    """

    def __init__(self, base_url: str | None) -> None:
        self.known = base_url is not None
        base = ada_url.URL((base_url or UNKNOWN_ORIGIN).rstrip("/") + "/")
        self.host: str = base.host
        self.origin = f"{base.protocol}//{base.host}"
        self.base_path: str = unquote(base.pathname)
        self._root: str = self.origin + base.pathname
        self._seen: dict[tuple[str, str], Target] = {}
        self._absolute: dict[str, Target] = {}
        self._folders: dict[str, str] = {}

    def url_of(self, page: str) -> str:
        """The whole address of a file of the site."""
        return self._root + quote(page, safe=_SAFE)

    def folder_url(self, page: str) -> str:
        """What addresses on a page are relative to, where it doesn't say otherwise."""
        folder = page[: page.rfind("/") + 1]
        found = self._folders.get(folder)
        if found is None:
            found = self._folders[folder] = self.url_of(folder)
        return found

    def base_of(self, page: str, base: str | None) -> str:
        """What addresses on a page are relative to.

        Args:
            page: the file.
            base: the address of its ``base`` element.
        """
        own = self.folder_url(page)
        if base is None:
            return own
        try:
            found = ada_url.URL(base, base=self.url_of(page))
        except ValueError:
            return own
        return str(found.href) if found.protocol in {"http:", "https:"} else own

    def resolve(self, page: str, address: str, base: str | None = None) -> Target:
        """Where an address on a page leads.

        Args:
            page: the file that it stands in, relative to the site's folder.
            address: as it is written, with character references read.
            base: what :meth:`base_of` gave, where the page has a ``base`` element.
        """
        if base is None and (not address or address[0] in "#?"):
            fragment = address.partition("#")[2]
            if not fragment or (fragment.isascii() and fragment.isidentifier()):
                return Target(Where.OWN, path=page, fragment=fragment)
        if _SCHEME.match(address):
            found = self._absolute.get(address)
            if found is None:
                found = self._absolute[address] = self._resolve(address, self._root)
            return found
        start = base or self.folder_url(page)
        if base is None and cleaned(address)[:1] in {"", "#", "?"}:
            start = self.url_of(page)
        found = self._seen.get((start, address))
        if found is None:
            found = self._seen[start, address] = self._resolve(address, start)
        return found

    def _resolve(self, address: str, start: str) -> Target:
        try:
            url = ada_url.URL(address, base=start)
        except ValueError:
            return Target(Where.MALFORMED)
        href, scheme = str(url.href), str(url.protocol)[:-1]
        fragment = str(url.hash)[1:].partition(_TEXT_DIRECTIVE)[0]
        if scheme == "webcal" and url.host == self.host:
            url, scheme = ada_url.URL("https" + href[len(scheme) :]), "https"
        if scheme not in {"http", "https"}:
            return Target(Where.SCHEME, href, fragment=fragment, scheme=scheme)
        if url.host != self.host:
            return Target(Where.WEB, href, fragment=fragment, scheme=scheme)
        path = unquote(url.pathname, errors="surrogateescape")
        bare = cleaned(address)
        absolute = bool(_SCHEME.match(bare)) or bare.replace("\\", "/").startswith("//")
        if path.startswith(self.base_path):
            own = path[len(self.base_path) :]
            climbs = not absolute and bare.startswith("..") and _climbs(bare, self._depth(start))
            return Target(Where.OWN, href, own, fragment, scheme, absolute, climbs)
        if path + "/" == self.base_path:
            return Target(Where.OWN, href, "", fragment, scheme, absolute)
        return Target(Where.OUTSIDE, href, path, fragment, scheme, absolute)

    def _depth(self, start: str) -> int:
        """How many folders of the site lie above what an address is relative to."""
        path = unquote(str(ada_url.URL(start).pathname), errors="surrogateescape")
        return path.removeprefix(self.base_path).count("/")


def _climbs(address: str, depth: int) -> bool:
    for segment in re.split(r"[/\\]", re.split(r"[?#]", address)[0]):
        if segment == "..":
            depth -= 1
            if depth < 0:
                return True
        elif segment != ".":
            depth += 1
    return False


def written_like(address: str, page: str, path: str, base_path: str = "/") -> str:
    """An address of another file of the site, written as the given one is.

    Relative stays relative, absolute absolute, and query and fragment stay.

    Args:
        address: the address as it is written.
        page: the file that it stands in.
        path: the name that it should have in the site; with a last slash for a folder's index.
        base_path: the path that the site is served under.
    """
    head = re.split(r"[?#]", address, maxsplit=1)[0]
    rest = address[len(head) :]
    safe = _SAFE if head.isascii() else _SAFE + "".join(c for c in path if not c.isascii())
    origin = re.match(r"(?:[a-zA-Z][a-zA-Z0-9+.\-]*:)?//[^/]*", head)
    if origin:
        return origin[0] + base_path + quote(path, safe=safe) + rest
    if head.startswith("/"):
        return base_path + quote(path, safe=safe) + rest
    return quote(relative_to(path, page), safe=safe) + rest


def relative_to(path: str, page: str) -> str:
    """The shortest relative address of a file or folder, seen from a page."""
    have, want = page.split("/")[:-1], path.split("/")
    shared = 0
    while shared < min(len(have), len(want) - 1) and have[shared] == want[shared]:
        shared += 1
    steps = [".."] * (len(have) - shared) + want[shared:]
    found = "/".join(steps)
    if ":" in steps[0]:
        return f"./{found}"
    return found if found.strip("/") else "./"
