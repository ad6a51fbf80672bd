"""``guildhall new``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from guildhall.cli.options.folder import find_root, root_option

yes_option = click.option("-y", "--yes", is_flag=True, help="Use the defaults without asking.")


def _day(context: click.Context, parameter: click.Parameter, given: str | None) -> date | None:
    from guildhall.core.values.dates import parse_date
    from guildhall.core.values.faults import ValueFault

    try:
        return parse_date(given) if given else None
    except ValueFault as fault:
        raise click.BadParameter(str(fault), context, parameter) from None


_name = click.argument("name", required=False)
_key = click.option("--id", "key", metavar="ID", help="The file's name  [default: from the name]")
_project = click.option(
    "--project", metavar="ID", help="Its project  [default: the portal's, or the only one]"
)


@click.group("new")
def new_command() -> None:
    """Create a record of any kind, with explanations in the file.

    It is written where others of its kind are, and becomes a part of a table of contents.
    """


@new_command.command("lesson")
@click.argument("name", required=False)
@click.option("--id", "key", metavar="ID", help="The folder's name  [default: from the name]")
@click.option("--title", help="The title  [default: the name]")
@click.option("--level", type=click.Choice(["beginner", "intermediate", "advanced"]))
@click.option(
    "--language", metavar="TAG", help="The language of the pages  [default: the portal's]"
)
@click.option("--episodes", type=click.IntRange(1, 50), metavar="N", help="Number of pages.")
@click.option("--author", "authors", multiple=True, help="A name; can be repeated.")
@root_option
@yes_option
def new_lesson_command(
    name: str | None,
    key: str | None,
    title: str | None,
    level: str | None,
    language: str | None,
    episodes: int | None,
    authors: tuple[str, ...],
    root: Path | None,
    yes: bool,
) -> None:
    """Create a lesson NAME in lessons/ID; asks for anything not given."""

    from guildhall.cli.scaffold.new import begin_lesson

    begin_lesson(
        find_root(root),
        name=name,
        key=key,
        title=title,
        level=level,
        language=language,
        episodes=episodes,
        authors=authors,
        yes=yes,
    )


@new_command.command("path")
@click.argument("name", required=False)
@click.option("--id", "key", metavar="ID", help="The file's name  [default: from the name]")
@click.option("--title", help="The title  [default: the name]")
@click.option(
    "--audience", type=click.Choice(["learner", "instructor", "data-steward", "group-leader"])
)
@click.option("--lesson", "lessons", multiple=True, metavar="ID", help="A step; can be repeated.")
@root_option
@yes_option
def new_path_command(
    name: str | None,
    key: str | None,
    title: str | None,
    audience: str | None,
    lessons: tuple[str, ...],
    root: Path | None,
    yes: bool,
) -> None:
    """Create a learning path NAME in lessons/paths; asks for anything not given."""

    from guildhall.cli.scaffold.new import begin_path

    begin_path(
        find_root(root),
        name=name,
        key=key,
        title=title,
        audience=audience,
        lessons=lessons,
        yes=yes,
    )


@new_command.command("workshop")
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
    from guildhall.cli.scaffold.new_workshop import begin_workshop

    begin_workshop(
        find_root(root),
        name=name,
        start=start,
        end=end,
        timezone=timezone,
        sort=sort,
        form=form,
        fulfils=fulfils,
        title=title,
        key=key,
        yes=yes,
    )


@new_command.command("person")
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
    from guildhall.cli.scaffold.new_workshop import begin_person

    begin_person(
        find_root(root),
        name=name,
        sort_name=sort_name,
        partner=partner,
        orcid=orcid,
        consent=consent,
        key=key,
        yes=yes,
    )


@new_command.command("partner")
@_name
@click.option("--short-name", metavar="NAME", help="The name in tables  [default: the name]")
@click.option("--country", metavar="CODE", help="Its country  [default: international]")
@click.option("--contact", metavar="ID", help="The person to contact.")
@click.option("--project", metavar="ID", help="A project that it takes part in.")
@_key
@root_option
@yes_option
def new_partner_command(root: Path | None, **options: Any) -> None:
    """Create the record of a partner NAME, an organisation; asks for anything not given."""
    _begin("partner", root, options)


@new_command.command("project")
@_name
@click.option("--phase", metavar="NAME", help="The phase  [default: 1]")
@click.option(
    "--start", metavar="DATE", callback=_day, help="The first day  [default: this year's]"
)
@click.option("--end", metavar="DATE", callback=_day, help="The last day  [default: after 3 years]")
@click.option("--currency", metavar="CODE", help="The budget's currency  [default: EUR]")
@_key
@root_option
@yes_option
def new_project_command(root: Path | None, **options: Any) -> None:
    """Create the record of a project NAME, or of one phase of it; asks for anything not given."""
    _begin("project", root, options)


@new_command.command("in-kind")
@click.argument("name", required=False, metavar="[PARTNER]")
@_project
@click.option("--id", "key", metavar="ID", help="The file's name  [default: the partner's id]")
@root_option
@yes_option
def new_in_kind_command(root: Path | None, **options: Any) -> None:
    """Create a row of in-kind contributions of PARTNER, the id of its record."""
    _begin("in-kind", root, options)


@new_command.command("budget-line")
@_name
@_project
@click.option(
    "--type",
    type=click.Choice(["allocation", "requirement", "cost", "refund"]),
    help="What kind of money it is  [default: cost]",
)
@click.option("--purpose", metavar="TEXT", help="What it is for  [default: the name]")
@click.option("--currency", metavar="CODE", help="Its currency  [default: the budget's]")
@_key
@root_option
@yes_option
def new_budget_line_command(root: Path | None, **options: Any) -> None:
    """Create a budget line NAME; asks for anything not given."""
    _begin("budget-line", root, options)


@new_command.command("activity")
@_name
@_project
@click.option("--year", type=int, metavar="YEAR", help="When it is planned  [default: this year]")
@click.option("--type", metavar="TYPE", help="The type of activity  [default: workshop]")
@click.option("--format", metavar="FORMAT", help="How people take part  [default: online]")
@_key
@root_option
@yes_option
def new_activity_command(root: Path | None, **options: Any) -> None:
    """Create a planned activity NAME; asks for anything not given."""
    _begin("activity", root, options)


@new_command.command("risk")
@_name
@_project
@_key
@root_option
@yes_option
def new_risk_command(root: Path | None, **options: Any) -> None:
    """Create a risk NAME of a project."""
    _begin("risk", root, options)


@new_command.command("benefit")
@_name
@_project
@_key
@root_option
@yes_option
def new_benefit_command(root: Path | None, **options: Any) -> None:
    """Create a benefit NAME: what partners gain by taking part in a project."""
    _begin("benefit", root, options)


def _begin(kind: str, root: Path | None, options: dict[str, Any]) -> None:
    from guildhall.cli.scaffold.new_record import begin_record

    begin_record(kind, find_root(root), **options)
