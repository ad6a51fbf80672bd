"""``guildhall new`` for partners, projects, and what belongs to a project."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from guildhall.cli.scaffold.beginning import (
    Prompter,
    asked_day,
    check_id,
    checked_id,
    known,
    named,
    project_of,
    unknown,
    write_record,
)
from guildhall.cli.scaffold.places import folder_of
from guildhall.cli.scaffold.render import render
from guildhall.model.portal import Portal, load_portal
from guildhall.model.records.kinds.activity import FORMATS, TYPES
from guildhall.model.records.kinds.budget_line import LINE_TYPES
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.project import Project

BARE = frozenset({"partner", "project"})
"""The kinds that need no project."""


@dataclass(frozen=True, slots=True)
class New:
    """A record that is asked for.

    Args:
        portal: the portal that it becomes a part of.
        asks: asks for what is not given.
        options: the further options of the command; None where one isn't given.
        project: the project that it belongs to, if any.
    """

    portal: Portal
    asks: Prompter
    options: Mapping[str, Any]
    project: Project | None

    def given(self, name: str, question: str, default: Any, kind: Any = str) -> Any:
        """The value of an option, or what is answered."""
        value = self.options[name]
        return self.asks(question, default, kind) if value is None else value

    @property
    def years(self) -> list[int]:
        """The years of the project."""
        return list(self.project.period.years) if self.project else []


def begin_record(
    kind: str,
    root: Path,
    *,
    name: str | None,
    key: str | None,
    project: str | None = None,
    yes: bool,
    **options: Any,
) -> None:
    """Ask for what is not given of a record, and write it.

    Args:
        kind: its kind.
        root: the portal's folder.
        name: its name or title; of an in-kind row, the partner's id.
        key: its id.
        project: the project that it belongs to.
        yes: whether the defaults are taken without asking.
        options: the further options of the kind's command.

    Raises:
        click.UsageError: where a value can't be used, or nobody can be asked for one.
        click.ClickException: where the file can't be written.
    """
    portal = load_portal(root)
    settings, registry = portal.settings, portal.complete
    asks = Prompter(yes=yes)
    chosen = None
    if kind not in BARE or project is not None:
        chosen = project_of(asks, settings, registry, project)
    new = New(portal, asks, options, chosen)
    if kind == "in-kind":
        key, values = _row(new, name, key)
    else:
        title, key = named(asks, kind, name, None, key)
        values = _VALUES[kind](new, title)
    check_id(registry, kind, key)
    home = folder_of(root, settings, registry, kind)
    about = chosen.key if chosen else None
    text = render(f"{kind}.yml.j2", settings.language, project=about, **values)
    write_record(root, settings, kind, f"{home}/{key}.yml", text, project=about)
    click.echo("Then check it:  guildhall check")
    if kind == "partner" and about:
        click.echo(f"What it gives:  guildhall new in-kind {key} --project {about}")


def _partner(new: New, title: str) -> dict[str, Any]:
    contact = new.options["contact"]
    known(new.portal.complete, "person", contact, "--contact")
    return {
        "name": title,
        "short_name": new.given("short_name", "Name in tables", title),
        "country": new.given("country", "Country (a code such as NO)", "international"),
        "contact": contact,
    }


def _project(new: New, title: str) -> dict[str, Any]:
    settings = new.portal.settings
    start = new.options["start"] or asked_day(
        new.asks, "First day", f"{date(settings.today.year, 1, 1)}", ""
    )
    end = new.options["end"] or asked_day(
        new.asks, "Last day", f"{date(start.year + 2, 12, 31)}", ""
    )
    if end < start:
        raise click.BadParameter(f"{end} comes before the start, {start}", param_hint="--end")
    return {
        "name": title,
        "phase": new.given("phase", "Phase", "1"),
        "start": start,
        "end": end,
        "currency": new.given("currency", "Currency of the budget", "EUR"),
        "payer": settings.author or settings.title,
        "in_kind_total": None,
        "budget_total": None,
    }


def _row(new: New, partner: str | None, key: str | None) -> tuple[str, dict[str, Any]]:
    """The id of an in-kind row, and what its record holds."""
    registry = new.portal.complete
    partners = registry.keys("partner")
    if not partners:
        raise click.UsageError("There is no partner yet; start with `guildhall new partner`.")
    partner = partner or new.asks.must(
        "Partner", f"Name the partner that gives it: guildhall new in-kind {partners[0]}."
    )
    found = registry.get(Partner, partner)
    if found is None:
        raise click.UsageError(unknown("partner", partner, partners))
    spans = [
        each for each in found.participation if each.project == getattr(new.project, "key", "")
    ]
    years = [
        year
        for year in new.years
        if not spans
        or any(
            (each.start is None or each.start.year <= year)
            and (each.end is None or year <= each.end.year)
            for each in spans
        )
    ]
    values = {"partner": partner, "name": found.short_name, "years": years, "amount": 0}
    return checked_id(key or partner), values


def _budget_line(new: New, title: str) -> dict[str, Any]:
    budget = new.project.budget if new.project else None
    currency = budget.currency if budget else "EUR"
    return {
        "name": title,
        "type": new.given("type", "Type", "cost", click.Choice(LINE_TYPES)),
        "purpose": new.given("purpose", "Purpose", title),
        "currency": new.given("currency", "Currency", currency),
        "years": new.years,
        "amount": 0,
    }


def _activity(new: New, title: str) -> dict[str, Any]:
    years = new.years
    usual = min(max(new.portal.settings.today.year, years[0]), years[-1])
    return {
        "title": title,
        "year": new.given("year", "Year", usual, click.IntRange(years[0], years[-1])),
        "type": new.given("type", "Type", "workshop", click.Choice(TYPES)),
        "format": new.given("format", "Format", "online", click.Choice(FORMATS)),
    }


def _titled(new: New, title: str) -> dict[str, Any]:
    del new  # All that is asked is the title.
    return {"title": title}


_VALUES: Mapping[str, Callable[[New, str], dict[str, Any]]] = {
    "partner": _partner,
    "project": _project,
    "budget-line": _budget_line,
    "activity": _activity,
    "risk": _titled,
    "benefit": _titled,
}
