"""The importers of CodeRefinery's formats. They import their work only when they are run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from guildhall.cli.importers.coderefinery import DEFAULT_ZONE
from guildhall.cli.importers.importer import Importer, Proposal

if TYPE_CHECKING:
    from guildhall.cli.importers.portal import Portal
    from guildhall.cli.importers.source import Source


def _workshops(source: Source, portal: Portal, *, timezone: str, kind: str | None) -> Proposal:
    from guildhall.cli.importers.coderefinery.events import read_events
    from guildhall.model.records.vocabularies import WORKSHOP_TYPE, words_of

    _check_zone(timezone)
    known = words_of(portal.settings, WORKSHOP_TYPE)
    if kind is not None and kind not in known:
        raise click.BadParameter(f"expected one of {', '.join(known)}", param_hint="--type")
    return read_events(source, portal, timezone=timezone, kind=kind)


def _schedule(source: Source, portal: Portal, *, key: str, timezone: str | None) -> Proposal:
    from guildhall.cli.importers.coderefinery.programme import read_programme
    from guildhall.core.values.faults import ValueFault
    from guildhall.core.values.identifiers import parse_slug

    try:
        parse_slug(key)
    except ValueFault as fault:
        raise click.BadParameter(str(fault), param_hint="--workshop") from None
    if timezone is not None:
        _check_zone(timezone)
    return read_programme(source, portal, key, timezone)


def _check_zone(name: str) -> None:
    from guildhall.core.values.dates import parse_time_zone
    from guildhall.core.values.faults import ValueFault

    try:
        parse_time_zone(name)
    except ValueFault as fault:
        raise click.BadParameter(str(fault), param_hint="--timezone") from None


WORKSHOPS = Importer(
    name="coderefinery-workshops",
    help="""Import FILE, events of coderefinery.org such as its full-workshops.yml.

    Each event becomes a workshop's record, each new name a person's.
    """,
    kind="workshop",
    folder="workshops",
    run=_workshops,
    options=(
        click.Option(
            ["--timezone"],
            default=DEFAULT_ZONE,
            show_default=True,
            help="The zone of workshops whose place doesn't give it.",
        ),
        click.Option(
            ["--type", "kind"], metavar="WORD", help="The type of all workshops of the file."
        ),
    ),
    same="website",
)
SCHEDULE = Importer(
    name="coderefinery-schedule",
    help="""Import FILE, a schedule.yaml in UTC, as the schedule of a workshop in local time.

    Without a record of that id, one is made.
    """,
    kind="workshop",
    folder="workshops",
    run=_schedule,
    options=(
        click.Option(["--workshop", "key"], required=True, metavar="ID", help="The workshop's id."),
        click.Option(
            ["--timezone"], help="The workshop's time zone  [default: that of its record]"
        ),
    ),
)
