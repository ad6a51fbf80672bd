"""Where HTML holds addresses: elements, attributes, and what a browser does with each."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What an address is for."""

    PAGE = "page"
    """A reader follows it."""
    RESOURCE = "resource"
    """The browser fetches it to show the page."""
    FORM = "form"
    """A form is sent to it."""
    REDIRECT = "redirect"
    """The browser goes there at once."""
    METADATA = "metadata"
    """Programs read it: search engines, previews of links, feed readers."""
    HINT = "hint"
    """The browser may prepare a connection; no file stands behind it."""


_ANYWHERE = {
    "cite": Kind.METADATA,
    "longdesc": Kind.PAGE,
    "background": Kind.RESOURCE,
    "poster": Kind.RESOURCE,
    "srcset": Kind.RESOURCE,
    "imagesrcset": Kind.RESOURCE,
    "action": Kind.FORM,
    "formaction": Kind.FORM,
    "src": Kind.RESOURCE,
    "data": Kind.RESOURCE,
    "style": Kind.RESOURCE,
}

_FOLLOWED = ("a", "area")

_SVG = (
    *("use", "image", "feImage", "textPath", "mpath", "pattern", "filter", "linearGradient"),
    *("radialGradient", "script"),
)

_ELEMENTS = {
    "cite": ("blockquote", "q", "ins", "del"),
    "longdesc": ("img", "frame", "iframe"),
    "background": ("body", "table", "td", "th"),
    "poster": ("video",),
    "srcset": ("img", "source"),
    "imagesrcset": ("link",),
    "action": ("form",),
    "formaction": ("button", "input"),
    "src": (
        *("img", "script", "iframe", "frame", "embed", "audio", "video", "source", "track"),
        "input",
    ),
    "data": ("object",),
}

ADDRESSES: dict[tuple[str, str], Kind] = {
    **{
        (element, attribute): _ANYWHERE[attribute]
        for attribute, elements in _ELEMENTS.items()
        for element in elements
    },
    **{(element, "href"): Kind.PAGE for element in _FOLLOWED},
    ("a", "xlink:href"): Kind.PAGE,
    ("link", "href"): Kind.RESOURCE,
    **{(element, name): Kind.RESOURCE for element in _SVG for name in ("href", "xlink:href")},
}
"""Elements and attributes that hold addresses (HTML, "Attributes"; SVG 2, "Linking")."""

HINTS = frozenset({"preconnect", "dns-prefetch"})
"""Relations of ``link`` that name a server and no file."""

METADATA_RELATIONS = frozenset(
    {"alternate", "author", "bookmark", "canonical", "help", "license", "next", "prev", "search"}
    | {"index", "contents", "up", "top", "first", "last", "copyright", "shortlink", "me", "self"}
    | {"amphtml", "pingback", "profile", "edit", "describedby", "cite-as", "item", "collection"}
)
"""Relations of ``link`` that no browser fetches to show the page."""

PREVIEWS = frozenset(
    {"og:url", "og:image", "og:image:url", "og:image:secure_url", "og:video", "og:video:url"}
    | {"og:video:secure_url", "og:audio", "og:audio:url", "og:audio:secure_url"}
    | {"twitter:image", "twitter:image:src", "twitter:player", "msapplication-tileimage"}
)
"""Properties of ``meta`` whose content is an address (ogp.me, X cards)."""
