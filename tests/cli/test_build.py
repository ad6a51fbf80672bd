"""``guildhall build``: what people see, and what is left behind when it fails."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROJECT = """\
kind: project
name: A project
type: Project
phase: Execution
start: 2025-01-01
end: 2025-12-31
summary: A small project.
"""


def guildhall(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    hidden = {"GITHUB_ACTIONS", "CI", "GUILDHALL_BASE_URL", "GUILDHALL_TODAY"}
    inherited = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [sys.executable, "-m", "guildhall.cli.main", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        env={**inherited, **environment},
        timeout=120,
        check=False,
    )


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    root = tmp_path / "portal"
    files = {
        "conf/conf.py": 'extensions = ["guildhall"]\n',
        "conf/portal.yml": "title: A small portal\nsources: [partners]\n",
        "index.md": "# Home\n\n```{toctree}\npartners/index\n```\n",
        "partners/index.md": "# Partners\n\n```{toctree}\n:glob:\n\n*\n```\n",
        "partners/project.yml": PROJECT,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_good_build_says_where_the_site_lies_what_was_checked_and_how_to_view_it(portal: Path):
    result = guildhall("build", cwd=portal)
    assert result.returncode == 0, result.stderr
    assert "The site lies in build/html (3 pages)." in result.stdout
    assert "Checked: " in result.stdout
    assert "python3 -m http.server -d build/html 8000" in result.stdout
    assert (portal / "build/html/partners/project.html").is_file()
    assert result.stderr == ""


def test_it_works_from_any_folder_of_the_portal(portal: Path):
    assert guildhall("build", "-q", cwd=portal / "partners").returncode == 0
    assert (portal / "build/html/index.html").is_file()


def test_plain_sphinx_gives_the_same_site(portal: Path, tmp_path: Path):
    assert guildhall("build", "-q", cwd=portal).returncode == 0
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-W",
        "-c",
        "conf",
        "-d",
        "../trees",
        ".",
        "../plain",
    ]
    subprocess.run(command, cwd=portal, check=True, timeout=120)
    assert snapshot(portal / "build/html") == snapshot(tmp_path / "plain")


def test_a_failed_build_leaves_the_last_good_site_and_says_the_same_again(portal: Path):
    assert guildhall("build", "-q", cwd=portal).returncode == 0
    good = snapshot(portal / "build/html")
    record = portal / "partners/project.yml"
    record.write_text(PROJECT.replace("end: 2025-12-31", "end: 2025-31-12"), encoding="utf-8")
    first, second = (guildhall("build", cwd=portal) for _ in range(2))
    for result in (first, second):
        assert result.returncode == 1
        assert "partners/project.yml:6:6: `end`: found `2025-31-12`" in result.stderr
        assert "The last good site is untouched." in result.stderr
    assert snapshot(portal / "build/html") == good
    record.write_text(PROJECT, encoding="utf-8")
    assert guildhall("build", cwd=portal).returncode == 0


def test_a_page_with_a_dead_reference_keeps_failing_until_it_is_mended(portal: Path):
    assert guildhall("build", "-q", cwd=portal).returncode == 0
    page = portal / "partners/index.md"
    good = page.read_text(encoding="utf-8")
    page.write_text(f"{good}\n{{project}}`projekt`\n", encoding="utf-8")
    for _ in range(2):
        result = guildhall("build", cwd=portal)
        assert result.returncode == 1
        assert "did you mean `project`?" in result.stderr
        assert "partners/index.md:9: " in result.stderr


def test_nothing_is_written_where_the_first_build_fails(portal: Path):
    (portal / "partners/project.yml").write_text("kind: projct\n", encoding="utf-8")
    result = guildhall("build", cwd=portal)
    assert result.returncode == 1
    assert "No site was written." in result.stderr
    assert not (portal / "build/html").exists()


def test_without_strict_findings_are_printed_and_the_site_is_published(portal: Path):
    (portal / "partners/project.yml").write_text("kind: projct\n", encoding="utf-8")
    result = guildhall("build", "--no-strict", cwd=portal)
    assert result.returncode == 0
    assert "did you mean `project`?" in result.stderr
    assert (portal / "build/html/index.html").is_file()


def test_a_failing_program_is_one_line_and_a_log_not_a_traceback(portal: Path):
    conf = portal / "conf/conf.py"
    conf.write_text(
        'extensions = ["guildhall"]\ndef setup(app):\n    app.connect("env-updated", boom)\n'
        'def boom(app, env):\n    raise RuntimeError("no luck today")\n',
        encoding="utf-8",
    )
    result = guildhall("build", cwd=portal)
    assert result.returncode == 3
    assert "no luck today" in result.stderr
    assert "Traceback" not in result.stderr
    log = portal / "build/.guildhall/html-html/error.log"
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_a_killed_build_leaves_the_last_good_site(portal: Path):
    assert guildhall("build", "-q", cwd=portal).returncode == 0
    good = snapshot(portal / "build/html")
    conf = portal / "conf/conf.py"
    conf.write_text(
        'extensions = ["guildhall"]\ndef setup(app):\n    app.connect("env-updated", wait)\n'
        "def wait(app, env):\n    import pathlib, time\n"
        '    pathlib.Path("waiting").touch()\n    time.sleep(60)\n',
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "guildhall.cli.main", "build"]
    process = subprocess.Popen(command, cwd=portal, stdout=subprocess.DEVNULL)
    for _ in range(600):
        if (portal / "waiting").exists():
            break
        time.sleep(0.1)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=30)
    assert snapshot(portal / "build/html") == good
    conf.write_text('extensions = ["guildhall"]\n', encoding="utf-8")
    assert guildhall("build", "-q", cwd=portal).returncode == 0


def test_a_build_killed_between_the_moves_is_put_right_by_the_next(portal: Path):
    assert guildhall("build", "-q", cwd=portal).returncode == 0
    previous = portal / "build/.guildhall/html-html/previous"
    previous.mkdir()
    (portal / "build/html").rename(previous / "site")
    (portal / "partners/project.yml").write_text("kind: projct\n", encoding="utf-8")
    result = guildhall("build", cwd=portal)
    assert result.returncode == 1
    assert (portal / "build/html/index.html").is_file()


def test_a_second_build_waits_for_the_first(portal: Path):
    lock = portal / "build/.guildhall/html-html/lock"
    lock.parent.mkdir(parents=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        command = [sys.executable, "-m", "guildhall.cli.main", "build"]
        process = subprocess.Popen(command, cwd=portal, stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        assert "waiting" in process.stderr.readline()
        assert process.poll() is None
    assert process.wait(timeout=60) == 0
    process.stderr.close()


def test_outside_a_portal_it_says_so(tmp_path: Path):
    result = guildhall("build", cwd=tmp_path)
    assert result.returncode == 2
    assert "conf/conf.py" in result.stderr


@pytest.mark.parametrize("option", [("--jobs", "none"), ("--today", "yesterday")])
def test_an_option_that_cannot_be_read_is_wrong_usage(portal: Path, option: tuple[str, str]):
    result = guildhall("build", *option, cwd=portal)
    assert result.returncode == 2
    assert option[0] in result.stderr


def test_output_has_no_colour_codes_in_a_pipe(portal: Path):
    (portal / "partners/project.yml").write_text("kind: projct\n", encoding="utf-8")
    result = guildhall("build", cwd=portal)
    assert "\x1b" not in result.stdout + result.stderr


def test_the_day_of_the_build_is_an_input(portal: Path):
    page = portal / "partners/index.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\n:::{{project-progress}} project\n:::\n", encoding="utf-8")
    for day, words in (("2024-12-31", "starts on 1 January 2025"), ("2026-01-01", "ended on")):
        assert guildhall("build", "-q", "--today", day, cwd=portal).returncode == 0
        assert words in (portal / "build/html/partners/index.html").read_text(encoding="utf-8")


def test_on_github_each_finding_is_an_annotation_too(portal: Path):
    (portal / "partners/project.yml").write_text("kind: projct\n", encoding="utf-8")
    result = guildhall("build", cwd=portal, GITHUB_ACTIONS="true")
    assert (
        "::error file=partners/project.yml,line=1,col=7,title=guildhall.unknown-kind::"
        "unknown kind `projct`; did you mean `project`?\n"
    ) in result.stdout


def test_a_moved_portal_still_builds(portal: Path, tmp_path: Path):
    assert guildhall("build", "-q", cwd=portal).returncode == 0
    moved = tmp_path / "moved"
    shutil.move(portal, moved)
    assert guildhall("build", "-q", cwd=moved).returncode == 0
