"""``guildhall lessons``: lessons that live in repositories of their own."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click

from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.files import ChangedError
from guildhall.cli.report.messages import print_messages
from guildhall.cli.report.terminal import shown
from guildhall.cli.scaffold.write import RefusedError, write
from guildhall.core.findings.finding import Finding
from guildhall.core.forges import web_address
from guildhall.core.values.faults import ValueFault, nearest, quote
from guildhall.core.values.identifiers import (
    parse_git_address,
    parse_page_path,
    parse_slug,
    slug_of,
)
from guildhall.model.checkouts import CACHE, folder_name
from guildhall.model.portal import load_portal
from guildhall.model.records.kinds.lesson import LESSON_FILE, Lesson
from guildhall.model.records.lock import LOCK_FILE, Lock, Locked, read_lock, write_lock
from guildhall.model.records.registry import Registry
from guildhall.network.lessons import git
from guildhall.network.lessons.checkout import check_out, forget_others
from guildhall.network.lessons.folder import folder_of
from guildhall.network.lessons.foreign_conf import UnreadableConfError
from guildhall.network.lessons.git import GitError
from guildhall.network.lessons.proposal import Repository, complete, find_pages, missed, propose
from guildhall.network.lessons.sources import checkouts_of, missing

LESSONS = "lessons"


def list_lessons(root: Path) -> ExitCode:
    """Print a table of all lessons, and what is wrong with the lock file.

    Args:
        root: the portal's folder.
    """

    registry, lock = load_portal(root).complete, read_lock(root)
    lessons = sorted(registry.of(Lesson), key=lambda lesson: lesson.key)
    rows = [("ID", "TITLE", "FROM", "COMMIT", "DATE", "PAGES")]
    for lesson in lessons:
        found, locked = folder_of(lesson, root), lock.of(lesson)
        rows.append(
            (
                lesson.key,
                lesson.title,
                _origin(lesson),
                locked.commit[:12] if locked else "",
                locked.date.date().isoformat() if locked else "",
                str(len(found.pages)) if found else "",
            )
        )
    widths = [min(max(len(row[column]) for row in rows), 44) for column in range(5)]
    for row in rows:
        cells = (_cut(cell, width) for cell, width in zip(row, widths, strict=False))
        click.echo("  ".join([*cells, row[5].rjust(5)]).rstrip())
    faults = _tell_faults(missing(root, lessons), root)
    for key in _removable(registry, lock):
        what = f"{LOCK_FILE.as_posix()}: no lesson has the id `{key}`"
        click.echo(f"{what}; `guildhall lessons update` removes it", err=True)
    return ExitCode.FINDINGS if faults else ExitCode.OK


def update(root: Path, ids: Sequence[str], *, check: bool) -> ExitCode:
    """Move lessons on to the newest commits, or say which ones could be.

    Args:
        root: the portal's folder.
        ids: the lessons; all from elsewhere where none is given.
        check: whether nothing is fetched or written.
    """

    registry, lock = load_portal(root).complete, read_lock(root)
    if lock.faults and (ids or check):
        _tell_faults(lock.faults, root)
        click.echo("Fix the file, or let `guildhall lessons update` rewrite it.", err=True)
        return ExitCode.FINDINGS
    lessons = _chosen(registry, ids)
    behind = failed = 0
    for lesson in lessons:
        try:
            behind += _update_one(lesson, root, lock, check=check)
        except (git.GitError, OSError) as error:
            click.echo(f"{lesson.key}: {error}", err=True)
            failed += 1
    removable = _removable(registry, lock)
    for key in removable:
        click.echo(f"{key}: no longer a lesson of the portal; {'to be ' * check}removed")
    if removable and not check:
        _change_lock(root, {}, removable)
    if not lessons and not ids:
        click.echo("This portal has no external lessons.")
    return ExitCode.FINDINGS if failed or (check and (behind or removable)) else ExitCode.OK


def add(
    root: Path,
    address: str,
    *,
    ref: str | None,
    folder: str | None,
    key: str | None,
    dry_run: bool,
    yes: bool,
) -> ExitCode:
    """Add an external lesson.

    Args:
        root: the portal's folder.
        address: its repository.
        ref: the branch, tag or commit to follow.
        folder: the folder of its pages in the repository.
        key: its id.
        dry_run: whether the record is printed and nothing is written.
        yes: whether an entry of the catalogue is completed without asking.

    Raises:
        click.UsageError: where a value can't be used.
        click.ClickException: where the lesson can't be had or its record not be written.
    """

    key, entry = _checked(root, address, folder, key)
    if entry and not (yes or dry_run):
        _ask_to_complete(key)
    lock = read_lock(root)
    if lock.faults and not dry_run:
        _tell_faults(lock.faults, root)
        raise click.ClickException("Fix the file first; nothing was written.")
    home = root / CACHE / key
    was_there = home.exists()
    try:
        if dry_run:
            with tempfile.TemporaryDirectory() as aside:
                proposed = _proposed(key, address, ref, folder, Path(aside), entry)
                click.echo(proposed[0], nl=False)
            return ExitCode.OK
        text, locked = _proposed(key, address, ref, folder, home, entry)
        _write(root, key, text, entry)
    except (GitError, OSError) as error:
        _clear(home, was_there)
        raise click.ClickException(f"{address} can't be added: {error}") from None
    except click.ClickException:
        _clear(home, was_there)
        raise
    _change_lock(root, {key: locked})
    _tell_added(root, key, locked)
    return ExitCode.OK


def _chosen(registry: Registry, ids: Sequence[str]) -> list[Lesson]:
    """The external lessons that have these ids, or all of them.

    Raises:
        click.UsageError: where there is no such lesson.
    """

    elsewhere = {x.key: x for x in registry.of(Lesson) if x.source and x.source.git}
    for key in ids:
        if key in elsewhere:
            continue
        if ("lesson", key) in registry.broken:
            raise click.UsageError(f"The record of {quote(key)} has faults; see `guildhall check`.")
        if registry.get(Lesson, key):
            raise click.UsageError(f"The lesson {quote(key)} is not external.")
        near = nearest(key, elsewhere)
        hint = f"; did you mean `{near}`?" if near else "."
        raise click.UsageError(f"There is no lesson {quote(key)}{hint}")
    return [elsewhere[key] for key in (dict.fromkeys(ids) if ids else sorted(elsewhere))]


def _update_one(lesson: Lesson, root: Path, lock: Lock, *, check: bool) -> bool:
    """Move one lesson on, and say so.

    Returns:
        whether it was behind.

    Raises:
        GitError: where the repository doesn't give it.
    """

    source = lesson.source
    assert source is not None and source.git is not None  # noqa: S101, PT018
    before = lock.entries.get(lesson.key)
    commit = git.resolve(source.git, source.ref)
    if before and before.commit == commit and before.fits(lesson):
        if not check:
            check_out(source.git, source.ref, commit, checkouts_of(lesson, root))
        click.echo(f"{lesson.key}: {commit[:12]} is the newest of {source.ref}")
        return False
    change = f"{before.commit[:12] if before else 'nothing'} -> {commit[:12]}"
    if check:
        click.echo(f"{lesson.key}: behind {source.ref}: {change}")
        return True
    home = checkouts_of(lesson, root)
    made = check_out(source.git, source.ref, commit, home)
    locked = Locked.model_construct(git=source.git, ref=source.ref, commit=commit, date=made.date)
    _change_lock(root, {lesson.key: locked})
    # The one before is kept, so that going back needs no network.
    forget_others(home, [commit, *([before.commit] if before else [])])
    click.echo(f"{lesson.key}: {change} ({made.date.date().isoformat()})")
    for note in made.notes:
        click.echo(f"  {note}")
    return True


def _change_lock(root: Path, changed: dict[str, Locked], removed: Iterable[str] = ()) -> None:
    # Read again: another command may have written it since.
    entries = {**read_lock(root).entries, **changed}
    for key in removed:
        entries.pop(key, None)
    write_lock(root, entries)


def _removable(registry: Registry, lock: Lock) -> list[str]:
    """Ids in the lock file that no lesson has; a lesson whose record is broken keeps its own."""

    unread = {path.parent.name for path in registry.documents.values() if path.name == LESSON_FILE}
    sound = {lesson.key: lesson for lesson in registry.of(Lesson)}
    kept = {*registry.keys("lesson"), *unread}
    here = {key for key, x in sound.items() if x.source is None or x.source.git is None}
    return sorted((set(lock.entries) - kept) | (set(lock.entries) & here))


def _checked(
    root: Path, address: str, folder: str | None, key: str | None
) -> tuple[str, Path | None]:
    """The id of the new lesson, and its record where the catalogue has it without pages.

    Raises:
        click.UsageError: where a value can't be used, or the lesson is there already.
    """

    _read(parse_git_address, address, "ADDRESS")
    if folder not in {None, "."}:
        _read(parse_page_path, folder, "--path")
    last = re.split(r"[/:]", address.rstrip("/"))[-1].removesuffix(".git")
    key = key or slug_of(last)
    _read(parse_slug, key, "--id")
    portal = load_portal(root)
    if LESSONS not in portal.settings.sources:
        raise click.UsageError("The portal has no folder `lessons` among its `sources`.")
    registry = portal.complete
    lesson = registry.get(Lesson, key)
    if lesson is not None and _is_entry(lesson, root):
        return key, lesson.origin.path
    if key in registry.keys("lesson") or (root / LESSONS / key / LESSON_FILE).exists():
        raise click.UsageError(f"There is a lesson `{key}` already; use another --id.")
    if (root / LESSONS / key).exists():
        raise click.UsageError(f"There is a folder {LESSONS}/{key} already; use another --id.")
    return key, None


def _is_entry(lesson: Lesson, root: Path) -> bool:
    """Whether a lesson is an entry of the catalogue alone: no pages, here or elsewhere."""

    found = folder_of(lesson, root)
    return lesson.source is None and (found is None or not found.pages)


def _ask_to_complete(key: str) -> None:
    """Ask whether an entry of the catalogue is meant.

    Raises:
        click.UsageError: where nobody can be asked.
        click.Abort: where it isn't.
    """
    what = f"The catalogue has `{key}` already, without pages."
    if not sys.stdin.isatty():
        raise click.UsageError(
            f"{what} --yes gives it these, and keeps what its record says; or use another --id."
        )
    click.confirm(f"{what} Give it these, and keep what its record says?", default=True, abort=True)


def _read(read: Callable[[str], object], text: str | None, hint: str) -> None:
    try:
        read(text or "")
    except ValueFault as fault:
        raise click.BadParameter(str(fault), param_hint=hint) from None


def _proposed(
    key: str, address: str, ref: str | None, folder: str | None, home: Path, entry: Path | None
) -> tuple[str, Locked]:
    """Fetch a lesson to ``home`` and propose its record, or what is to be added to it.

    Raises:
        GitError: where it can't be had.
        click.ClickException: where no record can be proposed.
    """

    followed = ref or git.default_branch(address)
    commit = git.resolve(address, followed)
    click.echo(f"Fetching {address}, {folder_name(commit)}", err=True)
    made = check_out(address, followed, commit, home)
    for note in made.notes:
        click.echo(f"  {note}", err=True)
    files = home / folder_name(commit)
    found = folder or find_pages(files)
    if found is None:
        raise click.ClickException("It has no conf.py; say with --path where the pages are.")
    path = None if found == "." else found
    if not (files / found).is_dir():
        raise click.ClickException(f"It has no folder {found}.")
    try:
        repository = Repository(files, address, followed, path, commit)
        lost = missed(repository)
        if entry is None:
            text = propose(key, repository)
        else:
            text = complete(entry.read_text(encoding="utf-8"), repository)
    except UnreadableConfError as error:
        raise click.ClickException(f"Its conf.py can't be read: {error}.") from None
    if lost:
        click.echo("Compared with their own site, pages may lack the following here:", err=True)
    for line in lost:
        click.echo(f"  {line}", err=True)
    locked = Locked.model_construct(git=address, ref=followed, commit=commit, date=made.date)
    return text, locked


def _write(root: Path, key: str, text: str, entry: Path | None) -> None:
    path = (entry or root / LESSONS / key / LESSON_FILE).relative_to(root).as_posix()
    new, changed = ({path: text}, {}) if entry is None else ({}, {path: text})
    try:
        write(root, new, changed)
    except (RefusedError, ChangedError) as error:
        raise click.ClickException(str(error)) from None


def _clear(home: Path, was_there: bool) -> None:
    if not was_there:
        shutil.rmtree(home, ignore_errors=True)


def _tell_added(root: Path, key: str, locked: Locked) -> None:
    click.echo("Written:")
    click.echo(f"  {shown(root / LESSONS / key / 'lesson.yml')}")
    click.echo(f"  {shown(root / LOCK_FILE)}  ({locked.commit[:12]} of {locked.ref})")
    click.echo("Read the record: it says what was left out, and TODO where a text is missing.")
    click.echo("See it:  guildhall serve")


def _tell_faults(faults: Iterable[object], root: Path) -> int:
    return print_messages((x for x in faults if isinstance(x, Finding)), root)


def _origin(lesson: Lesson) -> str:
    if lesson.source and lesson.source.git:
        return f"{web_address(lesson.source.git) or lesson.source.git} {lesson.source.ref}"
    return lesson.url if lesson.url and lesson.source is None and not lesson.episodes else "here"


def _cut(text: str, width: int) -> str:
    return text.ljust(width) if len(text) <= width else f"{text[: width - 1]}…"
