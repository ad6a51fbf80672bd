"""Marks that reach readers as text are told where they stand, on pages of all kinds."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ..portals import Portal, person

CELLS = [
    {"cell_type": "markdown", "metadata": {}, "source": ["# Cells\n", "\n", "Text."]},
    {
        "cell_type": "code",
        "execution_count": 1,
        "metadata": {},
        "source": ["print('**x ** y **')"],
        "outputs": [
            {"output_type": "stream", "name": "stdout", "text": ["** words **\n"]},
            {
                "output_type": "display_data",
                "metadata": {},
                "data": {"text/html": ["<p>** words ** [a](b c)</p>"], "text/plain": ["x"]},
            },
        ],
    },
    {
        "cell_type": "markdown",
        "metadata": {},
        "source": ["A [link](my page.md).\n", "\n", "| A |\n", "| --- |\n", "| 1 | 2 |"],
    },
]
NOTEBOOK = {
    "cells": CELLS,
    "metadata": {"language_info": {"name": "python", "pygments_lexer": "python"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}
CONFLICT = "<<<<<<< HEAD\nOurs.\n=======\nTheirs.\n>>>>>>> branch\n"
FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n'
    'myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]\n',
    "conf/portal.yml": "title: Marks\nsources: [partners, pages]\n",
    "index.md": "# Home\n\n```{toctree}\n:glob:\n\npages/*\npartners/*\n```\n",
    "pages/html.md": "# HTML\n\n<p>Raw.</p>\n:::{note}\nA box.\n:::\n\nText.\n",
    "pages/open.md": "# Open\n\nText.\n\n<!-- never ended\n\n## Lost\n",
    "pages/conflict.md": f"# Conflict\n\nText.\n\n{CONFLICT}",
    "pages/conflict-in-list.md": f"# Conflict\n\n- {CONFLICT.replace(chr(10), chr(10) + '  ')}\n",
    "pages/conflict-in-code.md": f"# Conflict\n\n```text\n$ cat a\n{CONFLICT}```\n",
    "pages/text.md": (
        "# Text\n\n:::{note} Two ** words **\nA [link](my page.md), \\[none\\](a b).\n:::\n\n"
        "- A ** word ** and `** word **`.\n\n"
        "```{list-table}\n:header-rows: 1\n\n* - A\n  - B\n* - 1\n  - ** two **\n```\n\n"
        "Term {#term}\n: A note[^1].\n\n| A |\n| --- |\n| 1 | 2 |\n"
    ),
    "pages/money.md": "# Money\n\nFrom $x$ to\n$10 and $20.\n\n| A |\n| --- |\n| $1 or $2 |\n",
    "pages/taught.md": (
        "# Taught\n\nWrite \\*\\*bold\\*\\* for **bold** and `**bold**`,\n"
        "&#42;&#42;&nbsp;bold \\** as well.\n\nText <script>x</script> and <b>x</b>.\n\n"
        "```markdown\n[a](b c)\n```\n"
    ),
    "pages/included.md": "# Included\n\n```{include} /shared.txt\n```\n",
    "shared.txt": "Shared.\n\nA ** shared ** word.\n",
    "pages/heading.md": (
        '# Heading\n\n## <a name="Old"></a>Part\n\n## <img src="" alt="x"> Other\n\n'
        '## H<sub>2</sub>O\n\n<p id="raw">Raw</p>\n\n[Old](#Old), [raw](#raw).\n'
    ),
    "pages/cells.ipynb": json.dumps(NOTEBOOK, indent=1),
    "pages/old.rst": "Old\n===\n\nA [link](https://example.org/) and ``[a](b.md)``.\n",
    "partners/ada.yml": person("Ada Lovelace", "Lovelace, Ada"),
    "partners/a.yml": (
        "kind: partner\nname: The ** first ** one\nshort_name: A\ncountry: FI\ncontact: ada\n"
        "description: |\n  The partner.\n\n  It has [a page](my page.md).\nparticipation: []\n"
    ),
}
TOLD = [
    "pages/cells.ipynb:45:3 pages.marks",
    "pages/cells.ipynb:49:6 pages.table-cells",
    "pages/conflict-in-list.md:3:3 pages.conflict",
    "pages/conflict.md:5:1 pages.conflict",
    "pages/heading.md:3:4 pages.heading-html",
    "pages/heading.md:5:4 pages.heading-html",
    "pages/html.md:4:1 pages.marks",
    "pages/money.md:4:1 pages.money",
    "pages/money.md:8:3 pages.money",
    "pages/old.rst:4:3 markdown-in-rst",
    "pages/open.md:5:1 pages.unclosed-html",
    "pages/text.md:15:5 pages.marks",
    "pages/text.md:18:6 pages.marks",
    "pages/text.md:19:9 pages.marks",
    "pages/text.md:23:6 pages.table-cells",
    "pages/text.md:3:15 pages.marks",
    "pages/text.md:4:3 pages.marks",
    "pages/text.md:7:5 pages.marks",
    "partners/a.yml:2:11 pages.marks",
    "partners/a.yml:9:10 pages.marks",
    "shared.txt:3:3 pages.marks",
]


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    portal = Portal(tmp_path_factory.mktemp("marks") / "portal")
    portal.write(FILES)
    return portal


def test_each_mark_is_told_once_at_its_place(portal: Portal):
    build = portal.build("-j", "2")
    mark = re.compile(r"(\S+:\d+:\d+): WARNING: .* \[(pages\.[\w-]+|markdown-in-rst)\]")
    told = mark.findall(build.warnings)
    root = f"{portal.root}/"
    assert sorted(f"{place.removeprefix(root)} {rule}" for place, rule in told) == TOLD
    # Nothing else is wrong with these pages.
    others = [line for line in build.warnings.splitlines() if not mark.fullmatch(line)]
    assert [line for line in others if "conflict" not in line] == []


def test_a_cell_is_named_by_its_number_and_line(portal: Portal):
    build = portal.build("-E")
    assert "cell 3, line 1: found `[link](my page.md)` as text" in build.warnings
    assert "cell 3, line 5: found a row of 2 cells in a table of 1 column" in build.warnings


def test_nothing_of_raw_html_is_in_contents_and_links_lead_to_its_anchors(portal: Portal):
    page = portal.build("-E").page("pages/heading.html")
    assert [link["href"] for link in page.select("main p > a")] == ["#Old", "#raw"]
    assert page.select_one("section#part #Old, section#Old, section #Old") is not None
    for entry in page.select("nav a"):
        assert entry.find(["a", "img"]) is None
    assert Path(portal.root).exists()
