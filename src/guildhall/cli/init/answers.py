"""What is asked before a portal is written."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from guildhall.cli.init.repository import Repository
from guildhall.cli.scaffold.beginning import Prompter, in_words
from guildhall.core.values.dates import parse_date, parse_time_zone
from guildhall.core.values.faults import ValueFault, nearest
from guildhall.core.values.identifiers import parse_currency, parse_language
from guildhall.model.base.fields import read_line
from guildhall.model.settings.portal import Settings

SOURCES = {"lessons": "lessons", "workshops": "workshops", "governance": "partners"}
"""The areas of a portal, each with its folder."""
FORGES = ("github", "gitlab", "none")
"""The forges that there is a workflow for."""


@dataclass(frozen=True, slots=True)
class Given:
    """The options of the command; what is None or empty is asked.

    Args:
        title: the portal's title.
        language: the language of its pages.
        areas: which of the areas it has.
        currency: the currency of its budget.
        start: the first day of its project.
        end: the last day.
        timezone: the time zone of its workshops.
        forge: where it is published.
        example: whether it gets more records than one of each kind.
    """

    title: str | None = None
    language: str | None = None
    areas: tuple[str, ...] = ()
    currency: str | None = None
    start: str | None = None
    end: str | None = None
    timezone: str | None = None
    forge: str | None = None
    example: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of a new portal.

    Args:
        settings: its title and language; of a portal that is there, all of its settings.
        areas: which of the areas are written.
        currency: the currency of its budget.
        start: the first day of its project.
        end: the last day.
        timezone: the time zone of its workshops.
        forge: where it is published.
        example: whether it gets more records than one of each kind.
        address: the web address of its repository, if it has one of its own.
        branch: the branch that is published.
    """

    settings: Settings
    areas: tuple[str, ...]
    currency: str
    start: date
    end: date
    timezone: str
    forge: str
    example: bool
    address: str | None
    branch: str

    @property
    def sources(self) -> tuple[str, ...]:
        """The folders of the areas."""
        return tuple(SOURCES[area] for area in self.areas)


def _asking(read: Callable[[str], Any]) -> Callable[[Any], Any]:
    """One of Guildhall's own readers for a prompt, which asks again where it fails."""

    def convert(given: Any) -> Any:
        try:
            return read(given) if isinstance(given, str) else given
        except ValueFault as fault:
            raise click.BadParameter(str(fault)) from None

    return convert


def ask(
    folder: Path,
    given: Given,
    settings: Settings,
    repository: Repository | None,
    *,
    is_portal: bool,
    yes: bool,
) -> Answers:
    """Ask for what is not given.

    Args:
        folder: the portal's folder.
        given: the options of the command.
        settings: those of the portal that is there, or the default.
        repository: the repository that the folder lies in.
        is_portal: whether the folder has settings, which then aren't asked for.
        yes: whether the defaults are taken without asking.

    Raises:
        click.BadParameter: where a value can't be used.
    """

    def value(option: str, question: str, default: str, read: Callable[[str], Any]) -> Any:
        said = getattr(given, option)
        kind = _asking(read)
        if said is None:
            return kind(asks(question, default, kind))
        try:
            return read(said)
        except ValueFault as fault:
            raise click.BadParameter(str(fault), param_hint=f"--{option}") from None

    asks = Prompter(yes=yes)
    if not is_portal:
        name = _title_of(folder)
        title = value("title", "Title", name, read_line)
        language = value("language", "Language", settings.language, parse_language)
        settings = settings.model_copy(update={"title": title, "language": language})
    chosen = given.areas
    if not chosen:
        kind = _asking(_areas)
        chosen = kind(asks(f"Areas ({', '.join(SOURCES)})", " ".join(SOURCES), kind))
    areas = tuple(area for area in SOURCES if area in chosen)
    year = settings.today.year
    currency, start, end = "EUR", date(year, 1, 1), date(year + 2, 12, 31)
    if "governance" in areas:
        currency = value("currency", "Currency of the budget", currency, parse_currency)
        start = value("start", "First day of the project", f"{start}", parse_date)
        last = max(end, date(start.year + 2, 12, 31))
        end = value("end", "Last day of the project", f"{last}", parse_date)
        if end < start:
            raise click.BadParameter(f"{end} comes before the start, {start}", param_hint="--end")
    timezone = "UTC"
    if "workshops" in areas:
        timezone = value("timezone", "Time zone of workshops", _own_zone(), parse_time_zone)
    # Forges run workflows, and pages are edited, by paths from the top of a repository.
    own = repository if repository and repository.top == folder else None
    usual = own.forge if own else "none"
    forge = given.forge or asks("Forge that publishes it", usual, click.Choice(FORGES))
    return Answers(
        settings,
        areas,
        currency,
        start,
        end,
        timezone,
        forge,
        given.example,
        own.address if own else None,
        own.branch if own else "main",
    )


def _areas(text: str) -> tuple[str, ...]:
    """Read the names of areas, set apart by commas or blanks.

    Raises:
        ValueFault: where one is none, or there is none at all.
    """
    names = text.replace(",", " ").split()
    expected = f"one or more of {', '.join(f'`{each}`' for each in SOURCES)}"
    for name in names:
        if name not in SOURCES:
            raise ValueFault(name, expected, nearest(name, SOURCES))
    if not names:
        raise ValueFault(text, expected)
    return tuple(names)


def _title_of(folder: Path) -> str:
    """A title made of the folder's name."""
    try:
        return read_line(in_words(folder.name.replace("_", "-")))
    except ValueFault:
        return "Portal"


def _own_zone() -> str:
    """The time zone of this machine, if it says one by its name."""
    for name in (os.environ.get("TZ", ""), os.path.realpath("/etc/localtime")):
        try:
            return parse_time_zone(name.rpartition("zoneinfo/")[2].removeprefix(":"))
        except ValueFault:
            continue
    return "UTC"
