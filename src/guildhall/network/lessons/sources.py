"""Where the pages of a lesson lie, and how those that live elsewhere come here.

A lesson with ``source.git`` is built from a checkout at
``<portal>/.guildhall/lessons/<id>/<first digits of the commit>/``. The lock file says which commit
that is, so the same portal gives the same pages everywhere; no build ever looks for a newer one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from guildhall.core.findings.finding import Finding
from guildhall.core.values.faults import quote
from guildhall.model.checkouts import CACHE, folder_name
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.lesson_rules import SOURCE
from guildhall.model.records.lock import LOCK_FILE, Lock, Locked, read_lock
from guildhall.network.lessons.checkout import Checkout, check_out, find_checkout
from guildhall.network.lessons.git import GitError

Progress = Callable[[str], None]
"""Takes one line that says what is being done or what was left out."""


def checkouts_of(lesson: Lesson, root: Path) -> Path:
    """The folder of all checkouts of a lesson.

    Args:
        lesson: the lesson.
        root: the portal's folder.
    """
    return root / CACHE / lesson.key


def locked_commit(lesson: Lesson, root: Path) -> Locked | None:
    """What the lock file says of a lesson: its commit, and when that was made."""
    return read_lock(root).of(lesson) if lesson.is_elsewhere else None


def checkout_folder(lesson: Lesson, root: Path) -> Path | None:
    """The folder of the locked commit's files; None where it is not here, or none is locked."""
    locked = locked_commit(lesson, root)
    if locked is None:
        return None
    folder = checkouts_of(lesson, root) / folder_name(locked.commit)
    return folder if folder.is_dir() else None


def pages_folder(lesson: Lesson, root: Path) -> Path | None:
    """The folder of a lesson's pages.

    Returns:
        the folder below the lesson's record or its checkout; None where it is not there.
    """
    home = checkout_folder(lesson, root) if lesson.is_elsewhere else lesson.origin.path.parent
    if home is None:
        return None
    folder = home / lesson.source.path if lesson.source and lesson.source.path else home
    return folder if folder.is_dir() else None


def fetch(lesson: Lesson, root: Path, lock: Lock, *, progress: Progress) -> Checkout:
    """Get the locked commit of a lesson, unless it is here.

    Args:
        lesson: a lesson with ``source.git``.
        root: the portal's folder.
        lock: the lock file's content, with a commit of the lesson.
        progress: is told that a fetch begins, and of all that was left out.

    Raises:
        GitError: where the commit can't be had.
    """
    locked = lock.entries[lesson.key]
    home = checkouts_of(lesson, root)
    found = find_checkout(home, locked.commit)
    if found is not None:
        return found
    progress(f"Fetching {lesson.key} from {locked.git}, {folder_name(locked.commit)}")
    made = check_out(locked.git, locked.ref, locked.commit, home)
    for note in made.notes:
        progress(f"{lesson.key}: {note}")
    return made


def ensure(root: Path, lessons: Iterable[Lesson], progress: Progress = print) -> list[Finding]:
    """Get the pages of all lessons that live elsewhere; without network if they are all here.

    Args:
        root: the portal's folder.
        lessons: the portal's lessons.
        progress: is told of each fetch, and of all that was left out.

    Returns:
        what is wrong with the lock file, and for each lesson without pages why it has none.
    """
    elsewhere = [lesson for lesson in lessons if lesson.is_elsewhere]
    lock = read_lock(root)
    faults = list(lock.faults)
    for lesson in elsewhere:
        if lock.of(lesson) is not None:
            try:
                fetch(lesson, root, lock, progress=progress)
            except (GitError, OSError) as error:
                source = lesson.source
                address = quote(source.git if source else None)
                faults.append(
                    _fault(lesson, f"the lesson can't be fetched from {address}: {error}")
                )
                continue
        faults += _unfit(lesson, root, lock)
    return sorted(faults)


def missing(root: Path, lessons: Iterable[Lesson]) -> list[Finding]:
    """Like :func:`ensure`, without fetching anything."""
    lock = read_lock(root)
    faults = list(lock.faults)
    for lesson in lessons:
        if not lesson.is_elsewhere:
            continue
        if lock.of(lesson) is not None and checkout_folder(lesson, root) is None:
            message = "this lesson's pages have not been fetched yet; run `guildhall build`"
            faults.append(_fault(lesson, message))
        else:
            faults += _unfit(lesson, root, lock)
    return sorted(faults)


def _unfit(lesson: Lesson, root: Path, lock: Lock) -> Iterator[Finding]:
    source, locked = lesson.source, lock.entries.get(lesson.key)
    mend = f"run `guildhall lessons update {lesson.key}`"
    if source is None:
        return
    if locked is None:
        if not lock.faults:
            yield _fault(lesson, f"no commit of this lesson is in {LOCK_FILE.as_posix()}; {mend}")
    elif not locked.fits(lesson):
        before, now = (
            (locked.git, source.git) if locked.git != source.git else (locked.ref, source.ref)
        )
        message = f"{LOCK_FILE.as_posix()} has a commit of {quote(before)}, not of {quote(now)}"
        yield _fault(lesson, f"{message}; {mend}")
    elif pages_folder(lesson, root) is None:
        commit = folder_name(locked.commit)
        yield _fault(lesson, f"the repository has no folder {quote(source.path)} at {commit}")


def _fault(lesson: Lesson, message: str) -> Finding:
    origin = lesson.origin
    return origin.fault(origin.key(("source",)), SOURCE, message)
