"""``guildhall rule``."""

from __future__ import annotations

import click


@click.command("rule")
@click.argument("name", required=False, metavar="[ID]")
def rule_command(name: str | None) -> None:
    """Explain the rule ID; without an ID, list all rules."""
    from guildhall.cli.rule import explain

    explain(name)
