"""``guildhall rule``: what a rule looks for, why, and how to mend what it finds."""

from __future__ import annotations

import click


@click.command("rule")
@click.argument("name", required=False, metavar="[ID]")
def rule_command(name: str | None) -> None:
    """Explain the rule ID; without an ID, list all rules."""
    from guildhall.check.run.catalogue import all_rules, areas
    from guildhall.core.values.faults import nearest, quote

    if name is None:
        for area, rules in areas().items():
            click.echo(f"{area}:")
            for each in rules.values():
                click.echo(f"  {each.id} ({each.severity}): {each.title}")
        return
    rule = all_rules().get(name)
    if rule is None:
        near = nearest(name, all_rules())
        hint = f"did you mean `{near}`?" if near else "`guildhall rule` lists them."
        raise click.UsageError(f"There is no rule {quote(name)}; {hint}")
    click.echo(f"{rule.id} ({rule.severity})\n\n{rule.title}.\n{rule.why}\n{rule.mend}")
    if rule.source:
        click.echo(f"Source: {rule.source}")
