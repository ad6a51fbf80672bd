"""The option ``--jobs``: how many processes work."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def _jobs(context: click.Context, parameter: click.Parameter, given: str) -> int:
    del context, parameter  # Click gives them to every callback.
    if given == "auto":
        return os.cpu_count() or 1
    if given.isdigit() and int(given) > 0:
        return int(given)
    raise click.BadParameter("expected a number from 1, or auto")


def jobs_option(command: F) -> F:
    """Give a command the option; it arrives as a number."""
    return click.option(
        "-j",
        "--jobs",
        default="auto",
        show_default=True,
        metavar="N",
        callback=_jobs,
        help="Number of parallel processes; auto uses one per processor.",
    )(command)
