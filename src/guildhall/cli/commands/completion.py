"""``guildhall completion``."""

from __future__ import annotations

import click


@click.command("completion")
@click.argument("shell", required=False, type=click.Choice(["bash", "zsh", "fish"]))
@click.option("--print", "prints", is_flag=True, help="Print the script and write nothing.")
@click.pass_context
def completion_command(context: click.Context, shell: str | None, prints: bool) -> None:
    """Complete commands and options with Tab in SHELL, by default your own.

    The script is written to your configuration; bash and zsh get a line that runs it in .bashrc
    or .zshrc.
    """
    from guildhall.cli.completion import install, own_shell, script

    command = context.find_root().command
    shell = shell or own_shell()
    if prints:
        click.echo(script(command, shell))
    else:
        install(command, shell)
