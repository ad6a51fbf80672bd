"""``guildhall lessons``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from guildhall.cli.options.folder import find_root, root_option


@click.group("lessons")
def lessons_group() -> None:
    """Add external lessons, list all lessons, update to newer versions."""


@lessons_group.command("list")
@root_option
def list_command(root: Path | None) -> None:
    """List all lessons: where each comes from, which commit is built, how many pages it has."""
    from guildhall.cli.lessons import list_lessons

    sys.exit(list_lessons(find_root(root)))


@lessons_group.command("update")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--check", is_flag=True, help="Only report what is outdated; exit 1 if anything is.")
@root_option
def update_command(ids: tuple[str, ...], check: bool, root: Path | None) -> None:
    """Update the lessons ID, by default all external ones, to the newest commit of their ref.

    The commits are written to conf/lessons.lock, which should be under version control.
    """
    from guildhall.cli.lessons import update

    sys.exit(update(find_root(root), ids, check=check))


@lessons_group.command("add")
@click.argument("address", metavar="ADDRESS")
@click.option("--ref", help="The branch, tag or commit to follow  [default: the default branch]")
@click.option("--path", "folder", help="The folder of the pages  [default: where conf.py is]")
@click.option("--id", "key", metavar="ID", help="The lesson's id  [default: from the address]")
@click.option("--dry-run", is_flag=True, help="Print the record without writing anything.")
@click.option(
    "-y", "--yes", is_flag=True, help="Complete an entry of the catalogue without asking."
)
@root_option
def add_command(
    address: str,
    ref: str | None,
    folder: str | None,
    key: str | None,
    dry_run: bool,
    yes: bool,
    root: Path | None,
) -> None:
    """Add the lesson in the git repository at ADDRESS to the portal.

    Its conf.py is read without being run, and the settings that the pages need are proposed in
    lessons/ID/lesson.yml. If the lesson is already in the catalogue without pages, they are added
    and its record is kept.
    """
    from guildhall.cli.lessons import add

    chosen = {"ref": ref, "folder": folder, "key": key}
    sys.exit(add(find_root(root), address, **chosen, dry_run=dry_run, yes=yes))
