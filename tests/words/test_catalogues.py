"""Catalogues of words: complete, and of nothing that isn't used."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from tools import catalogues
from tools.catalogues import update, used_words

from guildhall.core import words
from guildhall.core.words import LOCALES, languages, word

PLACE = re.compile(r"\{\w*\}")
MARKUP = re.compile(r"<[^>]*>|&\w+;")
LANGUAGES = ("da", "fi", "is", "nb", "sv")


def catalogue(language: str) -> Catalog:
    with (LOCALES / f"{language}.po").open("rb") as file:
        return read_po(file)


def texts(language: str) -> dict[str, str]:
    """The words of a language by the English ones."""
    return {str(each.id): str(each.string) for each in catalogue(language) if each.id}


@pytest.fixture(scope="module")
def used() -> set[str]:
    return {str(each.id) for each in used_words() if each.id}


def test_there_are_catalogues_for_the_nordic_languages():
    assert languages() == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_is_used_is_in_it_and_no_other(language: str, used: set[str]):
    assert sorted(texts(language)) == sorted(used)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_untranslated_or_in_doubt(language: str):
    assert [text for text, translation in texts(language).items() if not translation.strip()] == []
    assert [each.id for each in catalogue(language) if each.id and each.fuzzy] == []
    assert list(catalogue(language).obsolete) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_for_values_are_those_of_the_english_words(language: str):
    for text, translation in texts(language).items():
        assert sorted(PLACE.findall(translation)) == sorted(PLACE.findall(text)), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_begins_and_ends_as_the_english_words_do(language: str):
    for text, translation in texts(language).items():
        assert translation == translation.strip(), text
        assert translation.startswith(", ") == text.startswith(", "), text
        assert translation.endswith((".", "?", "!")) == text.endswith((".", "?", "!")) or (
            text == "n.d."
        ), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_no_markup(language: str):
    assert [text for text in texts(language).values() if MARKUP.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_header_says_language_encoding_and_plurals(language: str):
    header = dict(catalogue(language).mime_headers)
    assert header["Language"] == language
    assert header["Content-Type"] == "text/plain; charset=utf-8"
    # In Icelandic 21 is as one, and 11 isn't.
    many = "n % 10 != 1 || n % 100 == 11" if language == "is" else "n != 1"
    assert header["Plural-Forms"] == f"nplurals=2; plural=({many});"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nb", "Oppgave"),
        ("nb-NO", "Oppgave"),
        ("no", "Oppgave"),
        ("no-NO", "Oppgave"),
        ("sv", "Övning"),
        ("sv-FI", "Övning"),
        ("da", "Øvelse"),
        ("fi", "Harjoitus"),
        ("is", "Æfing"),
        ("is-IS", "Æfing"),
    ],
)
def test_a_word_in_a_language(language: str, expected: str):
    assert word(language, "Exercise") == expected


@pytest.mark.parametrize("language", ["en", "en-GB", "tlh", "x", ""])
def test_a_language_without_a_catalogue_is_english(language: str):
    assert word(language, "Exercise") == "Exercise"


def test_a_word_without_a_translation_stands_as_it_is():
    assert word("nb", "Not a word of any page") == "Not a word of any page"


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of catalogues with a catalogue beside it and one beneath it."""
    folder = tmp_path / "locale"
    (folder / "below").mkdir(parents=True)
    for name in ("outside", "locale/inside", "locale/below/deep"):
        text = 'msgid "Exercise"\nmsgstr "Reached"\n'
        (tmp_path / f"{name}.po").write_text(text, encoding="utf-8")
    monkeypatch.setattr(words, "LOCALES", folder)
    words._catalogue.cache_clear()
    yield folder
    words._catalogue.cache_clear()


def test_a_language_tag_reaches_no_file_elsewhere(elsewhere: Path):
    assert word("inside", "Exercise") == "Reached"
    for tag in ("../outside", str(elsewhere.parent / "outside"), "below/deep", "../locale/inside"):
        assert word(tag, "Exercise") == "Exercise", tag
        assert word(f"{tag}-NO", "Exercise") == "Exercise", tag


CODE = """
from guildhall.core.words import word
first = word(language, "Plain")
second = f" {word(self.language, 'Within an f-string')} "
third = other.word("Not a word")
"""


def test_words_are_found_in_code_and_templates(tmp_path: Path):
    (tmp_path / "code.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "page.html").write_text(
        "<p title=\"{{ gh_word('Of a title') }}\">{{ word('Of a page') }}</p>", encoding="utf-8"
    )
    (tmp_path / "record.md.j2").write_text('## {{ word("Of a record") }}\n', encoding="utf-8")
    assert {each.id for each in used_words(tmp_path) if each.id} == {
        *("Plain", "Within an f-string", "Of a title", "Of a page", "Of a record"),
    }


def test_a_word_that_is_not_written_out_is_a_fault(tmp_path: Path):
    (tmp_path / "code.py").write_text("word(language, name)\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"code\.py:1: the word isn't written out in the call"):
        used_words(tmp_path)


def test_an_update_adds_drops_and_keeps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path)
    kept = shutil.copy(LOCALES / "nb.po", tmp_path)
    before = Path(kept).read_text(encoding="utf-8")
    changed = before.replace('msgid "Keypoints"', 'msgid "Left over"')
    Path(kept).write_text(changed, encoding="utf-8")
    assert update(["is"]) == [tmp_path / "is.po", tmp_path / "nb.po"]
    after = Path(kept).read_text(encoding="utf-8")
    assert "Left over" not in after
    assert 'msgid "Keypoints"\nmsgstr ""\n' in after
    assert 'msgid "Exercise"\nmsgstr "Oppgave"\n' in after
    new = (tmp_path / "is.po").read_text(encoding="utf-8")
    assert '"Language: is\\n"' in new
    assert 'msgid "Exercise"\nmsgstr ""\n' in new


def test_an_update_of_what_is_up_to_date_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path)
    for language in LANGUAGES:
        shutil.copy(LOCALES / f"{language}.po", tmp_path)
    update()
    for language in LANGUAGES:
        name = f"{language}.po"
        after = re.sub(r"Babel [\d.]+", "", (tmp_path / name).read_text(encoding="utf-8"))
        before = re.sub(r"Babel [\d.]+", "", (LOCALES / name).read_text(encoding="utf-8"))
        assert after == before
