"""The check of links beside its peers: ``python -m tests.bench.links``.

Prints which of the known faults each finds, and ratios of one run. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TypeVar

from tests.bench.links.measuring import (
    Checker,
    FailedError,
    asked_by,
    faults_of,
    speed_of,
    version_of,
)
from tests.bench.links.peers.all import PEERS
from tests.bench.links.server import HOSTS, link_server
from tests.bench.links.tables import askings, matrix, speeds
from tests.bench.links.tools import NotToBeHadError, Tools

_Measured = TypeVar("_Measured")


def main() -> None:
    """Measure, and print."""
    options = _options()
    folder = options.peers or Path(tempfile.gettempdir()) / "guildhall-bench-peers"
    folder.mkdir(parents=True, exist_ok=True)
    checkers = _checkers(Tools(folder.resolve(), install=not options.no_install), options.only)
    if options.faults:
        _say("", f"Known faults on a site of {options.faults} pages, found:", "")
        verdicts = _all(checkers, lambda each: faults_of(each, options.faults))
        _say(*matrix(verdicts))
        for each in checkers:
            if each.peer.crashes_on:
                _say(
                    f"  {each.peer.name} ends with a failure of its own at: {each.peer.crashes_on}"
                )
        if options.told:
            _say("", "Said of right pages:")
            for name, verdict in verdicts.items():
                _say(*(f"  {name}: {each.page}: {each.text!r}" for each in verdict.wrong))
    for number in options.pages:
        _say("", f"A site of {number} pages, no other host asked; ratios of one run:", "")
        measured = _all(checkers, partial(speed_of, pages=number))
        _say(*speeds(checkers, measured))
    if options.urls:
        _say("", f"{options.urls} addresses on {HOSTS} hosts of this machine; ratios:", "")
        with link_server() as server:
            asked = _all(checkers, lambda each: asked_by(each, server, options.urls))
        _say(*askings(checkers, asked))


def _all(
    checkers: Iterable[Checker], measure: Callable[[Checker], _Measured | None]
) -> dict[str, _Measured]:
    """What was measured of each checker that can be measured so, by name."""
    found = {}
    for checker in checkers:
        try:
            measured = measure(checker)
        except FailedError as error:
            _say(str(error))
            continue
        if measured is not None:
            found[checker.peer.name] = measured
    return found


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.links", description=__doc__)
    parser.add_argument("--faults", type=int, default=50, help="pages of the site with faults")
    parser.add_argument("--pages", type=int, nargs="*", default=[1000, 5000])
    parser.add_argument("--urls", type=int, default=2000)
    parser.add_argument("--peers", type=Path, help="where the peers are installed, and kept")
    parser.add_argument("--no-install", action="store_true", help="use what is installed")
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME")
    parser.add_argument("--told", action="store_true", help="print what is said of right pages")
    return parser.parse_args()


def _checkers(tools: Tools, only: Iterable[str]) -> list[Checker]:
    """The checkers that can be had; says of the others why not."""
    names = {name.casefold() for name in only}
    found = []
    for peer in PEERS:
        if names and peer.name.casefold() not in names:
            continue
        try:
            words = peer.find(tools)
        except NotToBeHadError as error:
            _say(f"{peer.name}: not to be had: {error}")
            continue
        found.append(Checker(peer, words, version_of(peer, words)))
        _say(f"{peer.name} {found[-1].version}")
    return found


def _say(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
