"""The files of one commit, written so that nothing of a stranger's repository acts or leads out.

Only regular files, folders and links that stay inside are made, none of them executable. A checkout
is written aside and renamed, so a folder that is there is whole, whoever else builds at the time.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from guildhall.core.values.faults import quote
from guildhall.model.checkouts import SHORT, folder_name
from guildhall.network.lessons import git
from guildhall.network.lessons.git import GitError, Repository, TreeEntry

LARGEST_CHECKOUT = 1024**3
"""Bytes that all files of a lesson's repository may have together."""
MOST_FILES = 50_000

_LINK, _SUBMODULE = "120000", "160000"
_FILES = ("100644", "100755", "100664")
_NOT_IN_NAMES = ("Cc", "Cs")
"""Control characters, and bytes that are no UTF-8."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """A commit that is here.

    Args:
        commit: its full id.
        date: when it was made, in UTC.
        notes: what of it is not here and why, each a clause.
    """

    commit: str
    date: datetime
    notes: tuple[str, ...] = ()


def find_checkout(home: Path, commit: str) -> Checkout | None:
    """What is known of a commit that was checked out below ``home``, or None."""
    if not (home / folder_name(commit)).is_dir():
        return None
    try:
        kept = json.loads(_account(home, commit).read_text(encoding="utf-8"))
        found = Checkout(kept["commit"], datetime.fromisoformat(kept["date"]), tuple(kept["notes"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if found.commit == commit else None


def check_out(address: str, ref: str, commit: str, home: Path) -> Checkout:
    """Fetch a commit and write its files to their folder below ``home``.

    Where the folder is there already, nothing is fetched.

    Args:
        address: the repository.
        ref: the name that the commit came from.
        commit: the full id.
        home: the folder of all checkouts of the lesson.

    Raises:
        GitError: where it can't be had, or is too large.
    """
    found = find_checkout(home, commit)
    if found is not None:
        return found
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=home, ignore_cleanup_errors=True) as name:
        aside = Path(name)
        with git.fetched(address, ref, commit, aside) as repository:
            made = Checkout(
                commit, repository.date(commit), write_files(repository, commit, aside / "files")
            )
        account = aside / "account"
        text = json.dumps({**asdict(made), "date": made.date.isoformat()}, indent=2)
        account.write_text(f"{text}\n", encoding="utf-8")
        target = home / folder_name(commit)
        if target.exists() and find_checkout(home, commit) is None:
            # Without its account a folder is a leftover of something else.
            shutil.rmtree(target, ignore_errors=True)
        account.replace(_account(home, commit))
        try:
            (aside / "files").rename(target)
        except OSError:
            # Another build was quicker; the commit's id says that its files are the same.
            if not target.is_dir():
                raise
    return made


def forget_others(home: Path, kept: Iterable[str]) -> None:
    """Delete all checkouts of a lesson but those of some commits."""
    names = {folder_name(commit) for commit in kept}
    for path in home.glob("[0-9a-f]*"):
        if path.stem in names or len(path.stem) != SHORT:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _account(home: Path, commit: str) -> Path:
    return home / f"{folder_name(commit)}.json"


def write_files(repository: Repository, commit: str, folder: Path) -> tuple[str, ...]:
    """Write the files of a commit to a new folder.

    Args:
        repository: where they are read.
        commit: the id of the commit, or of one of its trees.
        folder: the folder to make.

    Returns:
        what was left out, each a clause for people.

    Raises:
        GitError: where they can't be read, or are too many or too large.
    """
    folder.mkdir()
    entries = repository.entries(commit)
    if len(entries) > MOST_FILES:
        raise GitError(f"it has {len(entries)} files, more than {MOST_FILES}")
    blobs = [entry for entry in entries if entry.mode != _SUBMODULE]
    sizes = repository.sizes(entry.oid for entry in blobs)
    total = sum(sizes.get(entry.oid, 0) for entry in blobs)
    if total > LARGEST_CHECKOUT:
        size, most = total / 1024**2, LARGEST_CHECKOUT / 1024**2
        raise GitError(f"its files have {size:.0f} MB, more than {most:.0f} MB")
    notes = []
    links: list[tuple[TreeEntry, Path]] = []
    with repository.contents() as contents:
        for entry in entries:
            shown = quote(entry.path.decode("utf-8", "replace"))
            path = _place(folder, entry.path)
            if path is None:
                notes.append(f"{shown} is not a valid file name; left out")
            elif entry.mode == _SUBMODULE:
                notes.append(f"{shown} is a submodule, another repository; left out")
            elif entry.oid not in sizes:
                notes.append(f"the repository lacks the content of {shown}; left out")
            elif entry.mode == _LINK:
                links.append((entry, path))
            elif entry.mode in _FILES:
                try:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    with path.open("xb") as file:
                        contents.copy(entry.oid, file)
                except OSError as error:
                    notes.append(f"{shown} can't be written: {error.strerror}; left out")
            else:
                notes.append(f"{shown} is of an unknown kind ({entry.mode}); left out")
        # Links come last, so that no file is ever written through one.
        notes += _write_links(folder, links, contents)
    return tuple(notes)


def _write_links(
    folder: Path, links: Iterable[tuple[TreeEntry, Path]], contents: git.Contents
) -> list[str]:
    made: list[tuple[str, Path]] = []
    notes = []
    for entry, path in links:
        shown = quote(entry.path.decode("utf-8", "replace"))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile() as file:
                contents.copy(entry.oid, file)
                file.seek(0)
                target = os.fsdecode(file.read(4096))
            if os.path.isabs(target) or "\0" in target:
                notes.append(_leads_out(shown))
                continue
            path.symlink_to(target)
        except OSError as error:
            notes.append(f"the link {shown} can't be made: {error.strerror}; left out")
            continue
        made.append((shown, path))
    # Links lead through each other, so only when all are there can each be followed to its end.
    inside = folder.resolve()
    out = [(shown, path) for shown, path in made if not _leads_inside(path, inside)]
    for shown, path in out:
        path.unlink()
        notes.append(_leads_out(shown))
    return notes


def _leads_out(shown: str) -> str:
    return f"the link {shown} leads out of the repository, or nowhere; left out"


def _leads_inside(path: Path, inside: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(inside)
    except (OSError, RuntimeError):
        return False


def _place(folder: Path, path: bytes) -> Path | None:
    """Where a file is written, or None where its name could mean a place outside."""
    parts = os.fsdecode(path).split("/")
    for part in parts:
        bare = part.rstrip(" .").casefold()
        if not bare or bare in {".git", "git~1"} or "\\" in part:
            return None
        if any(unicodedata.category(char) in _NOT_IN_NAMES for char in part):
            return None
    return folder.joinpath(*parts)
