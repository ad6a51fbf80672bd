"""Warnings name files that exist, and pages without a heading have places of their own."""

from __future__ import annotations

import re

import pytest

from ..portals import Build, Portal

FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": "title: Places\nsources: [lessons]\n",
    "index.md": "# Home\n\n```{toctree}\nlessons/a/index\n```\n",
    "lessons/a/lesson.yml": (
        "kind: lesson\ntitle: A\nsummary: Places.\n"
        "build: {myst_extensions: [colon_fence, strikethrough]}\n"
    ),
    "lessons/a/index.md": "# A\n\nSee [it](bare.md).\n\n```{toctree}\nbare\nlisted\n```\n",
    "lessons/a/bare.md": "Only ~~words~~.\n",
    "lessons/a/listed.md": "# Listed\n\n```{literalinclude} code.py\n:lines: 5-9\n```\n",
    "lessons/a/code.py": "x = 1\n",
}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    portal = Portal(tmp_path_factory.mktemp("places") / "portal")
    portal.write(FILES)
    return portal


@pytest.fixture(scope="module")
def build(portal: Portal) -> Build:
    return portal.build()


def test_every_warning_names_a_file_that_exists(portal: Portal, build: Build):
    paths = re.findall(r"^(.+?):(?:\d+:)* WARNING", build.warnings, re.MULTILINE)
    assert len(paths) >= 2
    root = f"{portal.root}/"
    assert {path.removeprefix(root) for path in paths} <= FILES.keys()


def test_a_page_without_a_heading_has_a_place_on_the_page_of_all(build: Build):
    page = build.page("lessons/a/view/all.html")
    (link,) = [each for each in page.select("main a") if each.get_text() == "it"]
    assert page.find(id=link["href"].removeprefix("#")) is not None


def test_struck_text_is_no_fault_of_pages(portal: Portal, build: Build):
    assert "Strikethrough" not in build.warnings
    assert build.page("lessons/a/bare.html").find("s").get_text() == "words"
    other = portal.build(builder="text", out="text")
    assert "Strikethrough is currently only supported in HTML output" in other.warnings
