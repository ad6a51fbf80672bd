"""Words of the search, and the weight of its index."""

from __future__ import annotations

import json
import random
from itertools import accumulate

import pytest

from guildhall.sphinx_ext.search.content import Words
from guildhall.sphinx_ext.search.index import files_of
from guildhall.sphinx_ext.search.pages import Found, Group
from guildhall.sphinx_ext.search.stems import stems_of
from guildhall.sphinx_ext.search.words import fold, split, stem


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Ålesund", "alesund"),
        ("Järvenpää", "jarvenpaa"),
        ("Tromsø", "tromso"),
        ("Æsir", "aesir"),
        ("Þórður", "thordur"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("Łódź", "lodz"),
        ("Αθήνα", "αθηνα"),
    ],
)
def test_words_are_found_without_their_marks(written: str, typed: str):
    (word,) = split(written)
    assert fold(word) == typed == fold(typed)


def test_a_text_is_split_at_whatever_is_no_letter_and_no_digit():
    assert split("git_log of a .gitignore: in-kind, C++, 2026!") == [
        *("git", "log", "of", "a", "gitignore", "in", "kind", "c", "2026")
    ]
    assert split("x" * 41) == []
    decomposed = "A\N{COMBINING RING ABOVE}lesund"
    assert split(decomposed) == ["ålesund"]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "conflicts", "conflicting"),
        ("en-GB", "reproducible", "reproducibility"),
        ("fi", "työpajat", "työpajoissa"),
        ("sv", "kurserna", "kurser"),
        ("nb", "samlingene", "samlinger"),
        ("no", "samlingene", "samlinger"),
        ("da", "kurserne", "kurser"),
        ("et", "kursused", "kursuse"),
    ],
)
def test_forms_of_a_word_share_their_stem_in_its_language(language: str, one: str, other: str):
    assert stem(language, one) == stem(language, other)


def test_a_word_of_a_language_without_stemmer_is_its_own_stem():
    assert stem("is", "námskeiðin") == "namskeidin"
    assert stem("tlh", "words") == "words"


def big_index(pages: int) -> dict[str, str]:
    """The files of the index of many pages, whose words are as frequent as those of a language."""
    rng = random.Random(1)
    parts = ["a", "ba", "con", "de", "fi", "ge", "ka", "lo", "mi", "na", "per", "sa", "ta", "ver"]
    vocabulary = sorted({"".join(rng.choices(parts, k=rng.randint(2, 5))) for _ in range(20_000)})
    rng.shuffle(vocabulary)
    often = list(accumulate(1 / (rank + 3) for rank in range(len(vocabulary))))
    found, words = [], {}
    for number in range(pages):
        drawn = list(dict.fromkeys(rng.choices(vocabulary, cum_weights=often, k=80)))
        name = f"lessons/lesson-{number // 12}/page-{number}"
        group = Group("episode", "lessons/index", "", "en", 100)
        trail = ("Lessons", f"A lesson of the number {number // 12}")
        found.append(Found(name, " ".join(drawn[:5]), "", trail, (), group))
        words[name] = Words(
            *(sorted(each) for each in (drawn[:5], drawn[5:25], drawn[25:35], drawn[35:]))
        )
    stems = stems_of(("en", each) for each in words.values())
    labels = {
        "area": {"lessons/index": "Lessons"},
        "kind": {"episode": "Episode"},
        "level": {},
        "language": {"en": "English"},
    }
    return files_of(found, words, stems, labels, {name: f"{name}.html" for name in words})


def test_what_a_search_loads_hardly_grows_with_the_portal():
    """The texts of the results come on top: those of eight pages."""
    weights = {name: len(text.encode()) for name, text in big_index(10_000).items()}
    heaviest = {
        kind: max(weight for name, weight in weights.items() if name.startswith(kind))
        for kind in ("index", "words-", "endings-", "titles-")
    }
    assert heaviest["index"] < 40_000
    assert heaviest["words-"] < 40_000
    assert heaviest["endings-"] < 20_000
    assert heaviest["titles-"] < 8_000


def test_a_word_of_most_texts_says_that_only_its_titles_and_headings_are_told():
    group = Group("page", "", "", "en", 100)
    names = [f"page-{number:03}" for number in range(300)]
    found = [Found(name, "Page", "", (), (), group) for name in names]
    words = {
        name: Words([], ["common"] if name < "page-003" else [], [], ["common"]) for name in names
    }
    words["page-299"] = Words([], [], [], ["rare"])
    labels = {"area": {}, "kind": {"page": "Page"}, "level": {}, "language": {"en": "English"}}
    files = files_of(
        found, words, {"common": set(), "rare": set()}, labels, dict.fromkeys(names, "")
    )
    (index,) = (json.loads(text) for name, text in files.items() if name.startswith("words-c"))
    assert index["common"] == ["", [], [0, 1, 1], [], 0]
    (index,) = (json.loads(text) for name, text in files.items() if name.startswith("words-r"))
    assert index["rare"] == ["", [], [], [], [299]]
