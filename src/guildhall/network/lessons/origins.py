"""Where addresses lead, as browsers read them: what is followed, and what is asked elsewhere."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

FOLLOWED = frozenset({"http", "https", "mailto", "tel"})
"""Schemes of links that pages of strangers may have."""
_BLANK = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202f\u2060\ufeff]")
_SCHEME = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*):", re.I)
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif|bmp);base64,[a-z0-9+/=]*", re.I)


def scheme_of(address: str) -> str:
    """The scheme that a browser finds in an address; empty for one that is relative.

    Browsers leave out line breaks and tabs wherever they stand, and blanks before.
    """
    found = _SCHEME.match(_BLANK.sub("", address))
    return found["scheme"].lower() if found else ""


def is_followed(address: str) -> bool:
    """Whether a link may lead to an address: one of the site, or of a scheme that runs nothing."""
    return scheme_of(address) in {"", *FOLLOWED}


def is_picture_data(address: str) -> bool:
    """Whether an address holds a picture itself, of a kind that is nothing but a picture."""
    return bool(_PICTURE.fullmatch(_BLANK.sub("", address)))


def asks_elsewhere(address: str, *, is_set: bool = False) -> bool:
    """Whether to fetch an address is to ask another site, or something that is no site.

    Args:
        address: the address.
        is_set: whether it is a list of addresses, as in ``srcset``.
    """
    if is_set:
        return any(asks_elsewhere(each) for each in re.split(r"[\s,]+", address) if each)
    # To browsers, these are the same.
    plain = _BLANK.sub("", address).replace("\\", "/")
    return plain.startswith("//") or bool(scheme_of(plain))


def site_of(address: str) -> str:
    """The name of the site that an address leads to; the address itself where it has none."""
    try:
        name = urlsplit(_BLANK.sub("", address)).hostname
    except ValueError:
        name = None
    return name or address
