"""Citations: the same facts as BibTeX, CITATION.cff and APA, whatever the texts hold."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from guildhall.network.lessons.citation import Author, Citation, plain, to_apa, to_bibtex, to_cff
from guildhall.network.lessons.jsonld import duration, to_script

ADA = Author("Lovelace", "Ada Augusta", orcid="0000-0002-1825-0097")
JEAN = Author("Wikfeldt", "Kjartan-Thor K.")
TEAM = Author(name="The R&D Team")


def citation(*authors: Author, **more: object) -> Citation:
    facts: dict[str, object] = {
        "key": "git",
        "title": "Git {and} 100 % of it",
        "authors": authors,
        "year": "2026",
        "released": date(2026, 11, 21),
        "publisher": "A portal",
        "version": "1.10",
        "doi": None,
        "url": "https://example.org/git",
        "licence": "CC-BY-4.0",
        "language": "en",
        "abstract": "About Git.",
        **more,
    }
    return Citation(**facts)  # type: ignore[arg-type]


def test_bibtex():
    assert to_bibtex(citation(ADA, TEAM)) == (
        "@misc{lovelace2026-git,\n"
        "  title = {{Git \\{and\\} 100 \\% of it}},\n"
        "  author = {Lovelace, Ada Augusta and {The R\\&D Team}},\n"
        "  year = {2026},\n"
        "  publisher = {A portal},\n"
        "  version = {1.10},\n"
        "  url = {https://example.org/git},\n"
        "  langid = {en},\n"
        "}"
    )


def test_apa():
    text = plain(to_apa(citation(ADA, JEAN, TEAM, doi="10.5281/zenodo.1")))
    assert text == (
        "Lovelace, A. A., Wikfeldt, K.-T. K., & The R&D Team. (2026). Git {and} 100 % of it "
        "(Version 1.10). A portal. https://doi.org/10.5281/zenodo.1"
    )


def test_apa_sets_the_title_in_italics():
    assert [text for text, italic in to_apa(citation(ADA)) if italic] == ["Git {and} 100 % of it"]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, "A0, B."),
        (2, "A0, B., & A1, B."),
        (20, ", A18, B., & A19, B."),
        (21, ", A18, B., . . . A20, B."),
    ],
)
def test_apa_with_many_authors(number: int, expected: str):
    authors = [Author(f"A{index}", "Bo") for index in range(number)]
    assert f"{expected} (2026)." in plain(to_apa(citation(*authors)))


def test_apa_without_a_year():
    assert "(n.d.)." in plain(to_apa(citation(ADA, year=None)))


def test_an_organisation_that_publishes_itself_is_named_once():
    text = plain(to_apa(citation(Author(name="A portal"))))
    assert text.count("A portal") == 1


def test_cff():
    data = yaml.safe_load(to_cff(citation(ADA, TEAM)))
    assert data["cff-version"] == "1.2.0"
    assert data["type"] in {"software", "dataset"}
    assert data["version"] == "1.10"
    assert data["date-released"] == "2026-11-21"
    assert data["license"] == "CC-BY-4.0"
    assert data["authors"] == [
        {
            "family-names": "Lovelace",
            "given-names": "Ada Augusta",
            "orcid": "https://orcid.org/0000-0002-1825-0097",
        },
        {"name": "The R&D Team"},
    ]


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip)


@given(texts, texts, texts)
def test_braces_of_bibtex_balance_whatever_the_texts(title: str, family: str, publisher: str):
    text = to_bibtex(citation(Author(family, "A"), title=title, publisher=publisher))
    depth = 0
    for index, char in enumerate(text):
        if char in "{}" and (index == 0 or text[index - 1] != "\\"):
            depth += 1 if char == "{" else -1
            assert depth >= 0
    assert depth == 0


@given(texts, texts)
def test_cff_says_the_same_when_read_again(title: str, family: str):
    data = yaml.safe_load(to_cff(citation(Author(family, "A"), title=title)))
    assert data["title"] == title
    assert data["authors"][0]["family-names"] == family


@given(st.dictionaries(texts, texts))
def test_linked_data_can_not_end_its_element(data: dict[str, str]):
    import json

    script = to_script(data)
    assert "<" not in script
    assert ">" not in script
    assert json.loads(script) == data


@pytest.mark.parametrize(
    ("minutes", "expected"), [(0, "PT0M"), (5, "PT5M"), (60, "PT1H"), (95, "PT1H35M")]
)
def test_durations_are_those_of_iso_8601(minutes: int, expected: str):
    assert duration(minutes) == expected
