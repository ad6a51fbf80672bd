"""``guildhall init``: asks, writes, and says what to do next."""

from __future__ import annotations

import shlex
from collections import Counter
from pathlib import Path

import click

from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.files import ChangedError
from guildhall.cli.init.answers import Given, ask
from guildhall.cli.init.files import Plan, plan
from guildhall.cli.init.repository import repository_of
from guildhall.cli.report.messages import print_messages
from guildhall.cli.report.terminal import shown
from guildhall.cli.scaffold.write import RefusedError, write
from guildhall.core.counting import counted
from guildhall.core.words import languages
from guildhall.model.settings.portal import SETTINGS_FILE, load_settings


def begin_portal(folder: Path, given: Given, *, yes: bool) -> ExitCode:
    """Write a portal, or what a folder lacks of one.

    Args:
        folder: its folder, which needn't exist.
        given: what isn't asked.
        yes: whether the defaults are taken without asking.

    Raises:
        click.ClickException: where a value can't be used, or a file can't be written.
    """
    folder = folder.resolve()
    is_portal = (folder / SETTINGS_FILE).exists()
    settings, faults = load_settings(folder)
    if is_portal and print_messages(faults, folder):
        click.echo("Fix the settings first; nothing was written.", err=True)
        return ExitCode.FINDINGS
    repository = repository_of(folder)
    answers = ask(folder, given, settings, repository, is_portal=is_portal, yes=yes)
    if answers.forge != "none" and repository and repository.top != folder:
        raise click.UsageError(
            f"A workflow lies at the top of its repository, {shown(repository.top)}. "
            "Use --forge none, or init there."
        )
    planned = plan(folder, answers, is_portal=is_portal)
    try:
        write(folder, planned.new)
    except (RefusedError, ChangedError) as error:
        raise click.ClickException(str(error)) from None
    _tell(folder, planned, answers.settings.language)
    return ExitCode.OK


def _tell(folder: Path, planned: Plan, language: str) -> None:
    if planned.new:
        click.echo(f"Written in {shown(folder)}:" if folder != Path.cwd() else "Written:")
        counts = Counter(path.partition("/")[0] for path in planned.new)
        for name in sorted(counts):
            is_folder = name not in planned.new
            click.echo(f"  {name}/ ({counted(counts[name], 'file')})" if is_folder else f"  {name}")
    else:
        click.echo("Everything is there; nothing was written.")
    if planned.left:
        click.echo("Left as they are:")
    for path, missing in sorted(planned.left.items()):
        click.echo(f"  {path}{': ' if missing else ''}{missing}")
    base = language.partition("-")[0]
    if base != "en" and not {language, base, "nb" if base == "no" else base} & set(languages()):
        click.echo(f"Guildhall has no words in `{language}` yet, so it wrote English ones.")
    click.echo("Next:")
    if folder != Path.cwd():
        click.echo(f"  cd {shlex.quote(shown(folder))}")
    click.echo("  guildhall serve --open      see it in a browser while you write")
    click.echo("  guildhall check --offline   find what is wrong")
    click.echo("  guildhall new --help        add to it")
