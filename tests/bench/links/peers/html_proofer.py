"""html-proofer (Debian): reads each file of HTML of a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.bench.links.measure import Command
from tests.bench.links.peers.peer import Peer, Place, inside
from tests.bench.links.seeds import HOST
from tests.bench.links.told import Told
from tests.bench.links.tools import Tools

_ALL = (
    *("--check-html", "--check-opengraph", "--check-favicon", "--check-img-http", "--check-sri"),
    *("--report-invalid-tags", "--report-missing-names", "--report-script-embeds"),
    *("--report-missing-doctype", "--report-eof-tags", "--report-mismatched-tags"),
)
_OWN = ("--url-swap", rf"https?\://{re.escape(HOST)}:")
_EXTERNAL = re.compile(r"External link (\S+) failed")


def _find(tools: Tools) -> list[str]:
    return tools.from_path("htmlproofer", "on Debian: apt-get install ruby-html-proofer")


def _command(place: Place, *options: str) -> Command:
    return Command([*place.words, ".", *options], place.site.root, together=True)


def _faults(place: Place) -> Command:
    return _command(place, "--disable-external", *_ALL, *_OWN)


def _speed(place: Place) -> Command:
    return _command(place, "--disable-external", *_OWN)


def _outside(place: Place) -> Command:
    return _command(place, "--check-external-hash", "--empty-alt-ignore")


def read(output: str, place: Place) -> Iterator[Told]:
    """What it printed of each file; it repeats itself, so each thing is taken once."""
    page, seen, text = "", set(), ""
    for line in (*output.splitlines(), "- "):
        if line.startswith(("- ", "  *  ")) and text:
            if (page, text) not in seen:
                seen.add((page, text))
                yield Told(page, text)
            text = ""
        if line.startswith("- "):
            page = inside(line[2:].strip(), place)
        elif line.startswith("  *  "):
            text = line[5:]
        elif text:
            text += f"\n{line}"


def read_outside(output: str) -> Iterator[str]:
    """The addresses that it says failed."""
    yield from _EXTERNAL.findall(output)


HTML_PROOFER = Peer(
    "html-proofer",
    "Ruby",
    _find,
    ("--version",),
    _faults,
    read,
    speed=_speed,
    outside=_outside,
    read_outside=read_outside,
)
