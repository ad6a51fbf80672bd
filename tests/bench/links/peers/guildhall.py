"""Guildhall itself, as people run it: ``guildhall check --site``."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.links.measure import Command
from tests.bench.links.peers.peer import Peer, Place
from tests.bench.links.seeds import BASE
from tests.bench.links.told import Told
from tests.bench.links.tools import Tools

_ROOT = Path(__file__).parents[4]


def _find(tools: Tools) -> list[str]:
    del tools
    return [str(Path(sys.executable).with_name("guildhall"))]


def _command(place: Place, *options: str) -> Command:
    portal = place.scratch / "portal"
    conf = portal / "conf"
    conf.mkdir(parents=True, exist_ok=True)
    (conf / "portal.yml").write_text(f"title: Bench\nbase_url: {BASE}\n", encoding="utf-8")
    (conf / "conf.py").write_text('extensions = ["guildhall"]\n', encoding="utf-8")
    (portal / "index.md").write_text("# Home\n", encoding="utf-8")
    words: tuple[str | Path, ...] = (
        "check",
        "--site",
        place.site.folder,
        "--format",
        "json",
        *options,
    )
    return Command([*place.words, *words], portal)


def _faults(place: Place) -> Command:
    return _command(place, "--offline")


def read(output: str, place: Place) -> Iterator[Told]:
    """What its report in JSON says; each finding once for each page that has it."""
    del place
    for finding in json.loads(output)["findings"]:
        text = f"{finding['message']} {finding['target']} {finding['rule']}"
        for page in dict.fromkeys((finding["path"], *finding["pages"])):
            yield Told(page, text, note=finding["level"] != "error")


def _asking(spacing: int) -> Callable[[Place], Command]:
    def command(place: Place) -> Command:
        words = ("-m", "tests.bench.links.peers.outside_of_guildhall", place.site.folder)
        cache = place.scratch / "links.json"
        return Command([sys.executable, *words, str(spacing), cache], _ROOT)

    return command


def read_outside(output: str) -> Iterator[str]:
    """The addresses that it says don't answer as they should, be it for certain or for now."""
    report = json.loads(output)
    yield from (*report["dead"], *report["soft"])


GUILDHALL = Peer(
    "Guildhall",
    "Python",
    _find,
    ("--version",),
    _faults,
    read,
    outside=_asking(100),
    read_outside=read_outside,
)
UNSPACED = Peer(
    "Guildhall, spacing 0",
    "Python",
    _find,
    ("--version",),
    None,
    read,
    outside=_asking(0),
    read_outside=read_outside,
)
"""The same without waiting between two requests to one host."""
