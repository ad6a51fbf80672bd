"""hyperlink (npm): reads a site from its files, and follows its links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.bench.links.measure import Command
from tests.bench.links.peers.peer import Peer, Place, inside
from tests.bench.links.seeds import HOST
from tests.bench.links.told import Told
from tests.bench.links.tools import Tools

_TEST = re.compile(r"^(not )?ok \d+ (.*)$")


def _find(tools: Tools) -> list[str]:
    return tools.from_npm("hyperlink", "5.0.4", "lib/cli.js", 14)


def _command(place: Place, *options: str) -> Command:
    site = place.site
    own = ("--root", str(site.root), "--canonicalroot", f"https://{HOST}/")
    words = (*own, "--recursive", *options)
    return Command([*place.words, *words, f"{site.folder.name}/index.html"], site.root)


def _faults(place: Place) -> Command:
    # It asks for hosts that pages name as hints, even so.
    skipped = ("--skip", "preconnect-check", "--skip", "dns-prefetch-check")
    return _command(place, "--internal", "--source-maps", *skipped)


def _outside(place: Place) -> Command:
    return _command(place)


def _failures(output: str) -> Iterator[list[str]]:
    """The lines of each test that failed (Test Anything Protocol, version 13)."""
    lines: list[str] | None = None
    for line in output.splitlines():
        test = _TEST.match(line)
        if test or line.startswith("#"):
            if lines:
                yield lines
            lines = [test[2]] if test and test[1] else None
        elif lines is not None:
            lines.append(line)
    if lines:
        yield lines


def read(output: str, place: Place) -> Iterator[Told]:
    """What its tests say failed, once for each page that is named."""
    for lines in _failures(output):
        text = "\n".join(lines)
        at = text.rpartition("\n    at: ")[2] if "\n    at: " in text else ""
        pages = {inside(line.strip().split(" ")[0], place) for line in at.splitlines()[:20]}
        named = {re.sub(r":\d+(:\d+)?$", "", page) for page in pages if page}
        for page in sorted(named) or [""]:
            yield Told(page, text)


def read_outside(output: str) -> Iterator[str]:
    """The addresses whose tests failed; that they have moved is no failure."""
    for lines in _failures(output):
        operator, _, address = lines[0].partition(" ")
        if operator in {"external-check", "load"}:
            yield address
        elif operator == "fragment-check":
            page, _, fragment = address.partition(" --> ")
            del page
            yield fragment


HYPERLINK = Peer(
    "hyperlink",
    "Node",
    _find,
    ("--version",),
    _faults,
    read,
    outside=_outside,
    read_outside=read_outside,
    crashes_on="malformed",
)
