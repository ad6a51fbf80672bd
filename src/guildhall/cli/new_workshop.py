"""``guildhall new workshop`` and ``guildhall new person``."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import click

from guildhall.cli.beginning import (
    Asker,
    check_id,
    checked_id,
    in_words,
    load_portal,
    refusing,
    require_source,
    root_option,
    tell_written,
    unknown,
    yes_option,
)
from guildhall.cli.folder import find_root

if TYPE_CHECKING:
    from guildhall.model.records.registry import Registry
    from guildhall.model.settings import Settings

WORKSHOPS = "workshops"
PEOPLE = "people"
SCHEDULED_DAYS = 5
"""For workshops of so many days the file has a line for each day; else for the first and last."""

_DATED = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})-(?P<rest>.+)")


def _day(context: click.Context, parameter: click.Parameter, given: str | None) -> date | None:
    from guildhall.core.values.dates import parse_date
    from guildhall.core.values.faults import ValueFault

    try:
        return parse_date(given) if given else None
    except ValueFault as fault:
        raise click.BadParameter(str(fault), context, parameter) from None


@click.command("workshop")
@click.argument("name", required=False)
@click.option("--start", metavar="DATE", callback=_day, help="The first day, such as 2027-03-16.")
@click.option("--end", metavar="DATE", callback=_day, help="The last day  [default: the first]")
@click.option(
    "--timezone",
    metavar="ZONE",
    help="Its time zone, such as Europe/Oslo  [default: that of the latest workshop]",
)
@click.option(
    "--type", "sort", metavar="TYPE", help="The type of workshop  [default: full-workshop]"
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["online", "in-person", "hybrid", "asynchronous"]),
    help="How people take part  [default: online]",
)
@click.option("--fulfils", metavar="ID", help="The planned activity that it fulfils.")
@click.option("--title", help="The title  [default: from the name]")
@click.option("--id", "key", metavar="ID", help="The file's name  [default: from start and title]")
@root_option
@yes_option
def new_workshop_command(
    name: str | None,
    start: date | None,
    end: date | None,
    timezone: str | None,
    sort: str | None,
    form: str | None,
    fulfils: str | None,
    title: str | None,
    key: str | None,
    root: Path | None,
    yes: bool,
) -> None:
    """Create a workshop NAME, a title or an id, in workshops; asks for anything not given."""
    from guildhall.model.records.vocabularies import WORKSHOP_TYPE, words_of

    folder = find_root(root)
    settings, registry = load_portal(folder)
    asks = Asker(yes=yes)
    how = "Give it a name: guildhall new workshop NAME --start DATE --timezone ZONE."
    name = name or title or key or asks.must("Title", how)
    dated = _DATED.fullmatch(name)
    if start is None:
        how = "Give its first day: --start 2027-03-16."
        start = _asked_day(asks, "First day", dated["date"] if dated else None, how)
    if end is None:
        end = _asked_day(asks, "Last day", start.isoformat(), "")
    if end < start:
        raise click.BadParameter(f"{end} comes before the start, {start}", param_hint="--end")
    if timezone is None:
        timezone = _asked_zone(asks, registry)
    sort = sort or asks("Type", "full-workshop", click.Choice(words_of(settings, WORKSHOP_TYPE)))
    if sort not in words_of(settings, WORKSHOP_TYPE):
        raise click.BadParameter(
            unknown("type of workshop", sort, words_of(settings, WORKSHOP_TYPE)),
            param_hint="--type",
        )
    planned = registry.keys("activity")
    if fulfils is not None and fulfils not in planned:
        raise click.BadParameter(unknown("activity", fulfils, planned), param_hint="--fulfils")
    title = title or asks("Title", _title_of(name))
    key = checked_id(str(key or asks("Id, the name of its file", _key_of(name, start))))
    check_id(registry, "workshop", key)
    new_workshop(
        folder,
        settings,
        key,
        title=str(title),
        start=start,
        end=end,
        timezone=timezone,
        type=sort,
        format=form or "online",
        fulfils=fulfils,
    )


@click.command("person")
@click.argument("name", required=False)
@click.option(
    "--sort-name", metavar="NAME", help="The name for sorting  [default: the last word first]"
)
@click.option("--partner", metavar="ID", help="The partner where the person works.")
@click.option("--orcid", metavar="ID", help="The ORCID iD.")
@click.option(
    "--consent",
    type=click.Choice(["given", "public-source", "withheld"]),
    help="Whether the portal may name the person  [default: withheld]",
)
@click.option("--id", "key", metavar="ID", help="The file's name  [default: from the name]")
@root_option
@yes_option
def new_person_command(
    name: str | None,
    sort_name: str | None,
    partner: str | None,
    orcid: str | None,
    consent: str | None,
    key: str | None,
    root: Path | None,
    yes: bool,
) -> None:
    """Create the record of a person NAME, next to those of other people.

    Without --consent, the portal does not name the person anywhere.
    """
    from guildhall.cli.importers.names import sort_name as guessed
    from guildhall.core.values.identifiers import slug_of

    folder = find_root(root)
    settings, registry = load_portal(folder)
    asks = Asker(yes=yes)
    name = name or asks.must("Name", 'Give a name: guildhall new person "Ada Lovelace".')
    _check_name(registry, name)
    partners = registry.keys("partner")
    if partner is not None and partner not in partners:
        raise click.BadParameter(unknown("partner", partner, partners), param_hint="--partner")
    sort_name = sort_name or asks("Name for sorting", guessed(name)[0])
    choice = click.Choice(["given", "public-source", "withheld"])
    consent = consent or asks("May the portal name the person", "withheld", choice)
    key = checked_id(str(key or asks("Id, the name of the file", slug_of(name))))
    check_id(registry, "person", key)
    new_person(
        folder,
        settings,
        _folder_of_people(folder, settings, registry),
        key,
        name=name,
        sort_name=str(sort_name),
        partner=partner,
        orcid=orcid,
        consent=str(consent),
    )


def new_workshop(root: Path, settings: Settings, key: str, **values: Any) -> None:
    """Write the record of a workshop and say what to do next.

    Args:
        root: the portal's folder.
        settings: the portal's settings.
        key: the workshop's id.
        values: what the template asks for: title, start, end, timezone, type, format, fulfils.

    Raises:
        click.ClickException: where it can't be written.
    """
    from guildhall.cli.scaffold.render import render

    require_source(settings, WORKSHOPS)
    text = render("workshop.yml.j2", days=_days(values["start"], values["end"]), **values)
    _write(root, WORKSHOPS, key, text)


def new_person(root: Path, settings: Settings, folder: str, key: str, **values: Any) -> None:
    """Write the record of a person and say what to do next.

    Args:
        root: the portal's folder.
        settings: the portal's settings.
        folder: the folder of the record, below the portal's.
        key: the person's id.
        values: what the template asks for: name, sort_name, partner, orcid, consent.

    Raises:
        click.ClickException: where it can't be written.
    """
    from guildhall.cli.scaffold.render import render

    require_source(settings, PurePosixPath(folder).parts[0])
    _write(root, folder, key, render("person.yml.j2", **values))
    if values["consent"] == "withheld":
        click.echo("The portal does not name the person until `consent` allows it.")


def _write(root: Path, folder: str, key: str, text: str) -> None:
    from guildhall.cli.scaffold.write import write_record

    path = root / folder / f"{key}.yml"
    refusing(lambda: write_record(path, f"{folder}/{key}", text))
    tell_written(root, [path])
    click.echo("Then check it:  guildhall check")


def _asked_day(asks: Asker, question: str, default: str | None, how: str) -> date:
    from guildhall.core.values.dates import parse_date
    from guildhall.core.values.faults import ValueFault

    given = asks.must(question, how) if default is None else asks(question, default)
    try:
        return parse_date(str(given))
    except ValueFault as fault:
        raise click.UsageError(f"{question}: {fault}") from None


def _asked_zone(asks: Asker, registry: Registry) -> str:
    """The time zone, by default that of the newest workshop."""
    from guildhall.model.records.kinds.workshop import Workshop

    newest = next(iter(registry.of(Workshop)), None)
    if newest is not None:
        return str(asks("Time zone", newest.timezone))
    return asks.must("Time zone", "Give its time zone: --timezone Europe/Stockholm.")


def _title_of(name: str) -> str:
    """A title as it was given, or one that is made of an id without its date."""
    if re.search(r"[^a-z0-9-]", name):
        return name
    dated = _DATED.fullmatch(name)
    return in_words(dated["rest"] if dated else name)


def _key_of(name: str, start: date) -> str:
    """An id: the day on which the workshop starts, then what it is called."""
    from guildhall.core.values.identifiers import slug_of

    return name if _DATED.fullmatch(name) else f"{start.isoformat()}-{slug_of(name)}"


def _days(start: date, end: date) -> list[str]:
    count = (end - start).days + 1
    if count > SCHEDULED_DAYS:
        return [start.isoformat(), end.isoformat()]
    return [(start + timedelta(days=number)).isoformat() for number in range(count)]


def _check_name(registry: Registry, name: str) -> None:
    from guildhall.model.records.kinds.person import Person
    from guildhall.model.records.people import Names

    found = Names(registry.of(Person)).find(name)
    if found:
        raise click.UsageError(f"There is a person `{found}` of that name already.")


def _folder_of_people(root: Path, settings: Settings, registry: Registry) -> str:
    """Where most records of people lie; without one, a folder for people."""
    from collections import Counter

    from guildhall.model.records.kinds.person import Person

    folders = Counter(
        each.origin.path.parent.relative_to(root).as_posix() for each in registry.of(Person)
    )
    if folders:
        return folders.most_common(1)[0][0]
    if PEOPLE in settings.sources:
        return PEOPLE
    first = "partners" if "partners" in settings.sources else settings.sources[0]
    return f"{first}/{PEOPLE}"
