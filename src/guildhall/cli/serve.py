"""``guildhall serve``: the portal in a browser while it is written."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import click

from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.folder import find_root, root_argument

TRIED_PORTS = 20
"""How many ports are tried, from the one that is asked for."""


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
    sys.exit(serve(find_root(root), port=port, host=host, opens=opens, jobs=jobs))


def serve(root: Path, *, port: int, host: str, opens: bool, jobs: int | None) -> ExitCode:
    """Serve the portal until it is stopped from the keyboard.

    Args:
        root: the portal's folder.
        port: the port; the next free one is taken where it is in use.
        host: the address to listen on.
        opens: whether a browser is opened.
        jobs: how many processes read and write; by default one for each processor.

    Returns:
        OK where the preview was shown, however it ended.
    """
    import asyncio
    import os

    from guildhall.cli.preview.session import Session

    listening = _listen(host, port)
    address = _address(host, listening.getsockname()[1])

    shows = False

    def ready() -> None:
        nonlocal shows
        shows = True
        click.echo(f"The preview is at {address}; press Ctrl-C to stop.")
        if opens:
            click.launch(address)

    async def run() -> None:
        session = Session(root, jobs or os.cpu_count() or 1, click.echo, host)
        await session.run([listening], ready)

    click.echo("Building the preview.")
    try:
        asyncio.run(run())
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()
    click.echo("Stopped.")
    return ExitCode.OK if shows else ExitCode.INTERRUPTED


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens on the port, or on the next one that is free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    error: OSError | None = None
    for tried in range(port, min(port + TRIED_PORTS, 65536)):
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, tried))
            listening.listen()
        except OSError as refused:
            listening.close()
            error = refused
            continue
        if tried != port:
            click.echo(f"Port {port} is in use; using {tried}.")
        return listening
    raise click.ClickException(f"No port from {port} on is available at {host}: {error}")


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}/"
