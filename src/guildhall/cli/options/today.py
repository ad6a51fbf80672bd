"""The option that says what day it is."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

from guildhall.core.values.dates import TODAY_VARIABLE, parse_date
from guildhall.core.values.faults import ValueFault

F = TypeVar("F", bound=Callable[..., Any])


def today_option(command: F) -> F:
    """Give a command the option ``--today``."""
    return click.option(
        "--today",
        metavar="DATE",
        help="The day to build for, such as 2025-03-01  [default: SOURCE_DATE_EPOCH, or today]",
    )(command)


def set_today(today: str | None) -> None:
    """Let a day be the one that settings are read for.

    Raises:
        click.BadParameter: where it is no date.
    """
    if today is None:
        return

    try:
        parse_date(today)
    except ValueFault as fault:
        raise click.BadParameter(str(fault), param_hint="--today") from None
    os.environ[TODAY_VARIABLE] = today
