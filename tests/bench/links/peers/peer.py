"""What all checkers have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.links.generate import Site
from tests.bench.links.measure import Command
from tests.bench.links.told import Told
from tests.bench.links.tools import Tools


@dataclass(frozen=True)
class Place:
    """Where a checker runs.

    Args:
        words: what starts it.
        site: the site that it is to check.
        address: where the host's root of that site is served, with a slash.
        scratch: a folder of its own, for settings.
    """

    words: list[str]
    site: Site
    address: str
    scratch: Path


@dataclass(frozen=True)
class Peer:
    """A checker.

    Args:
        name: what it is called.
        language: what it is written in.
        find: gets the words that start it.
        version: what prints its version, after those words.
        faults: the command that looks for as many faults as it can without asking other hosts;
            None where it only asks other hosts.
        read: what it said, given what it printed and where it ran.
        speed: the command that is timed, where another one is the faster way to do the same.
        outside: the command that asks other hosts; None where it only reads the site.
        read_outside: the addresses that it says are broken, given what it printed.
        crashes_on: the fault at which it ends with a failure of its own; its sites are without.
    """

    name: str
    language: str
    find: Callable[[Tools], list[str]]
    version: tuple[str, ...]
    faults: Callable[[Place], Command] | None
    read: Callable[[str, Place], Iterable[Told]]
    speed: Callable[[Place], Command] | None = None
    outside: Callable[[Place], Command] | None = None
    read_outside: Callable[[str], Iterable[str]] | None = None
    crashes_on: str = ""


def inside(path: str, place: Place) -> str:
    """The name of a file in the site, however a checker names it; empty where it is none."""
    marker = f"/{place.site.folder.name}/"
    before, found, name = f"/{path}".partition(marker)
    del before
    return name.partition("#")[0].partition("?")[0] if found else ""
