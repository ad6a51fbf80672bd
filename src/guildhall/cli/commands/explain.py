"""``guildhall explain``."""

from __future__ import annotations

import click


@click.command("explain")
@click.argument("name", required=False)
def explain_command(name: str | None) -> None:
    """Explain NAME: a kind of record, one of its keys, a setting or a directive.

    Such as `partner`, `partner.country`, `licence`, `workshop-list`. Without NAME, list them all.
    """
    from guildhall.cli.explain import explain

    explain(name)
