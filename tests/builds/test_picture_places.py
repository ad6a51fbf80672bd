"""The place of a picture is kept while it loads, in the size that it always had."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from guildhall.core.picture_size import picture_size

from ..portals import Build, Portal

ROOT = '<svg xmlns="http://www.w3.org/2000/svg"{}><rect width="7" height="7"/></svg>\n'
BOX = ' viewBox="0 0 400 100"'
PAGE = """# Pictures

![1](wide.png)

```{figure} wide.png
:alt: 2
:width: 50%
```

```{image} wide.png
:alt: 3
:height: 100px
```

```{image} wide.png
:alt: 4
:height: 5em
```

```{image} wide.png
:alt: 5
:scale: 25
```

```{image} wide.png
:alt: 6
:width: 30
:height: 30
```

![7](fixed.svg)
![8](flexible.svg)

```{image} flexible.svg
:alt: 9
:width: 12em
```

![10](broken.png)

```{image} wide.png
:alt: 11
:height: @px
```
""".replace("@", "9" * 400)
FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": "title: Pictures\nsources: [pages]\n",
    "index.md": "# Home\n\n```{toctree}\npages/one\n```\n",
    "pages/one.md": PAGE,
    "pages/fixed.svg": ROOT.format(' width="2in" height="1in"'),
    "pages/flexible.svg": ROOT.format(BOX),
    "pages/broken.png": "no picture",
}


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    rows = zlib.compress(bytes(height * (1 + -(-width // 8))))
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    begin = b"\x89PNG\r\n\x1a\n"
    return begin + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    made = Portal(tmp_path_factory.mktemp("places") / "portal")
    made.write(FILES)
    (made.root / "pages/wide.png").write_bytes(png(600, 200))
    return made


@pytest.fixture(scope="module")
def built(portal: Portal) -> Build:
    return portal.build("-W")


def places(built: Build) -> dict[str, tuple[str | None, str | None, str | None]]:
    """Width, height and style of each picture of the page, by its alternative text."""
    return {
        str(each["alt"]): tuple(each.get(name) for name in ("width", "height", "style"))
        for each in built.page("pages/one.html").select("main img")
    }


def test_a_picture_has_a_place_that_leaves_its_size_as_it_was(built: Build):
    assert places(built) == {
        "1": ("600", "200", None),
        "2": ("600", "200", "width: 50%;"),
        "3": ("300", "100", "height: 100px;"),
        "4": (None, None, "height: 5em;"),
        "5": ("150", "50", None),
        "6": (None, None, "width: 30px; height: 30px;"),
        "7": ("192", "96", None),
        "8": (None, None, None),
        "9": ("400", "100", "width: 12em;"),
        "10": (None, None, None),
        "11": (None, None, f"height: {'9' * 400}px;"),
    }


def test_all_pictures_but_the_first_wait_for_the_reader(built: Build):
    pictures = built.page("pages/one.html").select("main img")
    assert {(each.get("loading"), each.get("decoding")) for each in pictures[1:]} == {
        ("lazy", "async")
    }
    assert not {"loading", "decoding"} & pictures[0].attrs.keys()


def test_another_size_is_told_when_only_the_file_changes(portal: Portal, built: Build):
    (portal.root / "pages/wide.png").write_bytes(png(90, 30))
    again = portal.build("-W")
    assert places(again)["1"] == ("90", "30", None)
    assert again.snapshot("searchindex.js") == portal.build("-W", out="clean").snapshot(
        "searchindex.js"
    )


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        (' width="30" height="20"', (30, 20, True)),
        (f' width="200"{BOX}', (200, 50, True)),
        (f' height="50px"{BOX}', (200, 50, True)),
        (f' width="100%" height="100%"{BOX}', (400, 100, False)),
        (' viewBox="0 0 0 5"', None),
        (f' width="{"9" * 400}" height="9"', None),
        (' width="9" viewBox="0 0 1e-300 1e300"', None),
        ("", None),
    ],
)
def test_a_drawing_is_as_large_as_its_first_tag_says(
    attributes: str, size: tuple[int, int, bool] | None, tmp_path: Path
):
    file = tmp_path / "drawing.svg"
    file.write_text(f"<!-- width='3' height='4' -->{ROOT.format(attributes)}", encoding="utf-8")
    assert picture_size(file) == size
