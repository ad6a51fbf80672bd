"""Names are compared letter by letter, and what is right is never told."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from guildhall.check.content.letters import distance
from guildhall.check.content.names import Known, NameIndex
from guildhall.check.content.reading import misspelt

LETTERS = st.text("abcdeø", min_size=0, max_size=7)
NAMES = (
    ("Radovan Bast", True),
    ("Bjørn Lindi", True),
    ("Matias Jääskeläinen", True),
    ("João M. da Silva", True),
    ("University of Iceland", False),
)


def _index() -> NameIndex:
    index = NameIndex()
    for name, is_person in NAMES:
        index._add(name, is_person)
    index._add_alone("CodeRefinery")
    index._add_alone("ENCCS")
    return index


INDEX = _index()


def _exact(one: str, other: str) -> int:
    """The distance by its definition, without a limit."""
    table = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for at in range(len(one) + 1):
        for to in range(len(other) + 1):
            if not at or not to:
                table[at][to] = at + to
                continue
            costs = [
                table[at - 1][to] + 1,
                table[at][to - 1] + 1,
                table[at - 1][to - 1] + (one[at - 1] != other[to - 1]),
            ]
            if at > 1 and to > 1 and one[at - 1] == other[to - 2] and one[at - 2] == other[to - 1]:
                costs.append(table[at - 2][to - 2] + 1)
            table[at][to] = min(costs)
    return table[-1][-1]


@given(LETTERS, LETTERS, st.integers(0, 3))
def test_the_distance_is_exact_up_to_its_limit(one: str, other: str, limit: int):
    assert distance(one, other, limit) == min(_exact(one, other), limit + 1)


_WORDS = (
    *("Radovan", "Bast", "Bjørn", "Lindi", "and", "of", "the", "University", "Anna", "will"),
    *("M.", "Iceland", "Norway", "CodeRefinery", "ENCCS", "da", "Silva", "João", ",", ".", "–"),
)
WORDS = st.lists(st.sampled_from(_WORDS), max_size=12)


@given(st.lists(st.sampled_from([name for name, _ in NAMES]), max_size=4), st.sampled_from(", ; ."))
def test_right_names_in_a_row_are_never_told(names: list[str], sign: str):
    assert list(misspelt(INDEX, f"{sign} and ".join(names))) == []


@given(WORDS)
def test_what_is_told_stands_in_the_text_and_is_not_what_is_right(words: list[str]):
    text = " ".join(words)
    for found in misspelt(INDEX, text):
        assert found.written in text
        assert found.written != found.right
        assert found.nth < text.count(found.written)


@given(st.sampled_from([name for name, is_person in NAMES if is_person]), st.data())
def test_one_letter_too_few_in_a_long_word_is_found(name: str, data: st.DataObject):
    words = name.split()
    long = [number for number, word in enumerate(words) if len(word) > 5]
    if not long:
        return
    number = data.draw(st.sampled_from(long))
    at = data.draw(st.integers(1, len(words[number]) - 1))
    wrong = words[number][:at] + words[number][at + 1 :]
    written = " ".join([*words[:number], wrong, *words[number + 1 :]])
    found = [(each.written, each.right) for each in misspelt(INDEX, f"With {written}, today.")]
    assert found == [(written, name)]


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str):
    list(misspelt(INDEX, text))


def test_letters_with_accents_of_their_own_are_the_same():
    decomposed = "Joa\u0303o M. da Silva and Matias Ja\u0308a\u0308skela\u0308inen"
    assert list(misspelt(INDEX, decomposed)) == []


def test_the_index_is_plain_data():
    copy = pickle.loads(pickle.dumps(INDEX))
    assert copy == INDEX
    assert all(isinstance(each, Known) for names in copy.by_word.values() for each in names)
