"""LinkChecker (PyPI): crawls a site's files."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from tests.bench.links.measure import Command
from tests.bench.links.peers.peer import Peer, Place, inside
from tests.bench.links.told import Told
from tests.bench.links.tools import Tools

_SETTINGS = """\
[checking]
# Its default of ten requests a second would measure nothing but waiting.
maxrequestspersecond=100000
localwebroot={root}/
[AnchorCheck]
"""


def _find(tools: Tools) -> list[str]:
    return tools.from_pypi("linkchecker==10.6.0", "linkchecker")


def _command(place: Place, *rest: str) -> Command:
    settings = place.scratch / "linkcheckerrc"
    settings.write_text(_SETTINGS.format(root=place.site.root), encoding="utf-8")
    words = ("-f", settings, "--no-status", "-o", "csv/utf-8")
    return Command([*place.words, *words, *rest], place.scratch)


def _faults(place: Place) -> Command:
    return _command(place, str(place.site.folder / "index.html"))


def _outside(place: Place) -> Command:
    return _command(place, "--check-extern", "--no-robots", str(place.site.folder / "index.html"))


def _rows(output: str) -> Iterator[dict[str, str]]:
    lines = [line for line in output.splitlines() if not line.startswith("# ")]
    yield from csv.DictReader(lines, delimiter=";")


def read(output: str, place: Place) -> Iterator[Told]:
    """What its table says is wrong; what it only warns of is a note."""
    for row in _rows(output):
        broken = row["valid"] == "False"
        if broken or row["warningstring"]:
            said = row["result"] if broken else row["warningstring"]
            page = inside(row["parentname"], place)
            yield Told(page, f"{row['urlname']} {row['url']} {said}", note=not broken)


def read_outside(output: str) -> Iterator[str]:
    """The addresses that its table says are wrong, or whose anchors it warns of."""
    for row in _rows(output):
        if row["valid"] == "False" or row["warningstring"].startswith("Anchor "):
            yield row["urlname"]


LINKCHECKER = Peer(
    "LinkChecker",
    "Python",
    _find,
    ("--version",),
    _faults,
    read,
    outside=_outside,
    read_outside=read_outside,
)
