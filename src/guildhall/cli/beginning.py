"""What the commands of ``guildhall new`` share: asking, checking, writing, telling."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from guildhall.cli.scaffold.write import RefusedError
from guildhall.cli.terminal import shown
from guildhall.core.values.faults import ValueFault, nearest, quote
from guildhall.core.values.identifiers import parse_slug
from guildhall.model.records.registry import Registry
from guildhall.model.settings.portal import Settings


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
    key = key or asks("Id, the name of its folder", made_key)
    return str(title), checked_id(str(key))


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
        raise click.UsageError(f"There is a {kind} `{key}` already; use another --id.")


def unknown(kind: str, key: str, known: tuple[str, ...]) -> str:
    """What to say of an id that no record has, with the nearest one."""

    near = nearest(key, known)
    return f"There is no {kind} {quote(key)}" + (f"; did you mean `{near}`?" if near else ".")


def require_source(settings: Settings, folder: str) -> None:
    """Refuse to write to a folder that the portal doesn't read.

    Raises:
        click.UsageError: it says where to add the folder.
    """
    if folder not in settings.sources:
        raise click.UsageError(f"conf/portal.yml has no `{folder}` in `sources`; add it there.")


def refusing(write: Callable[[], None]) -> None:
    """Write, and say in plain words why that isn't possible.

    Raises:
        click.ClickException: where it isn't.
    """

    try:
        write()
    except RefusedError as error:
        raise click.ClickException(str(error)) from None


def tell_written(root: Path, paths: list[Path]) -> None:
    """Say what was written, and how to see it."""

    click.echo("Written:")
    for path in paths:
        click.echo(f"  {shown(path)}")
    where = "" if root in {Path.cwd(), *Path.cwd().parents} else f" {shlex.quote(shown(root))}"
    click.echo("Replace the texts in them; they explain themselves.")
    click.echo(f"See it:         guildhall serve{where}")
