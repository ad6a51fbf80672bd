"""Notebooks as they were saved: what they show, and what is told of them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ..portals import Build, Portal

PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAACgAAAAeCAIAAADRv8uKAAAAK0lEQVR4nO3NMQ0AAAgDsElBGtKQigw4mvRvqud"
    "ExGKxWCwWi8VisVj8N14w+0ZMjCBMNwAAAABJRU5ErkJggg=="
)
VEGA, PLOTLY = "application/vnd.vegalite.v5+json", "application/vnd.plotly.v1+json"


def code(data: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    output = {"output_type": "display_data", "metadata": {}, "data": data}
    cell = {"cell_type": "code", "execution_count": 1, "source": ["show()"], "outputs": [output]}
    return {**cell, "metadata": metadata}


def text(*source: str, **more: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": list(source), **more}


CELLS = [
    text("# Saved\n", "\n", "As it was."),
    code({"image/png": PNG, "text/plain": ["<Figure>"]}),
    code({"image/png": PNG}, mystnb={"image": {"alt": "A blue box"}}),
    code({VEGA: {"mark": "bar"}, PLOTLY: {"data": []}, "text/plain": ["alt.Chart(...)"]}),
    code({VEGA: {"mark": "bar"}, "text/html": ["<p>The chart</p>"], "text/plain": ["x"]}),
    code({PLOTLY: {"data": []}, VEGA: {}}),
    text(
        "Pasted:\n",
        "![A blue box](attachment:my%20box.png)\n",
        "![In lines](attachment:lines.png)",
        attachments={
            "my box.png": {"image/png": PNG},
            "lines.png": {"image/png": [PNG[:80], PNG[80:]]},
        },
    ),
    text("Text.\n", "\n", "![Gone](attachment:gone.png) and {ref}`nowhere`."),
]
NOTEBOOK = {
    "cells": CELLS,
    "metadata": {"language_info": {"name": "python", "pygments_lexer": "python"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}
FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": "title: Notebooks\nsources: [lessons, pages]\n",
    "index.md": "# Home\n\n```{toctree}\nlessons/saved/index\npages/own\n```\n",
    "lessons/saved/lesson.yml": "kind: lesson\ntitle: Saved\nsummary: Notebooks.\n",
    "lessons/saved/index.md": "# Saved\n\n```{toctree}\ncells\n```\n",
    "lessons/saved/cells.ipynb": json.dumps(NOTEBOOK, indent=1),
    "pages/own.ipynb": json.dumps({**NOTEBOOK, "cells": CELLS[:5]}, indent=1),
}


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    portal = Portal(tmp_path_factory.mktemp("notebooks") / "portal")
    portal.write(FILES)
    return portal.build("-j", "2")


def test_pictures_are_shown_though_the_site_lies_outside_the_portal(build: Build):
    for name in ("pages/own.html", "lessons/saved/cells.html", "lessons/saved/view/all.html"):
        sources = [image["src"] for image in build.page(name).select("main img")]
        assert len(sources) >= 2
        for source in sources:
            assert (build.folder / Path(name).parent / source).resolve().is_file()


def test_a_picture_has_the_alternative_text_of_its_cell(build: Build):
    texts = [image["alt"] for image in build.page("pages/own.html").select("main img")]
    assert texts[1:] == ["A blue box"]


def test_pasted_pictures_are_shown(build: Build):
    texts = [image["alt"] for image in build.page("lessons/saved/cells.html").select("main img")]
    assert texts[2:] == ["A blue box", "In lines"]


def test_of_an_output_in_many_forms_one_that_can_be_shown_is(build: Build):
    page = build.page("pages/own.html")
    assert "alt.Chart(...)" in page.get_text()
    assert "The chart" in page.get_text()


def test_what_is_wrong_is_told_at_cells_by_lines_that_the_file_has(build: Build):
    path = build.folder.parent / "portal/lessons/saved/cells.ipynb"
    lines = path.read_text(encoding="utf-8").splitlines()
    told = []
    for line in build.warnings.splitlines():
        found = re.fullmatch(rf"{path}:(\d+)(?::\d+)?: WARNING: (.*)", line)
        assert found, line
        told.append((lines[int(found[1]) - 1].strip()[:10], found[2][:40]))
    assert sorted(told, key=lambda each: each[1]) == [
        ('"show()"', "cell 6, line 1: nothing is shown of an o"),
        ('"![Gone](a', "cell 8, line 3: the picture `gone.png` i"),
        ('"![Gone](a', "cell 8, line 3: undefined label: 'nowher"),
    ]


def test_nothing_of_python_is_told(build: Build):
    assert "MissingIDFieldWarning" not in build.output


def test_the_first_notebook_comes_and_the_last_one_goes(tmp_path: Path):
    """Each time, the site is as a clean build makes it; with a theme that links all styles."""
    portal = Portal(tmp_path / "portal")
    portal.write({
        "conf/conf.py": 'extensions = ["guildhall"]\nhtml_theme = "alabaster"\n',
        "conf/portal.yml": "title: Notebooks\nsources: [pages]\n",
        "index.md": "# Home\n\n```{toctree}\n:glob:\n\npages/*\n```\n",
        "pages/plain.md": "# Plain\n\nA page.\n",
    })  # fmt: skip
    without = portal.build().snapshot()
    portal.write({"pages/own.ipynb": FILES["pages/own.ipynb"]})
    first = portal.build("-j", "2")
    assert first.snapshot() == portal.build(out="clean").snapshot()
    assert "alt.Chart(...)" in first.page("pages/own.html").get_text()
    (portal.root / "pages/own.ipynb").unlink()
    assert portal.build("-j", "2").snapshot() == without
    portal.write({"pages/cell.md": "# Cell\n\n```{code-cell}\nanswer()\n```\n"})
    assert "unexpected `code-cell`" in portal.build().warnings


def test_nothing_of_jupyter_is_loaded_where_no_page_is_a_notebook(tmp_path: Path):
    portal = Portal(tmp_path / "portal")
    portal.write({
        "conf/conf.py": 'extensions = ["guildhall"]\n',
        "conf/portal.yml": "title: No notebooks\nsources: [lessons]\n",
        "index.md": "# Home\n\n```{toctree}\nlessons/git/index\n```\n",
        "lessons/git/lesson.yml": "kind: lesson\ntitle: Git\nsummary: About git.\n",
        "lessons/git/index.md": "# Git\n\n```python\ncode()\n```\n",
    })  # fmt: skip
    program = (
        "import sys; from sphinx.cmd.build import main; main(sys.argv[1:]); "
        "print('loaded:', *{'jupyter_cache', 'nbclient', 'nbformat'} & sys.modules.keys())"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, "-W", "-c", "conf", ".", "../out"],
        cwd=portal.root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.splitlines()[-1] == "loaded:"
