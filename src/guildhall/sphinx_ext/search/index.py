"""The files of the index, made from what all pages gave: the same files from the same pages.

A search loads ``index.json``, a file of words for each word that is looked for, the titles of what
it shows, and the texts of those pages for their snippets. So what it loads grows little with the
portal. A word that finds nothing is looked up by how it ends as well, since of a word with one
wrong letter either the beginning or the end is right.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import sub

from guildhall.sphinx_ext.search.content import Words
from guildhall.sphinx_ext.search.pages import Found

LARGEST = 16_000
"""Bytes, about, that a file of words has at most, where it can be cut."""

TITLES = 40
"""So many titles are in one file."""

EVERYWHERE = 200, 0.5
"""A word in more pages than so many, and in more than such a part of all, tells no pages apart."""

_LEAST_FOR_ENDINGS = 4


_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class _Forms:
    """The pages of each word, by where it stands there.

    Args:
        pages: the words of all pages, in the order of their numbers.
    """

    def __init__(self, pages: Iterable[Words]) -> None:
        self.titles: dict[str, list[int]] = defaultdict(list)
        self.headings: dict[str, list[int]] = defaultdict(list)
        self.often: dict[str, list[int]] = defaultdict(list)
        self.once: dict[str, list[int]] = defaultdict(list)
        self.lengths: list[int] = []
        self.everywhere: set[str] = set()
        for number, words in enumerate(pages):
            self.lengths.append(len(words.title))
            for places, some in zip(
                (self.titles, self.headings, self.often, self.once),
                (words.title, words.headings, words.often, words.once),
                strict=True,
            ):
                for word in some:
                    places[word].append(number)
        self.all = sorted({*self.titles, *self.headings, *self.often, *self.once})

    def leave_out(self) -> None:
        """Leave out the texts of words that stand nearly everywhere."""
        least, part = EVERYWHERE
        most = max(least, len(self.lengths) * part)
        for word in self.all:
            if self.count(word) > most:
                self.often.pop(word, None)
                self.once.pop(word, None)
                self.everywhere.add(word)

    def count(self, word: str) -> int:
        """In how many pages a word stands."""
        places = (self.titles, self.headings, self.often, self.once)
        return sum(len(each[word]) for each in places if word in each)

    def entry(self, word: str, stems: set[str]) -> str:
        """A word as the index has it: its stems, and its pages, each number less that before."""
        entry: list[object] = [" ".join(sorted(stems - {word}))]
        for place, listed in enumerate((self.titles, self.headings, self.often, self.once), 1):
            pages = listed.get(word)
            if pages is None:
                continue
            gaps = _gaps(pages)
            if place == 1:
                lengths = (self.lengths[page] for page in pages)
                gaps = [each for pair in zip(gaps, lengths, strict=True) for each in pair]
            entry += [[]] * (place - len(entry))
            entry.append(gaps)
        if word in self.everywhere:
            # In the place of texts, of which no page is told.
            entry += [[]] * (4 - len(entry))
            entry.append(0)
        return f"{_dump(word)}:{_dump(entry)}"


def files_of(
    found: Sequence[Found],
    words: Mapping[str, Words],
    stems: Mapping[str, set[str]],
    labels: Mapping[str, Mapping[str, str]],
    addresses: Mapping[str, str],
) -> dict[str, str]:
    """The files of the index, by their names.

    Args:
        found: the pages.
        words: the words of each.
        stems: the stems of each word.
        labels: what the values of groups are called.
        addresses: where each page is, below the top of the site.
    """
    pages = sorted(found, key=lambda page: (-page.group.weight, page.group, page.docname))
    forms = _Forms(words[page.docname] for page in pages)
    forms.leave_out()
    entries = {word: forms.entry(word, stems[word]) for word in forms.all}
    kin: dict[str, list[str]] = defaultdict(list)
    for word in forms.all:
        for stem in stems[word]:
            kin[stem].append(word)
    files: dict[str, str] = {}
    shards = list(_cut("", forms.all, {word: len(entry) for word, entry in entries.items()}))
    for prefix, some in shards:
        held = _with_kin(prefix, some, stems, kin)
        files[f"words-{_in_name(prefix)}.json"] = f"{{{','.join(entries[each] for each in held)}}}"
    endings = list(_endings(forms))
    for ending, some in endings:
        files[f"endings-{_in_name(ending)}.json"] = _dump(sorted(some))
    for number in range(0, len(pages), TITLES):
        part = pages[number : number + TITLES]
        files[f"titles-{number // TITLES}.json"] = _dump(_titles(part, addresses))
    groups = {name: {value: at for at, value in enumerate(of)} for name, of in labels.items()}
    index = {
        "groups": _groups(pages, groups),
        "labels": {name: list(of.values()) for name, of in labels.items()},
        "values": {name: list(of) for name, of in labels.items()},
        "titles": TITLES,
        "words": [prefix for prefix, _ in shards],
        "endings": [ending for ending, _ in endings],
    }
    digest = hashlib.sha256(repr((sorted(files.items()), index)).encode()).hexdigest()[:10]
    files["index.json"] = _dump({"version": digest, **index})
    return files


def _gaps(numbers: list[int]) -> list[int]:
    return list(map(sub, numbers, [0, *numbers]))


def _endings(forms: _Forms) -> Iterator[tuple[str, list[str]]]:
    """The words of each file of endings, by how they end; the endings are turned around."""
    turned = sorted(
        word[::-1]
        for word in forms.all
        if len(word) >= _LEAST_FOR_ENDINGS
        and word.isalpha()
        and (word in forms.titles or word in forms.headings or forms.count(word) > 1)
    )
    for ending, some in _cut("", turned, {word: len(word) + 3 for word in turned}):
        yield ending, [word[::-1] for word in some]


def _cut(
    prefix: str, names: Sequence[str], sizes: Mapping[str, int]
) -> Iterator[tuple[str, list[str]]]:
    """Cut a sorted list of words by one more letter, until each part is small enough."""
    if prefix and (len(names) == 1 or sum(sizes[name] for name in names) <= LARGEST):
        yield prefix, list(names)
        return
    parts: dict[str, list[str]] = {}
    for name in names:
        parts.setdefault(name[: len(prefix) + 1], []).append(name)
    for longer, some in parts.items():
        if longer == prefix:
            yield prefix, some
        else:
            yield from _cut(longer, some, sizes)


def _with_kin(
    prefix: str,
    words: Iterable[str],
    stems: Mapping[str, set[str]],
    kin: Mapping[str, list[str]],
) -> list[str]:
    """The words of a file, with other forms of them that begin otherwise than its words do."""
    found = set(words)
    for word in words:
        for stem in stems[word]:
            if not stem.startswith(prefix):
                found.update(kin[stem])
    return sorted(found)


def _in_name(prefix: str) -> str:
    """Letters as the name of a file has them."""
    return "".join(
        sign if sign.isascii() and sign.isalnum() else f"_{ord(sign):x}" for sign in prefix
    )


def _titles(pages: Sequence[Found], addresses: Mapping[str, str]) -> dict[str, object]:
    trails = list(dict.fromkeys(page.trail for page in pages))
    return {
        "trails": trails,
        "pages": [
            [
                page.docname,
                addresses[page.docname],
                page.title,
                trails.index(page.trail),
                page.apart,
            ]
            for page in pages
        ],
    }


def _groups(pages: Sequence[Found], groups: Mapping[str, Mapping[str, int]]) -> list[list[int]]:
    """How many pages in turn are of each group, its weight, and its values as labels' numbers."""
    runs: list[list[int]] = []
    before = None
    for page in pages:
        group = page.group
        if group == before:
            runs[-1][0] += 1
            continue
        before = group
        values = (
            groups[name].get(getattr(group, name), -1)
            for name in ("area", "kind", "level", "language")
        )
        runs.append([1, group.weight, *values])
    return runs
