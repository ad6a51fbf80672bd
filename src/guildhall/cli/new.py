"""``guildhall new``: a lesson or a learning path that builds, with explanations in it."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guildhall.cli.folder import PortalFolder, find_root

if TYPE_CHECKING:
    from guildhall.records.registry import Registry
    from guildhall.settings import Settings

LESSONS = "lessons"
PATHS = "lessons/paths"

_root_option = click.option(
    "--root", type=PortalFolder(), help="The portal  [default: the one that this folder is in]"
)
_yes_option = click.option("-y", "--yes", is_flag=True, help="Ask nothing; take the defaults.")


@click.group("new")
def new_command() -> None:
    """Begin a lesson or a learning path."""


@new_command.command("lesson")
@click.argument("name", required=False)
@click.option("--id", "key", metavar="ID", help="The folder's name  [default: from the name]")
@click.option("--title", help="The title  [default: the name]")
@click.option("--level", type=click.Choice(["beginner", "intermediate", "advanced"]))
@click.option(
    "--language", metavar="TAG", help="The language of the pages  [default: the portal's]"
)
@click.option("--episodes", type=click.IntRange(1, 50), metavar="N", help="How many pages.")
@click.option("--author", "authors", multiple=True, help="A name; may be given again.")
@_root_option
@_yes_option
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
    """Begin a lesson NAME in lessons/ID; asks for what is not given."""
    folder = find_root(root)
    settings, registry = _load(folder)
    asks = _Asker(yes=yes)
    title, key = _named(asks, name or title, title, key)
    _check_id(registry, "lesson", key)
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
@click.option(
    "--lesson", "lessons", multiple=True, metavar="ID", help="A step; may be given again."
)
@_root_option
@_yes_option
def new_path_command(
    name: str | None,
    key: str | None,
    title: str | None,
    audience: str | None,
    lessons: tuple[str, ...],
    root: Path | None,
    yes: bool,
) -> None:
    """Begin a learning path NAME in lessons/paths; asks for what is not given."""
    folder = find_root(root)
    settings, registry = _load(folder)
    known = registry.keys("lesson")
    if not known:
        raise click.UsageError("There is no lesson yet; begin with `guildhall new lesson`.")
    asks = _Asker(yes=yes)
    title, key = _named(asks, name or title, title, key)
    _check_id(registry, "path", key)
    choice = click.Choice(["learner", "instructor", "data-steward", "group-leader"])
    audience = audience or asks("Audience", "learner", choice)
    steps = list(lessons) or [asks("First lesson", known[0])]
    for step in steps:
        if step not in known:
            raise click.UsageError(_unknown(step, known))
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
    from guildhall.records.kinds.lesson import LESSON_FILE
    from guildhall.scaffold.render import render
    from guildhall.scaffold.write import write_lesson

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
    _require_source(settings)
    folder = root / LESSONS / key
    files = {LESSON_FILE: record, **pages}
    _refusing(lambda: write_lesson(folder, f"{LESSONS}/{key}/index", files))
    _tell(root, [folder / name for name in files])
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
    from guildhall.scaffold.render import render
    from guildhall.scaffold.write import write_record

    _require_source(settings)
    path = root / PATHS / f"{key}.yml"
    text = render("path.yml.j2", title=title, audience=audience, lessons=lessons)
    _refusing(lambda: write_record(path, f"{PATHS}/{key}", text))
    _tell(root, [path])
    click.echo("Then check it:  guildhall check")


class _Asker:
    """Asks on a terminal; elsewhere, or where nothing shall be asked, takes the default."""

    def __init__(self, *, yes: bool) -> None:
        self._asks = not yes and sys.stdin.isatty()

    def __call__(self, question: str, default: Any, kind: Any = str) -> Any:
        return click.prompt(question, default=default, type=kind) if self._asks else default

    def must(self, question: str, how: str) -> str:
        """Ask for what has no default.

        Raises:
            click.UsageError: where nobody can be asked; it says how to give the value.
        """
        if self._asks:
            return str(click.prompt(question))
        raise click.UsageError(how)


def _named(asks: _Asker, name: str | None, title: str | None, key: str | None) -> tuple[str, str]:
    """Title and id; a name that looks like an id is made a title, and a title an id."""
    from guildhall.values.faults import ValueFault
    from guildhall.values.identifiers import parse_slug

    name = name or key or asks.must("Title", "Give it a name: guildhall new lesson NAME.")
    try:
        parse_slug(name)
        made_key, made_title = name, name.replace("-", " ").capitalize()
    except ValueFault as fault:
        made_key, made_title = fault.suggestion or "", name
    title = title or asks("Title", made_title)
    key = key or asks("Id, the name of its folder", made_key)
    try:
        return str(title), parse_slug(str(key))
    except ValueFault as fault:
        raise click.BadParameter(str(fault), param_hint="--id") from None


def _load(root: Path) -> tuple[Settings, Registry]:
    from guildhall.records.registry import load_registry
    from guildhall.settings import load_settings

    settings, _ = load_settings(root)
    return settings, load_registry(root, settings)


def _check_id(registry: Registry, kind: str, key: str) -> None:
    if key in registry.keys(kind):
        raise click.UsageError(f"There is a {kind} `{key}` already; give another --id.")


def _unknown(key: str, known: tuple[str, ...]) -> str:
    from guildhall.values.faults import nearest, quote

    near = nearest(key, known)
    return f"There is no lesson {quote(key)}" + (f"; did you mean `{near}`?" if near else ".")


def _require_source(settings: Settings) -> None:
    if LESSONS not in settings.sources:
        raise click.UsageError(f"conf/portal.yml has no `{LESSONS}` in `sources`; add it there.")


def _refusing(write: Callable[[], None]) -> None:
    from guildhall.scaffold.write import RefusedError

    try:
        write()
    except RefusedError as error:
        raise click.ClickException(str(error)) from None


def _tell(root: Path, paths: list[Path]) -> None:
    from guildhall.cli.failures import shown

    click.echo("Written:")
    for path in paths:
        click.echo(f"  {shown(path)}")
    where = "" if root in {Path.cwd(), *Path.cwd().parents} else f" {shlex.quote(shown(root))}"
    click.echo("Replace the texts in them; they explain themselves.")
    click.echo(f"See it:         guildhall serve{where}")
