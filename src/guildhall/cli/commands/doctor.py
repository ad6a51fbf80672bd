"""``guildhall doctor``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from guildhall.cli.options.folder import find_root, root_argument


@click.command("doctor")
@root_argument
def doctor_command(root: Path | None) -> None:
    """Say what is wrong with the setup of the portal at ROOT, and how to fix it.

    It looks at Python, packages, git, conf.py, portal.yml, folders, schemas and the workflow.
    Nothing is changed. Records and pages are checked by `guildhall check`.
    """
    from guildhall.cli.doctor.run import doctor

    try:
        found = find_root(root)
    except click.UsageError:
        if root is not None:
            raise
        found = None
    sys.exit(doctor(found))
