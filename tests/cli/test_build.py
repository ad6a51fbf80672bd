"""``guildhall build``: what people see, and what is left behind when it fails."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import shutil
import signal
import socket
import time
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from .. import commands

PROJECT = """\
kind: project
name: A project
type: Project
phase: Execution
start: 2025-01-01
end: 2025-12-31
summary: A small project.
"""


def guildhall(*arguments: str, cwd: Path, **environment: str) -> CompletedProcess[str]:
    hidden = {"GITHUB_ACTIONS", "CI", "GUILDHALL_BASE_URL", "GUILDHALL_TODAY"}
    inherited = {name: value for name, value in os.environ.items() if name not in hidden}
    return commands.run(
        *("guildhall.cli.main", *arguments),
        cwd=cwd,
        env={**inherited, "GUILDHALL_OFFLINE": "1", **environment},
        timeout=120,
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
    assert "The site is in build/html (3 pages)." in result.stdout
    assert "Checked: " in result.stdout
    assert "python3 -m http.server -d build/html 8000" in result.stdout
    assert (portal / "build/html/partners/project.html").is_file()
    assert result.stderr == ""


def test_it_works_from_any_folder_of_the_portal(portal: Path):
    assert guildhall("build", "-q", cwd=portal / "partners").returncode == 0
    assert (portal / "build/html/index.html").is_file()


def test_what_the_configuration_warns_of_is_told_unless_it_is_suppressed(portal: Path):
    warned = [
        "from sphinx.util import logging",
        'logger = logging.getLogger("own")',
        'logger.warning("said while it is read", type="own", subtype="conf")',
        "def setup(app):",
        '    logger.warning("said at the end of it", type="own", subtype="setup")',
        'suppress_warnings = ["own.setup"]',
    ]
    conf = portal / "conf/conf.py"
    conf.write_text("\n".join([conf.read_text(encoding="utf-8"), *warned, ""]), encoding="utf-8")
    result = guildhall("build", "-q", cwd=portal)
    assert (result.returncode, result.stderr.splitlines()[0]) == (
        1,
        "said while it is read [own.conf]",
    )
    assert "said at the end of it" not in result.stderr


def test_plain_sphinx_gives_the_same_site(portal: Path, tmp_path: Path):
    assert guildhall("build", "-q", cwd=portal).returncode == 0
    command = ("sphinx", "-q", "-W", "-c", "conf", "-d", "../trees", ".", "../plain")
    assert commands.run(*command, cwd=portal).returncode == 0
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
        assert "partners/index.md:9:" in result.stderr


def test_nothing_is_written_where_the_first_build_fails(portal: Path):
    (portal / "partners/project.yml").write_text("kind: projct\n", encoding="utf-8")
    result = guildhall("build", cwd=portal)
    assert result.returncode == 1
    assert "No site written." in result.stderr
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
    process = commands.Process("guildhall.cli.main", "build", cwd=portal)
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
        reading, writing = os.pipe()
        process = commands.Process("guildhall.cli.main", "build", cwd=portal, stderr=writing)
        os.close(writing)
        with open(reading, encoding="utf-8") as told:
            assert "waiting" in told.readline()
            assert process.poll() is None
            fcntl.flock(held, fcntl.LOCK_UN)
            assert process.wait(timeout=60) == 0


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
        "::error file=partners/project.yml,line=1,col=7,title=record.unknown-kind::"
        "unknown kind `projct`; did you mean `project`?\n"
    ) in result.stdout


def test_a_moved_portal_still_builds(portal: Path, tmp_path: Path):
    assert guildhall("build", "-q", cwd=portal).returncode == 0
    moved = tmp_path / "moved"
    shutil.move(portal, moved)
    assert guildhall("build", "-q", cwd=moved).returncode == 0


def test_a_deleted_page_is_gone_from_the_site(portal: Path, tmp_path: Path):
    (portal / "partners/page.md").write_text("# A page\n", encoding="utf-8")
    assert guildhall("build", "-q", cwd=portal).returncode == 0
    (portal / "partners/page.md").unlink()
    assert guildhall("build", "-q", cwd=portal).returncode == 0
    assert guildhall("build", "-q", "-o", "../anew/html", cwd=portal).returncode == 0
    assert snapshot(portal / "build/html") == snapshot(tmp_path / "anew/html")


def test_what_no_strict_let_pass_is_found_by_the_next_strict_build(portal: Path):
    page = portal / "partners/index.md"
    page.write_text(f"{page.read_text(encoding='utf-8')}\n[x](nowhere.md)\n", encoding="utf-8")
    assert guildhall("build", "--no-strict", cwd=portal).returncode == 0
    result = guildhall("build", cwd=portal)
    assert result.returncode == 1
    assert "partners/index.md:9:" in result.stderr


@pytest.mark.parametrize("output", ["partners", "."])
def test_a_folder_that_no_build_made_is_never_replaced(portal: Path, output: str):
    before = snapshot(portal)
    result = guildhall("build", "--output", output, cwd=portal)
    assert result.returncode == 2
    assert "--output" in result.stderr
    assert snapshot(portal) == before


def test_a_program_that_fails_is_one_line_and_a_log(portal: Path):
    text = "extensions = ['guildhall']\ndef setup(app):\n    1 / 0\n"
    (portal / "conf/conf.py").write_text(text, encoding="utf-8")
    result = guildhall("build", cwd=portal)
    assert result.returncode == 3
    failure, log = result.stderr.splitlines()
    assert failure.endswith("ZeroDivisionError: division by zero")
    assert "Traceback" not in failure
    assert log == "The full log is in build/.guildhall/html-html/error.log."


def test_verbose_shows_the_traceback(portal: Path):
    (portal / "conf/conf.py").write_text("1 / 0\n", encoding="utf-8")
    assert "Traceback" in guildhall("build", "--verbose", cwd=portal).stderr


def test_what_was_found_before_the_program_failed_is_told(portal: Path):
    (portal / "partners/project.yml").write_text("kind: projct\n", encoding="utf-8")
    conf = 'extensions = ["guildhall"]\ndef setup(app):\n    app.connect("env-updated", boom)\n'
    conf += 'def boom(app, env):\n    raise RuntimeError("no luck today")\n'
    (portal / "conf/conf.py").write_text(conf, encoding="utf-8")
    result = guildhall("build", cwd=portal)
    assert result.returncode == 3
    assert "did you mean `project`?" in result.stderr
    log = (portal / "build/.guildhall/html-html/error.log").read_text(encoding="utf-8")
    assert "reading sources" in log
    assert "\x1b" not in log


def test_stopping_a_build_leaves_the_last_good_site(portal: Path):
    assert guildhall("build", "-q", cwd=portal).returncode == 0
    good = snapshot(portal / "build/html")
    conf = portal / "conf/conf.py"
    conf.write_text(
        'extensions = ["guildhall"]\ndef setup(app):\n    app.connect("env-updated", stop)\n'
        "def stop(app, env):\n    import signal\n"
        # A shell's background job starts with the signal ignored.
        "    signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "    signal.raise_signal(signal.SIGINT)\n",
        encoding="utf-8",
    )
    result = guildhall("build", "--fresh", cwd=portal)
    assert result.returncode == 130
    assert result.stderr == "Stopped. The last good site is untouched.\n"
    assert snapshot(portal / "build/html") == good
    assert not (portal / "build/.guildhall/html-html/next").exists()


def test_a_site_made_by_other_software_is_made_anew(portal: Path):
    assert guildhall("build", "-q", cwd=portal).returncode == 0
    doctree = portal / "build/.guildhall/html-html/doctrees/index.doctree"
    read = doctree.stat().st_mtime_ns
    # Another environment: something may have changed, and the build looks at it.
    assert guildhall("build", "-q", cwd=portal, OTHER="1").returncode == 0
    assert doctree.stat().st_mtime_ns == read
    made = portal / "build/.guildhall/html-html/made"
    made.write_text("the fingerprint of another version", encoding="utf-8")
    assert guildhall("build", "-q", cwd=portal, OTHER="2").returncode == 0
    assert doctree.stat().st_mtime_ns > read


def test_the_link_check_fails_at_a_dead_link_and_keeps_its_report(portal: Path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    address = f"http://127.0.0.1:{port}/gone"
    page = portal / "partners/index.md"
    page.write_text(f"{page.read_text(encoding='utf-8')}\n<{address}>\n", encoding="utf-8")
    for _ in range(2):
        result = guildhall("build", "-b", "linkcheck", cwd=portal)
        assert result.returncode == 1
        assert f"partners/index.md:9:2: broken link: {address}" in result.stderr
        assert address in (portal / "build/linkcheck/output.txt").read_text(encoding="utf-8")


def test_annotations_name_files_from_the_top_of_the_checkout(portal: Path):
    (portal / "partners/project.yml").write_text("kind: projct\n", encoding="utf-8")
    github = {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(portal.parent)}
    result = guildhall("build", "--no-strict", cwd=portal, **github)
    assert "::warning file=portal/partners/project.yml,line=1,col=7," in result.stdout


def on_a_terminal(*arguments: str, cwd: Path, **environment: str) -> str:
    """Everything that a command shows on a terminal."""
    ours, theirs = pty.openpty()
    hidden = {"CI", "NO_COLOR", "GITHUB_ACTIONS"}
    inherited = {name: value for name, value in os.environ.items() if name not in hidden}
    process = commands.Process(
        *("guildhall.cli.main", *arguments),
        cwd=cwd,
        env={**inherited, "TERM": "xterm-256color", **environment},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = bytearray()
    # Linux answers with an error once the other end is closed.
    with contextlib.suppress(OSError):
        while chunk := os.read(ours, 4096):
            shown += chunk
    os.close(ours)
    assert process.wait(timeout=60) == 0
    return shown.decode()


COLOURS = re.compile(r"\x1b\[[0-9;]*[1-9][0-9;]*m")


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_terminal_gets_colours_unless_no_color_is_set(portal: Path, command: str):
    assert COLOURS.search(on_a_terminal(command, cwd=portal))
    assert not COLOURS.search(on_a_terminal(command, cwd=portal, NO_COLOR="1"))


def test_a_terminal_sees_progress_to_the_end_and_ci_none(portal: Path):
    shown = on_a_terminal("build", cwd=portal)
    assert re.search(r"Reading sources[^\r\n]*100%", shown)
    assert re.search(r"Writing output[^\r\n]*100%", shown)
    assert "Reading" not in on_a_terminal("build", "--fresh", cwd=portal, CI="true")
