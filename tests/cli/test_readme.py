"""What the README, the workflow and CI run is one and the same, and each command works."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

REPOSITORY = Path(__file__).parents[2]
WORKFLOW = REPOSITORY / ".github/workflows/portal.yml"


def readme_commands() -> list[str]:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    return re.findall(r"```sh\n(.+?)\n```", text, flags=re.DOTALL)


def workflow() -> dict[str, dict[str, dict[str, list[dict[str, str]]]]]:
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
    assert wider == {"deploy": {"pages": "write", "id-token": "write"}}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's files, as a clone would have them."""
    root = tmp_path_factory.mktemp("checkout") / "repository"
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    for name in filter(None, listed):
        source = REPOSITORY / name
        if source.is_file():
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    return root


#: Commands that a test of the suite can't run as they stand, each with its reason.
NOT_HERE = {
    "pip install -q -e .": "would replace the installation that runs the tests",
    ".ci/run": "is what runs these tests",
}


@pytest.mark.slow
@pytest.mark.parametrize("command", [c for c in workflow_commands() if c not in NOT_HERE])
def test_each_command_of_the_workflow_works_as_it_stands(command: str, checkout: Path):
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "GUILDHALL_BASE_URL": ""}
    if "linkcheck" in command:
        # No address outside this machine is asked: every link counts as ignored.
        conf = checkout / "conf/conf.py"
        conf.write_text(f'{conf.read_text(encoding="utf-8")}\nlinkcheck_ignore = [".*"]\n')
    result = subprocess.run(
        command,
        shell=True,
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_exception_is_a_command_of_the_workflow():
    assert set(NOT_HERE) <= set(workflow_commands())
