"""The portal that a command is about: the folder that is named, or the one that we stand in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

CONFIGURATION = Path("conf/conf.py")


class PortalFolder(click.Path):
    """A portal's folder, as an argument."""

    name = "folder"

    def __init__(self) -> None:
        super().__init__(exists=True, file_okay=False, path_type=Path)


def root_argument(command: F) -> F:
    """Give a command the argument ``root``."""
    return click.argument("root", required=False, type=PortalFolder(), default=None)(command)


def find_root(given: Path | None) -> Path:
    """The folder of the portal.

    Args:
        given: the folder that was named; None to look from the current one upwards.

    Raises:
        click.UsageError: where there is no portal.
    """
    if given is not None:
        root = given.resolve()
        if not (root / CONFIGURATION).is_file():
            raise click.UsageError(f"{given} is not a portal: it has no {CONFIGURATION}.")
        return root
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / CONFIGURATION).is_file():
            return folder
    raise click.UsageError(f"Neither this folder nor one above it is a portal ({CONFIGURATION}).")


root_option = click.option(
    "--root", type=PortalFolder(), help="The portal  [default: the one containing this folder]"
)
"""Gives a command the option ``--root``, the portal's folder."""
