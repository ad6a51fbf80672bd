"""What a checker said, in one form for all of them, held against what is known to be wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from tests.bench.links.faults import FAULTS
from tests.bench.links.seeds import Seed


@dataclass(frozen=True)
class Told:
    """One thing that a checker said.

    Args:
        page: the file that it is about, relative to the site; empty where it said none.
        text: its message with the address, as it printed them.
        note: whether it is only a note or a warning, which fails nothing.
    """

    page: str
    text: str
    note: bool = False

    @property
    def plain(self) -> str:
        """The text without percent-encoding and capitals."""
        return unquote(self.text).casefold()


@dataclass(frozen=True)
class Verdict:
    """How what a checker said compares with what is wrong.

    Args:
        found: the names of the faults that it found.
        wrong: what it said of pages where nothing is wrong.
        besides: what it said of pages with a fault, but not of the fault.
    """

    found: frozenset[str]
    wrong: tuple[Told, ...]
    besides: tuple[Told, ...]


def compare(told: Iterable[Told], faults: Sequence[Seed] = FAULTS) -> Verdict:
    """Sort what a checker said."""
    by_place: dict[str, list[Seed]] = {}
    for seed in faults:
        for place in {f"faults/{seed.name}.html", *seed.places}:
            by_place.setdefault(place, []).append(seed)
    found: set[str] = set()
    wrong: list[Told] = []
    besides: list[Told] = []
    for each in told:
        seeds = by_place.get(each.page, [])
        here = {seed.name for seed in seeds if seed.token.casefold() in each.plain}
        found |= here
        if not seeds:
            wrong.append(each)
        elif not here:
            besides.append(each)
    return Verdict(frozenset(found), tuple(wrong), tuple(besides))
