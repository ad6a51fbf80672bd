"""Files that can't be pages, pages that programs stumble over, and a memory that is broken.

Each is a finding at its place, told once, or heals by itself; no build fails or goes on for ever.
"""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from .. import commands
from ..portals import Portal

TODAY = {"GUILDHALL_TODAY": "2027-01-15"}
LONG = "ö" * 116
FILES = {
    "conf/conf.py": (
        "import pathlib, sys\nsys.path.insert(0, str(pathlib.Path(__file__).parent))\n"
        'extensions = ["guildhall", "stumbling"]\n'
    ),
    "conf/stumbling.py": (
        "from docutils import nodes\n"
        "from docutils.parsers.rst import Directive\n"
        "from sphinx.transforms.post_transforms import SphinxPostTransform\n\n"
        "class fragile(nodes.General, nodes.Element):\n    pass\n\n"
        "class Reading(Directive):\n    def run(self):\n        return [][0]\n\n"
        "class Writing(Directive):\n    def run(self):\n        return [fragile()]\n\n"
        "class Resolving(Directive):\n    def run(self):\n        return [nodes.comment()]\n\n"
        "class Resolve(SphinxPostTransform):\n    default_priority = 500\n"
        "    def run(self):\n        for node in self.document.findall(nodes.comment):\n"
        "            raise ValueError(f'no way with {node.tagname}')\n\n"
        "def role(name, rawtext, text, lineno, inliner, options=None, content=()):\n"
        "    return 1 / 0\n\n"
        "def visit(translator, node):\n    raise TypeError('no such paper')\n\n"
        "def setup(app):\n"
        "    app.add_node(fragile, html=(visit, None))\n"
        "    app.add_directive('reading', Reading)\n"
        "    app.add_directive('writing', Writing)\n"
        "    app.add_directive('resolving', Resolving)\n"
        "    app.add_role('dividing', role)\n"
        "    app.add_post_transform(Resolve)\n"
        "    return {'parallel_read_safe': True, 'parallel_write_safe': True}\n"
    ),
    "conf/portal.yml": "title: Odd\nsources: [pages, lessons]\n",
    "index.md": (
        "# Home\n\n```{toctree}\npages/index\nlessons/one/index\nlessons/two/index\n```\n"
    ),
    "pages/index.md": "# Pages\n\n```{toctree}\n:glob:\n\n*\n```\n",
    "pages/reading.md": "# Reading\n\nText.\n\n```{reading}\n```\n",
    "pages/nested.rst": "Nested\n======\n\n.. note::\n\n   .. reading::\n",
    "pages/dividing.rst": "Dividing\n========\n\n.. note::\n\n   A :dividing:`zero`.\n",
    "pages/writing.md": "# Writing\n\nText.\n\n```{writing}\n```\n",
    "pages/resolving.md": "# Resolving\n\n```{resolving}\n```\n",
    "pages/circle.md": "# Circle\n\n```{toctree}\nround\n```\n",
    "pages/round.md": "# Round\n\nText.\n\n```{toctree}\ncircle\n```\n",
    "pages/C.md": "# Large\n",
    "pages/c.md": "# Small\n",
    "pages/b.md": "# Markdown\n",
    "pages/b.rst": "reST\n====\n",
    "lessons/one/lesson.yml": "kind: lesson\ntitle: One\nsummary: The first.\n",
    "lessons/one/index.md": "# One\n\n```{toctree}\ntab\ntwin\n```\n",
    "lessons/one/tab.md": "# Tab\n\nText.\n\n````{tab} First\nText.\n````\n",
    "lessons/one/twin.ipynb": (
        '{"cells": [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# Twin"]}], '
        '"metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    ),
    "lessons/one/twin.md": "# Twin\n",
    "lessons/two/lesson.yml": "kind: lesson\ntitle: Two\nsummary: The second.\n",
    "lessons/two/part.md": "# Part\n",
    f"pages/{LONG}.md": "# Long\n",
}
STUMBLES = "can't be read"
TOLD = {
    ("lessons/one/tab.md", 5): "`tab` is outside `tabs`; put it inside one",
    ("lessons/one/twin.md", 1): "twin.ipynb is the same page, and is shown; rename one of the two",
    ("lessons/two/loop", 1): "the link leads back to a folder that contains it; remove it",
    ("lessons/two/pipe.md", 1): "found a pipe, expected a file; it is left out",
    ("pages/away.md", 1): "the link leads out of the portal; the page is left out",
    ("pages/b.rst", 1): "b.md is the same page, and is shown; rename one of the two",
    ("pages/c.md", 1): "C.md differs only in case, so that one of the two pages is lost",
    ("pages/caf\\xe9.md", 1): "the name isn't UTF-8; rename it",
    ("pages/dividing.rst", 6): "the role `dividing` can't be read (ZeroDivisionError: division by",
    ("pages/elsewhere", 1): "the link leads out of the portal; its pages are left out",
    ("pages/loop", 1): "the link leads back to a folder that contains it; remove it",
    ("pages/loops/a/b", 1): "the link leads back to a folder that contains it; remove it",
    ("pages/loops/b/a", 1): "the link leads back to a folder that contains it; remove it",
    ("pages/nested.rst", 6): "the directive `reading` can't be read (IndexError: list index out of",
    ("pages/nothing.md", 1): "the link is broken; it is left out",
    ("pages/pipe.md", 1): "found a pipe, expected a file; it is left out",
    ("pages/reading.md", 5): "the directive `reading` can't be read (IndexError: list index out of",
    ("pages/resolving.md", 3): "the page can't be shown (ValueError: no way with comment)",
    ("pages/round.md", 5): "tables of contents form a circle: `pages/circle` lists `pages",
    ("pages/socket.md", 1): "found a socket, expected a file; it is left out",
    ("pages/writing.md", 5): "the page can't be shown (TypeError: no such paper)",
    (f"pages/{LONG}.md", 1): "the name has 232 bytes, expected 230 at most; give a shorter one",
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    """A portal with everything in it that may lie among files."""
    root = tmp_path_factory.mktemp("odd")
    portal = Portal(root / "portal")
    portal.write(FILES)
    elsewhere = root / "elsewhere"
    (elsewhere / "deep").mkdir(parents=True)
    (elsewhere / "deep/page.md").write_text("# Elsewhere\n")
    pages, lesson = portal.root / "pages", portal.root / "lessons/two"
    for folder in (pages, lesson):
        os.mkfifo(folder / "pipe.md")
        (folder / "loop").symlink_to("..")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(pages)
        listening.bind("socket.md")
        os.chdir(here)
    (pages / "away.md").symlink_to(elsewhere / "deep/page.md")
    (pages / "elsewhere").symlink_to(elsewhere)
    (pages / "nothing.md").symlink_to("nowhere.md")
    (pages / "loops/a").mkdir(parents=True)
    (pages / "loops/b").mkdir()
    (pages / "loops/a/b").symlink_to("../b")
    (pages / "loops/b/a").symlink_to("../a")
    Path(os.fsdecode(os.fsencode(pages) + b"/caf\xe9.md")).write_text("# Coffee\n")
    return portal


def run(portal: Portal, *command: str) -> CompletedProcess[str]:
    return commands.run(*command, cwd=portal.root, env={**os.environ, **TODAY}, timeout=60)


def told(text: str, root: Path) -> list[tuple[tuple[str, int], str]]:
    """Place and words of each message, without those that the portal isn't made for."""
    found = re.findall(r"^(?P<path>[^\n:]+):(?P<line>\d+)(?::\d+)?: (?P<text>[^\n]*)$", text, re.M)
    return sorted(
        ((path.replace(f"{root}/", ""), int(line)), words.removeprefix("WARNING: "))
        for path, line, words in found
        if "isn't included in any toctree" not in words
    )


def assert_all_is_told_once(found: list[tuple[tuple[str, int], str]]) -> None:
    assert {place for place, _ in found} ^ TOLD.keys() == set()
    assert len(found) == len(TOLD)
    for place, words in found:
        assert words.startswith(TOLD[place]), (place, words)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_sphinx_build_tells_each_once_at_its_place(odd: Portal, tmp_path: Path, jobs: str):
    options = ("-q", "--no-color", "-j", jobs, "-c", "conf")
    built = run(odd, "sphinx", *options, ".", str(tmp_path / "out"))
    assert "Traceback" not in built.stderr
    assert built.returncode == 0
    assert_all_is_told_once(told(built.stderr, odd.root))
    page = (tmp_path / "out/pages/reading.html").read_text()
    assert "This page can't be shown" in page.replace("’", "'").replace("&#39;", "'")


@pytest.mark.parametrize("command", ["build", "check"])
def test_the_command_tells_each_once_at_its_place(odd: Portal, command: str):
    options = ("--offline",) if command == "check" else ()
    built = run(odd, "guildhall.cli.main", command, *options)
    assert built.returncode == 1
    assert "Traceback" not in built.stderr
    text = built.stderr if command == "build" else built.stdout.replace("error: ", "")
    kind = r"\[guildhall\.|\[record\."
    lines = (line for line in text.splitlines() if re.search(kind, line))
    assert_all_is_told_once(told("\n".join(lines), odd.root))


SMALL = {
    "conf/conf.py": (
        "import pathlib\n"
        'extensions = ["guildhall"]\n\n'
        "def vanish(app, env, docnames):\n"
        "    gone = pathlib.Path(app.confdir, 'gone')\n"
        "    if gone.exists():\n"
        "        pathlib.Path(app.srcdir, gone.read_text()).unlink(missing_ok=True)\n\n"
        "def setup(app):\n    app.connect('env-before-read-docs', vanish)\n"
    ),
    "conf/portal.yml": "title: Small\nsources: [pages]\n",
    "index.md": "# Home\n\n```{toctree}\n:glob:\n\npages/*\n```\n",
    "pages/one.md": "(first)=\n# One\n\nSee {ref}`second`.\n",
    "pages/two.md": "(second)=\n# Two\n\nSee {doc}`one` and {ref}`first`.\n",
}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_page_that_vanishes_is_told_and_forgotten(tmp_path: Path, jobs: str):
    portal = Portal(tmp_path / "portal")
    portal.write({**SMALL, "pages/three.md": "# Three\n", "conf/gone": "pages/three.md"})
    first = portal.build("-j", jobs)
    assert first.code == 0
    (line,) = first.warnings.splitlines()
    assert "three.md:1: WARNING: the page disappeared during the build; build again" in line
    again = portal.build("-j", jobs)
    assert (again.code, again.warnings) == (0, "")


BREAKS = {
    "emptied": lambda path: path.write_bytes(b""),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:-20]),
    "garbled": lambda path: path.write_bytes(b"\x80\x04broken" * 20),
    "something else": lambda path: path.write_bytes(b"\x80\x04K\x01."),
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS)
def test_a_broken_memory_heals(tmp_path: Path, broken: Callable[[Path], object]):
    portal = Portal(tmp_path / "portal")
    portal.write(SMALL)
    first = portal.build()
    trees = first.folder.with_name(f"{first.folder.name}-trees")
    for path in sorted(trees.rglob("*")):
        if path.is_file() and path.name != "environment.pickle":
            broken(path)
    (first.folder / "pages/one.html").unlink()
    for name in ("_search/index.json", ".buildinfo"):
        (first.folder / name).write_text("nonsense")
    healed = portal.build()
    assert (healed.code, healed.warnings) == (0, "")
    assert healed.snapshot() == portal.build(out="clean").snapshot()
