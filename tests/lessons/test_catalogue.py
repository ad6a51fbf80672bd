"""The catalogue: in the order of paths, narrowed by facets, under names that addresses can have."""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.model.records.registry import load_registry
from guildhall.model.settings.portal import Settings
from guildhall.network.lessons.catalogue import (
    ListedLesson,
    entries,
    facet_values,
    first_sentence,
    name_of,
)
from guildhall.network.lessons.outline import outline_of


def catalogue(root: Path, lessons: dict[str, str], **paths: str) -> tuple[ListedLesson, ...]:
    for key, more in lessons.items():
        home = root / "lessons" / key
        home.mkdir(parents=True)
        text = f"kind: lesson\ntitle: {key.title()}\nsummary: S.\n{more}"
        (home / "lesson.yml").write_text(text, encoding="utf-8")
    for key, steps in paths.items():
        text = f"kind: path\ntitle: {key}\nsummary: S.\naudience: learner\nsteps: {steps}\n"
        (root / "lessons" / f"{key}.yml").write_text(text, encoding="utf-8")
    registry = load_registry(root, Settings(sources=("lessons",)))
    assert registry.faults == ()
    return entries(registry, lambda lesson: outline_of(lesson, root))


def keys(found: tuple[ListedLesson, ...]) -> str:
    return " ".join(entry.lesson.key for entry in found)


def values(found: tuple[ListedLesson, ...], facet: str) -> list[tuple[str, str, int]]:
    return [(value.name, value.label, value.count) for value in facet_values(found, facet)]


def test_lessons_of_paths_come_first_in_the_order_of_steps(tmp_path: Path):
    found = catalogue(
        tmp_path,
        {"a": "", "b": "order: 2\n", "c": "order: 1\n", "d": "", "e": ""},
        first="[e, d]",
        second="[d, a]",
    )
    assert keys(found) == "e d a c b"


def test_archived_lessons_come_last_even_from_a_path(tmp_path: Path):
    found = catalogue(tmp_path, {"a": "status: archived\n", "b": ""}, way="[a, b]")
    assert keys(found) == "b a"


@pytest.mark.parametrize(
    ("minutes", "length"),
    [
        (1, "to-1-hour"),
        (60, "to-1-hour"),
        (61, "1-to-3-hours"),
        (180, "1-to-3-hours"),
        (181, "over-3-hours"),
    ],
)
def test_length_in_three_sizes(tmp_path: Path, minutes: int, length: str):
    (entry,) = catalogue(tmp_path, {"a": f"teaching: {minutes}\n"})
    assert entry.values["length"] == (length,)


def test_a_lesson_of_unknown_length_has_no_size(tmp_path: Path):
    (entry,) = catalogue(tmp_path, {"a": ""})
    assert entry.minutes is None
    assert entry.values["length"] == ()


def test_a_record_with_an_address_only_has_no_pages(tmp_path: Path):
    (entry,) = catalogue(tmp_path, {"a": "url: https://example.org/\n"})
    assert not entry.has_pages


def test_levels_keep_their_order_and_topics_go_by_number(tmp_path: Path):
    found = catalogue(
        tmp_path,
        {
            "a": "level: advanced\ntopics: [Git]\n",
            "b": "level: beginner\ntopics: [Python]\n",
            "c": "level: beginner\ntopics: [Python, Git, Data]\n",
            "d": "topics: [Python]\n",
        },
    )
    assert [name for name, _, _ in values(found, "level")] == ["beginner", "advanced"]
    assert values(found, "topic") == [
        ("python", "Python", 3),
        ("git", "Git", 2),
        ("data", "Data", 1),
    ]


def test_a_topic_written_in_two_ways_is_one(tmp_path: Path):
    found = catalogue(tmp_path, {"a": "topics: [Version control, version-control]\n"})
    assert values(found, "topic") == [("version-control", "Version control", 1)]


def test_names_of_topics_tell_apart_what_signs_do():
    assert [name_of(each) for each in ("C", "C++", "C#", "R & D")] == [
        "c",
        "c-plus-plus",
        "c-sharp",
        "r-and-d",
    ]


@pytest.mark.parametrize("label", ["???", "../x", "a/b", "."])
def test_a_name_is_never_empty_nor_a_folder(label: str):
    name = name_of(label)
    assert name
    assert "/" not in name
    assert "." not in name


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One. Two.", "One."),
        ("With git 2.40 e.g. at work.\nMore.", "With git 2.40 e.g. at work."),
        ("No stop", "No stop"),
        ("First\nline? Yes.\n\nSecond.", "First line?"),
    ],
)
def test_the_first_sentence(text: str, sentence: str):
    assert first_sentence(text) == sentence
