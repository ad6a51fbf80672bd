"""A site of links to other hosts, and how what a checker said of them compares with the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from tests.bench.links.generate import Site
from tests.bench.links.pages import page_of
from tests.bench.links.seeds import BASE_PATH
from tests.bench.links.server import SORTS, Expected, Sort

PER_PAGE = 40
"""Addresses on each page."""


def make_outside_site(parent: Path, addresses: Iterable[str]) -> Site:
    """Write a site whose pages link to the addresses, and an index that links to the pages.

    Args:
        parent: an empty folder.
        addresses: the addresses.
    """
    root = parent / "www"
    folder = root / BASE_PATH.strip("/")
    folder.mkdir(parents=True)
    listed = list(addresses)
    names = []
    for start in range(0, len(listed), PER_PAGE):
        links = [
            f'<li><a href="{address}">Link {n}</a></li>'
            for n, address in enumerate(listed[start : start + PER_PAGE], start)
        ]
        names.append(f"p{start // PER_PAGE}.html")
        text = page_of(names[-1], f"Page {len(names)}", f"<ul>\n{chr(10).join(links)}\n</ul>")
        (folder / names[-1]).write_text(text, encoding="utf-8")
    items = "\n".join(f'<li><a href="{name}">Page {name}</a></li>' for name in names)
    index = page_of("index.html", "Home", f"<ul>\n{items}\n</ul>")
    (folder / "index.html").write_text(index, encoding="utf-8")
    return Site(root, folder, len(names) + 1)


@dataclass(frozen=True)
class Judged:
    """How what a checker holds to be dead compares with the truth.

    Args:
        dead: how many dead addresses it found.
        all_dead: how many there are.
        wrong: of how many addresses that are alive it says that they are dead, by sort.
        missed: how many dead ones it missed, by sort.
    """

    dead: int
    all_dead: int
    wrong: Mapping[str, int]
    missed: Mapping[str, int]


def judge(said: Iterable[str], addresses: Mapping[str, Sort]) -> Judged:
    """Hold what a checker says is dead against the truth.

    Args:
        said: the addresses, as it printed them.
        addresses: the truth.
    """
    known = {unquote(address): sort for address, sort in addresses.items()}
    bare = {address.partition("#")[0]: address for address in known}
    named = set()
    for each in said:
        address = unquote(each).rstrip("/")
        named.add(address if address in known else bare.get(address, ""))
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    dead = 0
    for address, sort in known.items():
        if sort.expected is Expected.DEAD:
            dead += address in named
            missed[sort.name] += address not in named
        elif sort.expected is Expected.ALIVE:
            wrong[sort.name] += address in named
    all_dead = sum(sort.expected is Expected.DEAD for sort in known.values())
    order = [sort.name for sort in SORTS]
    return Judged(dead, all_dead, _some(wrong, order), _some(missed, order))


def _some(counted: Mapping[str, int], order: list[str]) -> dict[str, int]:
    return {name: counted[name] for name in order if counted.get(name)}
