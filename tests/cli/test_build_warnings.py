"""A build tells what is wrong with all pages, and reads none of them again for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .test_build import guildhall

LESSON = "kind: lesson\ntitle: {0}\nsummary: About {0}.\n"
FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": "title: Told\nsources: [lessons]\n",
    "index.md": "# Home\n\n```{toctree}\nlessons/a/index\n```\n",
    "lessons/a/lesson.yml": LESSON.format("A"),
    "lessons/a/index.md": "# A\n\n```{toctree}\nread\nresolved\ntwice\nfine\n```\n",
    "lessons/a/read.md": "# Read\n\n```{no-such}\n```\n",
    "lessons/a/resolved.md": "# Resolved\n\n{ref}`nowhere`, {doc}`nothing`\n",
    "lessons/a/twice.md": "# Twice\n\n(same)=\n## One\n\n{ref}`same`\n",
    "lessons/a/fine.md": "# Fine\n\n(same)=\n## Other\n\nText.\n",
    "lessons/a/alone.md": "# In no toctree\n",
}
FIRST = [
    "lessons/a/alone.md: document isn't included in any toctree [toc.not_included]",
    "lessons/a/read.md:3:5: Unknown directive type: 'no-such' [myst.directive_unknown]",
    "lessons/a/resolved.md:3:7: undefined label: 'nowhere' [ref.ref]",
    "lessons/a/resolved.md:3:23: unknown document: 'nothing' [ref.doc]",
]


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal that tests of this file edit, one after the other."""
    return write(tmp_path_factory.mktemp("told") / "portal")


def write(root: Path) -> Path:
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def told(portal: Path, *options: str) -> list[str]:
    result = guildhall("build", "-q", *options, cwd=portal)
    assert result.returncode == 1, result.stdout + result.stderr
    *lines, verdict = result.stderr.splitlines()
    assert verdict.endswith("No site written.")
    return [line for line in lines if "duplicate label" not in line]


def clean(portal: Path) -> list[str]:
    shutil.rmtree(portal / "clean", ignore_errors=True)
    shutil.rmtree(portal / ".guildhall", ignore_errors=True)
    return told(portal, "--output", "clean", "--jobs", "1")


def doctrees(portal: Path) -> dict[str, int]:
    folder = portal / "build/.guildhall/html-html/tried/doctrees"
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in folder.rglob("*.doctree")
    }


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_is_wrong_is_told_again_though_nothing_is_read_again(tmp_path: Path, jobs: str):
    portal = write(tmp_path / "portal")
    assert told(portal, "--fresh", "--jobs", jobs) == FIRST
    before = doctrees(portal)
    assert told(portal, "--jobs", jobs) == FIRST
    assert doctrees(portal) == before
    assert not (portal / "build/html").exists()


EDITS = [
    ("fine.md", "Text.", "Text, {ref}`nowhere`."),
    ("read.md", "{no-such}", "{note}"),
    ("fine.md", "(same)=\n", ""),
    ("fine.md", "Text", "{doc}`alone`, text"),
    ("index.md", "fine\n", "fine\nalone\n"),
    ("resolved.md", "{ref}`nowhere`", "{ref}`same`"),
    ("read.md", "# Read", "# Read\n\n{ref}`lost`"),
]


@pytest.mark.parametrize(("name", "old", "new"), EDITS)
def test_what_is_told_after_an_edit_is_what_a_clean_build_tells(
    portal: Path, name: str, old: str, new: str
):
    path = portal / "lessons/a" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    # Which of two pages has a label that both have depends on who of two processes was first.
    found = told(portal, "--jobs", "1")
    assert found == clean(portal)
    assert any("nothing" in line for line in found)


def test_a_page_that_is_gone_takes_what_was_told_of_it_along(portal: Path):
    (portal / "lessons/a/read.md").unlink()
    index = portal / "lessons/a/index.md"
    index.write_text(index.read_text(encoding="utf-8").replace("read\n", ""), encoding="utf-8")
    found = told(portal, "--jobs", "1")
    assert found == clean(portal)
    assert not any("read.md" in line for line in found)


def test_once_all_is_mended_the_site_is_written(portal: Path):
    # Whatever tests of this process did to the portal before, something is wrong with it.
    assert told(portal)
    names = ("read", "resolved", "twice", "fine", "alone")
    index = "# A\n\n```{toctree}\n" + "".join(f"{name}\n" for name in names) + "```\n"
    (portal / "lessons/a/index.md").write_text(index, encoding="utf-8")
    for name in names:
        (portal / f"lessons/a/{name}.md").write_text(f"# {name.title()}\n", encoding="utf-8")
    result = guildhall("build", "-q", cwd=portal)
    assert (result.returncode, result.stderr) == (0, "")
    assert (portal / "build/html/lessons/a/fine.html").is_file()
    assert not (portal / "build/.guildhall/html-html/tried").exists()
