"""The workflow that keeps one issue of what is due, against a GitHub that a test can look into."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from guildhall.check.due.render import MARKER

REPOSITORY = Path(__file__).parents[2]
WORKFLOW = REPOSITORY / ".github/workflows/due.yml"
GUIDE = REPOSITORY / "docs/how-to/keep-one-issue-of-what-is-due.md"
BOT = "github-actions[bot]"

GH = """\
#!{python}
import json, pathlib, subprocess, sys

store = pathlib.Path({store!r})
log = pathlib.Path({log!r})
arguments = sys.argv[1:]
issues = json.loads(store.read_text())


def after(name):
    return arguments[arguments.index(name) + 1]


def find(number):
    (issue,) = [each for each in issues if str(each["number"]) == number]
    return issue


def body():
    return pathlib.Path(after("--body-file")).read_text().rstrip("\\n")


def through_jq(data):
    filtered = subprocess.run(
        ["jq", "-r", after("--jq")], input=json.dumps(data), text=True, stdout=-1, check=True
    )
    sys.stdout.write(filtered.stdout)


match arguments:
    case ["api", "--method", "GET", "--paginate", "repos/{{owner}}/{{repo}}/issues", *_]:
        assert "state=all" in arguments
        through_jq(issues)
    case ["api", address, "--jq", ".body"]:
        through_jq(find(address.removeprefix("repos/{{owner}}/{{repo}}/issues/")))
        sys.exit()
    case ["issue", "create", *_]:
        assert after("--title")
        number = len(issues) + 1
        issues.append(
            {{"number": number, "state": "open", "body": body(), "user": {{"login": {bot!r}}}}}
        )
    case ["issue", "edit", number, *_]:
        find(number)["body"] = body()
    case ["issue", "close", number]:
        find(number)["state"] = "closed"
    case ["issue", "reopen", number]:
        find(number)["state"] = "open"
    case _:
        sys.exit(f"unknown: {{arguments}}")
if arguments[0] == "issue":
    with log.open("a") as file:
        file.write(arguments[1] + "\\n")
store.write_text(json.dumps(issues))
"""


def workflow() -> dict[str, Any]:
    # BaseLoader keeps `on` a word.
    return yaml.load(WORKFLOW.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def steps() -> dict[str, dict[str, Any]]:
    (job,) = workflow()["jobs"].values()
    return {step.get("name", step.get("uses", "")): step for step in job["steps"]}


class Forge:
    """A repository's issues, and the workflow that is run on them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store, self.log = folder / "issues.json", folder / "log"
        self.store.write_text("[]")
        program = folder / "gh"
        text = GH.format(python=sys.executable, store=str(self.store), log=str(self.log), bot=BOT)
        program.write_text(text)
        program.chmod(0o755)

    @property
    def issues(self) -> list[dict[str, Any]]:
        return json.loads(self.store.read_text())

    def add(self, body: str, login: str, **more: object) -> None:
        number = len(self.issues) + 1
        issue = {"number": number, "state": "open", "body": body, "user": {"login": login}, **more}
        self.store.write_text(json.dumps([*self.issues, issue]))

    def run(self, body: str, code: int) -> list[str]:
        """Run the step; gives what it did to issues."""
        (self.folder / "due.md").write_text(f"{MARKER}\n{body}\n")
        self.log.write_text("")
        subprocess.run(
            # As GitHub runs it where no shell is named.
            ["bash", "-e", "-c", steps()["Keep one issue of it"]["run"]],
            env={
                "PATH": f"{self.folder}{os.pathsep}{os.environ['PATH']}",
                "RUNNER_TEMP": str(self.folder),
                "CODE": str(code),
            },
            check=True,
            timeout=60,
        )
        return self.log.read_text().split()


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    for tool in ("bash", "jq"):
        if not shutil.which(tool) and not os.environ.get("CI"):
            pytest.skip(f"{tool} is not installed (sudo apt install {tool})")
    return Forge(tmp_path)


def test_one_issue_is_opened_kept_closed_and_reopened(forge: Forge):
    assert forge.run("Nothing.", 0) == []
    assert forge.run("One.", 1) == ["create"]
    assert forge.run("One.", 1) == []
    assert forge.run("Two.", 1) == ["edit"]
    assert forge.run("Nothing.", 0) == ["edit", "close"]
    assert forge.run("Nothing.", 0) == []
    assert forge.run("Three.", 1) == ["edit", "reopen"]
    (issue,) = forge.issues
    assert (issue["state"], issue["body"]) == ("open", f"{MARKER}\nThree.")


def test_issues_of_others_are_left_alone(forge: Forge):
    forge.add(f"{MARKER}\nMine!", "somebody")
    forge.add(f"I quote {MARKER}", BOT)
    forge.add(f"{MARKER}\nA pull request.", BOT, pull_request={})
    forge.add(None, BOT)  # type: ignore[arg-type]
    before = forge.issues
    assert forge.run("One.", 1) == ["create"]
    assert forge.issues[:4] == before
    assert forge.run("One.", 1) == []


def test_of_two_issues_the_first_is_kept(forge: Forge):
    forge.add(f"{MARKER}\nOne.", BOT)
    forge.add(f"{MARKER}\nOne.", BOT)
    assert forge.run("Two.", 1) == ["edit"]
    assert [each["body"][-4:] for each in forge.issues] == ["Two.", "One."]


def test_line_ends_that_github_changes_are_no_change(forge: Forge):
    forge.add(f"{MARKER}\r\nOne.", BOT)
    assert forge.run("One.", 1) == []


@pytest.mark.parametrize(("code", "succeeds"), [(0, True), (1, True), (2, False), (3, False)])
def test_a_failing_program_is_no_report(code: int, succeeds: bool, tmp_path: Path):
    program = tmp_path / "guildhall"
    program.write_text(f"#!/bin/sh\necho report of $*\nexit {code}\n")
    program.chmod(0o755)
    output = tmp_path / "output"
    done = subprocess.run(
        ["bash", "-e", "-c", steps()["Report what is due"]["run"]],
        env={
            "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(tmp_path),
            "GITHUB_OUTPUT": str(output),
        },
        timeout=60,
        check=False,
    )
    assert (done.returncode == 0) is succeeds
    assert output.read_text() == f"code={code}\n"
    assert (
        tmp_path / "due.md"
    ).read_text() == "report of due --check build/check.json --format markdown\n"


def test_the_workflow_may_do_no_more_than_it_has_to():
    assert workflow()["permissions"] == {"contents": "read"}
    (job,) = workflow()["jobs"].values()
    assert job["permissions"] == {"contents": "read", "issues": "write"}
    assert set(workflow()["on"]) == {"schedule", "workflow_dispatch"}
    assert set(steps()["Keep one issue of it"]["env"]) == {"GH_TOKEN", "GH_REPO", "CODE"}


def test_nothing_of_the_outside_is_written_into_a_command():
    for step in steps().values():
        assert "${{" not in step.get("run", "")


def test_actions_are_the_ones_that_the_portals_workflow_pins():
    pinned = re.compile(r"uses: (\S+@[0-9a-f]{40} # v\S+)")
    text = WORKFLOW.read_text(encoding="utf-8")
    used = pinned.findall(text)
    others = (WORKFLOW.parent / "portal.yml").read_text(encoding="utf-8")
    assert len(used) == text.count("uses:") == 3
    assert set(used) <= set(pinned.findall(others))


def test_the_marker_of_the_workflow_is_that_of_the_report():
    assert f'startswith("{MARKER}")' in WORKFLOW.read_text(encoding="utf-8")


def test_the_guide_shows_the_workflow_as_it_runs_here():
    guide = GUIDE.read_text(encoding="utf-8")
    (shown,) = re.findall(r"\{literalinclude\} (\S+)", guide)
    assert (GUIDE.parent / shown).resolve() == WORKFLOW
