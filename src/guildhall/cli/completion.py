"""``guildhall completion``: commands and options at the press of the Tab key."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from guildhall.cli.report.terminal import shown
from guildhall.core.values.faults import nearest, quote

SHELLS = ("bash", "zsh", "fish")
PROGRAM = "guildhall"
_VARIABLE = "_GUILDHALL_COMPLETE"
_RUN_AT_START = {"bash": ".bashrc", "zsh": ".zshrc"}
_BEFORE = {"zsh": "(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }\n"}
"""What a shell needs before the script; zsh has no completion until it is asked for."""


def own_shell() -> str:
    """The shell that the user has.

    Raises:
        click.UsageError: where there is no completion for it.
    """
    name = Path(os.environ.get("SHELL", "")).name
    if name in SHELLS:
        return name
    near = nearest(name, SHELLS)
    hint = f" did you mean `{near}`?" if near else ""
    raise click.UsageError(
        f"There is no completion for the shell {quote(name)}; name one of "
        f"{', '.join(SHELLS)}.{hint}"
    )


def script(command: click.Command, shell: str) -> str:
    """What a shell has to run.

    Args:
        command: the whole command line.
        shell: one of ``SHELLS``.
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"There is no completion for the shell {quote(shell)}.")
    return _BEFORE.get(shell, "") + kind(command, {}, PROGRAM, _VARIABLE).source()


def install(command: click.Command, shell: str) -> None:
    """Write the script where the shell finds it, and say where.

    Args:
        command: the whole command line.
        shell: one of ``SHELLS``.

    Raises:
        OSError: where a file can't be written.
    """
    home = Path.home()
    configuration = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    if shell == "fish":
        path = configuration / "fish/completions" / f"{PROGRAM}.fish"
    else:
        path = configuration / PROGRAM / f"complete.{shell}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script(command, shell), encoding="utf-8")
    click.echo("Written:")
    click.echo(f"  {shown(path)}")
    if shell in _RUN_AT_START:
        start = Path(os.environ.get("ZDOTDIR") or home if shell == "zsh" else home)
        _run_at_start(start / _RUN_AT_START[shell], f". {shlex.quote(str(path))}")
    click.echo(f"Open a new shell, type `{PROGRAM} ` and press Tab.")


def _run_at_start(path: Path, line: str) -> None:
    """Add a line to what a shell runs when it starts, once."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if line in text.splitlines():
        return
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n" if not text or text.endswith("\n") else f"\n{line}\n")
    click.echo(f"  {shown(path)} (one more line: {line})")
