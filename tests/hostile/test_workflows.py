"""What is built from a fork never sees a secret, and writes nowhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
_IN_DOCS = re.compile(r"^```yaml\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_OF_STRANGERS = re.compile(
    r"\$\{\{[^}]*github\.(event\.(?!pages)|head_ref|actor\b)[^}]*\}\}", re.IGNORECASE
)
_SECRET = re.compile(r"\bsecrets\.(?!GITHUB_TOKEN\b)", re.IGNORECASE)


def workflows() -> dict[str, str]:
    found = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((ROOT / ".github/workflows").glob("*.y*ml"))
    }
    for page in sorted((ROOT / "docs/how-to").glob("*.md")):
        blocks = _IN_DOCS.finditer(page.read_text(encoding="utf-8"))
        texts = [block["text"] for block in blocks if re.search("^jobs:", block["text"], re.M)]
        found |= {f"{page.name}#{at}": text for at, text in enumerate(texts)}
    return found


WORKFLOWS = workflows()


def events(workflow: dict[Any, Any]) -> set[str]:
    # YAML 1.1 reads the key `on` as true.
    stated = workflow.get("on", workflow.get(True))
    return {stated} if isinstance(stated, str) else set(stated)


def writes(permissions: Any) -> bool:
    return permissions == "write-all" or (
        isinstance(permissions, dict) and "write" in permissions.values()
    )


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_gives_nothing_to_a_fork(name: str):
    text = WORKFLOWS[name]
    workflow = yaml.safe_load(text)
    told = events(workflow)
    assert workflow.get("permissions") in ({"contents": "read"}, {}), (
        "reads only, unless a job says"
    )
    for job in workflow["jobs"].values():
        runs_for_forks = "pull_request" in told and "pull_request'" not in str(job.get("if", ""))
        if runs_for_forks:
            assert not writes(job.get("permissions"))
            assert not _SECRET.search(str(job))
        for step in job["steps"]:
            if "actions/checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False
                # Under `pull_request_target` the default is the base branch.
                assert "ref" not in step["with"]
            # A title or branch name in a script would be a part of the script.
            assert not _OF_STRANGERS.search(step.get("run", ""))


@pytest.mark.parametrize("name", [name for name in WORKFLOWS if name.startswith(".github")])
def test_actions_are_pinned_to_commits(name: str):
    used = re.findall(r"uses: (\S+)", WORKFLOWS[name])
    assert [each for each in used if not re.search(r"@[0-9a-f]{40}$", each)] == []


def test_what_writes_on_pull_requests_checks_out_none_of_them():
    for text in WORKFLOWS.values():
        workflow = yaml.safe_load(text)
        if "pull_request_target" in events(workflow):
            assert "refs/pull/$NUMBER/head:refs/remotes" in text
            assert not re.search(r"git (checkout|switch|merge|worktree|reset)", text)
            assert "--to pull/head" in text
