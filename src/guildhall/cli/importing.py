"""``guildhall import``: records from files of other sites, by the importers installed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.importers.importer import Importer
from guildhall.cli.importers.installed import LoadError, load, names
from guildhall.cli.options.folder import find_root, root_option
from guildhall.cli.report.terminal import shown

if TYPE_CHECKING:
    from guildhall.cli.importers.merge import Conflict
    from guildhall.cli.importers.run import Outcome
    from guildhall.core.findings.finding import Finding


class Importers(click.Group):
    """A command for each importer that is installed, loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all importers that load; of others it is told why they don't."""
        return [name for name in names() if self._loads(name)]

    def _loads(self, name: str) -> bool:
        try:
            load(name)
        except LoadError as error:
            click.echo(f"{error}.", err=True)
            return False
        return True

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of an importer.

        Raises:
            click.UsageError: where its package doesn't load.
        """
        try:
            importer = load(cmd_name)
        except LoadError as error:
            raise click.UsageError(f"{error}.", ctx) from error
        return None if importer is None else _command(importer)


@click.group("import", cls=Importers)
def import_group() -> None:
    """Bring workshops, people and schedules in from files of other sites.

    An import can be repeated: it changes what changed in the file, and leaves what people changed
    in the records. Values that changed on both sides are asked about.
    """


def _command(importer: Importer) -> click.Command:
    def callback(
        file: Path, root: Path | None, dry_run: bool, on_conflict: str, **options: Any
    ) -> None:
        folder = find_root(root)
        sys.exit(_run(importer, folder, file, options, on_conflict, dry_run=dry_run))

    # Whoever documents a command takes its help for that of the module of its callback.
    callback.__module__ = importer.run.__module__
    file = click.Argument(["file"], type=click.Path(exists=True, dir_okay=False, path_type=Path))
    dry_run = click.Option(["--dry-run"], is_flag=True, help="Only tell; write nothing.")
    on_conflict = click.Option(
        ["--on-conflict"],
        type=click.Choice(["ask", "keep", "take"]),
        default="ask",
        show_default=True,
        help="What to do with values changed by hand and in the source.",
    )
    command = click.Command(
        importer.name, help=importer.help, params=[file, *importer.options], callback=callback
    )
    root_option(command)
    command.params += [dry_run, on_conflict]
    return command


def _asker(on_conflict: str, root: Path) -> Callable[[Finding, Conflict], bool | None]:
    """Decides on conflicts as was said, or asks on a terminal; None where nobody can be asked."""

    def ask(finding: Finding, conflict: Conflict) -> bool | None:
        if on_conflict != "ask":
            return on_conflict == "take"
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return None
        click.echo(str(finding.relative_to(root)), err=True)
        choice = click.Choice(["keep", "take", "later"])
        answer = click.prompt("Keep what is in the record?", type=choice, default="keep", err=True)
        return {"keep": False, "take": True}.get(answer)

    return ask


def _run(
    importer: Importer,
    root: Path,
    file: Path,
    options: dict[str, Any],
    on_conflict: str,
    *,
    dry_run: bool,
) -> ExitCode:
    from guildhall.cli.files import ChangedError
    from guildhall.cli.importers.portal import NotReadyError
    from guildhall.cli.importers.run import run_import
    from guildhall.cli.report.messages import print_messages
    from guildhall.core.yaml_source import UnreadableError

    ask, again = _asker(on_conflict, root), on_conflict == "take"
    try:
        outcome = run_import(root, file, importer, options, ask, again=again)
        if not dry_run:
            outcome.writing.write()
    except UnreadableError as error:
        print_messages([error.fault], root)
        click.echo("Nothing was imported.", err=True)
        return ExitCode.FINDINGS
    except NotReadyError as error:
        print_messages(error.findings, root)
        click.echo(f"{error} Nothing was imported.", err=True)
        return ExitCode.FINDINGS if error.findings else ExitCode.USAGE
    except ChangedError as error:
        click.echo(f"{error} Nothing was imported.", err=True)
        return ExitCode.FINDINGS
    _tell(root, importer, outcome, dry_run=dry_run)
    return ExitCode.OK if outcome.is_clean else ExitCode.FINDINGS


def _tell(root: Path, importer: Importer, outcome: Outcome, *, dry_run: bool) -> None:
    from guildhall.cli.report.messages import print_messages
    from guildhall.core.findings.severity import Severity

    def tell(findings: Iterable[Finding], level: str) -> None:
        print_messages(findings, root, level=level)

    tell((x for x in outcome.findings if x.severity is not Severity.ERROR), "notice")
    tell((x for x in outcome.findings if x.severity is Severity.ERROR), "error")
    writing = outcome.writing
    if writing.changes:
        click.echo("Would be written:" if dry_run else "Written:")
        for path in sorted(writing.changes):
            click.echo(f"  {'+' if path in writing.new else ' '} {shown(path)}")
    words = {
        "new": f"new records of {importer.folder.rpartition('/')[2]}",
        "changed": "changed",
        "unchanged": "as they were",
        "removed": "removed by hand, not made again",
        "left_out": "left out, for their faults",
        "people": "new people",
        "placeholders": "names that stand for nobody",
    }
    counts = [f"{n} {words[name]}" for name, n in outcome.counts.items() if n]
    click.echo("; ".join(counts) or "Nothing to import.")
