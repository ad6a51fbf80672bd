"""A worker process that dies or raises: the build ends soon, and says at which page."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sphinx.errors import SphinxParallelError

from guildhall.sphinx_ext.incremental.workers import GuardedTasks

from .. import commands

PAGE = "pages/page-17"
LONGEST = 60
"""Seconds: where a build is waited for that long, it hangs."""
TROUBLE = """
import os, signal, time

def setup(app):
    app.connect("source-read", reading)
    app.connect("doctree-resolved", resolving)
    app.connect("html-page-context", writing)
    app.connect("env-merge-info", merging)
    return {{"parallel_read_safe": True, "parallel_write_safe": True}}

def reading(app, docname, source):
    if docname == "{page}":
        {reading}
    if docname == "index":
        {elsewhere}

def resolving(app, doctree, docname):
    {pausing}
    if docname == "{page}":
        {resolving}

def writing(app, pagename, *rest):
    if pagename == "{page}":
        {writing}

def merging(app, env, docnames, other):
    {merging}
"""
PHASES = ("reading", "elsewhere", "pausing", "resolving", "writing", "merging")
SPHINX = ("sphinx", "-q", "--no-color", "-c", "conf", ".", "out")
KILLED = "os.kill(os.getpid(), signal.SIGKILL)"
RAISES = 'raise RuntimeError("no way")'

Build = Callable[..., commands.Ended]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Builds forty pages with an extension that makes trouble; no process may be left."""
    (tmp_path / "conf").mkdir()
    (tmp_path / "pages").mkdir()
    (tmp_path / "conf" / "conf.py").write_text(
        "import sys, pathlib\nsys.path.insert(0, str(pathlib.Path(__file__).parent))\n"
        'extensions = ["guildhall", "trouble"]\n'
    )
    (tmp_path / "conf" / "portal.yml").write_text("title: Small\nsources: [pages]\n")
    (tmp_path / "index.md").write_text("# Home\n\n```{toctree}\n:glob:\n\npages/*\n```\n")
    for number in range(40):
        (tmp_path / "pages" / f"page-{number:02d}.md").write_text(f"# Page {number}\n")

    def run(*command: str, page: str = PAGE, **trouble: str) -> commands.Ended:
        phases = {phase: trouble.get(phase, "pass") for phase in PHASES}
        (tmp_path / "conf" / "trouble.py").write_text(TROUBLE.format(page=page, **phases))
        ended = commands.run(
            *(command or (*SPHINX, "-j", "2")),
            cwd=tmp_path,
            env={**os.environ, "GUILDHALL_TODAY": "2026-01-01"},
            timeout=LONGEST,
        )
        wait_for_the_end_of(ended.session)
        return ended

    return run


def wait_for_the_end_of(session: int) -> None:
    """Wait until no process of a session runs; found on Linux only.

    A build that ends has ended its workers, but what a worker had just started, such as git, may
    need a moment more than the worker.
    """
    until = time.monotonic() + LONGEST
    while left := processes_of(session):
        if time.monotonic() > until:
            os.killpg(session, signal.SIGKILL)
            pytest.fail(f"left behind: {left}")
        time.sleep(0.01)


def processes_of(session: int) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            state, _, _, of, *_ = (process / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(of) == session and state not in "XZ":
            found.append(process.name)
    return found


CASES = {
    "killed": (KILLED, "was stopped by signal SIGKILL"),
    "exits": ("os._exit(3)", "ended with exit code 3"),
    "exits as if all were well": ("os._exit(0)", "ended with exit code 0"),
    "raises": (RAISES, "no way"),
    "leaves": ("raise SystemExit(4)", "SystemExit: 4"),
}


@pytest.mark.parametrize("phase", ["reading", "writing"])
@pytest.mark.parametrize(("trouble", "said"), CASES.values(), ids=CASES)
def test_the_build_ends_and_names_the_page(build: Build, phase: str, trouble: str, said: str):
    run = build(**{phase: trouble})
    assert run.returncode != 0
    assert said in run.stderr
    assert f"at the page {PAGE}" in run.stderr


def test_what_is_raised_when_references_are_resolved_names_the_page(build: Build):
    run = build(resolving=RAISES)
    assert run.returncode != 0
    assert "no way" in run.stderr
    assert f"at the page {PAGE}" in run.stderr


@pytest.mark.parametrize("phase", ["reading", "resolving", "writing"])
def test_one_process_names_the_page_too(build: Build, phase: str):
    run = build(*SPHINX, "-j", "1", **{phase: RAISES})
    assert run.returncode != 0
    assert "no way" in run.stderr
    assert f"at the page {PAGE}" in run.stderr


def test_the_page_that_the_main_process_writes_first_is_named(build: Build):
    run = build(page="index", writing=RAISES)
    assert run.returncode != 0
    assert "index.md: ERROR: the build stopped at the page index" in run.stderr


def test_a_failure_behind_the_first_pages_is_not_forgotten(build: Build):
    # Sphinx adds the tasks of writing one by one, and drops what fails in between.
    run = build(page="pages/page-00", writing=RAISES, pausing="time.sleep(0.02)")
    assert run.returncode != 0
    assert "at the page pages/page-00" in run.stderr


@pytest.mark.parametrize("builder", ["text", "latex", "dirhtml"])
def test_every_builder_names_the_page(build: Build, builder: str):
    run = build(*SPHINX, "-j", "2", "-b", builder, reading=KILLED)
    assert run.returncode != 0
    assert f"was stopped by signal SIGKILL, at the page {PAGE}" in run.stderr


def test_what_can_not_be_sent_back_is_told_with_its_pages(build: Build):
    run = build(reading="app.env.metadata[docname]['x'] = lambda: None")
    assert run.returncode != 0
    assert "pickle" in run.stderr.lower()
    (line,) = {line.strip() for line in run.stderr.splitlines() if ", after the pages " in line}
    assert PAGE in line


def test_warnings_of_a_worker_that_fails_later_are_not_lost(build: Build):
    warn = "__import__('sphinx.util.logging').util.logging.getLogger('x').warning('seen before')"
    run = build(reading=f"{warn}; {RAISES}")
    assert run.returncode != 0
    assert "WARNING: seen before" in run.stderr


def test_a_worker_whose_child_keeps_its_files_open_is_missed_all_the_same(build: Build):
    # The child has the pipe's sending end, so that its end doesn't tell the worker's; it stays
    # until the build has ended.
    child = "[time.sleep(0.01) for _ in iter(lambda: os.path.exists(build), False)]"
    fork = f"build = f'/proc/{{os.getppid()}}'; os.fork() or ({child}, os._exit(0))"
    run = build(reading=f"{fork}; {KILLED}")
    assert run.returncode != 0
    assert f"was stopped by signal SIGKILL, at the page {PAGE}" in run.stderr


def test_the_last_worker_is_missed_too(tmp_path: Path):
    # No other worker's end makes the build look round.
    over, number = tmp_path / "over", tmp_path / "number"

    def die(pages: list[str]) -> None:
        for _ in pages:
            if child := os.fork():
                number.write_text(str(child))
                os.kill(os.getpid(), signal.SIGKILL)
            time.sleep(LONGEST)
            over.touch()
            os._exit(0)

    tasks = GuardedTasks(1)
    tasks.add_task(die, [PAGE])
    with pytest.raises(SphinxParallelError, match=f"SIGKILL, at the page {PAGE}"):
        tasks.join()
    assert not over.exists()
    os.kill(int(number.read_text()), signal.SIGKILL)


def test_a_worker_that_takes_no_notice_of_the_end_is_ended(build: Build):
    deaf = f"signal.signal(signal.SIGTERM, signal.SIG_IGN); os.mkdir('deaf'); time.sleep({LONGEST})"
    until_then = "[time.sleep(0.01) for _ in iter(lambda: os.path.exists('deaf'), True)]"
    run = build(reading=f"{until_then}; {RAISES}", elsewhere=deaf)
    assert run.returncode != 0
    assert f"at the page {PAGE}" in run.stderr


def test_what_fails_when_results_are_put_together_is_told(build: Build):
    run = build(merging=RAISES)
    assert run.returncode != 0
    assert "no way" in run.stderr


def test_guildhall_build_says_it_in_one_line(build: Build):
    run = build("guildhall.cli.main", "build", "-j", "2", reading=KILLED)
    assert run.returncode == 3
    assert run.stderr.splitlines()[-2:] == [
        f"The build failed: a worker process was stopped by signal SIGKILL, at the page {PAGE}",
        "The full log is in build/.guildhall/html-html/error.log.",
    ]


def test_without_trouble_two_processes_give_the_same_bytes_as_one(build: Build, tmp_path: Path):
    sites = []
    for jobs in ("1", "2"):
        run = build(*SPHINX[:-1], f"out-{jobs}", "-j", jobs)
        assert (run.returncode, run.stderr) == (0, "")
        folder = tmp_path / f"out-{jobs}"
        files = (each for each in folder.rglob("*") if each.is_file())
        sites.append(
            {
                name: each.read_bytes()
                for each in files
                if not (name := each.relative_to(folder).as_posix()).startswith(".doctrees")
            }
        )
    assert len(sites[0]) > 40
    assert sites[0] == sites[1]
