"""``guildhall import``: workshops, people and schedules from files of other sites."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.folder import PortalFolder, find_root

if TYPE_CHECKING:
    from guildhall.cli.importers.merge import Conflict
    from guildhall.cli.importers.run import Outcome
    from guildhall.cli.importers.source import Finding

F = TypeVar("F", bound=Callable[..., Any])


def _options(command: F) -> F:
    for option in (
        click.option(
            "--on-conflict",
            type=click.Choice(["ask", "keep", "take"]),
            default="ask",
            show_default=True,
            help="What to do with values changed by hand and in the source.",
        ),
        click.option("--dry-run", is_flag=True, help="Only tell; write nothing."),
        click.option(
            "--root",
            type=PortalFolder(),
            help="The portal  [default: the one that this folder is in]",
        ),
    ):
        command = option(command)
    file = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    return file(command)


@click.group("import")
def import_group() -> None:
    """Bring workshops, people and schedules in from files of other sites.

    An import can be repeated: it changes what changed in the file, and leaves what people changed
    in the records. Values that changed on both sides are asked about.
    """


@import_group.command("coderefinery-workshops")
@click.option(
    "--timezone",
    default="Europe/Stockholm",
    show_default=True,
    help="The zone of workshops whose place doesn't give it.",
)
@click.option("--type", "kind", metavar="WORD", help="The type of all workshops of the file.")
@_options
def workshops_command(
    file: Path, root: Path | None, dry_run: bool, on_conflict: str, timezone: str, kind: str | None
) -> None:
    """Import FILE, events of coderefinery.org such as its full-workshops.yml.

    Each event becomes a workshop's record, each new name a person's.
    """
    from guildhall.cli.importers.run import import_workshops
    from guildhall.model.records.vocabularies import WORKSHOP_TYPE, words_of
    from guildhall.model.settings import load_settings

    folder = find_root(root)
    _check_zone(timezone)
    known = words_of(load_settings(folder)[0], WORKSHOP_TYPE)
    if kind is not None and kind not in known:
        raise click.BadParameter(f"expected one of {', '.join(known)}", param_hint="--type")
    again = on_conflict == "take"

    def work() -> Outcome:
        return import_workshops(
            folder, file, _asker(on_conflict, folder), timezone=timezone, kind=kind, again=again
        )

    sys.exit(_run(folder, work, dry_run=dry_run))


@import_group.command("coderefinery-schedule")
@click.option("--workshop", "key", required=True, metavar="ID", help="The workshop's id.")
@click.option("--timezone", help="The workshop's time zone  [default: that of its record]")
@_options
def schedule_command(
    file: Path, root: Path | None, dry_run: bool, on_conflict: str, key: str, timezone: str | None
) -> None:
    """Import FILE, a schedule.yaml in UTC, as the schedule of a workshop in local time.

    Without a record of that id, one is made.
    """
    from guildhall.cli.importers.run import import_schedule
    from guildhall.core.values.faults import ValueFault
    from guildhall.core.values.identifiers import parse_slug

    folder = find_root(root)
    try:
        parse_slug(key)
    except ValueFault as fault:
        raise click.BadParameter(str(fault), param_hint="--workshop") from None
    if timezone is not None:
        _check_zone(timezone)

    def work() -> Outcome:
        return import_schedule(folder, file, key, _asker(on_conflict, folder), timezone=timezone)

    sys.exit(_run(folder, work, dry_run=dry_run))


def _check_zone(name: str) -> None:
    from guildhall.core.values.dates import parse_time_zone
    from guildhall.core.values.faults import ValueFault

    try:
        parse_time_zone(name)
    except ValueFault as fault:
        raise click.BadParameter(str(fault), param_hint="--timezone") from None


def _asker(on_conflict: str, root: Path) -> Callable[[Finding, Conflict], bool | None]:
    """Decides on conflicts as was said, or asks on a terminal; None where nobody can be asked."""

    def ask(finding: Finding, conflict: Conflict) -> bool | None:
        if on_conflict != "ask":
            return on_conflict == "take"
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return None
        click.echo(str(_message(finding).relative_to(root)), err=True)
        choice = click.Choice(["keep", "take", "later"])
        answer = click.prompt("Keep what is in the record?", type=choice, default="keep", err=True)
        return {"keep": False, "take": True}.get(answer)

    return ask


def _run(root: Path, work: Callable[[], Outcome], *, dry_run: bool) -> ExitCode:
    from guildhall.cli.importers.run import NotReadyError
    from guildhall.cli.messages import print_messages
    from guildhall.core.yaml_source import UnreadableError

    try:
        outcome = work()
    except UnreadableError as error:
        print_messages([error.fault], root)
        click.echo("Nothing was imported.", err=True)
        return ExitCode.FINDINGS
    except NotReadyError as error:
        print_messages(map(_message, error.findings), root)
        click.echo(f"{error} Nothing was imported.", err=True)
        return ExitCode.FINDINGS if error.findings else ExitCode.USAGE
    if not dry_run:
        outcome.writing.write()
    _tell(root, outcome, dry_run=dry_run)
    return ExitCode.OK if outcome.is_clean else ExitCode.FINDINGS


def _message(finding: Finding) -> Any:
    from guildhall.core.findings.finding import Finding as Found

    place = (finding.path.as_posix(), finding.line, finding.column)
    return Found(*place, f"import.{finding.sort}", finding.message)


_WORDS = {
    "new": "new records of workshops",
    "changed": "changed",
    "unchanged": "as they were",
    "removed": "removed by hand, not made again",
    "left_out": "left out, for their faults",
    "people": "new people",
    "placeholders": "names that stand for nobody",
}


def _tell(root: Path, outcome: Outcome, *, dry_run: bool) -> None:
    from guildhall.cli.failures import shown
    from guildhall.cli.importers.source import OPEN
    from guildhall.cli.messages import print_messages

    wrong = [x for x in outcome.findings if x.sort in OPEN]
    other = [x for x in outcome.findings if x not in wrong]
    print_messages(map(_message, other), root, level="notice")
    print_messages(map(_message, wrong), root)
    if outcome.writing.texts:
        click.echo("Would be written:" if dry_run else "Written:")
        for path in sorted(outcome.writing.texts):
            sign = "+" if path in outcome.writing.new else " "
            click.echo(f"  {sign} {shown(path)}")
    counts = [f"{n} {_WORDS[name]}" for name, n in outcome.counts.items() if n]
    click.echo("; ".join(counts) or "Nothing to import.")
