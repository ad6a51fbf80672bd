"""A worker process that dies or raises: the build ends soon, and says at which page."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TROUBLE = """
import os, signal

def setup(app):
    app.connect("source-read", reading)
    app.connect("doctree-resolved", resolving)
    app.connect("html-page-context", writing)
    return {{"parallel_read_safe": True, "parallel_write_safe": True}}

def reading(app, docname, source):
    if docname == "pages/page-17":
        {reading}

def resolving(app, doctree, docname):
    if docname == "pages/page-17":
        {resolving}

def writing(app, pagename, *rest):
    if pagename == "pages/page-17":
        {writing}
"""


def build(root: Path, **trouble: str) -> subprocess.CompletedProcess[str]:
    phases = {phase: trouble.get(phase, "pass") for phase in ("reading", "resolving", "writing")}
    (root / "conf").mkdir(exist_ok=True)
    (root / "pages").mkdir(exist_ok=True)
    (root / "conf" / "trouble.py").write_text(TROUBLE.format(**phases))
    (root / "conf" / "conf.py").write_text(
        "import sys, pathlib\nsys.path.insert(0, str(pathlib.Path(__file__).parent))\n"
        'extensions = ["guildhall", "trouble"]\n'
    )
    (root / "conf" / "portal.yml").write_text("title: Small\nsources: [pages]\n")
    (root / "index.md").write_text("# Home\n\n```{toctree}\n:glob:\n\npages/*\n```\n")
    for number in range(40):
        (root / "pages" / f"page-{number:02d}.md").write_text(f"# Page {number}\n")
    command = [sys.executable, "-m", "sphinx", "-q", "-j", "2", "-c", "conf", ".", "out"]
    return subprocess.run(
        command,
        cwd=root,
        env={**os.environ, "GUILDHALL_TODAY": "2026-01-01"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


CASES = {
    "killed": ("os.kill(os.getpid(), signal.SIGKILL)", "was stopped by signal SIGKILL"),
    "exits": ("os._exit(3)", "ended with exit code 3"),
    "raises": ('raise RuntimeError("no way")', "no way"),
    "leaves": ("raise SystemExit(4)", "SystemExit: 4"),
}


@pytest.mark.parametrize("phase", ["reading", "writing"])
@pytest.mark.parametrize(("trouble", "said"), CASES.values(), ids=CASES)
def test_the_build_ends_and_names_the_page(tmp_path: Path, phase: str, trouble: str, said: str):
    run = build(tmp_path, **{phase: trouble})
    assert run.returncode != 0
    assert said in run.stderr
    assert "at the page pages/page-17" in run.stderr


def test_what_is_raised_when_references_are_resolved_names_the_page(tmp_path: Path):
    run = build(tmp_path, resolving='raise RuntimeError("no way")')
    assert run.returncode != 0
    assert "no way" in run.stderr
    assert "at the page pages/page-17" in run.stderr


def test_what_can_not_be_sent_back_is_told(tmp_path: Path):
    run = build(tmp_path, reading="app.env.metadata[docname]['x'] = lambda: None")
    assert run.returncode != 0
    assert "pickle" in run.stderr.lower()


def test_without_trouble_nothing_is_different(tmp_path: Path):
    run = build(tmp_path)
    assert (run.returncode, run.stderr) == (0, "")
    assert len(list((tmp_path / "out" / "pages").glob("*.html"))) == 40
