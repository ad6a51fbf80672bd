"""Images: their alternative texts, addresses and maps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from guildhall.check.content.view import Attributes, View, has_name, is_hidden, is_labelled
from guildhall.check.site.fault import SiteFault
from guildhall.core.values.faults import quote

_FILE = re.compile(r"[^\s]+\.(?:png|jpe?g|gif|webp|avif|bmp|svg|tiff?)", re.IGNORECASE)
_CAMERA = re.compile(r"(?:img|dsc[nf]?|screenshot|image|pict)[ _-]?[0-9]{2,}", re.IGNORECASE)
_OUTPUT = re.compile(r"_images/[0-9a-f]{64}(?:-[0-9a-f]+)*\.\w+$")
"""A picture that a cell of a notebook gave; MyST-NB names it by its digest."""
_NO_WORDS = frozenset(
    {"image", "img", "picture", "photo", "figure", "graphic", "alt", "alt text", "todo", "tbd"}
    | {"screenshot", "untitled", "bild", "bilde", "billede", "kuva", "kuvakaappaus", "skärmbild"}
)


def alternative_texts(view: View) -> Iterator[SiteFault]:
    """Images without alternative text, or with one that says nothing."""
    seen: Counter[str] = Counter()
    for node in view.all("img"):
        attributes = node.attributes
        address = attributes.get("src") or ""
        nth = seen[address]
        seen[address] += 1
        fault = _text_fault(attributes, address)
        if fault and not is_hidden(node):
            rule, message = fault
            yield view.fault(rule, message, address, nth, address)
    for node in view.all("area", "input"):
        attributes = node.attributes
        is_map = node.tag == "area" and "href" in attributes
        if not is_map and (attributes.get("type") or "").lower() != "image":
            continue
        if not (attributes.get("alt") or "").strip() and not is_labelled(attributes):
            address = attributes.get("href" if is_map else "src") or ""
            what = "part of an image map" if is_map else "button"
            message = f"the {what} {quote(address)} has no alternative text, expected `alt`"
            yield view.fault("image-alt", message, address, target=address)
    for node in view.all("object"):
        attributes = node.attributes
        if attributes.get("data") and not has_name(node, attributes) and not is_hidden(node):
            address = attributes.get("data") or ""
            message = f"{quote(address)} has no alternative text, expected it within `object`"
            yield view.fault("image-alt", message, address, target=address)
    for node, attributes in view.marked:
        if (attributes.get("role") or "").lower() == "img" and node.tag != "img":
            if has_name(node, attributes) or is_hidden(node):
                continue
            message = f"found `{node.tag}` as an image without a name, expected `aria-label`"
            yield view.fault("image-alt", message, attributes.get("id") or "")


def sources(view: View) -> Iterator[SiteFault]:
    """Images with nothing to show; those that a script can find by id or by `data-src` it fills."""
    seen: Counter[str] = Counter()
    for node in view.all("img"):
        attributes = node.attributes
        if "id" in attributes or any("src" in name for name in attributes):
            continue
        parent = node.parent
        if parent is not None and parent.tag == "picture" and parent.css_first("source[srcset]"):
            continue
        if is_hidden(node):
            continue
        html = node.html or ""
        message = f"found {quote(html)} without an address, expected `src`"
        yield view.fault("images.no-address", message, html, seen[html])
        seen[html] += 1


def maps(view: View) -> Iterator[SiteFault]:
    """Images whose map isn't there. Source: HTML, "parsing a hash-name reference"."""
    names: set[str | None] | None = None
    seen: Counter[str] = Counter()
    for node in view.all("img"):
        address = node.attributes.get("usemap")
        if address is None:
            continue
        if names is None:
            attributes = [each.attributes for each in view.tree.css("map")]
            names = {each.get(key) for each in attributes for key in ("id", "name")}
        _, hash_, name = address.partition("#")
        if hash_ and name in names:
            continue
        nth = seen[address]
        seen[address] += 1
        message = f"found the image map {quote(address)}, expected `#` and the name of a `map`"
        yield view.fault("images.map", message, address, nth, address)


def _text_fault(attributes: Attributes, address: str) -> tuple[str, str] | None:
    if is_labelled(attributes):
        return None
    shown = quote("an image in the page itself" if address.startswith("data:") else address)
    if "alt" not in attributes:
        if (attributes.get("role") or "").lower() in {"presentation", "none"}:
            return None
        expected = 'expected the attribute `alt`, or `alt=""` if it is decorative'
        return "image-alt", f"{shown} has no alternative text, {expected}"
    text = (attributes["alt"] or "").strip()
    if not text:
        return None
    if _FILE.fullmatch(text):
        # Builders put the file's address where the source has no text.
        given = _name(text) == _name(address) or "/" in text
        rule = "image-alt" if given else "images.alt-words"
        if given and _OUTPUT.search(address):
            expected = '`"mystnb": {"image": {"alt": "What it shows"}}` in the metadata of its cell'
            return rule, f"the image of an output has no alternative text, expected {expected}"
        return rule, f"{shown} has the file name {quote(text)} as alternative text, expected words"
    if text.casefold() in _NO_WORDS or _CAMERA.fullmatch(text):
        message = f"{shown} has the alternative text {quote(text)}, expected a description"
        return "images.alt-words", message
    return None


def _name(address: str) -> str:
    return unquote(address.partition("?")[0]).rpartition("/")[2].casefold()
