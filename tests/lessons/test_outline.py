"""The outline of a lesson: order, titles and minutes, from the record and from the pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.registry import load_registry
from guildhall.model.settings.portal import Settings
from guildhall.network.lessons.frontmatter import read_head
from guildhall.network.lessons.outline import Outline, outline_of, toctrees


def outline(tmp_path: Path, record: str, files: dict[str, str]) -> Outline:
    home = tmp_path / "lessons" / "git"
    for name, text in {"lesson.yml": record, **files}.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    registry = load_registry(tmp_path, Settings(sources=("lessons",)))
    assert registry.faults == ()
    (lesson,) = registry.of(Lesson)
    return outline_of(lesson, tmp_path)


RECORD = "kind: lesson\ntitle: Git\nsummary: About Git.\n"
PAGES = {"a.md": "# First\n", "b.rst": "Second\n======\n", "part/c.md": "# Third\n"}


def names(found: Outline) -> list[str]:
    return [page.docname.removeprefix("lessons/git/") for page in found.pages]


def test_without_a_list_and_an_index_the_names_of_files_give_the_order(tmp_path: Path):
    found = outline(tmp_path, RECORD, PAGES)
    assert names(found) == ["a", "b", "part/c"]
    assert [page.title for page in found.pages] == ["First", "Second", "Third"]
    assert found.minutes is None


def test_the_record_lists_the_episodes_and_their_minutes(tmp_path: Path):
    record = RECORD + (
        "episodes:\n  - {page: part/c, teaching: 20, exercises: 25}\n  - a\n"
        "  - {page: b, teaching: 60, optional: true}\n"
    )
    found = outline(tmp_path, record, PAGES)
    assert names(found) == ["part/c", "a", "b"]
    assert (found.teaching, found.exercises, found.minutes) == (20, 25, 45)
    assert found.unlisted == ()


def test_minutes_of_the_record_go_before_those_of_the_page(tmp_path: Path):
    files = {"a.md": "---\nteaching: 5\nexercises: 6\n---\n# A\n"}
    found = outline(tmp_path, RECORD + "episodes: [{page: a, teaching: 7}]\n", files)
    assert (found.teaching, found.exercises) == (7, 6)


def test_an_episode_without_a_page_is_told_with_the_nearest(tmp_path: Path):
    found = outline(tmp_path, RECORD + "episodes: [a, b, prat/c]\n", PAGES)
    (fault,) = found.faults
    assert (fault.line, fault.column) == (4, 18)
    assert fault.message == "the lesson has no page `prat/c`; did you mean `part/c`?"


def test_an_episode_listed_twice_is_told(tmp_path: Path):
    found = outline(tmp_path, RECORD + "episodes: [a, b, a]\n", PAGES)
    assert [fault.message for fault in found.faults] == ["the page `a` is listed twice"]
    assert names(found) == ["a", "b"]


def test_toctrees_give_the_order_and_captions_what_is_taught(tmp_path: Path):
    index = (
        "# Git\n\n```{toctree}\n:caption: Episodes\n\na\n/part/c\n```\n\n"
        ":::{toctree}\n---\ncaption: Optional episodes\n---\nThe second <b>\n:::\n\n"
        "```{toctree}\n:caption: Reference\n\nguide.md\nExercises <exercises>\n"
        "Elsewhere <https://example.org/>\nself\n```\n"
    )
    files = {**PAGES, "index.md": index, "guide.md": "# Guide\n", "exercises.md": "# Exercises\n"}
    found = outline(tmp_path, RECORD, {**files, "lost.md": "# Lost\n"})
    assert names(found) == ["a", "part/c", "b", "guide", "exercises"]
    assert [page.title for page in found.episodes] == ["First", "Third", "Second"]
    assert [page.optional for page in found.episodes] == [False, False, True]
    assert [page.title for page in found.unlisted] == ["Lost"]


def test_toctrees_of_restructured_text_and_of_parts_are_followed(tmp_path: Path):
    index = "Git\n===\n\n.. toctree::\n   :maxdepth: 1\n   :glob:\n\n   part/*\n\nEnd.\n"
    files = {"index.rst": index, "part/c.md": "# C\n\n```{toctree}\nd\n```\n", "part/d.md": "# D\n"}
    assert names(outline(tmp_path, RECORD, files)) == ["part/c", "part/d"]


def test_a_folder_below_the_record_can_hold_the_pages(tmp_path: Path):
    found = outline(tmp_path, RECORD + "source: {path: content}\n", {"content/a.md": "# A\n"})
    assert names(found) == ["a"]


def test_excluded_files_are_no_pages(tmp_path: Path):
    files = {**PAGES, "README.md": "# Read me\n", "code/notes.md": "# Notes\n", ".x/y.md": "# Y\n"}
    record = RECORD + "build: {exclude: [README*, code/*]}\n"
    assert names(outline(tmp_path, record, files)) == ["a", "b", "part/c"]


@pytest.mark.parametrize(
    ("name", "text", "title", "teaching"),
    [
        ("a.md", "---\nteaching: 15\n---\n\n# The *title* of `x`\n", "The title of x", 15),
        ("a.md", "```\n# no title\n```\n\n# Title\n", "Title", None),
        ("a.md", "No heading.\n", "a", None),
        ("a.md", "---\ntitle: Given\n---\n# Another\n", "Given", None),
        ("a.rst", ":teaching: 15\n\nTitle\n=====\n", "Title", 15),
        ("a.rst", "=====\nTitle\n=====\n", "Title", None),
        (
            "a.ipynb",
            json.dumps(
                {
                    "cells": [{"cell_type": "markdown", "source": ["# Title\n", "x"]}],
                    "metadata": {"teaching": 15},
                }
            ),
            "Title",
            15,
        ),
        ("a.ipynb", "not JSON", "a", None),
    ],
)
def test_head_of_a_page(tmp_path: Path, name: str, text: str, title: str, teaching: int | None):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    head = read_head(path)
    assert (head.title, head.front_matter.teaching) == (title, teaching)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "---\nfor_leaders: What it is,\n  and why.\n---\n# Title\n"),
        ("a.rst", ":teaching: 15\n:for_leaders: What it is, and why.\n\nTitle\n=====\n"),
        ("a.ipynb", '{"cells": [], "metadata": {"for_leaders": "What it is, and why."}}'),
    ],
)
def test_the_sentence_for_leaders(tmp_path: Path, name: str, text: str):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert read_head(path).front_matter.for_leaders == "What it is, and why."


def test_minutes_that_are_no_number_are_told_at_their_line(tmp_path: Path):
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: A\nteaching: 20 min\n---\n# A\n", encoding="utf-8")
    (fault,) = read_head(path).faults
    assert (fault.line, fault.column) == (3, 11)
    assert "found `20 min`, expected a whole number from 0" in fault.message


def test_broken_front_matter_is_left_to_the_parser_of_the_page(tmp_path: Path):
    path = tmp_path / "a.md"
    path.write_text("---\na: [\n---\n# A\n", encoding="utf-8")
    assert read_head(path).faults == ()


def test_a_toctree_in_text_is_read_with_its_caption():
    text = "x\n\n````{toctree}\n:caption: 'Two words'\n:maxdepth: 1\n\na\nB <b>\n````\n\nc\n"
    assert list(toctrees(text)) == [("Two words", ("a", "b"))]
