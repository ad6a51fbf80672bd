"""``guildhall build`` with nothing changed ends before it loads anything, and only then."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from click.testing import CliRunner, Result

import guildhall.cli.building.build
from guildhall.cli.building import inputs
from guildhall.cli.building.inputs import Inputs
from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.main import main
from guildhall.core.values.dates import current_day
from guildhall.sphinx_ext.incremental.file_digests import (
    LARGE,
    UNSURE,
    FileDigests,
    moment_in,
    stamp_of,
)

from .. import commands

FILES = {
    "portal/conf/conf.py": (
        'import sys\n\nsys.path[:0] = [".", "../../shared"]\n\nimport elsewhere\nimport own\n\n'
        'extensions = ["guildhall"]\nproject = elsewhere.NAME + own.NAME\n'
        'html_extra_path = ["../../shared/extra"]\n'
    ),
    "portal/conf/own.py": 'NAME = "own"\n',
    "portal/conf/portal.yml": "title: A small portal\nsources: [partners]\n",
    "portal/conf/static/own.txt": "A file.\n",
    "portal/conf/templates/page.html": '{% extends "!page.html" %}\n',
    "portal/index.md": "# Home\n\n```{toctree}\npartners/index\n```\n",
    "portal/partners/index.md": (
        "# Partners\n\n```{toctree}\nphase\n```\n\n```{literalinclude} ../../shared/code.txt\n```\n"
    ),
    "portal/partners/phase.yml": (
        "kind: project\nname: A project\ntype: Project\nphase: One\nstart: 2025-01-01\n"
        "end: 2025-12-31\nsummary: A small project.\n"
    ),
    "portal/notes/numbers.csv": "1,2\n",
    "portal/.venv/lib/site-packages/thing.py": "",
    "shared/elsewhere.py": 'NAME = "elsewhere"\n',
    "shared/code.txt": "code\n",
    "shared/extra/robots.txt": "User-agent: *\n",
    "site-packages/thing-1.0.dist-info/METADATA": "Name: thing\nVersion: 1.0\n",
}
PROGRAM = """
import sys
from guildhall.cli.main import main
from guildhall.core.values.dates import current_day
try:
    main(sys.argv[1:])
finally:
    heavy = {"docutils", "jinja2", "markdown_it", "pydantic", "rich", "sphinx", "yaml"}
    print("loaded:", *sorted(heavy & sys.modules.keys()))
"""
GIT = ("git", "-c", "user.name=A", "-c", "user.email=a@example.org")
Place = tuple[Path, dict[str, str]]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The folder of a portal that was built and of what it needs, and the environment."""
    top = tmp_path_factory.mktemp("unchanged")
    for name, text in FILES.items():
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    hidden = {"CI", "GITHUB_ACTIONS", "GUILDHALL_TODAY", "PYTEST_CURRENT_TEST", "SOURCE_DATE_EPOCH"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment |= {"GUILDHALL_OFFLINE": "1", "PYTHONPATH": str(top / "site-packages")}
    git(top, "init", "-q")
    git(top, "add", "index.md")
    git(top, "commit", "-q", "-m", "Home")
    built = build(top, environment)
    assert (built.returncode, built.stderr) == (0, ""), built.stderr
    assert "sphinx" in built.stdout
    return top, environment


def git(top: Path, *arguments: str) -> None:
    subprocess.run([*GIT, "-C", str(top / "portal"), *arguments], check=True)


def build(top: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Build the portal, and tell what was loaded for it."""
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, "build"],
        cwd=top / "portal",
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def ask(place: Place, *options: str, **environment: str) -> tuple[bool, Result]:
    """Whether the command begins a build, and what it prints."""
    top, usual = place
    path = [str(top / "site-packages"), *sys.path]
    with (
        mock.patch.object(guildhall.cli.building.build, "build", return_value=ExitCode.OK) as began,
        mock.patch.dict(os.environ, usual | environment, clear=True),
        mock.patch.object(sys, "path", path),
    ):
        result = CliRunner().invoke(main, ["build", str(top / "portal"), *options])
    assert result.exit_code == 0, result.output
    return began.called, result


def all_in(top: Path) -> Iterator[Path]:
    return (path for path in top.rglob("*") if ".git" not in path.parts)


def held(path: Path) -> tuple[bytes, int] | None:
    """What a file holds, and its time; None for what is none."""
    is_file = path.is_file() and not path.is_symlink()
    return (path.read_bytes(), path.stat().st_mtime_ns) if is_file else None


@contextlib.contextmanager
def put_back(top: Path) -> Iterator[None]:
    """Let everything below a folder be what it was, with the times that it had."""
    before = {path: held(path) for path in all_in(top)}
    times = {path: path.stat().st_mtime_ns for path in before if path.is_dir()}
    yield
    for path in sorted(all_in(top), reverse=True):
        if path.is_symlink() or (path not in before and not path.is_dir()):
            path.unlink()
        elif path not in before:
            path.rmdir()
    for path, was in sorted(before.items()):
        if was is None:
            path.mkdir(exist_ok=True)
        elif held(path) != was:
            path.write_bytes(was[0])
            os.utime(path, ns=(was[1], was[1]))
    for path, time in times.items():
        os.utime(path, ns=(time, time))


def longer(name: str) -> Callable[[Path], None]:
    return lambda top: (top / name).write_text(f"{(top / name).read_text()}\n", encoding="utf-8")


def new(name: str) -> Callable[[Path], None]:
    def make(top: Path) -> None:
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text("# New\n", encoding="utf-8")

    return make


def removed(name: str) -> Callable[[Path], None]:
    return lambda top: (top / name).unlink()


def alike(moved_to: int) -> Callable[[Path], None]:
    """Another content of the same size, and a time that is older by so much, or the same."""

    def change(top: Path) -> None:
        path = top / "portal/index.md"
        time = path.stat().st_mtime_ns
        path.write_text(FILES["portal/index.md"].replace("Home", "Away"), encoding="utf-8")
        os.utime(path, ns=(time - moved_to, time - moved_to))

    return change


MANIFEST = "portal/build/.guildhall/html-html/manifest.json"
CHANGES: dict[str, Callable[[Path], None]] = {
    "a record": longer("portal/partners/phase.yml"),
    "a page": longer("portal/index.md"),
    "a page with an older time and the same size": alike(10**12),
    "a page with the same time and the same size": alike(0),
    "the settings": longer("portal/conf/portal.yml"),
    "conf.py": longer("portal/conf/conf.py"),
    "a module beside conf.py": longer("portal/conf/own.py"),
    "a module elsewhere that conf.py imports": longer("shared/elsewhere.py"),
    "a template": longer("portal/conf/templates/page.html"),
    "a static file": longer("portal/conf/static/own.txt"),
    "a file elsewhere that a page shows": longer("shared/code.txt"),
    "a file of a folder elsewhere that conf.py names": longer("shared/extra/robots.txt"),
    "any file of the portal, since conf.py can read it": longer("portal/notes/numbers.csv"),
    "a new page": new("portal/partners/other.md"),
    "a new template": new("portal/conf/templates/records/project.md.j2"),
    "a new static file": new("portal/conf/static/.nojekyll"),
    "a new file elsewhere": new("shared/extra/new.txt"),
    "a new translation": new("portal/locales/fi/LC_MESSAGES/index.po"),
    "a new page of a lesson from elsewhere": new("portal/.guildhall/lessons/git/1234/index.md"),
    "a link to nowhere": lambda top: (top / "portal/partners/a.md").symlink_to("nowhere"),
    "a linked folder": lambda top: (top / "portal/partners/a").symlink_to(top / "shared"),
    "a pipe": lambda top: os.mkfifo(top / "portal/partners/a.md"),
    "a page that is gone": removed("portal/partners/index.md"),
    "a file elsewhere that is gone": removed("shared/code.txt"),
    "an edited file of the site": longer("portal/build/html/index.html"),
    "a deleted file of the site": removed("portal/build/html/partners/phase.html"),
    "an added file of the site": new("portal/build/html/added.html"),
    "a deleted site": lambda top: shutil.rmtree(top / "portal/build/html"),
    "an upgraded package": lambda top: shutil.move(
        top / "site-packages/thing-1.0.dist-info", top / "site-packages/thing-1.1.dist-info"
    ),
    "a manifest that is gone": removed(MANIFEST),
    "a manifest half written": lambda top: os.truncate(top / MANIFEST, 1000),
    "a manifest of another form": lambda top: (top / MANIFEST).write_text('{"files": []}'),
}
NO_CHANGES: dict[str, Callable[[Path], None]] = {
    "nothing": lambda top: None,
    "an empty folder": lambda top: (top / "portal/partners/empty").mkdir(),
    "a time": lambda top: (top / "portal/index.md").touch(),
    "a compiled module": new("portal/conf/__pycache__/own.cpython-311.pyc"),
    "software in the portal's folder": new("portal/.venv/lib/site-packages/other.py"),
    "the site of another builder": lambda top: (
        new("portal/build/epub/a.epub")(top),
        new("portal/build/.guildhall/epub-epub/made")(top),
    )[0],
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_noticed(place: Place, name: str):
    with put_back(place[0]):
        CHANGES[name](place[0])
        assert ask(place)[0]
    assert not ask(place)[0], "what is as it was is no change"


@pytest.mark.parametrize("name", NO_CHANGES)
def test_what_no_page_can_depend_on_is_no_change(place: Place, name: str):
    with put_back(place[0]):
        NO_CHANGES[name](place[0])
        assert not ask(place)[0]


def test_a_commit_is_noticed(place: Place):
    git(place[0], "commit", "-q", "--allow-empty", "-m", "More")
    try:
        assert ask(place)[0]
    finally:
        git(place[0], "reset", "-q", "--soft", "HEAD~")
    assert not ask(place)[0]


def test_another_day_is_noticed(place: Place):
    tomorrow = current_day() + timedelta(days=1)
    with mock.patch.object(inputs, "current_day", return_value=tomorrow):
        assert ask(place)[0]


@pytest.mark.parametrize(
    "options",
    [("--today", "2030-01-01"), ("-b", "dirhtml"), ("-o", "elsewhere"), ("--fresh",)],
    ids=" ".join,
)
def test_other_options_are_noticed(place: Place, options: tuple[str, ...]):
    assert ask(place, *options)[0]


@pytest.mark.parametrize("options", [("-j", "1"), ("--no-strict",), ("-q",)], ids=" ".join)
def test_options_that_change_no_page_are_none(place: Place, options: tuple[str, ...]):
    assert not ask(place, *options)[0]


@pytest.mark.parametrize("variable", ["GUILDHALL_BASE_URL", "OF_CONF_PY", "SOURCE_DATE_EPOCH"])
def test_a_variable_is_noticed(place: Place, variable: str):
    assert ask(place, **{variable: "1"})[0]


def test_another_terminal_is_no_change(place: Place):
    assert not ask(place, TERM="other", COLUMNS="40", PWD="/")[0]


def test_nothing_is_loaded_where_nothing_has_changed(place: Place):
    told = build(*place)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.splitlines() == [
        "Nothing has changed. The site is in build/html (3 pages). `--fresh` rebuilds it.",
        "loaded:",
    ]


def test_what_was_said_of_lessons_from_elsewhere_is_said_again(place: Place):
    with put_back(place[0]):
        path = place[0] / MANIFEST
        line = "lessons/git: 1 warning in its pages, which are external:"
        path.write_text(json.dumps({**json.loads(path.read_text()), "lines": [line]}))
        began, result = ask(place, "--quiet")
        assert (began, result.stdout, result.stderr) == (False, "", f"{line}\n")


ALWAYS = """
def setup(app):
    app.connect("doctree-read", lambda app, doctree: app.env.note_reread())
"""


@pytest.mark.parametrize(
    ("name", "more", "told"),
    [("index.md", "\n[](gone.md)\n", "gone.md"), ("conf/conf.py", ALWAYS, "")],
    ids=["a site with findings", "a page that an extension wants read each time"],
)
def test_it_is_built_each_time(place: Place, name: str, more: str, told: str):
    top, environment = place
    options = ("--no-strict", "-o", str(top / "out"))
    with put_back(top):
        (top / "portal" / name).write_text(FILES[f"portal/{name}"] + more, encoding="utf-8")
        command = ("guildhall.cli.main", "build", *options, "portal")
        run = commands.run(*command, cwd=top, env=environment)
        assert run.returncode == 0
        assert told in run.stderr
        assert (top / "out/index.html").is_file()
        assert ask(place, *options)[0]


def test_a_file_that_changes_while_it_is_read_is_built_again_though_it_is_put_back(tmp_path: Path):
    page = tmp_path / "portal/page.md"
    page.parent.mkdir()
    page.write_text("one", encoding="utf-8")
    os.utime(page, (1, 1))
    digests = FileDigests()
    digests.moment = moment_in(tmp_path)
    files = Inputs(page.parent, digests)
    files.begin()
    page.write_text("two", encoding="utf-8")
    page.write_text("one", encoding="utf-8")
    os.utime(page, (1, 1))
    assert files.kept()[str(page)] == (None, UNSURE)


def test_a_file_that_turns_out_to_matter_may_have_changed_since_the_build_began(tmp_path: Path):
    old, young = tmp_path / "old.txt", tmp_path / "young.txt"
    old.write_text("old", encoding="utf-8")
    digests = FileDigests()
    digests.moment = old.stat().st_ctime_ns + 10**9
    files = Inputs(tmp_path / "portal", digests)
    young.write_text("young", encoding="utf-8")
    os.utime(young, ns=(digests.moment, digests.moment))
    os.utime(tmp_path, ns=(digests.moment, digests.moment))
    deleted, never = str(tmp_path / "deleted.txt"), str(tmp_path / "portal/never.txt")
    files.note([str(old), str(young), deleted, never])
    assert files.files[str(young)] == files.files[deleted] == UNSURE
    assert files.files[str(old)] == FileDigests().of(str(old))
    assert files.files[never] == ""


def test_a_large_file_is_not_read_and_counts_as_changed_with_its_time(tmp_path: Path):
    path = tmp_path / "data.bin"
    with path.open("wb") as file:
        file.truncate(LARGE)
    before = FileDigests().of(str(path))
    assert FileDigests().of(str(path)) == before
    assert before == repr(stamp_of(str(path)))
    os.utime(path, (1, 1))
    assert FileDigests().of(str(path)) != before
