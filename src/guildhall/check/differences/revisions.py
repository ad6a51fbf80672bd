"""Other states of the portal, from git: which commit to compare with, and its files.

Git reads and writes nothing but its own objects: no checkout, no index, no hooks. The files are
written by :func:`guildhall.network.lessons.checkout.write_files`, so submodules and links that lead
out are left out, and what Git LFS holds stays a pointer.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from guildhall.core.values.faults import nearest, quote
from guildhall.model.checkouts import CACHE
from guildhall.network.lessons.checkout import write_files
from guildhall.network.lessons.git import GitError, Repository, run_git

HEAD = "HEAD"
_STEPS = re.compile(r"[~^@].*")
_SETTINGS = (
    *("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.quotePath=false", "-c", "log.showSignature=false"),
)


class RevisionError(Exception):
    """A state of the portal can't be had; the message is one sentence for people."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit to compare with.

    Args:
        commit: its full id.
        name: what was asked for, such as ``main``.
        is_branching_point: whether it is not the commit of that name, but the last one that both
            sides have in common.
    """

    commit: str
    name: str
    is_branching_point: bool = False

    def __str__(self) -> str:
        short = self.commit[:7]
        if self.is_branching_point:
            return f"{self.name} where this branched off ({short})"
        return self.name if self.commit.startswith(self.name) else f"{self.name} ({short})"


def revision(root: Path, ref: str) -> Revision:
    """The commit that a name means.

    Args:
        root: the portal's folder, at the top of a git repository or below it.
        ref: a branch, a tag, a commit, or a step from one such as ``HEAD~1``.

    Raises:
        RevisionError: where there is no repository, or nothing of that name.
    """
    _check_repository(root)
    wanted = f"{ref}^{{commit}}"
    if ref and ref.isprintable() and not ref.startswith("-") and ":" not in ref:
        try:
            found = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
        except GitError:
            found = b""
        # Two dots give two commits, one of them to be left out.
        if re.fullmatch(r"[0-9a-f]{40,64}", commit := found.decode().strip()):
            return Revision(commit, ref)
    raise RevisionError(_no_such(root, ref))


def base_of(root: Path, ref: str, to: str = HEAD) -> Revision:
    """The last commit that a name and another one have in common, as forges compare branches.

    Args:
        root: the portal's folder.
        ref: the name to compare with.
        to: the name that is compared.

    Raises:
        RevisionError: where one of them is nothing, or they have nothing in common.
    """
    base, head = revision(root, ref), revision(root, to)
    try:
        found = git(root, "merge-base", base.commit, head.commit).decode().split()
    except GitError:
        found = []
    if not found:
        what = f"{quote(ref)} and {quote(to)} have no commit in common"
        if is_shallow(root):
            raise RevisionError(f"{what} in this clone. {_SHALLOW}")
        raise RevisionError(f"{what}; `--exact` compares with {quote(ref)} itself")
    return Revision(found[0], ref, found[0] != base.commit)


@contextmanager
def export(root: Path, ref: str) -> Iterator[Path]:
    """The portal as it was where the present commit branched off from ``ref``.

    Args:
        root: the portal's folder.
        ref: a branch, tag or commit.

    Yields:
        the portal's folder in that state, which is deleted afterwards.

    Raises:
        RevisionError: where that state can't be had.
    """
    with export_commit(root, base_of(root, ref).commit) as folder:
        yield folder


@contextmanager
def export_commit(root: Path, commit: str) -> Iterator[Path]:
    """The portal as it is in a commit; empty where the commit has no such folder.

    External lessons are shared with ``root``, since they are kept by commit.

    Args:
        root: the portal's folder.
        commit: the id of the commit.

    Yields:
        the portal's folder in that state, which is deleted afterwards.

    Raises:
        RevisionError: where its files can't be read.
    """
    with tempfile.TemporaryDirectory(prefix="guildhall-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve() / root.resolve().name
        tree = _tree(root, commit)
        try:
            if tree is None:
                folder.mkdir()
            else:
                repository = Repository(root, environment=_environment())
                write_files(repository, tree, folder)
        except (GitError, OSError) as error:
            message = f"the files of {commit[:12]} can't be read: {error}"
            raise RevisionError(message) from None
        _share_lessons(root, folder)
        yield folder


def _share_lessons(root: Path, folder: Path) -> None:
    here, there = (root / CACHE).resolve(), folder / CACHE
    # What the commit itself has under that name stays, whatever it is.
    if here.is_dir() and not os.path.lexists(folder / CACHE.parts[0]):
        there.parent.mkdir(parents=True)
        there.symlink_to(here, target_is_directory=True)


def _tree(root: Path, commit: str) -> str | None:
    """The tree of the portal's folder in a commit."""
    prefix = git(root, "rev-parse", "--show-prefix").rstrip(b"\n")
    # Paths are bytes to git, and every one of them can be an argument.
    path = os.fsdecode(prefix).rstrip("/")
    try:
        found = git(
            root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}:{path}"
        )
    except GitError:
        return None
    return found.decode().strip()


def is_shallow(root: Path) -> bool:
    """Whether a clone has only a part of the history."""
    try:
        return git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
    except GitError:
        return False


def git(root: Path, *arguments: str) -> bytes:
    """What git prints in the portal's folder.

    Raises:
        GitError: where it fails.
    """
    return run_git(["-C", str(root), *_SETTINGS, *arguments], b"", _environment())


def _environment() -> dict[str, str]:
    """One's own configuration of git, but no questions, and nothing that a hook has set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    for name, value in os.environ.items():
        if name.startswith(("GIT_CONFIG", "GIT_CEILING", "GIT_EXEC_PATH", "GIT_DISCOVERY")):
            kept[name] = value
    return {
        **kept,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_LITERAL_PATHSPECS": "1",
        "LC_ALL": "C",
    }


_SHALLOW = (
    "It is shallow: check out with `fetch-depth: 0` in a workflow, or run `git fetch --unshallow`."
)


def _check_repository(root: Path) -> None:
    try:
        git(root, "rev-parse", "--git-dir")
    except GitError as error:
        words = str(error)
        if "not a git repository" in words:
            raise RevisionError(f"{root} is not in a git repository") from None
        raise RevisionError(f"git can't read the repository: {words}") from None


def _no_such(root: Path, ref: str) -> str:
    try:
        listed = git(root, "for-each-ref", "--format=%(refname:lstrip=2)")
    except GitError:
        listed = b""
    names = [name for name in listed.decode("utf-8", "replace").split("\n") if name]
    if not names:
        return f"there is no {quote(ref)}: the repository has no commits yet"
    bare = _STEPS.sub("", ref.partition("..")[0])
    at_remote = [name for name in names if bare and name.endswith(f"/{bare}")]
    near = bare if bare in names else min(at_remote, default=None) or nearest(bare, names)
    hint = f"; did you mean `{near}`?" if near else "."
    message = f"there is no branch, tag or commit {quote(ref)}{hint}"
    return (
        f"{message} {_SHALLOW.replace('It is', 'This clone is')}" if is_shallow(root) else message
    )
