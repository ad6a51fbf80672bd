"""Git, as far as lessons need it: which commit a name means, and the files of one commit.

What is fetched is untrusted. Git never writes files of a lesson: its trees and blobs are read from
a bare repository and written by :mod:`guildhall.network.lessons.checkout`, so hooks, filters,
attributes and submodules have no place to act. Git's own configuration is replaced by one file of
ours.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from guildhall.core.values.faults import ValueFault, quote
from guildhall.core.values.identifiers import is_commit, parse_git_address
from guildhall.core.values.legible import legible, without_passwords

LONGEST_SECONDS = 600.0
"""The longest that one run of git is waited for."""
LARGEST_FETCH = 1024**3
"""Bytes that a fetch may put on the disk; shallow clones of real lessons take 0.1 to 60 MB."""
MOST_MISSING = 50
"""How many files a repository may lack before it is called broken."""

_PLAIN_CONFIG = "[core]\n\trepositoryformatversion = 0\n\tbare = true\n"
_CONFIG = Path(__file__).with_name("gitconfig")
_KEPT_VARIABLES = ("GIT_SSH", "GIT_SSL", "GIT_PROXY", "GIT_HTTP", "GIT_EXEC_PATH")
_NO_REF = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|^[-/.]|[/.]$|\.lock$")
_HEAD = re.compile(r"^ref: refs/heads/(\S+)\tHEAD$", re.MULTILINE)
_NOT_OURS = re.compile(r"not our ref ([0-9a-f]{40})")


class GitError(Exception):
    """Git could not do what was asked; the message is one clause for people."""


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """One entry of a commit's tree.

    Args:
        mode: as git writes it: ``100644`` and ``100755`` (files), ``120000`` (a link), ``160000``
            (a submodule).
        oid: the object's id.
        path: the path from the repository's top, as bytes.
    """

    mode: str
    oid: str
    path: bytes


def check_ref(ref: str) -> str:
    """Give back the name of a branch, tag or commit if it is one (``git help check-ref-format``).

    Raises:
        GitError: for anything else, such as an option.
    """
    if not ref or _NO_REF.search(ref):
        raise GitError(f"{quote(ref)} is not a name of a branch, tag or commit")
    return ref


def resolve(address: str, ref: str) -> str:
    """Ask a repository which commit a name means at the moment.

    Args:
        address: the repository.
        ref: a branch, a tag, ``HEAD`` or a full commit id; tags go before branches, as in git.

    Raises:
        GitError: where the repository doesn't answer or doesn't know the name.
    """
    check_ref(ref)
    if is_commit(ref):
        return ref
    tags, heads = f"refs/tags/{ref}", f"refs/heads/{ref}"
    wanted = [ref, f"refs/{ref}", f"{tags}^{{}}", tags, heads]
    output = _run(["ls-remote", "--", _checked(address), *wanted])
    found = {}
    for line in output.decode("utf-8", "replace").splitlines():
        oid, _, name = line.partition("\t")
        found[name] = oid
    # `ls-remote` also gives names that merely end with what was asked for.
    commit = next((found[name] for name in wanted if name in found), None)
    if commit is None or not is_commit(commit):
        raise GitError(f"the repository has no branch or tag {quote(ref)}")
    return commit


def default_branch(address: str) -> str:
    """The branch that a repository shows first; ``HEAD`` where it doesn't say.

    Raises:
        GitError: where the repository doesn't answer.
    """
    output = _run(["ls-remote", "--symref", "--", _checked(address), "HEAD"])
    found = _HEAD.search(output.decode("utf-8", "replace"))
    return found[1] if found and not _NO_REF.search(found[1]) else "HEAD"


@contextmanager
def fetched(address: str, ref: str, commit: str, aside: Path) -> Iterator[Repository]:
    """Fetch one commit, without its history, into a repository that is deleted afterwards.

    Args:
        address: the repository.
        ref: the name that the commit came from, for servers that give no commits by id.
        commit: the full id.
        aside: a folder for the repository.

    Raises:
        GitError: where the commit can't be had.
    """
    _checked(address), check_ref(ref)
    with tempfile.TemporaryDirectory(prefix=".git-", dir=aside, ignore_cleanup_errors=True) as name:
        repository = Repository(Path(name), address)
        repository.fetch(ref, commit)
        yield repository


class Repository:
    """A repository that files are read from: a bare one with one commit in it, or one's own.

    Args:
        folder: the repository.
        address: where it is fetched from; empty for one's own.
        environment: for one's own repository, the variables that git sees there; by default those
            that keep all configuration but ours out.
    """

    def __init__(
        self, folder: Path, address: str = "", environment: Mapping[str, str] | None = None
    ) -> None:
        self._folder = folder
        self._address = address
        self._environment = environment

    def fetch(self, ref: str, commit: str) -> None:
        """Get the commit.

        Raises:
            GitError: where it can't be had.
        """
        self._git("init", "--quiet", "--bare", "--template=")
        try:
            self._fetch(commit)
        except GitError as error:
            self._fetch_otherwise(ref, commit, error)
        if self._git("cat-file", "-t", commit).strip() != b"commit":
            raise GitError(f"{commit} is not a commit")

    def date(self, commit: str) -> datetime:
        """When the commit was made, by the committer's clock, in UTC."""
        stated = self._git("show", "-s", "--format=%ct", commit, "--").decode().strip()
        try:
            return datetime.fromtimestamp(int(stated), UTC)
        except (ValueError, OverflowError, OSError):
            # A commit can hold anything; a date that is none must not keep the lesson out.
            return datetime.fromtimestamp(0, UTC)

    def entries(self, commit: str) -> list[TreeEntry]:
        """All files, links and submodules of the commit."""
        output = self._git("ls-tree", "-r", "-z", "--full-tree", commit)
        found = []
        for line in output.split(b"\0")[:-1]:
            head, _, path = line.partition(b"\t")
            mode, _, oid = head.decode("ascii").split(" ")
            found.append(TreeEntry(mode, oid, path))
        return found

    def sizes(self, oids: Iterable[str]) -> dict[str, int]:
        """How many bytes each object has; those that the repository lacks are left out."""
        asked = "".join(f"{oid}\n" for oid in dict.fromkeys(oids))
        output = self._git("cat-file", "--batch-check", given=asked.encode("ascii"))
        fields = [line.split(" ") for line in output.decode("ascii").splitlines()]
        return {line[0]: int(line[2]) for line in fields if len(line) == 3}

    @contextmanager
    def contents(self) -> Iterator[Contents]:
        """Read objects, one after another, through one process."""
        command = ["git", "-C", str(self._folder), "cat-file", "--batch"]
        process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self._environment or _environment(),
        )
        try:
            yield Contents(process)
        finally:
            process.kill()
            process.communicate()

    def _fetch(self, *wanted: str, blobs: bool = True) -> None:
        some = ["--filter=blob:none"] if not blobs else []
        self._git(
            *("fetch", "--quiet", "--no-tags", "--depth=1", "--no-write-fetch-head"),
            *("--no-recurse-submodules", "--no-auto-gc", *some),
            *("--", self._address, *wanted),
        )

    def _fetch_otherwise(self, ref: str, commit: str, error: GitError) -> None:
        """Serve the two kinds of servers that give no commit by its id, or lack some files."""
        words = str(error)
        if "not our ref" in words or "unadvertised object" in words:
            try:
                self._fetch(ref)
            except GitError:
                raise error from None
            if commit not in self.sizes([commit]):
                message = f"it no longer has the commit {commit[:12]}, and {quote(ref)} moved on"
                raise GitError(message) from None
            return
        if not any(sign in words for sign in ("pack", "unable to read", "missing", "bad object")):
            raise error
        try:
            self._fetch(commit, blobs=False)
            # Git has noted where to get the rest, and would run out for each file by itself.
            (self._folder / "config").write_text(_PLAIN_CONFIG, encoding="utf-8")
            self._fetch_blobs(commit)
        except GitError:
            raise error from None

    def _fetch_blobs(self, commit: str) -> None:
        known = {entry.oid for entry in self.entries(commit) if entry.mode != "160000"}
        for _ in range(MOST_MISSING):
            wanted = sorted(known - self.sizes(known).keys())
            if not wanted:
                return
            try:
                self._fetch(*wanted)
                return
            except GitError as error:
                lacking = _NOT_OURS.search(str(error))
                if lacking is None or lacking[1] not in known:
                    raise
                known.discard(lacking[1])
        raise GitError(f"the repository lacks more than {MOST_MISSING} of the commit's files")

    def _git(self, *arguments: str, given: bytes = b"") -> bytes:
        if self._environment is not None:
            return run_git(["-C", str(self._folder), *arguments], given, self._environment)
        return _run(list(arguments), self._folder, given)


class Contents:
    """The contents of objects.

    Args:
        process: a running ``git cat-file --batch``.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def copy(self, oid: str, target: IO[bytes]) -> None:
        """Write an object's content to a file.

        Raises:
            GitError: where the repository can't give it.
        """
        asks, answers = self._process.stdin, self._process.stdout
        assert asks is not None and answers is not None  # noqa: S101, PT018
        asks.write(f"{oid}\n".encode("ascii"))
        asks.flush()
        head = answers.readline().decode("ascii", "replace").split()
        if len(head) != 3 or head[0] != oid:
            raise GitError(f"the object {oid} can't be read")
        left = int(head[2])
        while left:
            chunk = answers.read(min(left, 1 << 20))
            if not chunk:
                raise GitError(f"the object {oid} can't be read")
            target.write(chunk)
            left -= len(chunk)
        answers.read(1)


def _checked(address: str) -> str:
    try:
        return parse_git_address(address)
    except ValueFault as fault:
        raise GitError(str(fault)) from None


def _environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(_KEPT_VARIABLES)
    }
    return {
        "GIT_SSH_COMMAND": "ssh -o BatchMode=yes -o ConnectTimeout=30",
        **kept,
        "GIT_CONFIG_GLOBAL": str(_CONFIG),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_ALLOW_PROTOCOL": "https:ssh:file",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "true",
        "SSH_ASKPASS": "true",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "LC_ALL": "C",
    }


def run_git(arguments: list[str], given: bytes, environment: Mapping[str, str]) -> bytes:
    """Run git in a repository of one's own and give back what it prints.

    Args:
        arguments: what follows the program's name.
        given: its standard input.
        environment: the variables that it sees.

    Raises:
        GitError: where it fails, or takes too long.
    """
    return _run(arguments, given=given, environment=environment)


def _run(
    arguments: list[str],
    folder: Path | None = None,
    given: bytes = b"",
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """Run git and give back what it prints.

    Raises:
        GitError: where it fails, takes too long, or fills the disk.
    """
    place = ["-C", str(folder)] if folder else []
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        with tempfile.TemporaryFile() as entry:
            entry.write(given)
            entry.seek(0)
            try:
                process = subprocess.Popen(  # noqa: S603
                    ["git", *place, *arguments],  # noqa: S607
                    stdin=entry,
                    stdout=output,
                    stderr=errors,
                    env=environment or _environment(),
                    start_new_session=True,
                )
            except OSError as error:
                raise GitError(f"git can't be run: {error.strerror}") from None
            try:
                _watch(process, folder)
            finally:
                _end(process)
        if process.returncode:
            errors.seek(0)
            raise GitError(_explained(errors.read(1 << 20).decode("utf-8", "replace")))
        output.seek(0)
        return output.read()


def _watch(process: subprocess.Popen[bytes], folder: Path | None) -> None:
    begun = time.monotonic()
    pause = 0.01
    while True:
        try:
            process.wait(pause)
            return
        except subprocess.TimeoutExpired:
            pause = min(pause * 2, 0.5)
        if time.monotonic() - begun > LONGEST_SECONDS:
            raise GitError(f"git took longer than {LONGEST_SECONDS:.0f} s")
        if folder is not None and _bytes_in(folder) > LARGEST_FETCH:
            raise GitError(f"it is larger than {LARGEST_FETCH / 1024**2:.0f} MB")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End git and the helpers that it started; does nothing where it has ended."""
    if process.poll() is not None:
        return
    try:
        os.killpg(process.pid, 9)
    except (AttributeError, OSError):
        process.kill()
    process.wait()


def _bytes_in(folder: Path) -> int:
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(place, name)).st_size
            except OSError:
                continue
    return total


def _explained(errors: str) -> str:
    """The part of git's words that says what is wrong, in one line."""
    lines = [" ".join(line.split()) for line in errors.splitlines() if line.strip()]
    telling = [line for line in lines if line.startswith(("fatal:", "error:", "remote:", "ssh:"))]
    words = "; ".join(dict.fromkeys(telling or lines)) or "git failed without a message"
    return legible(without_passwords(words))
