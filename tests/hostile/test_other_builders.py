"""Pages of strangers in books and on single pages: what acts is gone from all of them."""

from __future__ import annotations

import http.server
import re
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ..portals import Build
from .attacks import Attack, HostileLesson

ACTIVE = re.compile(
    rb"""<(?:\w+:)?(?:script|iframe|object|embed|base)\b|<[^>]*\son\w+\s*=|=["']\s*javascript:""",
    re.I,
)
PAGE = """\
# Needle <script>alert(1)</script> title <img src=x onerror=alert(1)>

Words <b onclick="alert(1)">bold</b> <script>alert(1)</script> and more.

<div onclick="alert(1)" style="position: fixed"><p>Kept<br>apart</p></div>

<iframe src="https://evil.example/"></iframe>

[file](run.js) {download}`page <page.html>`

![A drawing](drawing.svg)

![A picture](@ASKED@/picture.png)

```{eval-rst}
`go <javascript:alert(1)>`__
```

```{raw} latex
\\input{/etc/passwd}
```

:::{figure} drawing.svg
:target: javascript:alert(1)
:alt: A drawing

Caption <script>alert(1)</script>
:::

:::{exercise} One <svg onload="alert(1)"></svg>
Do it <img src=x onerror=alert(1)>.
:::
"""
FILES = {
    "a.md": PAGE,
    "run.js": "alert(1)",
    "page.html": "<script>alert(1)</script>",
    "drawing.svg": (
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><path d="M0 0"/></svg>'
    ),
}


class _Asked(http.server.BaseHTTPRequestHandler):
    paths: list[str] = []

    def do_GET(self) -> None:
        self.paths.append(self.path)
        self.send_error(404)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """Another site, which notes what is asked of it."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Asked)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, elsewhere: str) -> HostileLesson:
    files = {**FILES, "a.md": PAGE.replace("@ASKED@", elsewhere)}
    attack = Attack("everything", files, ())
    made = HostileLesson(tmp_path_factory.mktemp("books"), [attack], {"evil": ""})
    made.portal.write({"pages/list.md": "# List\n\n:::{exerciselist}\n:lesson: evil\n:::\n"})
    made.fetch()
    return made


def built(hostile: HostileLesson, builder: str) -> Build:
    trees = hostile.portal.root.parent / "trees"
    return hostile.portal.build("-d", str(trees), builder=builder, out=builder)


def test_a_book_is_well_formed_and_runs_nothing(hostile: HostileLesson):
    build = built(hostile, "epub")
    (book,) = build.folder.glob("*.epub")
    pages = 0
    with zipfile.ZipFile(book) as packed:
        for name in packed.namelist():
            content = packed.read(name)
            assert not ACTIVE.search(content), name
            if name.endswith((".xhtml", ".svg")):
                ElementTree.fromstring(content)
                pages += "Kept" in content.decode()
        assert not [name for name in packed.namelist() if name.endswith((".js", ".html"))]
    assert pages == 1


def test_a_single_page_runs_nothing(hostile: HostileLesson):
    build = built(hostile, "singlehtml")
    article = str(build.page("index.html").select_one("article")).encode()
    assert b"Kept" in article
    assert not ACTIVE.search(article)
    files = [
        path for path in build.folder.rglob("*") if path.parent.name in {"_images", "everything"}
    ]
    assert not [path for path in files if path.is_file() and ACTIVE.search(path.read_bytes())]


def test_what_is_raw_in_other_forms_is_left_out(hostile: HostileLesson):
    build = built(hostile, "latex")
    (book,) = build.folder.glob("portal.tex")
    text = book.read_text(encoding="utf-8")
    assert "Kept" not in text
    assert "Words" in text
    assert "/etc/passwd" not in text
    assert "{javascript:" not in text


def test_no_build_asks_another_site(hostile: HostileLesson):
    assert (hostile.portal.root.parent / "trees").is_dir()
    assert _Asked.paths == []


def test_copies_of_drawings_have_names_by_what_they_hold(hostile: HostileLesson):
    names = {path.name for path in Path(hostile.portal.root.parent, "trees/drawings").iterdir()}
    assert all(re.fullmatch(r"drawing-[0-9a-f]{12}\.svg", name) for name in names)
    assert len(names) == 1
