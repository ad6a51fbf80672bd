"""What the commands of ``guildhall new`` share: asking, checking, writing, telling."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from guildhall.cli.files import ChangedError
from guildhall.cli.importers.rewrite import UnchangeableError, amended
from guildhall.cli.report.terminal import shown
from guildhall.cli.scaffold.places import listing
from guildhall.cli.scaffold.render import with_schema
from guildhall.cli.scaffold.write import RefusedError, docname_of, write
from guildhall.core.values.dates import parse_date
from guildhall.core.values.faults import ValueFault, nearest, quote
from guildhall.core.values.identifiers import parse_slug
from guildhall.core.yaml_source import UnreadableError, parse_yaml
from guildhall.model.records.kinds.project import Project
from guildhall.model.records.registry import Registry
from guildhall.model.records.schema import SCHEMAS
from guildhall.model.settings.portal import SETTINGS_FILE, Settings


class Prompter:
    """Asks on a terminal; elsewhere, or where nothing shall be asked, takes the default."""

    def __init__(self, *, yes: bool) -> None:
        self._asks = not yes and sys.stdin.isatty()

    def __call__(self, question: str, default: Any, kind: Any = str) -> Any:
        """Ask, or take the default."""
        return click.prompt(question, default=default, type=kind) if self._asks else default

    def must(self, question: str, how: str) -> str:
        """Ask for what has no default.

        Raises:
            click.UsageError: where nobody can be asked; it says how to give the value.
        """
        if self._asks:
            return str(click.prompt(question))
        raise click.UsageError(how)


def named(
    asks: Prompter, kind: str, name: str | None, title: str | None, key: str | None
) -> tuple[str, str]:
    """Title and id; a name that looks like an id is made a title, and a title an id.

    Raises:
        click.UsageError: without a name, where nobody can be asked.
        click.BadParameter: where the id is none.
    """

    name = name or key or asks.must("Title", f"Give it a name: guildhall new {kind} NAME.")
    try:
        parse_slug(name)
        made_key, made_title = name, in_words(name)
    except ValueFault as fault:
        made_key, made_title = fault.suggestion or "", name
    title = title or asks("Title", made_title)
    what = "folder" if kind == "lesson" else "file"
    key = key or asks(f"Id, the name of its {what}", made_key)
    return str(title), checked_id(str(key))


def asked_day(asks: Prompter, question: str, default: str | None, how: str) -> date:
    """Ask for a day.

    Args:
        asks: asks for it.
        question: what is asked.
        default: the day that is taken without an answer, if there is one.
        how: how to give the day where nobody can be asked.

    Raises:
        click.UsageError: where nobody can be asked, or the answer is no day.
    """
    given = asks.must(question, how) if default is None else asks(question, default)
    try:
        return parse_date(str(given))
    except ValueFault as fault:
        raise click.UsageError(f"{question}: {fault}") from None


def in_words(key: str) -> str:
    """A title made of an id."""
    return key.replace("-", " ").capitalize()


def checked_id(key: str) -> str:
    """An id that is well formed.

    Raises:
        click.BadParameter: where it isn't; it names one that is near.
    """

    try:
        return parse_slug(key)
    except ValueFault as fault:
        raise click.BadParameter(str(fault), param_hint="--id") from None


def check_id(registry: Registry, kind: str, key: str) -> None:
    """Refuse an id that a record has.

    Raises:
        click.UsageError: it says so.
    """
    if key in registry.keys(kind):
        what = {"in-kind": "an in-kind row", "activity": "an activity"}.get(kind, f"a {kind}")
        raise click.UsageError(f"There is {what} `{key}` already; use another --id.")


def unknown(kind: str, key: str, known: tuple[str, ...]) -> str:
    """What to say of an id that no record has, with the nearest one."""

    near = nearest(key, known)
    return f"There is no {kind} {quote(key)}" + (f"; did you mean `{near}`?" if near else ".")


def known(registry: Registry, kind: str, key: str | None, option: str) -> None:
    """Refuse an id that no record has.

    Raises:
        click.BadParameter: it names the nearest one.
    """
    if key is not None and key not in registry.keys(kind):
        raise click.BadParameter(unknown(kind, key, registry.keys(kind)), param_hint=option)


def project_of(
    asks: Prompter, settings: Settings, registry: Registry, given: str | None
) -> Project:
    """The project of a new record: the one that is named, the portal's own, or the only one.

    Raises:
        click.UsageError: where there is none, or nobody can be asked which.
    """
    keys = registry.keys("project")
    if not keys:
        raise click.UsageError("There is no project yet; start with `guildhall new project`.")
    given = given or settings.project or (keys[0] if len(keys) == 1 else None)
    given = given or asks.must("Project", f"Name its project: --project {keys[0]}.")
    project = registry.get(Project, given)
    if project is None:
        raise click.BadParameter(unknown("project", given, keys), param_hint="--project")
    return project


def _with_source(root: Path, settings: Settings, path: str) -> tuple[Settings, dict[str, str]]:
    """The settings of a portal that reads a file, and their new text if it didn't.

    Raises:
        click.UsageError: where they can't be changed safely; it says what to add.
    """
    if any(path.startswith(f"{source.rstrip('/')}/") for source in settings.sources):
        return settings, {}
    folder = path.partition("/")[0]
    sources = [*settings.sources, folder]
    name = SETTINGS_FILE.as_posix()
    try:
        text = (root / name).read_text(encoding="utf-8")
        data, _, _ = parse_yaml(text, SETTINGS_FILE)
        new = amended(text, {**data, "sources": sources})
    except (UnchangeableError, UnreadableError):
        raise click.UsageError(f"{name} has no `{folder}` in `sources`; add it there.") from None
    return settings.model_copy(update={"sources": tuple(sources)}), {name: new}


def write_record(
    root: Path,
    settings: Settings,
    kind: str,
    path: str,
    text: str,
    pages: Mapping[str, str] | None = None,
    project: str | None = None,
) -> None:
    """Write a record so that a page lists it, and say what was written and how to see it.

    Args:
        root: the portal's folder.
        settings: the portal's settings.
        kind: the record's kind.
        path: where it is written, below the portal's folder.
        text: the record.
        pages: the texts of further new files, by their paths.
        project: the record's project.

    Raises:
        click.ClickException: where it can't be written; it says why.
    """
    if (root / SCHEMAS / f"{kind}.json").is_file():
        text = with_schema(kind, path, text)
    other = None if project == settings.project else project
    reading, changed_settings = _with_source(root, settings, path)
    lists, changed = listing(root, reading, kind, docname_of(path), other)
    new = {path: text, **(pages or {}), **lists}
    try:
        write(root, new, {**changed, **changed_settings})
    except (RefusedError, ChangedError) as error:
        raise click.ClickException(str(error)) from None
    click.echo("Written:")
    for name in new:
        click.echo(f"  {shown(root / name)}")
    for name in changed:
        click.echo(f"  {shown(root / name)} (one more entry in its table of contents)")
    for name in changed_settings:
        click.echo(f"  {shown(root / name)} (one more folder in `sources`)")
    where = "" if root in {Path.cwd(), *Path.cwd().parents} else f" {shlex.quote(shown(root))}"
    click.echo("Replace the texts in them; they explain themselves.")
    click.echo(f"See it:         guildhall serve{where}")
