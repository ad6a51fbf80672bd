"""Looks at everything in turn, and says what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from guildhall.cli.doctor import machine, portal, publishing
from guildhall.cli.doctor.diagnosis import Diagnosis
from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.options.folder import CONFIGURATION
from guildhall.core.counting import counted

_LOOKS: tuple[Callable[[Path], Iterator[Diagnosis]], ...] = (
    portal.configuration,
    portal.settings,
    portal.home,
    portal.extensions,
    portal.folders,
    portal.schemas,
    publishing.requirements,
    publishing.workflow,
)


def doctor(root: Path | None) -> ExitCode:
    """Look at the setup of this machine and of a portal, and say what was found.

    Args:
        root: the portal's folder; None where there is none.
    """
    wrong = 0
    for found in _diagnoses(root):
        click.echo(f"{found.state:<6} {found.text}")
        if found.mend:
            click.echo(f"       {found.mend}")
        wrong += found.state == "wrong"
    click.echo(f"{counted(wrong, 'fault')} in the setup." if wrong else "Nothing is wrong.")
    return ExitCode.FINDINGS if wrong else ExitCode.OK


def _diagnoses(root: Path | None) -> Iterator[Diagnosis]:
    yield from machine.python()
    yield from machine.git()
    if root is None:
        yield Diagnosis(
            f"no portal: neither this folder nor one above it has {CONFIGURATION.as_posix()}",
            "Change into the portal's folder, or start one with `guildhall init`.",
        )
        return
    for look in _LOOKS:
        yield from look(root)
