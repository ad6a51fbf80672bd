"""Addresses in style sheets, calendars, manifests of web apps and ``robots.txt``.

Sources: CSS Syntax Level 3; RFC 5545; RFC 7986; Web Application Manifest; RFC 9309.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from guildhall.check.site.elements import Kind
from guildhall.check.site.fault import SiteFault
from guildhall.check.site.page import Link, Page, decode
from guildhall.check.site.texts import in_style

_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(
    r"(URL|ATTACH|IMAGE|CONFERENCE|SOURCE|DESCRIPTION|COMMENT|LOCATION)"
    r"((?:;[A-Z0-9-]+=(?:\"[^\"\n]*\"|[^\":;\n]*))*):(.*)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\,;]+[^\s<>\"'\\,;.:!?)\]}]")
_SITEMAP = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*([^\s#]+)", re.IGNORECASE | re.MULTILINE)

Found = tuple[str, str, Kind]


def read_css(data: bytes, relative: str) -> Page:
    """The addresses of a style sheet."""
    addresses = (each for each in in_style(decode(data)) if each[:5].lower() != "data:")
    found = ((address, "css", Kind.RESOURCE) for address in addresses)
    return _page(relative, data, found)


def read_calendar(data: bytes, relative: str) -> Page:
    """The addresses of a calendar, in its texts too."""
    return _page(relative, data, _in_calendar(decode(data)))


def _in_calendar(text: str) -> Iterator[Found]:
    for line in _FOLD.sub("", text).splitlines():
        match = _LINE.match(line)
        if not match:
            continue
        name, parameters, value = match.groups()
        name = name.upper()
        if name in {"DESCRIPTION", "COMMENT", "LOCATION"}:
            plain = re.sub(r"\\([\\,;])", r"\1", re.sub(r"\\[nN]", "\n", value))
            for address in _ADDRESS.findall(plain):
                yield address, f"ics {name.lower()}", Kind.METADATA
        elif "BINARY" not in parameters.upper() and not value.upper().startswith("CID:"):
            yield value.strip(), f"ics {name.lower()}", Kind.METADATA


def read_robots(data: bytes, relative: str) -> Page:
    """The site maps that ``robots.txt`` names."""
    found = ((each, "robots sitemap", Kind.METADATA) for each in _SITEMAP.findall(decode(data)))
    return _page(relative, data, found)


def read_manifest(data: bytes, relative: str) -> Page:
    """The addresses of a web app's manifest."""
    try:
        manifest = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        message = f"the file can't be read: it is not valid JSON: {error}"
        fault = SiteFault(relative, "links.unreadable", message)
        return Page(path=relative, size=len(data), faults=(fault,))
    return _page(relative, data, _in_manifest(manifest))


def _in_manifest(manifest: Any) -> Iterator[Found]:
    if not isinstance(manifest, dict):
        return
    for key, kind in (("start_url", Kind.PAGE), ("scope", Kind.HINT)):
        if isinstance(manifest.get(key), str):
            yield manifest[key], f"manifest {key}", kind
    for key in ("icons", "screenshots"):
        for each in _mappings(manifest.get(key)):
            if isinstance(each.get("src"), str):
                yield each["src"], f"manifest {key}", Kind.RESOURCE
    for each in _mappings(manifest.get("shortcuts")):
        if isinstance(each.get("url"), str):
            yield each["url"], "manifest shortcuts", Kind.PAGE


def _mappings(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _page(relative: str, data: bytes, found: Iterable[Found]) -> Page:
    times: dict[Found, int] = {}
    for each in found:
        times[each] = times.get(each, 0) + 1
    links = tuple(Link(*each, count, 0) for each, count in times.items())
    return Page(path=relative, size=len(data), links=links)
