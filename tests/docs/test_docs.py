"""The documentation builds, and its tutorials and how-to guides do what they say."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from textwrap import dedent

import pytest

from tests.cli.test_build import guildhall

from .conftest import Built

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = {
    "announce-a-workshop": ("workshops/2027-05-04-testing-research-software", "Room 2.14"),
    "write-a-schedule": ("workshops/2027-10-28-autumn-school", "https://video.example.org/autumn"),
    "list-workshops": ("workshops/calendar", "March 2027"),
}
"""How-to guides to follow in the portal of the tutorial of workshops: a page, and what it shows."""

_BLOCK = re.compile(
    r"^(?P<indent> *)```\{code-block\} \w+\n(?P=indent):(?:caption|class): (?P<caption>\S+)\n\n"
    r"(?P<text>.*?)^(?P=indent)```$",
    re.DOTALL | re.MULTILINE,
)
_KEY = re.compile(r"^(?=\w+:)", re.MULTILINE)


def follow(page: str, root: Path) -> list[str]:
    """Write each file and run each command of a page; gives the captions and classes of its blocks.

    A caption is the path of a file. A class says what is shown: commands of which each ``works`` or
    ``fails``, or a part of the ``output`` of the last one. A record that is there is written anew
    by a block that begins with its kind; other blocks set keys of it. Such a record is checked
    each time.
    """
    output = ""
    done = []
    for block in _BLOCK.finditer((DOCS / f"{page}.md").read_text(encoding="utf-8")):
        caption, text = block["caption"], dedent(block["text"])
        done.append(caption)
        if caption in {"works", "fails"}:
            for line in text.splitlines():
                program, *arguments = shlex.split(line.removeprefix("$ "))
                assert program == "guildhall"
                result = guildhall(*arguments, cwd=root)
                output = result.stdout + result.stderr
                assert result.returncode == (0 if caption == "works" else 1), output
        elif caption == "output":
            assert text.strip() in output
        else:
            path = root / caption
            path.parent.mkdir(parents=True, exist_ok=True)
            sets_keys = path.suffix == ".yml" and path.exists() and not text.startswith("kind:")
            path.write_text(_set_keys(path, text) if sets_keys else text, encoding="utf-8")
            if sets_keys:
                result = guildhall("check", "--records", cwd=root)
                assert result.returncode == 0, result.stdout
    return done


def _set_keys(path: Path, text: str) -> str:
    """A record with some of its keys set, as somebody would do it by hand."""
    entries = _KEY.split(path.read_text(encoding="utf-8"))
    new = {entry.partition(":")[0] for entry in _KEY.split(text)}
    return "".join(entry for entry in entries if entry.partition(":")[0] not in new) + text


@pytest.fixture(scope="module")
def workshop_portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portal that the tutorial of workshops makes."""
    root = tmp_path_factory.mktemp("tutorial")
    done = follow("tutorial/first-workshop", root)
    assert (done.count("works"), done.count("fails"), done.count("output")) == (3, 1, 2)
    return root


def test_following_the_first_tutorial_word_for_word(tmp_path: Path):
    done = follow("tutorial/first-portal", tmp_path)
    assert (done.count("works"), done.count("fails"), done.count("output")) == (3, 1, 1)
    page = (tmp_path / "build/html/partners/in-kind/index.html").read_text(encoding="utf-8")
    assert "9–13" in page


def test_following_the_tutorial_of_workshops_word_for_word(workshop_portal: Path):
    site = workshop_portal / "build/html"
    page = (site / "workshops/2027-03-16-git-for-everybody.html").read_text(encoding="utf-8")
    assert "Your own project" in page
    assert "DTSTART;TZID=Europe/Oslo:20270316T090000" in (site / "calendars/all.ics").read_text(
        encoding="utf-8"
    )
    lesson = (site / "lessons/git-basics/index.html").read_text(encoding="utf-8")
    assert "Taught at" in lesson


@pytest.mark.parametrize("guide", GUIDES)
def test_following_a_how_to_guide_word_for_word(guide: str, workshop_portal: Path, tmp_path: Path):
    root = tmp_path / "portal"
    shutil.copytree(workshop_portal, root)
    follow(f"how-to/{guide}", root)
    page, text = GUIDES[guide]
    assert text in (root / "build/html" / f"{page}.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_documentation_builds_without_a_finding(built: Built):
    result, folder = built
    assert result.returncode == 0, result.stderr
    reference = (folder / "reference/records.html").read_text(encoding="utf-8")
    assert "an ISO 3166-1 alpha-2 country code" in reference
    assert "the id of a person" in reference
