"""``guildhall new lesson`` and ``guildhall new path``."""

from __future__ import annotations

from pathlib import Path

import click

from guildhall.cli.scaffold.beginning import (
    Prompter,
    check_id,
    named,
    unknown,
    write_record,
)
from guildhall.cli.scaffold.places import FOLDERS
from guildhall.cli.scaffold.render import render
from guildhall.model.portal import load_portal
from guildhall.model.records.kinds.lesson import LESSON_FILE

LESSONS = FOLDERS["lesson"]


def begin_lesson(
    folder: Path,
    *,
    name: str | None,
    key: str | None,
    title: str | None,
    level: str | None,
    language: str | None,
    episodes: int | None,
    authors: tuple[str, ...],
    yes: bool,
) -> None:
    """Ask for what is not given of a lesson, and write it.

    Args are the options of the command; ``folder`` is the portal.

    Raises:
        click.UsageError: where a value can't be used, or nobody can be asked for one.
        click.ClickException: where the file can't be written.
    """

    portal = load_portal(folder)
    settings, registry = portal.settings, portal.complete
    asks = Prompter(yes=yes)
    title, key = named(asks, "lesson", name or title, title, key)
    check_id(registry, "lesson", key)
    level = level or asks(
        "Level", "beginner", click.Choice(["beginner", "intermediate", "advanced"])
    )
    language = language or asks("Language", settings.language)
    episodes = episodes or asks("Number of episodes", 2, click.IntRange(1, 50))
    by = list(authors) or [asks("Author", settings.author or settings.title)]
    home = f"{LESSONS}/{key}"
    if (folder / home).exists():
        raise click.ClickException(f"{folder / home} exists already; nothing was written.")
    record, pages = lesson_files(
        home, settings.licence, title=title, level=level, language=language, count=episodes, by=by
    )
    write_record(folder, settings, "lesson", f"{home}/{LESSON_FILE}", record, pages)
    click.echo(f"Then check it:  guildhall lint --lesson {key}")


def begin_path(
    folder: Path,
    *,
    name: str | None,
    key: str | None,
    title: str | None,
    audience: str | None,
    lessons: tuple[str, ...],
    yes: bool,
) -> None:
    """Ask for what is not given of a learning path, and write it.

    Args are the options of the command; ``folder`` is the portal.

    Raises:
        click.UsageError: where a value can't be used, or nobody can be asked for one.
        click.ClickException: where the file can't be written.
    """

    portal = load_portal(folder)
    settings, registry = portal.settings, portal.complete
    known = registry.keys("lesson")
    if not known:
        raise click.UsageError("There is no lesson yet; start with `guildhall new lesson`.")
    asks = Prompter(yes=yes)
    title, key = named(asks, "path", name or title, title, key)
    check_id(registry, "path", key)
    choice = click.Choice(["learner", "instructor", "data-steward", "group-leader"])
    audience = audience or asks("Audience", "learner", choice)
    steps = list(lessons) or [asks("First lesson", known[0])]
    for step in steps:
        if step not in known:
            raise click.UsageError(unknown("lesson", step, known))
    text = render("path.yml.j2", settings.language, title=title, audience=audience, lessons=steps)
    write_record(folder, settings, "path", f"{FOLDERS['path']}/{key}.yml", text)
    click.echo("Then check it:  guildhall check")


def lesson_files(
    home: str,
    licence: str,
    *,
    title: str,
    level: str,
    language: str,
    count: int,
    by: list[str],
) -> tuple[str, dict[str, str]]:
    """A lesson's record, and its pages by their paths.

    Args:
        home: the lesson's folder, below the portal's.
        licence: the licence of the content.
        title: its title.
        level: its level.
        language: the language of its pages.
        count: how many pages it begins with.
        by: names of its authors.
    """
    names = [f"episode-{number}" for number in range(1, count + 1)]
    record = render(
        "lesson.yml.j2",
        language,
        title=title,
        level=level,
        episodes=names,
        authors=by,
        licence=licence,
    )
    pages = {
        f"{home}/{name}.md": render("episode.md.j2", language, number=number)
        for number, name in enumerate(names, start=1)
    }
    return record, pages
