"""What the README, the workflow and CI run is one and the same, and each command works."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

REPOSITORY = Path(__file__).parents[2]
WORKFLOW = REPOSITORY / ".github/workflows/portal.yml"


def readme_commands() -> list[str]:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    return re.findall(r"```sh\n(.+?)\n```", text, flags=re.DOTALL)


def workflow() -> dict[str, Any]:
    # BaseLoader keeps `on` a word.
    return yaml.load(WORKFLOW.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def workflow_commands() -> list[str]:
    steps = (step for job in workflow()["jobs"].values() for step in job["steps"])
    return sorted({step["run"] for step in steps if "run" in step})


def test_the_readme_has_two_commands():
    assert len(readme_commands()) == 2
    assert "\n" not in "".join(readme_commands())


def test_ci_runs_the_readmes_test_command_word_for_word():
    lines = (REPOSITORY / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert readme_commands()[1] in lines


def test_the_workflow_has_least_permissions():
    assert workflow()["permissions"] == {"contents": "read"}
    jobs = workflow()["jobs"]
    wider = {name: job["permissions"] for name, job in jobs.items() if "permissions" in job}
    assert wider == {
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }


def workflow_actions() -> list[dict[str, Any]]:
    steps = (step for job in workflow()["jobs"].values() for step in job["steps"])
    return [step for step in steps if "uses" in step]


def test_every_action_is_pinned_to_a_commit():
    for step in workflow_actions():
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"])


def test_the_published_site_keeps_its_hidden_files_such_as_nojekyll():
    (upload,) = (s for s in workflow_actions() if "upload-pages-artifact" in s["uses"])
    assert upload["with"] == {"path": "build/html", "include-hidden-files": "true"}


def test_every_python_that_is_promised_is_tested():
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    promised = re.findall(r"Python :: (\d\.\d+)", "\n".join(project["classifiers"]))
    assert workflow()["jobs"]["test"]["strategy"]["matrix"]["python"] == promised


def test_nothing_is_published_that_was_not_tested():
    assert set(workflow()["jobs"]["deploy"]["needs"]) == {"build", "test"}


#: What a clone doesn't have.
UNTRACKED = (".git", ".venv", ".nox", ".*_cache", "__pycache__", "build", "node_modules", ".hypo*")


def in_checkout(command: str, checkout: Path) -> str:
    """Run a command in a checkout, as a person does whose environment is active."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    result = subprocess.run(
        command,
        shell=True,
        cwd=checkout,
        env={**os.environ, "PATH": path, "GUILDHALL_BASE_URL": "https://org.example/project/"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The repository's files, checked in."""
    if not shutil.which("git") and not os.environ.get("CI"):
        pytest.skip("git is not installed (sudo apt install git)")
    root = tmp_path / "repository"
    shutil.copytree(REPOSITORY, root, ignore=shutil.ignore_patterns(*UNTRACKED))
    in_checkout("git init -q && git add -A", root)
    return root


#: Commands that a test of the suite can't run as they stand, each with its reason.
NOT_HERE = {
    "pip install -q -e .": "would replace the installation that runs the tests",
    ".ci/run": "is what runs these tests",
    ".ci/needs": "installs programs, for all of the machine",
    "pip install -q nox && nox -s newest": "runs these tests on another Sphinx",
}


def steps_of(job: str) -> list[str]:
    steps = workflow()["jobs"][job]["steps"]
    return [step["run"] for step in steps if "run" in step and step["run"] not in NOT_HERE]


@pytest.mark.slow
def test_each_command_that_builds_works_as_it_stands_and_again_from_the_cache(checkout: Path):
    page = checkout / "build/html/index.html"
    for command in steps_of("build"):
        in_checkout(command, checkout)
    assert page.is_file()
    assert (checkout / "build/html/.nojekyll").is_file()
    doctrees = checkout / "build/.guildhall/html-html/doctrees"
    read = {path: path.stat().st_mtime_ns for path in doctrees.rglob("*.doctree")}
    # The next run: the cache is back, and the checkout dates every file to now.
    changed = checkout / "lessons/index.md"
    changed.write_text(f"{changed.read_text(encoding='utf-8')}\nOne more line.\n", encoding="utf-8")
    in_checkout(
        "git add -A && git -c core.quotePath=false ls-files | xargs -d '\\n' touch", checkout
    )
    for command in steps_of("build"):
        in_checkout(command, checkout)
    read_again = {p.stem for p, at in read.items() if p.stat().st_mtime_ns != at}
    assert "One more line." in (checkout / "build/html/lessons/index.html").read_text("utf-8")
    assert len(read_again) < len(read) / 10


def test_every_command_of_the_workflow_is_run_by_a_test_or_excused():
    assert set(workflow_commands()) == {*steps_of("build"), *NOT_HERE}


def test_every_exception_is_a_command_of_the_workflow():
    assert set(NOT_HERE) <= set(workflow_commands())
