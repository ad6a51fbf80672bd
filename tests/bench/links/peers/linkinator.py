"""linkinator (npm): crawls a site that it serves by itself, or that is served to it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from tests.bench.links.measure import Command
from tests.bench.links.peers.peer import Peer, Place, inside
from tests.bench.links.seeds import HOST
from tests.bench.links.told import Told
from tests.bench.links.tools import Tools

_ALL = ("--recurse", "--check-css", "--check-fragments", "--format", "json")
_OTHERS = r"^https?://(?!localhost|127\.0\.0\.1)"
_OTHERS_BUT_OWN = rf"^https?://(?!localhost|127\.0\.0\.1|{re.escape(HOST)})"


def _find(tools: Tools) -> list[str]:
    return tools.from_npm("linkinator", "8.1.0", "build/src/cli.js", 22)


def _served(place: Place) -> Command:
    """With whole addresses of the site itself led to where it is served."""
    rewrite = ("--url-rewrite-search", f"https?://{HOST}/", "--url-rewrite-replace", place.address)
    start = f"{place.address}{place.site.folder.name}/"
    return Command([*place.words, start, *_ALL, *rewrite, "--skip", _OTHERS_BUT_OWN], place.scratch)


def _by_itself(place: Place) -> Command:
    folder = place.site.folder
    return Command([*place.words, folder.name, *_ALL, "--skip", _OTHERS], folder.parent)


def _outside(place: Place) -> Command:
    folder = place.site.folder
    retry = ("--retry", "--retry-errors", "--retry-errors-count", "1")
    return Command([*place.words, folder.name, *_ALL, *retry], folder.parent)


def read(output: str, place: Place) -> Iterator[Told]:
    """What its report in JSON says is broken."""
    for link in json.loads(output)["links"]:
        if link["state"] == "BROKEN":
            page = inside(link.get("parent") or link["url"], place)
            yield Told(page, f"{link['url']} {link.get('status')}")


def read_outside(output: str) -> Iterator[str]:
    """The addresses that its report says are broken."""
    for link in json.loads(output)["links"]:
        if link["state"] == "BROKEN":
            yield link["url"]


LINKINATOR = Peer(
    "linkinator",
    "Node",
    _find,
    ("--version",),
    _served,
    read,
    speed=_by_itself,
    outside=_outside,
    read_outside=read_outside,
)
