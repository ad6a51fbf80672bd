"""``guildhall serve``: what is built, what open pages are told, and how it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guildhall.cli.preview.findings import Findings, page_of
from guildhall.cli.preview.hosts import is_here
from guildhall.cli.preview.server import with_script
from guildhall.cli.preview.site import Site
from guildhall.cli.preview.watching import is_source
from guildhall.core.findings.finding import Finding

from .. import commands

FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": "title: Portal\nsources: [pages]\n",
    "conf/static/own.css": "a { color: red }\n",
    "index.md": "# Home\n\n```{toctree}\npages/one\npages/two\n```\n",
    "pages/one.md": "# One\n\nFirst words.\n",
    "pages/two.md": "# Two\n",
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """A running preview."""

    def __init__(self, root: Path, port: int) -> None:
        self.root = root
        self.lines: list[str] = []
        self._told, shown = os.pipe()
        self.process = commands.Process(
            *("guildhall.cli.main", "serve", str(root), "--port", str(port)),
            cwd=root.parent,
            stdout=shown,
            stderr=shown,
        )
        os.close(shown)
        threading.Thread(target=self._listen, daemon=True).start()
        ready = self.wait("The preview is at ")
        self.address = re.search(r"http://\S+/(?=;)", ready)[0]  # type: ignore[index]

    def _listen(self) -> None:
        with open(self._told, encoding="utf-8") as shown:
            self.lines.extend(line.rstrip("\n") for line in shown)

    def wait(self, words: str, after: int = 0) -> str:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            found = [line for line in self.lines[after:] if words in line]
            if found:
                return found[0]
            time.sleep(0.02)
        raise AssertionError(f"{words!r} is not in {self.lines}")

    def get(self, name: str) -> str:
        with urllib.request.urlopen(f"{self.address}{name}", timeout=10) as answer:
            return str(answer.read().decode())

    def listen(self, since: int = 1) -> Iterator[dict[str, Any]]:
        """What an open page is told."""
        address = f"{self.address}-guildhall/events?since={since}"
        with urllib.request.urlopen(address, timeout=30) as answer:
            for line in answer:
                if line.startswith(b"data: "):
                    yield json.loads(line[6:])

    def write(self, name: str, text: str) -> list[str]:
        """Change a file; returns what the terminal shows until the build is done."""
        before = len(self.lines)
        (self.root / name).write_text(text, encoding="utf-8")
        self.wait(f"{name}: ", before)
        return self.lines[before:]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(10)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / "portal" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "portal"


@pytest.fixture
def served(root: Path) -> Iterator[Served]:
    preview = Served(root, free_port())
    yield preview
    if preview.process.poll() is None:
        preview.stop()


SPRING = (
    "kind: workshop\ntitle: Spring\ntimezone: Europe/Oslo\nstart: 2027-03-16\nend: 2027-03-18\n"
    "people: {instructor: [Ada Lovelace]}\n"
)
NETWORK = {
    "conf/portal.yml": "title: Portal\nsources: [pages, workshops, people]\n",
    "index.md": "# Home\n\n```{toctree}\n:glob:\n\npages/*\nworkshops/**\npeople/*\n```\n",
    "workshops/spring/workshop.yml": SPRING,
    "workshops/spring/setup.md": "# Before you come\n\nInstall it.\n",
    "people/ada.yml": (
        "kind: person\nname: Ada Lovelace\nsort_name: Lovelace, Ada\nconsent: given\n"
    ),
}


@pytest.fixture
def network(root: Path) -> Iterator[Served]:
    for name, text in NETWORK.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    preview = Served(root, free_port())
    yield preview
    preview.stop()


def test_workshops_people_and_their_templates_are_seen_as_they_change(network: Served):
    page = "workshops/spring/index.html"
    assert "Ada Lovelace" in network.get(page)
    network.write("workshops/spring/workshop.yml", SPRING.replace("Spring", "Early spring"))
    assert "Early spring" in network.get(page)
    network.write("workshops/spring/setup.md", "# Before you come\n\nInstall all of it.\n")
    assert "Install all of it." in network.get("workshops/spring/setup.html")
    network.write(
        "people/ada.yml",
        NETWORK["people/ada.yml"].replace("Lovelace\n", "King\n", 1) + "aliases: [Ada Lovelace]\n",
    )
    assert "Ada King" in network.get(page)
    network.write("people/ada.yml", NETWORK["people/ada.yml"].replace("given", "withheld"))
    assert "Ada" not in network.get(page)
    assert not (network.root / "build/preview/site/people/ada.html").exists()
    # Folder and file come at once, so that no build can fall between them.
    before = len(network.lines)
    templates = network.root.with_name("templates")
    (templates / "records").mkdir(parents=True)
    (templates / "records/workshop.md.j2").write_text("# {{ record.title }}\n\nOur own.\n")
    templates.rename(network.root / "conf/templates")
    network.wait("conf/templates", before)
    assert "Our own." in network.get(page)
    told = network.write("workshops/spring/workshop.yml", SPRING.replace("Ada Lovelace", "Ida"))
    assert any("workshops/spring/workshop.yml:6:23: no person" in line for line in told)


def test_only_pages_that_changed_are_told(served: Served):
    events = served.listen()
    assert next(events)["changed"] == []
    shown = served.write("pages/one.md", "# One\n\nOther words.\n")
    assert re.fullmatch(r"pages/one\.md: 1 page written, \d+\.\d s", shown[-1])
    assert next(events)["changed"] == ["pages/one.html"]
    assert "Other words." in served.get("pages/one.html")


def test_the_terminal_shows_the_errors_of_a_change_and_pages_keep_them(served: Served):
    events = served.listen()
    next(events)
    finding = "pages/one.md:3: undefined label: 'nowhere' [ref.ref]"
    shown = served.write("pages/one.md", "# One\n\n{ref}`nowhere`\n")
    assert shown[0] == finding
    told = next(events)
    assert told["findings"] == [{"page": "pages/one.html", "text": finding}]
    # Another change neither repeats it in the terminal nor takes it from the pages.
    assert len(served.write("pages/two.md", "# Two\n\nWords.\n")) == 1
    assert next(events)["findings"] == told["findings"]
    served.write("pages/one.md", "# One\n")
    assert next(events)["findings"] == []


def test_a_saved_page_of_a_lesson_is_told_what_lint_says_of_it(root: Path):
    (root / "pages/lesson.yml").write_text(
        "kind: lesson\ntitle: A lesson\nsummary: About it.\nformat: manual\n", encoding="utf-8"
    )
    preview = Served(root, free_port())
    try:
        before = len(preview.lines)
        preview.write("pages/one.md", "# One\n\n[here](two.md)\n")
        told = preview.wait("[link-text]", before)
        assert told.startswith("pages/one.md:3:1: found a link `here`")
        assert not [line for line in preview.lines if "pages/two.md" in line]
        before = len(preview.lines)
        preview.write("pages/one.md", "# One\n\n[The second page](two.md)\n")
        assert not [line for line in preview.lines[before:] if "link-text" in line]
    finally:
        preview.stop()


def test_a_failing_program_leaves_the_last_good_pages_and_is_mended_by_a_change(served: Served):
    events = served.listen()
    next(events)
    served.write("conf/conf.py", 'extensions = ["guildhall"]\n1 / 0\n')
    told = next(events)
    assert "ZeroDivisionError: division by zero" in told["failure"]
    assert told["changed"] == []
    assert "First words." in served.get("pages/one.html")
    served.write("conf/conf.py", FILES["conf/conf.py"])
    assert next(events)["failure"] == ""


def test_a_changed_style_sheet_is_served_and_told(served: Served):
    events = served.listen()
    next(events)
    served.write("conf/static/own.css", "a { color: blue }\n")
    assert "_static/own.css" in next(events)["changed"]
    assert "blue" in served.get("_static/own.css")


def test_the_script_is_in_served_pages_and_in_no_file(served: Served):
    assert served.get("pages/one.html").count("/-guildhall/preview.js") == 1
    files = [path for path in served.root.rglob("*.html") if path.is_file()]
    assert files
    assert not [path for path in files if b"-guildhall" in path.read_bytes()]
    assert not (served.root / "build/html").exists()


def test_what_a_build_writes_starts_no_other_build(served: Served):
    before = len(served.lines)
    (served.root / "build/other").mkdir()
    (served.root / "build/other/page.md").write_text("# Page\n", encoding="utf-8")
    time.sleep(1.5)
    assert served.lines[before:] == []


def test_a_page_that_is_not_there_waits_for_it(served: Served):
    with pytest.raises(urllib.error.HTTPError) as error:
        served.get("pages/three.html")
    assert error.value.code == 404
    assert "data-page='\"pages/three.html\"'" in error.value.read().decode()


@pytest.mark.parametrize(
    ("host", "told", "server", "answers"),
    [
        ("localhost", "127.0.0.1", "127.0.0.1", True),
        ("LOCALHOST.:8000", "127.0.0.1", "127.0.0.1", True),
        ("portal.localhost:8000", "127.0.0.1", "127.0.0.1", True),
        ("127.0.0.1:8000", "127.0.0.1", "127.0.0.1", True),
        ("127.1.2.3", "127.0.0.1", "127.1.2.3", True),
        ("[::1]:8000", "::1", "::1", True),
        ("[::ffff:127.0.0.1]:8000", "::", "::ffff:127.0.0.1", True),
        ("192.168.1.7:8000", "0.0.0.0", "192.168.1.7", True),
        ("my-computer.lan:8000", "my-computer.lan", "192.168.1.7", True),
        ("192.168.1.7:8000", "127.0.0.1", "127.0.0.1", False),
        ("evil.example", "127.0.0.1", "127.0.0.1", False),
        ("evil.example:8000", "0.0.0.0", "192.168.1.7", False),
        ("localhost.evil.example", "127.0.0.1", "127.0.0.1", False),
        ("127.0.0.1.evil.example", "127.0.0.1", "127.0.0.1", False),
        ("evil.example@127.0.0.1.nip.example", "127.0.0.1", "127.0.0.1", False),
        ("evillocalhost", "127.0.0.1", "127.0.0.1", False),
        ("", "127.0.0.1", "127.0.0.1", False),
        ("[::1", "127.0.0.1", "127.0.0.1", False),
        ("0x7f.evil.example", "127.0.0.1", "127.0.0.1", False),
    ],
)
def test_only_names_of_this_computer_are_answered(host: str, told: str, server: str, answers: bool):
    assert is_here(host, told, server) is answers


def test_other_names_and_pages_of_other_sites_are_refused(served: Served):
    def ask(name: str, **headers: str) -> tuple[int, str]:
        request = urllib.request.Request(f"{served.address}{name}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.readline().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    code, said = ask("pages/one.html", Host="evil.example:8000")
    assert code == 403
    assert said == (
        "The preview doesn't respond to the name 'evil.example'. Open it at localhost, or give "
        "`guildhall serve` the name with --host.\n"
    )
    events = "-guildhall/events?since=1"
    assert ask(events, Host="evil.example")[0] == 403
    assert ask(events, Origin="https://evil.example")[0] == 403
    assert ask(events, Origin="null")[0] == 403
    port = served.address.rstrip("/").rpartition(":")[2]
    assert ask(events, Origin="http://localhost:1", Host=f"localhost:{port}")[0] == 403
    assert ask(events, Origin=served.address.rstrip("/"))[0] == 200
    assert ask("pages/one.html", Host=f"localhost:{port}")[0] == 200


def test_a_port_in_use_gives_way_to_the_next(root: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        preview = Served(root, port)
        assert re.fullmatch(rf"Port {port} is in use; using \d+\.", preview.lines[0])
        assert preview.stop() == 0


def test_it_ends_at_once_though_pages_are_open(served: Served):
    events = served.listen()
    next(events)
    began = time.monotonic()
    assert served.stop() == 0
    assert time.monotonic() - began < 5
    served.wait("Stopped.")


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("pages/one.md", True),
        ("conf/portal.yml", True),
        ("lessons/a/build/notes.md", True),
        ("build/preview/site/index.html", False),
        (".guildhall/lessons/a/index.md", False),
        (".git/index", False),
        ("pages/.one.md.swp", False),
        ("pages/one.md~", False),
        ("conf/__pycache__/conf.pyc", False),
        ("conf/schemas/lesson.json", False),
    ],
)
def test_only_sources_count_as_changes(tmp_path: Path, name: str, counts: bool):
    assert is_source(tmp_path / name, tmp_path) is counts


def test_a_site_knows_what_changed_since_a_build(tmp_path: Path):
    built = tmp_path / "built"
    built.mkdir()
    (built / "a.html").write_text("1", encoding="utf-8")
    (built / "b.html").write_text("1", encoding="utf-8")
    site = Site(built, tmp_path / "served")
    assert site.update() == ["a.html", "b.html"]
    (built / "a.html").write_text("1", encoding="utf-8")
    (built / "b.html").unlink()
    assert site.update() == ["b.html"]
    assert not (site.served / "b.html").exists()
    assert site.changed_since(1) == ["b.html"]
    assert site.changed_since(2) == []


def test_findings_go_with_their_file(tmp_path: Path):
    (tmp_path / "a.md").write_text("", encoding="utf-8")
    findings = Findings(tmp_path)
    message = Finding(str(tmp_path / "a.md"), 1, 0, "rule", "wrong")
    findings.update([message, Finding("", 0, 0, "rule", "no place")], (), ())
    assert [each.message for each in findings.all()] == ["no place", "wrong"]
    findings.update([], (), ())
    assert [each.path for each in findings.all()] == ["a.md"]
    (tmp_path / "a.md").unlink()
    findings.update([], (), ())
    assert findings.all() == []


def test_findings_are_told_again_only_where_their_file_changed(tmp_path: Path):
    (tmp_path / "a.md").write_text("", encoding="utf-8")
    findings = Findings(tmp_path)
    message = Finding("a.md", 1, 0, "rule", "wrong")
    assert findings.update([message], (), ()) == [message]
    assert findings.update([message], {"b.md"}, ()) == []
    assert findings.update([message], {"a.md"}, ()) == [message]


def test_a_lessons_record_is_its_landing_page():
    assert page_of("lessons/a/lesson.yml") == "lessons/a/index.html"
    assert page_of("lessons/a/one.md") == "lessons/a/one.html"


def test_a_workshop_s_record_is_the_page_of_its_folder_or_one_of_its_own():
    assert page_of("workshops/spring/workshop.yml") == "workshops/spring/index.html"
    assert page_of("workshops/spring/setup.md") == "workshops/spring/setup.html"
    assert page_of("workshops/autumn.yml") == "workshops/autumn.html"


def test_a_strange_name_stays_within_its_attribute():
    page = with_script("<body></body>", "a'><script>alert(1)</script>", 1)
    assert "<script>alert" not in page
    assert "a'>" not in page
