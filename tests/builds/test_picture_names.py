"""Pictures are shown whatever letters and blanks their names have, however a page names them."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest

from ..portals import Build, Portal

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><rect width="4"/></svg>\n'
APART = unicodedata.normalize("NFD", "åäö.svg")
NAMES = ["my picture.svg", "Ångström_ö_ž.svg", "a(1).svg", "mina bilder/två ord.svg", APART]
MARKDOWN = """# Pictures

![1](<my picture.svg>)
![2](my%20picture.svg)
![3](Ångström_ö_ž.svg)
![4](a(1).svg)
![5](<mina bilder/två ord.svg>)
![6](åäö.svg)
![7](</my picture.svg>)
![8][two]

[two]: <mina bilder/två ord.svg>

```{figure} my picture.svg
:alt: 9
:width: 40px
```

```{image} mina bilder/två ord.svg
:alt: 10
```

<img src="my picture.svg" alt="11" width="40">
"""
RST = """Old
===

.. image:: my picture.svg
   :alt: 1

.. figure:: mina bilder/två ord.svg
   :alt: 2
   :width: 40px

.. image:: åäö.svg
   :alt: 3
"""
GONE = "# Gone\n\n![1](gone.svg)\n![2](ab.svg)\n"
FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": "title: Pictures\nsources: [lessons, pages]\n",
    "index.md": (
        "# Home\n\n```{toctree}\npages/own\npages/old\npages/gone\nlessons/seen/index\n```\n"
    ),
    "lessons/seen/lesson.yml": "kind: lesson\ntitle: Seen\nsummary: Pictures.\n",
    "lessons/seen/index.md": MARKDOWN,
    "pages/own.md": MARKDOWN.replace("</my", "</pages/my").partition("<img")[0],
    "pages/old.rst": RST,
    "pages/gone.md": GONE,
    **{f"{folder}/{name}": SVG for folder in ("lessons/seen", "pages") for name in NAMES},
    **{f"pages/{name}": SVG for name in ("a b.svg", "a  b.svg")},
}


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    portal = Portal(tmp_path_factory.mktemp("pictures") / "portal")
    portal.write(FILES)
    return portal.build()


@pytest.mark.parametrize(
    ("page", "count"), [("lessons/seen/index", 11), ("pages/own", 10), ("pages/old", 3)]
)
def test_every_picture_is_shown(build: Build, page: str, count: int):
    found = build.page(f"{page}.html").select("main img, main a.image-reference")
    images = [each for each in found if each.name == "img"]
    assert [image["alt"] for image in images] == [str(n + 1) for n in range(count)]
    for each in found:
        address = str(each.get("src") or each["href"])
        assert " " not in address
        assert (build.folder / unquote(urljoin(f"/{page}", address)).lstrip("/")).is_file()


def test_only_what_no_file_can_be_meant_by_is_told(build: Build):
    told = [
        Path(line.rpartition(" ")[0].split(": ")[-1]).name for line in build.warnings.splitlines()
    ]
    assert told == ["gone.svg", "ab.svg"]
