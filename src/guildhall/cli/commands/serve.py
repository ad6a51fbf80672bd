"""``guildhall serve``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from guildhall.cli.options.folder import find_root, root_argument


@click.command("serve")
@root_argument
@click.option("-p", "--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--open", "opens", is_flag=True, help="Open the portal in a browser.")
@click.option("-j", "--jobs", type=click.IntRange(1), help="Number of parallel processes.")
def serve_command(root: Path | None, port: int, host: str, opens: bool, jobs: int | None) -> None:
    """Preview the portal at ROOT in a browser, and rebuild changes as you write.

    The preview is built in build/preview; the site built by `guildhall build` is not touched.
    Press Ctrl-C to stop.
    """
    from guildhall.cli.serve import serve

    sys.exit(serve(find_root(root), port=port, host=host, opens=opens, jobs=jobs))
