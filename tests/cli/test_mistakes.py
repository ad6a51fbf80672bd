"""What people get wrong around a portal, each told in one line with the right exit code."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.main import main
from guildhall.cli.report.failures import tell_failure
from guildhall.model.records.registry import load_registry
from guildhall.model.settings.portal import load_settings

PORTAL = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": "title: Portal\n",
    "index.md": "# Home\n",
}


def portal(root: Path, **changed: str) -> Path:
    for name, text in {**PORTAL, **changed}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, str(root)], catch_exceptions=False)


CONFIGURATIONS = [
    ("import nothing_like_it\n", "1:1: it can't be run: ModuleNotFoundError: No module named"),
    ('extensions = ["guildhall"\n', "1:14: not valid Python: '[' was never closed"),
    ("def f():\n    return 1 / 0\n\nf()\n", "2:1: it can't be run: ZeroDivisionError: division by"),
    ("import sys\nsys.exit(4)\n", "2:1: it ends the program; `conf.py` may not call `sys.exit()`"),
    ('extensions = ["guildhall", "no_such"]\n', "1:29: Could not import extension no_such"),
    ('extensions = ["guildhall"]\nhtml_theme = "nope"\n', "2:15: no theme named 'nope' found"),
    ('extensions = ["guildhall"]\nneeds_sphinx = "99.0"\n', "1:1: This project needs at least"),
]


@pytest.mark.parametrize(("text", "told"), CONFIGURATIONS, ids=[told for _, told in CONFIGURATIONS])
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_conf_py_that_cannot_be_used(command: str, text: str, told: str, tmp_path: Path):
    portal(tmp_path, **{"conf/conf.py": text})
    options = ["--offline"] if command == "check" else []
    result = run(tmp_path, command, *options)
    assert result.exit_code == ExitCode.FINDINGS
    (line,) = result.output.splitlines()
    assert line.startswith(f"conf/conf.py:{told}")
    assert line.endswith("[build.setup]")


def test_an_extension_that_fails_at_work_is_a_failing_program(tmp_path: Path):
    portal(
        tmp_path,
        **{
            "conf/conf.py": 'extensions = ["guildhall"]\n'
            "def setup(app):\n"
            "    app.connect('env-before-read-docs', lambda *a: 1 / 0)\n"
        },
    )
    result = run(tmp_path, "build")
    assert result.exit_code == ExitCode.INTERNAL
    assert "The full log is in" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_portal_without_a_start_page(command: str, tmp_path: Path):
    (portal(tmp_path) / "index.md").unlink()
    result = run(tmp_path, command, *(["--offline"] if command == "check" else []))
    assert result.exit_code == ExitCode.FINDINGS
    (line,) = result.output.splitlines()
    assert line.startswith("index.md:1:1: the portal has no start page; write index.md")


class TestSettings:
    """A fault of the settings is told once, and nothing else because of it."""

    CASES = (
        ("workshop_typs: {course: A course}\n", "unknown key `workshop_typs`"),
        ("titel: X\nworkshop_types: {course: A course}\n", "unknown key `titel`"),
        (
            "checks: {silenc: []}\nworkshop_types: {course: A course}\n",
            "unknown key `silenc`; did you mean `silence`?",
        ),
        ("language: English\nworkshop_types: {course: A course}\n", "found `English`"),
        ("sources: [workshops, nowhere]\nworkshop_types: {course: C}\n", "found `nowhere`, which"),
        ("theme: dark\nworkshop_types: {course: A course}\n", "expected a mapping"),
    )
    WORKSHOP = (
        "kind: workshop\ntitle: W\ntype: course\nstart: 2027-03-16\nend: 2027-03-16\n"
        "timezone: Europe/Oslo\nsummary: A workshop.\nformat: online\n"
    )

    @pytest.mark.parametrize(("settings", "told"), CASES)
    def test_one_fault_is_told_once(self, settings: str, told: str, tmp_path: Path):
        files = {"conf/portal.yml": settings, "workshops/2027-03-16-w.yml": self.WORKSHOP}
        root = portal(tmp_path, **files)
        read, faults = load_settings(root)
        (fault,) = faults
        assert told in fault.message
        assert list(read.workshop_types) == ["course"]
        assert load_registry(root, read).faults == ()

    def test_what_is_sound_is_kept(self, tmp_path: Path):
        text = "titel: Mine\nlanguage: sv\nroles: {Bad Role: x, cook: Cook}\nlicence: none at all\n"
        read, faults = load_settings(portal(tmp_path, **{"conf/portal.yml": text}))
        assert len(faults) == 3
        assert (read.title, read.language, read.licence) == ("Mine", "sv", "CC-BY-4.0")
        assert read.roles == {"cook": "Cook"}

    @pytest.mark.parametrize("text", ["- a\n", "text\n", "1: {2: [3]}\n", "sources: {a: b}\n"])
    def test_any_shape_of_the_file_is_read(self, text: str, tmp_path: Path):
        read, faults = load_settings(portal(tmp_path, **{"conf/portal.yml": text}))
        assert faults
        assert read.title == "Portal"


@pytest.mark.parametrize("number", ["EACCES", "EROFS", "ENOSPC"])
def test_a_folder_that_cannot_be_written(
    number: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    code = getattr(errno, number)
    error = OSError(code, os.strerror(code), str(tmp_path / "build"))
    ended = tell_failure("build", error, tmp_path, tmp_path / "error.log", verbose=False)
    assert ended == ExitCode.USAGE
    told = capsys.readouterr().err
    assert told == f"{tmp_path}/build: {os.strerror(code)}. Check its permissions.\n"
    assert not (tmp_path / "error.log").exists()


def test_any_command_tells_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(path: Path, *args: object, **options: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    result = run(tmp_path, "schema")
    assert result.exit_code == ExitCode.USAGE
    assert result.output == f"{tmp_path}: Permission denied. Check its permissions.\n"


LESSON = "kind: lesson\ntitle: Git\nsummary: About Git.\n"


def test_a_folder_of_pages_beside_lessons_without_a_record(tmp_path: Path):
    portal(
        tmp_path,
        **{
            "lessons/git/lesson.yml": LESSON,
            "lessons/git/a.md": "# A\n",
            "lessons/conflicts/index.md": "# Conflicts\n",
            "lessons/paths/index.md": "# Paths\n",
            "lessons/paths/first.yml": "kind: path\n",
            "lessons/_drafts/index.md": "# Drafts\n",
            "workshops/index.md": "# Workshops\n",
        },
    )
    result = run(tmp_path, "check", "--records")
    (told,) = (line for line in result.output.splitlines() if "has pages but no" in line)
    assert told.startswith(
        "lessons/conflicts/index.md:1:1: note: `lessons/conflicts/` has pages but no `lesson.yml`"
    )


INTERRUPTING = """
import os, signal, sys

# Shells start programs in the background with interrupts ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == os.environ["INTERRUPTED_AT"]:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Finder())
"""


@pytest.mark.parametrize(
    ("command", "module"),
    [
        (["--help"], "guildhall.cli.main"),
        (["build"], "click"),
        (["build"], "sphinx.application"),
        (["check", "--offline"], "guildhall.model.records.registry"),
        (["lint"], "guildhall.check.run.portal"),
        (["due"], "guildhall.check.due.gather"),
        (["serve", "--port", "8311"], "uvicorn"),
    ],
)
def test_an_interrupt_while_a_command_starts_ends_it_quietly(
    command: list[str], module: str, tmp_path: Path
):
    root = portal(tmp_path / "portal")
    (tmp_path / "sitecustomize.py").write_text(INTERRUPTING, encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    ended = subprocess.run(
        [sys.executable, "-c", "from guildhall.cli.start import start; start()", *command],
        cwd=root,
        env={**os.environ, "PYTHONPATH": path, "INTERRUPTED_AT": module},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == ExitCode.INTERRUPTED
    assert "Traceback" not in ended.stderr
    assert "Stopped." in ended.stderr + ended.stdout


def test_a_build_tells_columns_and_mends(tmp_path: Path):
    root = portal(
        tmp_path,
        **{
            "index.md": "# Home\n\nSee [it](gone.md) and {nothing}`x`.\n",
            "partners/a.yml": "kind: person\nname: A\nsort_name: A\nemail: none\n",
            "partners/b.yml": "kind: persn\n",
        },
    )
    told = run(root, "build").output.splitlines()
    assert any(line.startswith("index.md:3:10: ") and "gone.md" in line for line in told)
    assert any(line.startswith("index.md:3:24: ") and "nothing" in line for line in told)
    mends = told[told.index("How to fix them") + 1 : -1]
    # The nearest kind is named, and warnings of other programs say themselves what is wrong.
    assert [line.split()[0] for line in mends] == ["[record.value]"]
