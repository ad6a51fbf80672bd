"""``guildhall schema``."""

from __future__ import annotations

from pathlib import Path

import click

from guildhall.cli.options.folder import find_root


@click.command("schema")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
def schema_command(folder: Path | None) -> None:
    """Write a JSON Schema of every record kind to FOLDER, for editors.

    By default, they are written to the portal's own conf/schemas.
    """
    from guildhall.model.records.schema import SCHEMAS, write_schemas

    for path in write_schemas(folder or find_root(None) / SCHEMAS):
        click.echo(str(path))
