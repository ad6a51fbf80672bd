"""What pictures are called in a site: the same in whatever order pages are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.sphinx_ext.content.pictures import LONGEST_NAME, Pictures

from ..portals import Portal

PATHS = ("a/picture.svg", "b/picture.svg", "b/Picture.svg", "c/other.png", "c/ö.png")


def named(*notes: tuple[str, str]) -> dict[str, str]:
    pictures = Pictures()
    for docname, path in notes:
        pictures.add_file(docname, path)
    pictures.settle()
    return {path: name for path, (_, name) in pictures.items()}


def test_names_do_not_depend_on_the_order():
    notes = [(f"page-{path}", path) for path in PATHS]
    names = named(*notes)
    assert named(*reversed(notes)) == names
    assert len({name.casefold() for name in names.values()}) == len(PATHS)


def test_a_name_that_no_other_picture_has_is_kept():
    names = named(*((f"page-{path}", path) for path in PATHS))
    assert (names["c/other.png"], names["c/ö.png"]) == ("other.png", "ö.png")


def test_a_picture_gets_its_name_back_when_the_other_is_gone():
    pictures = Pictures()
    pictures.add_file("one", "a/picture.svg")
    pictures.add_file("two", "b/picture.svg")
    pictures.settle()
    assert pictures["a/picture.svg"][1] != "picture.svg"
    pictures.purge_doc("two")
    pictures.settle()
    assert pictures["a/picture.svg"] == ({"one"}, "picture.svg")


def test_a_picture_made_outside_is_named_by_what_it_holds(tmp_path: Path):
    for name in ("one", "two"):
        (tmp_path / name / "made").mkdir(parents=True)
        (tmp_path / name / "made/plot.png").write_bytes(b"the same")
    names = set()
    for name in ("one", "two"):
        pictures = Pictures(tmp_path / "portal")
        (tmp_path / "portal").mkdir(exist_ok=True)
        names.add(pictures.add_file("page", f"../{name}/made/plot.png"))
    assert len(names) == 1


def test_a_long_name_is_cut():
    (name,) = named(("page", f"a/{'ä' * 125}.png")).values()
    assert LONGEST_NAME < len(name.encode()) < LONGEST_NAME + 20
    assert name.endswith(".png")


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>{}</title></svg>\n'
WAITS = """
import time

extensions = ["guildhall"]

def wait(app, docname, source):
    if docname == {slow!r} and app.parallel > 1:
        time.sleep(0.5)

def setup(app):
    app.connect("source-read", wait)
    return {{"parallel_read_safe": True}}
"""


@pytest.mark.parametrize("slow", ["pages/a/page", "pages/b/page"])
def test_the_slower_of_two_processes_changes_nothing(tmp_path: Path, slow: str):
    portal = Portal(tmp_path / "portal")
    files = {
        "conf/conf.py": WAITS.format(slow=slow),
        "conf/portal.yml": "title: Pictures\nsources: [pages]\n",
        "index.md": "# Home\n\n```{toctree}\n:glob:\n\npages/*/*\n```\n",
    }
    for key in "ab":
        files[f"pages/{key}/page.md"] = f"# {key}\n\n![A picture](picture.svg)\n"
        files[f"pages/{key}/picture.svg"] = SVG.format(key)
        files |= {f"pages/{key}/{n}.md": f"# {key} {n}\n" for n in range(4)}
    portal.write(files)
    one, two = portal.build(out="one"), portal.build("-j", "3", out="two")
    assert two.snapshot() == one.snapshot()
    for key in "ab":
        page = two.page(f"pages/{key}/page.html")
        picture = two.folder / "pages" / key / str(page.select_one("article img")["src"])
        assert f"<title>{key}</title>" in picture.resolve().read_text()
