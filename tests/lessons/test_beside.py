"""Files beside a lesson: read where the record is silent, and never in its way."""

from __future__ import annotations

from pathlib import Path

from guildhall.model.records.beside import read_beside
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.registry import load_registry
from guildhall.model.settings.portal import Settings

CFF = """\
cff-version: 1.2.0
type: data
title: "Git - CodeRefinery lesson"
abstract: "All about Git."
version: "2026-03-30"
date-released: "2025-03-19"
license: "CC-BY-4.0"
repository-code: "https://github.com/o/git"
authors:
- name: "CodeRefinery"
- family-names: "Lovelace"
  given-names: "Ada"
  orcid: "https://orcid.org/0000-0002-1825-0097"
"""
METADATA = """\
title: "Git for teams"
version: "2026-08-07"
doi: "10.5281/zenodo.8280234"
keywords:
- ""
- ""
educationalLevel: "Beginner"
inLanguage: "en-UK"
teaches: ""
"""


def test_citation_file(tmp_path: Path):
    (tmp_path / "CITATION.cff").write_text(CFF, encoding="utf-8")
    found = read_beside([tmp_path])
    assert found.values == {
        "title": "Git",
        "summary": "All about Git.",
        "version": "2026-03-30",
        "released": "2025-03-19",
        "licence": "CC-BY-4.0",
        "repository": "https://github.com/o/git",
        "contributors": [
            {"name": "CodeRefinery", "is_organisation": "true"},
            {
                "family_names": "Lovelace",
                "given_names": "Ada",
                "orcid": "https://orcid.org/0000-0002-1825-0097",
            },
        ],
    }
    assert [(note.line, note.column, note.message) for note in found.notes] == [
        (2, 7, "`type`: found `data`, expected `software` or `dataset`"),
        (6, 16, "`version` is 2026-03-30, `date-released` is 2025-03-19"),
    ]


def test_the_file_that_lessons_make_the_other_from_goes_first(tmp_path: Path):
    (tmp_path / "CITATION.cff").write_text(CFF, encoding="utf-8")
    (tmp_path / "metadata.yml").write_text(METADATA, encoding="utf-8")
    found = read_beside([tmp_path])
    assert found.values["title"] == "Git for teams"
    assert found.values["released"] == "2026-08-07"
    assert found.values["licence"] == "CC-BY-4.0"
    assert found.values["level"] == "beginner"
    assert "language" not in found.values
    told = [note.message for note in found.notes if Path(note.path).name == "metadata.yml"]
    assert told[0] == "`keywords` holds placeholders only"
    assert "did you mean `en-GB`?" in told[1]


def test_an_unreadable_file_is_one_note(tmp_path: Path):
    (tmp_path / "CITATION.cff").write_text("a: [", encoding="utf-8")
    found = read_beside([tmp_path])
    assert found.values == {}
    assert len(found.notes) == 1


def test_the_record_is_silent_where_the_file_speaks(tmp_path: Path):
    home = tmp_path / "lessons" / "git"
    home.mkdir(parents=True)
    (home / "CITATION.cff").write_text(CFF, encoding="utf-8")
    (home / "lesson.yml").write_text("kind: lesson\ntitle: My Git\n", encoding="utf-8")
    registry = load_registry(tmp_path, Settings(sources=("lessons",)))
    assert registry.faults == ()
    (lesson,) = registry.of(Lesson)
    assert (lesson.title, lesson.summary) == ("My Git", "All about Git.")
    assert lesson.contributors[1].orcid == "0000-0002-1825-0097"


def test_without_the_file_the_record_must_say_it(tmp_path: Path):
    home = tmp_path / "lessons" / "git"
    home.mkdir(parents=True)
    (home / "lesson.yml").write_text("kind: lesson\ntitle: My Git\n", encoding="utf-8")
    registry = load_registry(tmp_path, Settings(sources=("lessons",)))
    assert [fault.message for fault in registry.faults] == ["the key `summary` is missing"]
