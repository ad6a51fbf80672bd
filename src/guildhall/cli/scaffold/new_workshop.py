"""``guildhall new workshop`` and ``guildhall new person``."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from guildhall.cli.importers.names import sort_name as guessed
from guildhall.cli.scaffold.beginning import (
    Prompter,
    asked_day,
    check_id,
    checked_id,
    in_words,
    known,
    unknown,
    write_record,
)
from guildhall.cli.scaffold.places import FOLDERS, folder_of
from guildhall.cli.scaffold.render import render
from guildhall.core.values.identifiers import slug_of
from guildhall.model.portal import load_portal
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.people import Names
from guildhall.model.records.registry import Registry
from guildhall.model.records.vocabularies import ROLE, WORKSHOP_TYPE, words_of
from guildhall.model.settings.portal import Settings

WORKSHOPS = FOLDERS["workshop"]
SCHEDULED_DAYS = 5
"""For workshops of so many days the file has a line for each day; else for the first and last."""

_DATED = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})-(?P<rest>.+)")


def begin_workshop(
    folder: Path,
    *,
    name: str | None,
    start: date | None,
    end: date | None,
    timezone: str | None,
    sort: str | None,
    form: str | None,
    fulfils: str | None,
    title: str | None,
    key: str | None,
    yes: bool,
) -> None:
    """Ask for what is not given of a workshop, and write its record.

    Args are the options of the command; ``folder`` is the portal.

    Raises:
        click.UsageError: where a value can't be used, or nobody can be asked for one.
        click.ClickException: where the file can't be written.
    """

    portal = load_portal(folder)
    settings, registry = portal.settings, portal.complete
    asks = Prompter(yes=yes)
    how = "Give it a name: guildhall new workshop NAME --start DATE --timezone ZONE."
    name = name or title or key or asks.must("Title", how)
    dated = _DATED.fullmatch(name)
    if start is None:
        how = "Give its first day: --start 2027-03-16."
        start = asked_day(asks, "First day", dated["date"] if dated else None, how)
    if end is None:
        end = asked_day(asks, "Last day", start.isoformat(), "")
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
    known(registry, "activity", fulfils, "--fulfils")
    title = title or asks("Title", _title_of(name))
    key = checked_id(str(key or asks("Id, the name of its file", _key_of(name, start))))
    check_id(registry, "workshop", key)
    text = workshop_text(
        settings,
        title=str(title),
        start=start,
        end=end,
        timezone=timezone,
        type=sort,
        format=form or "online",
        fulfils=fulfils,
    )
    write_record(folder, settings, "workshop", f"{WORKSHOPS}/{key}.yml", text)
    click.echo("Then check it:  guildhall check")


def begin_person(
    folder: Path,
    *,
    name: str | None,
    sort_name: str | None,
    partner: str | None,
    orcid: str | None,
    consent: str | None,
    key: str | None,
    yes: bool,
) -> None:
    """Ask for what is not given of a person, and write the record.

    Args are the options of the command; ``folder`` is the portal.

    Raises:
        click.UsageError: where a value can't be used, or nobody can be asked for one.
        click.ClickException: where the file can't be written.
    """
    portal = load_portal(folder)
    settings, registry = portal.settings, portal.complete
    asks = Prompter(yes=yes)
    name = name or asks.must("Name", 'Give a name: guildhall new person "Ada Lovelace".')
    _check_name(registry, name)
    known(registry, "partner", partner, "--partner")
    sort_name = sort_name or asks("Name for sorting", guessed(name)[0])
    choice = click.Choice(["given", "public-source", "withheld"])
    consent = consent or asks("May the portal name the person", "withheld", choice)
    key = checked_id(str(key or asks("Id, the name of the file", slug_of(name))))
    check_id(registry, "person", key)
    home = folder_of(folder, settings, registry, "person")
    text = render(
        "person.yml.j2",
        settings.language,
        name=name,
        sort_name=str(sort_name),
        partner=partner,
        orcid=orcid,
        consent=str(consent),
    )
    write_record(folder, settings, "person", f"{home}/{key}.yml", text)
    click.echo("Then check it:  guildhall check")
    if consent == "withheld":
        click.echo("The portal does not name the person until `consent` allows it.")


def workshop_text(
    settings: Settings,
    *,
    title: str,
    start: date,
    end: date,
    timezone: str,
    type: str = "full-workshop",  # noqa: A002 - the key's name
    format: str = "online",  # noqa: A002 - the key's name
    **more: Any,
) -> str:
    """The record of a workshop.

    Args:
        settings: the portal's settings.
        title: the title.
        start: the first day.
        end: the last day.
        timezone: the zone of its times.
        type: its type.
        format: how people take part.
        more: what is known already: ``fulfils``, ``lesson``, ``people`` by role, ``partners``, and
            the number of ``participants``.
    """
    nothing: dict[str, Any] = dict.fromkeys(("fulfils", "lesson", "participants"))
    return render(
        "workshop.yml.j2",
        settings.language,
        **{**nothing, "people": {}, "partners": [], **more},
        title=title,
        start=start,
        end=end,
        timezone=timezone,
        type=type,
        format=format,
        types=words_of(settings, WORKSHOP_TYPE),
        roles=words_of(settings, ROLE),
        days=_days(start, end),
    )


def _asked_zone(asks: Prompter, registry: Registry) -> str:
    """The time zone, by default that of the newest workshop."""

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

    return name if _DATED.fullmatch(name) else f"{start.isoformat()}-{slug_of(name)}"


def _days(start: date, end: date) -> list[str]:
    count = (end - start).days + 1
    if count > SCHEDULED_DAYS:
        return [start.isoformat(), end.isoformat()]
    return [(start + timedelta(days=number)).isoformat() for number in range(count)]


def _check_name(registry: Registry, name: str) -> None:
    found = Names(registry.of(Person)).find(name)
    if found:
        raise click.UsageError(f"There is a person `{found}` of that name already.")
