"""Files that a page fetches without encryption."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from urllib.parse import urlsplit

from guildhall.check.content.view import View
from guildhall.check.site.elements import HINTS, METADATA_RELATIONS
from guildhall.check.site.fault import SiteFault
from guildhall.check.site.texts import in_srcset, in_style
from guildhall.core.values.faults import quote

_FETCHED = {
    "img": ("src", "srcset"), "script": ("src",), "iframe": ("src",), "frame": ("src",),
    "embed": ("src",), "object": ("data",), "audio": ("src",), "video": ("src", "poster"),
    "source": ("src", "srcset"), "track": ("src",), "link": ("href", "imagesrcset"),
    "form": ("action",), "input": ("src", "formaction"), "button": ("formaction",),
    "image": ("href", "xlink:href"), "use": ("href", "xlink:href"),
}  # fmt: skip


def mixed_content(view: View) -> Iterator[SiteFault]:
    """Addresses with ``http:`` that the browser fetches, or sends a form to; links may have it.

    Source: W3C Mixed Content; what is on this computer is trusted (W3C Secure Contexts, 3.1).
    """
    for tag in sorted(view.tags & _FETCHED.keys()):
        names = _FETCHED[tag]
        for node in view.all(tag):
            attributes = node.attributes
            if tag == "link":
                relations = set((attributes.get("rel") or "").lower().split())
                if relations <= HINTS or relations <= METADATA_RELATIONS:
                    continue
            for name in names:
                value = attributes.get(name)
                if not value or "http:" not in value.lower():
                    continue
                for address in in_srcset(value) if "srcset" in name else (value,):
                    if _is_open(address):
                        yield _fault(view, address)
    for _, attributes in view.marked:
        style = attributes.get("style")
        if style and "http:" in style.lower():
            yield from (_fault(view, each) for each in in_style(style) if _is_open(each))
    for node in view.all("style"):
        text = node.text()
        if "http:" in text.lower():
            yield from (_fault(view, each) for each in in_style(text) if _is_open(each))


def _fault(view: View, address: str) -> SiteFault:
    message = f"the page loads {quote(address)} without encryption, expected `https:`"
    return view.fault("pages.mixed-content", message, address, target=address)


def _is_open(address: str) -> bool:
    address = address.strip()
    if not address.lower().startswith("http:"):
        return False
    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return False
    if not host or host == "localhost" or host.endswith(".localhost"):
        return False
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return True
