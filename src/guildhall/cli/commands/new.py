"""``guildhall new``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from guildhall.cli.folder import find_root, root_option

yes_option = click.option("-y", "--yes", is_flag=True, help="Use the defaults without asking.")


def _day(context: click.Context, parameter: click.Parameter, given: str | None) -> date | None:
    from guildhall.core.values.dates import parse_date
    from guildhall.core.values.faults import ValueFault

    try:
        return parse_date(given) if given else None
    except ValueFault as fault:
        raise click.BadParameter(str(fault), context, parameter) from None


@click.group("new")
def new_command() -> None:
    """Create a lesson, a learning path, a workshop, or the record of a person."""


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

    from guildhall.cli.new import begin_lesson

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

    from guildhall.cli.new import begin_path

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
    from guildhall.cli.new_workshop import begin_workshop

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
    from guildhall.cli.new_workshop import begin_person

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
