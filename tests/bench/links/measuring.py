"""Runs the checkers one after the other, each on a site of its own, and keeps what came of it."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.links.generate import Site, make_site
from tests.bench.links.measure import Command, Ran, run
from tests.bench.links.outside import Judged, judge, make_outside_site
from tests.bench.links.peers.peer import Peer, Place
from tests.bench.links.server import Counted, LinkServer
from tests.bench.links.serving import served
from tests.bench.links.told import Verdict, compare

LONGEST = 600.0
"""Seconds after which a checker is stopped."""


class FailedError(Exception):
    """A checker ended with a failure of its own, so that what it printed can't be read."""


@dataclass(frozen=True)
class Checker:
    """A checker that is there.

    Args:
        peer: how it is run.
        words: what starts it.
        version: its version.
    """

    peer: Peer
    words: list[str]
    version: str


@dataclass(frozen=True)
class Speed:
    """How fast a checker was with a site.

    Args:
        ran: the run.
        pages: how many pages the site has.
    """

    ran: Ran
    pages: int


@dataclass(frozen=True)
class Asked:
    """How a checker asked other hosts.

    Args:
        ran: the run.
        counted: what the server was asked.
        judged: what it made of the answers.
    """

    ran: Ran
    counted: Counted
    judged: Judged


def version_of(peer: Peer, words: Sequence[str]) -> str:
    """The version that a checker prints."""
    said = subprocess.run(
        [*words, *peer.version], capture_output=True, text=True, timeout=60, check=False
    )
    found = re.search(r"\d+(\.\d+)+\S*", said.stdout + said.stderr)
    return found[0] if found else "unknown"


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that checkers which give up the rights of root can read too."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        scratch = folder / "scratch"
        scratch.mkdir()
        scratch.chmod(0o777)
        yield folder


@contextmanager
def _readable(peer: Peer, ran: Ran) -> Iterator[None]:
    """Says which checker failed, and with which words."""
    try:
        yield
    except (ValueError, KeyError, TypeError) as error:
        lines = ran.errors.strip().splitlines()
        raise FailedError(f"{peer.name} failed: {lines[-1] if lines else error}") from error


def faults_of(checker: Checker, pages: int) -> Verdict | None:
    """What a checker finds on a small site; None where it reads no sites."""
    peer = checker.peer
    if peer.faults is None:
        return None
    with _folder() as folder:
        site = make_site(folder, pages, without=peer.crashes_on)
        with served(site.root) as address:
            place = Place(checker.words, site, address, folder / "scratch")
            ran = run(peer.faults(place), LONGEST)
            with _readable(peer, ran):
                return compare(peer.read(ran.output, place))


def speed_of(checker: Checker, pages: int) -> Speed | None:
    """How fast a checker is with a site, without asking other hosts."""
    peer = checker.peer
    command = peer.speed or peer.faults
    if command is None:
        return None
    with _folder() as folder:
        site: Site = make_site(folder, pages, without=peer.crashes_on)
        place = Place(checker.words, site, "", folder / "scratch")
        ran = run(command(place), LONGEST)
        if ran.code is not None:
            with _readable(peer, ran):
                compare(peer.read(ran.output, place))
        return Speed(ran, site.pages)


def asked_by(checker: Checker, server: LinkServer, number: int) -> Asked | None:
    """How a checker asks the server for so many addresses."""
    peer = checker.peer
    if peer.outside is None or peer.read_outside is None:
        return None
    addresses = server.addresses(number)
    with _folder() as folder:
        site = make_outside_site(folder, addresses)
        place = Place(checker.words, site, "", folder / "scratch")
        command: Command = peer.outside(place)
        server.reset()
        ran = run(command, LONGEST)
        counted = server.counted()
        with _readable(peer, ran):
            return Asked(ran, counted, judge(peer.read_outside(ran.output), addresses))
