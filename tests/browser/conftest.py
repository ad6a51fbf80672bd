"""A real Chromium, a server under a base path, and axe-core."""

from __future__ import annotations

import atexit
import fcntl
import functools
import http.server
import os
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from .. import commands

REPOSITORY = Path(__file__).parents[2]
BASE_PATH = "/project/"
AXE = Path(
    os.environ.get("GUILDHALL_AXE")
    or Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def missing(what: str) -> None:
    """Skip where a person runs the tests; fail in CI, where nothing may be left out."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}, which CI needs")
    pytest.skip(what)


@functools.cache
def browser() -> Any:
    """The browser, of which a process can run one only, whichever tests ask for it."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("GUILDHALL_CHROMIUM") or next(filter(None, map(shutil.which, names)), "")
    if not found:
        missing("no Chromium is installed (sudo apt install chromium)")
    if not AXE.is_file():
        missing("axe-core is not installed (npm ci --prefix tests/browser)")
    from playwright.sync_api import sync_playwright

    # No page of a test finds another machine, whatever it asks for.
    own = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
    arguments = ["--disable-background-networking", "--disable-gpu", own]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    playwright = sync_playwright().start()
    started = playwright.chromium.launch(executable_path=found, args=arguments)
    atexit.register(playwright.stop)
    atexit.register(started.close)
    return started


@pytest.fixture(scope="session")
def chromium() -> Any:
    """The browser."""
    return browser()


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder below the base path, and its 404 page for all else, as GitHub Pages does."""

    def translate_path(self, path: str) -> str:
        if not path.startswith(BASE_PATH):
            return str(Path(self.directory) / "there-is-no-such-file")
        return super().translate_path(path.removeprefix(BASE_PATH.rstrip("/")))

    def send_error(self, code: int, *rest: Any) -> None:
        page = Path(self.directory) / "404.html"
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send a file; with ``?slowly``, the contents beside a page's text come a moment later."""
        if not self.path.endswith("?slowly"):
            super().copyfile(source, outputfile)
            return
        text, mark, rest = source.read().partition(b'<nav class="gh-page-toc"')
        outputfile.write(text)
        outputfile.flush()
        time.sleep(0.4)
        outputfile.write(mark + rest)

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's portal, built for the base path."""
    base = tmp_path_factory.getbasetemp()
    # The processes of one run have one; the first that needs it builds it.
    root = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "site"
    root.mkdir(exist_ok=True)
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "html").exists():
            run = commands.run(
                *("sphinx", "-q", "-W", "-c", "conf", "-d", str(root / "trees"), "-j", "2"),
                *(".", str(root / "next")),
                cwd=REPOSITORY,
                env={**os.environ, "GUILDHALL_BASE_URL": f"https://org.example{BASE_PATH}"},
            )
            assert run.returncode == 0, run.stderr
            (root / "next").rename(root / "html")
    return root / "html"


@pytest.fixture(scope="session")
def site(site_folder: Path) -> Iterator[str]:
    """The address of the portal."""
    handler = functools.partial(_Handler, directory=str(site_folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{BASE_PATH}"
    server.shutdown()


def axe_violations(page: Any, rules: Sequence[str] = ()) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA, or by some of its rules, one line each."""
    # Another scheme of colours leaves the page as it is, with axe-core in it.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "only => axe.run(document, {runOnly: only, resultTypes: ['violations']})",
        {"type": "rule" if rules else "tag", "values": list(rules or TAGS)},
    )
    return [
        f"{violation['id']}: {node['target']}: {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      if (["auto", "scroll", "hidden"].includes(getComputedStyle(at).overflowX)) return true;
    }
    return false;
  };
  const out = [...document.querySelectorAll("body *")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.right > width + 1 && !scrolls(element);
  });
  const found = out.map((element) => element.outerHTML.slice(0, 80));
  if (document.documentElement.scrollWidth > width) found.push("the page scrolls sideways");
  return found;
}"""


def overflow(page: Any) -> list[str]:
    """Elements that stick out of the screen, other than inside a box that scrolls."""
    found: list[str] = page.evaluate(OVERFLOW)
    return found
