"""What is wrong with what a forge runs to check and publish a portal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from packaging.requirements import InvalidRequirement, Requirement

from guildhall.cli.doctor.diagnosis import Diagnosis
from guildhall.cli.doctor.machine import needed_python
from guildhall.cli.files import text_of
from guildhall.cli.init.files import WORKFLOWS
from guildhall.cli.init.repository import repository_of
from guildhall.core.version import __version__

REQUIREMENTS = "requirements.txt"
_COMMAND = re.compile(r"\bguildhall\s+(?:check|build)\b")
_PYTHON = re.compile(
    r"python-version:\s*[\"']?(?P<version>\d+\.\d+)|image:\s*python:(?P<image>\d+\.\d+)"
)


class _Lenient(yaml.SafeLoader):
    """Reads tags that only a forge knows, such as GitLab's ``!reference``."""


def _ignored(loader: yaml.SafeLoader, tag: str, node: yaml.Node) -> Any:
    del loader, tag, node  # What it stands for is of no interest.


_Lenient.add_multi_constructor("!", _ignored)


def requirements(root: Path) -> Iterator[Diagnosis]:
    """Whether what others install is what is installed here.

    Args:
        root: the portal's folder.
    """
    for number, line in enumerate(text_of(root / REQUIREMENTS).splitlines(), 1):
        try:
            requirement = Requirement(line.partition("#")[0])
        except InvalidRequirement:
            continue
        if requirement.name.lower() != "guildhall" or requirement.url:
            continue
        if not requirement.specifier.contains(__version__, prereleases=True):
            yield Diagnosis(
                f"{REQUIREMENTS}:{number}: asks for {requirement}, and {__version__} is installed",
                f"Install that one: pip install -r {REQUIREMENTS}; or name this one there.",
            )


def workflow(root: Path) -> Iterator[Diagnosis]:
    """Whether a forge checks the portal, with what it needs for that.

    Args:
        root: the portal's folder.
    """
    repository = repository_of(root)
    top = repository.top if repository else root
    files = [
        *sorted((top / WORKFLOWS["github"]).parent.glob("*.y*ml")),
        *filter(Path.is_file, [top / WORKFLOWS["gitlab"]]),
    ]
    texts = {path: text_of(path) for path in files}
    running = {path: text for path, text in texts.items() if _COMMAND.search(text)}
    if not running:
        yield Diagnosis(
            "no workflow checks and publishes the portal",
            "Write one with `guildhall init --forge github` or `gitlab`.",
            is_wrong=False,
        )
    for path, text in running.items():
        name = path.relative_to(top).as_posix()
        faults = list(_faults_of(root, text))
        for said, mend in faults:
            yield Diagnosis(f"{name}: {said}", mend)
        if not faults:
            yield Diagnosis(f"{name} checks the portal")


def _faults_of(root: Path, text: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a workflow, each with how to fix it."""
    try:
        yaml.load(text, Loader=_Lenient)  # noqa: S506 - a safe loader that knows no tags
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        yield (
            f"not valid YAML{where}",
            "Correct it, or move it away and run `guildhall init` again.",
        )
        return
    for found in _PYTHON.finditer(text):
        version = found["version"] or found["image"]
        if version not in needed_python():
            needed = needed_python()
            yield f"it uses Python {version}; Guildhall needs {needed}", "Name another one in it."
    if f"-r {REQUIREMENTS}" in text and not (root / REQUIREMENTS).is_file():
        yield (
            f"it installs {REQUIREMENTS}, which doesn't exist",
            "Write it with `guildhall init`, which leaves all else as it is.",
        )
