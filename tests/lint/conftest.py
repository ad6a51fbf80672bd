"""Lessons written by a test and checked as the command checks them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from guildhall.check.lint.addresses import addresses_of
from guildhall.check.lint.lesson import lint_lesson
from guildhall.check.run.advice import once_a_lesson
from guildhall.check.run.catalogue import all_rules
from guildhall.check.run.silences import Silencer
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.registry import load_registry
from guildhall.model.settings.portal import load_settings
from guildhall.network.lessons.outline import outline_of

RECORD = "kind: lesson\ntitle: A lesson\nsummary: About it.\n"
HEAD = "---\nteaching: 5\nobjectives: [a]\nquestions: [b]\nkeypoints: [c]\n---\n\n"
"""Front matter of an episode that lacks nothing."""

Lint = Callable[..., list[str]]


@pytest.fixture
def lint(tmp_path: Path) -> Lint:
    """Writes the files of the lesson ``a`` and tells what is wrong with them."""

    def write_and_lint(
        files: Mapping[str, str], record: str = "", *, settings: str = "", **others: str
    ) -> list[str]:
        written = {f"lessons/a/{name}": text for name, text in files.items()}
        written["lessons/a/lesson.yml"] = RECORD + record
        written["conf/portal.yml"] = f"title: Portal\n{settings}"
        for key, more in others.items():
            written[f"lessons/{key}/lesson.yml"] = RECORD + more
            written[f"lessons/{key}/first.md"] = HEAD + "# First\n"
        for name, text in written.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        portal, faults = load_settings(tmp_path)
        registry = load_registry(tmp_path, portal)
        assert not [*faults, *registry.faults]
        outlines = [outline_of(lesson, tmp_path) for lesson in registry.of(Lesson)]
        outline = next(each for each in outlines if each.lesson.key == "a")
        found = lint_lesson(outline, addresses=addresses_of(outlines, portal.base_url))
        silencer = Silencer(
            tmp_path,
            portal.checks,
            all_rules(),
            portal.today,
            [path.relative_to(tmp_path).as_posix() for path in outline.files],
            extensions=lambda path: outline.lesson.build.myst_extensions,
        )
        kept = silencer.judge(each.relative_to(tmp_path) for each in found).findings
        judged = once_a_lesson(kept, outlines, tmp_path)
        here = "lessons/a/"
        return [
            f"{each.location.removeprefix(here)}: {each.message} [{each.rule}]" for each in judged
        ]

    return write_and_lint


@pytest.fixture
def episode(lint: Lint) -> Callable[[str], list[str]]:
    """Checks the text of one Markdown episode; lines are counted from the text's first."""

    def check(text: str, record: str = "") -> list[str]:
        found = lint({"one.md": HEAD + "# One\n\n" + text}, record)
        skipped = (HEAD + "# One\n\n").count("\n")
        told = []
        for each in found:
            _, line, column, message = each.split(":", 3)
            told.append(f"{int(line) - skipped}:{column}:{message}")
        return told

    return check


METADATA = {"teaching": 5, "objectives": ["a"], "questions": ["b"], "keypoints": ["c"]}
"""The same for a notebook."""


def notebook(*cells: tuple[str, str]) -> str:
    """A notebook of cells, each with its type and source."""
    made = [
        {"cell_type": kind, "metadata": {}, "source": source.splitlines(keepends=True)}
        for kind, source in cells
    ]
    return json.dumps(
        {"cells": made, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}, indent=1
    )
