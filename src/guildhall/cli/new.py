"""``guildhall new``: a lesson, a path, a workshop or a person, with explanations in the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from guildhall.cli.beginning import (
    Asker,
    check_id,
    load_portal,
    named,
    refusing,
    require_source,
    root_option,
    tell_written,
    unknown,
    yes_option,
)
from guildhall.cli.folder import find_root
from guildhall.cli.new_workshop import new_person_command, new_workshop_command

if TYPE_CHECKING:
    from guildhall.model.settings import Settings

LESSONS = "lessons"
PATHS = "lessons/paths"


@click.group("new")
def new_command() -> None:
    """Create a lesson, a learning path, a workshop, or the record of a person."""


new_command.add_command(new_workshop_command)
new_command.add_command(new_person_command)


@new_command.command("lesson")
@click.argument("name", required=False)
@click.option("--id", "key", metavar="ID", help="The folder's name  [default: from the name]")
@click.option("--title", help="The title  [default: the name]")
@click.option("--level", type=click.Choice(["beginner", "intermediate", "advanced"]))
@click.option(
    "--language", metavar="TAG", help="The language of the pages  [default: the portal's]"
)
@click.option("--episodes", type=click.IntRange(1, 50), metavar="N", help="Number of pages.")
@click.option("--author", "authors", multiple=True, help="A name; can be repeated.")
@root_option
@yes_option
def new_lesson_command(
    name: str | None,
    key: str | None,
    title: str | None,
    level: str | None,
    language: str | None,
    episodes: int | None,
    authors: tuple[str, ...],
    root: Path | None,
    yes: bool,
) -> None:
    """Create a lesson NAME in lessons/ID; asks for anything not given."""
    folder = find_root(root)
    settings, registry = load_portal(folder)
    asks = Asker(yes=yes)
    title, key = named(asks, "lesson", name or title, title, key)
    check_id(registry, "lesson", key)
    level = level or asks(
        "Level", "beginner", click.Choice(["beginner", "intermediate", "advanced"])
    )
    language = language or asks("Language", settings.language)
    episodes = episodes or asks("Number of episodes", 2, click.IntRange(1, 50))
    by = list(authors) or [asks("Author", settings.author or settings.title)]
    new_lesson(folder, settings, key, title, level, language, episodes, by)


@new_command.command("path")
@click.argument("name", required=False)
@click.option("--id", "key", metavar="ID", help="The file's name  [default: from the name]")
@click.option("--title", help="The title  [default: the name]")
@click.option(
    "--audience", type=click.Choice(["learner", "instructor", "data-steward", "group-leader"])
)
@click.option("--lesson", "lessons", multiple=True, metavar="ID", help="A step; can be repeated.")
@root_option
@yes_option
def new_path_command(
    name: str | None,
    key: str | None,
    title: str | None,
    audience: str | None,
    lessons: tuple[str, ...],
    root: Path | None,
    yes: bool,
) -> None:
    """Create a learning path NAME in lessons/paths; asks for anything not given."""
    folder = find_root(root)
    settings, registry = load_portal(folder)
    known = registry.keys("lesson")
    if not known:
        raise click.UsageError("There is no lesson yet; start with `guildhall new lesson`.")
    asks = Asker(yes=yes)
    title, key = named(asks, "path", name or title, title, key)
    check_id(registry, "path", key)
    choice = click.Choice(["learner", "instructor", "data-steward", "group-leader"])
    audience = audience or asks("Audience", "learner", choice)
    steps = list(lessons) or [asks("First lesson", known[0])]
    for step in steps:
        if step not in known:
            raise click.UsageError(unknown("lesson", step, known))
    new_path(folder, settings, key, title, audience, steps)


def new_lesson(
    root: Path,
    settings: Settings,
    key: str,
    title: str,
    level: str,
    language: str,
    episodes: int,
    authors: list[str],
) -> None:
    """Write a lesson and say what to do next.

    Args:
        root: the portal's folder.
        settings: the portal's settings.
        key: the lesson's id.
        title: its title.
        level: its level.
        language: the language of its pages.
        episodes: how many pages it begins with.
        authors: names.

    Raises:
        click.ClickException: where it can't be written.
    """
    from guildhall.cli.scaffold.render import render
    from guildhall.cli.scaffold.write import write_lesson
    from guildhall.model.records.kinds.lesson import LESSON_FILE

    names = [f"episode-{number}" for number in range(1, episodes + 1)]
    record = render(
        "lesson.yml.j2",
        title=title,
        level=level,
        language=language,
        episodes=names,
        authors=authors,
        licence=settings.licence,
    )
    pages = {
        f"{name}.md": render("episode.md.j2", number=number, episode=name)
        for number, name in enumerate(names, start=1)
    }
    require_source(settings, LESSONS)
    folder = root / LESSONS / key
    files = {LESSON_FILE: record, **pages}
    refusing(lambda: write_lesson(folder, f"{LESSONS}/{key}/index", files))
    tell_written(root, [folder / name for name in files])
    click.echo(f"Then check it:  guildhall lint --lesson {key}")


def new_path(
    root: Path, settings: Settings, key: str, title: str, audience: str, lessons: list[str]
) -> None:
    """Write a learning path and say what to do next.

    Args:
        root: the portal's folder.
        settings: the portal's settings.
        key: the path's id.
        title: its title.
        audience: whom it is for.
        lessons: ids of the lessons, in order.

    Raises:
        click.ClickException: where it can't be written.
    """
    from guildhall.cli.scaffold.render import render
    from guildhall.cli.scaffold.write import write_record

    require_source(settings, LESSONS)
    path = root / PATHS / f"{key}.yml"
    text = render("path.yml.j2", title=title, audience=audience, lessons=lessons)
    refusing(lambda: write_record(path, f"{PATHS}/{key}", text))
    tell_written(root, [path])
    click.echo("Then check it:  guildhall check")
