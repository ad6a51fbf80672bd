"""The git repository that a new portal lies in, as far as it can be known."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from guildhall.core.forges import forge_of, web_address
from guildhall.core.values.faults import ValueFault
from guildhall.core.values.identifiers import parse_url

_BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository.

    Args:
        top: its folder.
        address: the web address of its remote `origin`, if it has one.
        branch: the branch that is checked out.
    """

    top: Path
    address: str | None
    branch: str

    @property
    def forge(self) -> str:
        """The forge of the remote, if there is a workflow for it; else ``none``."""
        forge = forge_of(self.address)
        return forge if forge in {"github", "gitlab"} else "none"


def repository_of(folder: Path) -> Repository | None:
    """The repository that a folder lies in; None where there is none, or no git.

    Args:
        folder: the folder, which needn't exist.
    """
    here = next(each for each in (folder, *folder.parents) if each.is_dir())
    top = _git(here, "rev-parse", "--show-toplevel")
    if not top:
        return None
    branch = _git(here, "symbolic-ref", "--short", "HEAD")
    return Repository(
        Path(top),
        _address(_git(here, "remote", "get-url", "origin")),
        branch if _BRANCH.fullmatch(branch) else "main",
    )


def _address(remote: str) -> str | None:
    address = web_address(remote)
    if address is None:
        return None
    # A password in the remote's address is nobody else's business.
    scheme, _, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    try:
        return parse_url(f"{scheme}://{host.rpartition('@')[2]}{slash}{path}")
    except ValueFault:
        return None


def _git(folder: Path, *arguments: str) -> str:
    """What git says, on one line; empty where it says nothing."""
    try:
        run = subprocess.run(  # noqa: S603 - fixed arguments, no shell
            ["git", *arguments],  # noqa: S607 - the user's own git
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return ""
    return run.stdout.strip() if run.returncode == 0 else ""
