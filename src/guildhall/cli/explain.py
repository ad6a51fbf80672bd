"""``guildhall explain``: the reference in the terminal, made from the code as its pages are."""

from __future__ import annotations

import inspect
import shutil
import textwrap
import typing
from collections.abc import Iterator, Sequence

import click
from pydantic import BaseModel

from guildhall.cli.reference.models import Key, keys_of, models_in, parts_of
from guildhall.core.values.faults import nearest, quote
from guildhall.model.records.kinds import KINDS
from guildhall.model.settings.portal import SETTINGS_FILE, Settings

SETTINGS = "settings"
"""What stands for all settings."""
_WIDEST = 100


def explain(name: str | None) -> None:
    """Print what is known of a kind, a key, a setting or a directive, or their names.

    Args:
        name: what to explain: ``partner``, ``partner.country``, ``licence``, ``workshop-list``.

    Raises:
        click.UsageError: where there is nothing of that name; it names the nearest.
    """
    if name is None:
        _print_names()
        return
    first, *rest = name.strip("{}").split(".")
    found = False
    if first in KINDS:
        _print_model(first, KINDS[first], rest)
        found = True
    if first == SETTINGS or first in Settings.model_fields:
        path = rest if first == SETTINGS else [first, *rest]
        # The kind of that name is meant where it has the key.
        if not (found and rest):
            if found:
                click.echo()
            _print_model(SETTINGS_FILE.as_posix(), Settings, path)
            found = True
    if not found and not rest:
        found = _print_directive(first)
    if not found:
        known = (*KINDS, SETTINGS, *Settings.model_fields, *_directives())
        raise click.UsageError(_unknown("is nothing called", first, known))


def _print_names() -> None:
    for title, names in (
        ("Kinds of records", KINDS),
        (f"Settings, in {SETTINGS_FILE.as_posix()}", Settings.model_fields),
        ("Directives", _directives()),
    ):
        click.echo(f"{title}:")
        _print_text(", ".join(names), 2)
        click.echo()
    _print_text(
        "`guildhall explain NAME` explains one of them, `guildhall explain partner.country` one "
        "key, `guildhall explain settings` all settings.",
        0,
    )


def _print_model(name: str, model: type[BaseModel], path: Sequence[str]) -> None:
    """Print a model with all of its keys, or the key that a path leads to.

    Raises:
        click.UsageError: where a key isn't there; it names the nearest.
    """
    if not path:
        _print_text(f"{name}: {_first_line(model)}", 0)
        _print_keys(name, model)
        for part in parts_of(model):
            click.echo(f"\n{part.__name__}: {_first_line(part)}")
            _print_keys(name, part)
        return
    models: tuple[type[BaseModel], ...] = (model,)
    for at, wanted in enumerate(path):
        owner = next((each for each in models if wanted in each.model_fields), None)
        if owner is None:
            known = [key for each in models for key in each.model_fields]
            raise click.UsageError(
                _unknown("is no key", wanted, known, ".".join((name, *path[:at])))
            )
        key = next(each for each in keys_of(owner) if each.name == wanted)
        hint = typing.get_type_hints(owner, include_extras=True)[wanted]
        models = tuple(models_in(hint))
    _print_key(key, ".".join((name, *path)) if name in KINDS else f"{name}: {'.'.join(path)}", 0)
    for part in models:
        click.echo(f"\n{part.__name__}: {_first_line(part)}")
        _print_keys(name, part)


def _first_line(model: type[BaseModel]) -> str:
    return " ".join((inspect.getdoc(model) or "").split())


def _print_keys(name: str, model: type[BaseModel]) -> None:
    for key in keys_of(model):
        _print_key(key, key.name, 2, f"`{name}`" if key.name == "kind" and name in KINDS else None)


def _print_key(key: Key, title: str, indent: int, holds: str | None = None) -> None:
    needed = " (required)" if key.is_required else ""
    click.echo(f"{' ' * indent}{title}{needed}: ", nl=False)
    click.echo(_wrapped(holds or key.holds, indent + 4, len(title) + len(needed) + indent + 2))
    if key.description:
        _print_text(key.description, indent + 4)


def _print_directive(name: str) -> bool:
    """Print a directive; whether there is one of that name."""
    from guildhall.cli.reference.directives import directive_modules, directives_of

    for modules in directive_modules().values():
        for module in modules:
            for directive in directives_of(module):
                if name not in directive.names:
                    continue
                click.echo(", ".join(f"{{{each}}}" for each in directive.names))
                for paragraph in directive.paragraphs:
                    _print_text(paragraph, 2)
                for option, meaning in directive.options.items():
                    _print_text(f":{option}: {meaning}".rstrip(), 4, 8)
                return True
    return False


def _directives() -> Iterator[str]:
    from guildhall.cli.reference.directives import directive_modules

    for modules in directive_modules().values():
        for module in modules:
            yield from module.DIRECTIVES


def _unknown(what: str, name: str, known: Sequence[str], where: str = "") -> str:
    near = nearest(name, known)
    hint = f"did you mean `{near}`?" if near else "`guildhall explain` lists all names."
    return f"There {what} {quote(name)}{f' in `{where}`' if where else ''}; {hint}"


def _print_text(text: str, indent: int, hanging: int | None = None) -> None:
    """Print a text, its lines after the first indented by ``hanging``, or else as the first."""
    rest = indent if hanging is None else hanging
    click.echo(" " * indent + _wrapped(text.replace("``", "`"), rest, indent))


def _wrapped(text: str, indent: int, start: int) -> str:
    """A text in lines that fit the terminal; names with hyphens stay whole.

    Args:
        text: the text.
        indent: blanks before all lines but the first.
        start: how much stands on the first line already.
    """
    lines = textwrap.wrap(
        text,
        min(shutil.get_terminal_size().columns, _WIDEST),
        initial_indent=" " * start,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)[start:]
