"""The head of a page, and what plays, moves or is long out of HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guildhall.check.content.view import OBSOLETE, View, is_hidden, words
from guildhall.check.site.fault import SiteFault
from guildhall.core.values.faults import quote

_SETTING = re.compile(r"\s*([a-z-]+)\s*=\s*([^,;\s]+)", re.IGNORECASE)
_SECONDS = re.compile(r"\s*([0-9]{1,9})")
_LONG_ENOUGH = 20 * 60 * 60
_LEAST_ZOOM = 2.0


def title(view: View) -> Iterator[SiteFault]:
    """One title that isn't empty."""
    titles = [node for node in view.all("title") if node.parent and node.parent.tag == "head"]
    if not titles:
        yield view.fault("pages.title", "the page has no `title`, expected one")
    elif not words(titles[0]):
        yield view.fault("pages.title", "the `title` of the page is empty, expected words")
    elif len(titles) > 1:
        message = f"found {len(titles)} elements `title`, expected one"
        yield view.fault("pages.title", message, words(titles[1]))


def metadata(view: View) -> Iterator[SiteFault]:
    """Pages that can't be zoomed, and pages that load anew after a while."""
    for node in view.all("meta"):
        attributes = node.attributes
        content = attributes.get("content") or ""
        if (attributes.get("name") or "").lower() == "viewport":
            chosen = {name.lower(): value for name, value in _SETTING.findall(content)}
            if chosen.get("user-scalable", "").lower() in {"no", "0"}:
                message = f"found `user-scalable={chosen['user-scalable']}`, expected none"
                yield view.fault("pages.zoom", message, content)
            elif _is_small(chosen.get("maximum-scale", "")):
                found = quote(f"maximum-scale={chosen['maximum-scale']}")
                yield view.fault("pages.zoom", f"found {found}, expected 2 or more", content)
        elif (attributes.get("http-equiv") or "").lower() == "refresh":
            match = _SECONDS.match(content)
            if match and 0 < int(match[1]) <= _LONG_ENOUGH:
                message = f"the page refreshes after {int(match[1])} seconds, expected 0 or never"
                yield view.fault("pages.refresh", message, content)


def _is_small(scale: str) -> bool:
    try:
        return 0 <= float(scale) < _LEAST_ZOOM
    except ValueError:
        return False


def media(view: View) -> Iterator[SiteFault]:
    """Sound that starts by itself, and videos without captions."""
    for node in view.all("audio", "video"):
        attributes = node.attributes
        if "muted" in attributes or is_hidden(node):
            continue
        source = node.css_first("source")
        address = attributes.get("src") or (source.attributes.get("src") if source else "") or ""
        if "autoplay" in attributes:
            message = f"{quote(address)} plays automatically, expected it to wait or to be `muted`"
            yield view.fault("pages.autoplay", message, address, target=address)
        if node.tag == "video" and address:
            kinds = {(track.attributes.get("kind") or "subtitles") for track in node.css("track")}
            if kinds.isdisjoint({"captions", "subtitles"}):
                message = f"the video {quote(address)} has no captions, expected a `track`"
                yield view.fault("pages.captions", message, address, target=address)


def obsolete(view: View) -> Iterator[SiteFault]:
    """Elements that HTML no longer has."""
    for tag in sorted(view.tags & OBSOLETE.keys()):
        for node in view.all(tag):
            message = f"found `{tag}`, which is obsolete in HTML; expected {OBSOLETE[tag]}"
            yield view.fault("pages.obsolete", message, words(node)[:60] or f"<{tag}")
