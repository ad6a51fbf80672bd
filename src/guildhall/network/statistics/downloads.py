"""Statistics as CSV files that a Frictionless data package describes.

CSV is as RFC 4180 has it, in UTF-8. The package follows the Data Package and Table Schema
specifications in version 1 (https://specs.frictionlessdata.io), which all tools read. No file holds
a name of a person.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from guildhall.core.sheets import csv_of
from guildhall.core.values.numbers import Range, plain
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.registry import Registry
from guildhall.model.settings.portal import Settings
from guildhall.network.statistics.by_year import (
    FIRST_TIME,
    RETURNING,
    Row,
    Statistic,
    Statistics,
    Tally,
)
from guildhall.network.statistics.counting import OTHER, UNKNOWN, hours_at, learners_at

FOLDER = "statistics/"
PACKAGE = "datapackage.json"
_LICENCE_PAGES = "https://spdx.org/licenses/"

Cell = str | int | None
Column = dict[str, Any]
"""A field of a Table Schema."""


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file.

    Args:
        name: its name without suffix, stable over versions.
        title: what it holds.
        description: what counts.
        columns: its columns, as the Table Schema describes them.
        key: the columns by which rows are told apart.
        rows: its rows.
        refers: by column the table whose first column it names.
    """

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    refers: Mapping[str, str] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.csv"

    def to_csv(self) -> bytes:
        """The file; unknown values are empty, and no text is a formula to spreadsheets."""
        return csv_of([[column["name"] for column in self.columns], *self.rows])


def tables(registry: Registry, statistics: Statistics) -> tuple[Table, ...]:
    """All files.

    Args:
        registry: the public records, whose labels the files show.
        statistics: the tables of the portal.
    """
    if not statistics.workshops():
        return ()
    return (
        _years(statistics),
        _workshops(statistics),
        _people_by(statistics.of("countries"), "learners-by-country", "country", _COUNTRY),
        _people_by(
            statistics.of("career-stages"), "learners-by-career-stage", "career_stage", _STAGE
        ),
        _lessons(registry, statistics.of("lessons")),
    )


def data_package(tables: Sequence[Table], settings: Settings) -> bytes:
    """The description of all files, in JSON; the same tables give the same bytes."""
    names = {table.name: table for table in tables}
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "workshop-statistics",
        "title": f"{settings.title}: workshop statistics",
        "description": _COUNTED,
        "version": settings.version,
        "licenses": [
            {"name": settings.licence, "path": f"{_LICENCE_PAGES}{settings.licence}.html"}
        ],
        "sources": [_source(settings)],
        "resources": [_resource(table, names) for table in tables],
    }
    if settings.base_url:
        package["homepage"] = settings.base_url
    if settings.author:
        package["contributors"] = [{"title": settings.author, "role": "publisher"}]
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _source(settings: Settings) -> dict[str, str]:
    source = {"title": f"Records of workshops of {settings.title}"}
    if settings.repository:
        source["path"] = settings.repository
    return source


def _resource(table: Table, names: Mapping[str, Table]) -> dict[str, Any]:
    content = table.to_csv()
    schema: dict[str, Any] = {
        "fields": list(table.columns),
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.refers:
        schema["foreignKeys"] = [
            {
                "fields": column,
                "reference": {"resource": name, "fields": names[name].columns[0]["name"]},
            }
            for column, name in table.refers.items()
        ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "path": table.file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


_COUNTED = (
    "Workshops that had begun on the day of the build are counted in the year of their first day. "
    "Planned, cancelled and postponed workshops are not counted, nor are meetings, writing "
    "retreats, or workshops without a record that they took place. "
    "Empty cells are unknown, not 0. Text that looks like a formula is preceded by an apostrophe."
)
_REST = (
    f"`{OTHER}` are people not listed separately in the record, or in groups too small to show; "
    f"`{UNKNOWN}` are people about whom nothing is known. Only workshops with data are counted."
)


def _column(name: str, type_: str, description: str, **constraints: Any) -> Column:
    column: Column = {"name": name, "type": type_, "description": description}
    if constraints:
        column["constraints"] = constraints
    return column


def _count(name: str, description: str, **constraints: Any) -> Column:
    return _column(name, "integer", description, minimum=0, **constraints)


def _hours(name: str, description: str) -> Column:
    return _column(name, "number", description, minimum=0)


_YEAR = _column("year", "year", "The year.", required=True)
_COUNTRY = _column(
    "country", "string",
    f"ISO 3166-1 alpha-2 code, `{OTHER}` or `{UNKNOWN}`.",
    required=True, pattern=f"[A-Z]{{2}}|{OTHER}|{UNKNOWN}",
)  # fmt: skip
_STAGE = _column(
    "career_stage", "string", f"The career stage, `{OTHER}` or `{UNKNOWN}`.", required=True
)


def _years(statistics: Statistics) -> Table:
    workshops, learners = statistics.of("workshops").total, statistics.of("learners").total
    instructors, hours = statistics.of("instructors"), statistics.of("hours").total
    lessons = statistics.of("lessons").total
    by_key = {row.key: row for row in instructors.rows}

    def rows() -> Iterator[tuple[Cell, ...]]:
        for year in workshops.years:
            yield (
                year,
                _number(workshops.years[year]),
                *_learners(_known(learners.years[year])),
                learners.years[year].known,
                _number(instructors.total.years[year]),
                _number(by_key[FIRST_TIME].years[year]),
                _number(by_key[RETURNING].years[year]),
                instructors.total.years[year].known,
                *_ends(_known(hours.years[year])),
                hours.years[year].known,
                _number(lessons.years[year]),
                lessons.years[year].known,
            )

    return Table(
        "years",
        "Workshops, learners, instructors, hours and lessons by year",
        _COUNTED,
        (
            _YEAR,
            _count("workshops", "Workshops.", required=True),
            *_learner_columns("Participants of all workshops that record them"),
            _count("workshops_with_learners", "Workshops whose records say how many took part."),
            _count("instructors", "Different people who taught or co-taught."),
            _count("instructors_first_time", "Those who had not taught in any earlier year."),
            _count("instructors_returning", "Those who had taught in an earlier year."),
            _count("workshops_with_instructors", "Workshops whose records name instructors."),
            _hours("hours_least", "Hours of teaching and exercises, at least."),
            _hours("hours_most", "Hours of teaching and exercises, at most."),
            _count("workshops_with_hours", "Workshops whose hours are known."),
            _count("lessons", "Different lessons that were taught."),
            _count("workshops_with_lessons", "Workshops whose records name lessons."),
        ),
        ("year",),
        tuple(rows()),
    )


def _workshops(statistics: Statistics) -> Table:
    def row(workshop: Workshop) -> tuple[Cell, ...]:
        return (
            workshop.key,
            workshop.start.year,
            workshop.title,
            workshop.type,
            workshop.format,
            workshop.start.isoformat(),
            workshop.end.isoformat(),
            *_learners(learners_at(workshop)),
            *_ends(hours_at(workshop)),
        )

    return Table(
        "workshops",
        "Workshops",
        _COUNTED,
        (
            _column("id", "string", "The id of the workshop's record.", required=True, unique=True),
            _column("year", "year", "The year of the first day.", required=True),
            _column("title", "string", "The title.", required=True),
            _column("type", "string", "The type of workshop.", required=True),
            _column("format", "string", "How people take part, if known.",
                    enum=["online", "in-person", "hybrid", "asynchronous"]),
            _column("start", "date", "The first day.", required=True),
            _column("end", "date", "The last day.", required=True),
            *_learner_columns("How many took part"),
            _hours("hours_least", "Hours of teaching and exercises, at least."),
            _hours("hours_most", "Hours of teaching and exercises, at most."),
        ),
        ("id",),
        tuple(map(row, statistics.workshops())),
        {"year": "years"},
    )  # fmt: skip


def _people_by(statistic: Statistic, name: str, what: str, column: Column) -> Table:
    words = what.replace("_", " ")
    return Table(
        name,
        f"Learners by year and {words}",
        f"{_COUNTED} {_REST}",
        (_YEAR, column, *_learner_columns("Participants")),
        ("year", what),
        tuple((year, key, *_learners(value)) for year, key, value in _by_year(statistic.rows)),
        {"year": "years"},
    )


def _lessons(registry: Registry, statistic: Statistic) -> Table:
    titles = {lesson.key: lesson.title for lesson in registry.of(Lesson)}
    return Table(
        "lessons-by-year",
        "Workshops by year and lesson that they taught",
        _COUNTED,
        (
            _YEAR,
            _column("lesson", "string", "The id of the lesson's record.", required=True),
            _count("workshops", "Workshops that taught it.", required=True),
            _column("title", "string", "The lesson's title."),
        ),
        ("year", "lesson"),
        tuple(
            (year, key, int(value.low), titles.get(key))
            for year, key, value in _by_year(statistic.rows)
        ),
        {"year": "years"},
    )


def _by_year(rows: Iterable[Row]) -> Iterator[tuple[int, str, Range]]:
    """Year, key and number, for numbers other than 0, by year and then by key."""
    found = [
        (year, row.key, tally.value)
        for row in rows
        for year, tally in row.years.items()
        if not tally.value.is_zero
    ]
    yield from sorted(found, key=itemgetter(0, 1))


def _learner_columns(what: str) -> tuple[Column, ...]:
    return (
        _count("learners", f"{what}; empty where the number is unknown or not certain."),
        _count("learners_least", f"{what}, at least."),
        _count("learners_most", f"{what}, at most; empty where no upper limit is known."),
        _column("learners_are_about", "boolean", "Whether these numbers are approximate."),
    )


def _learners(amount: Range | None) -> tuple[Cell, ...]:
    if amount is None:
        return (None, None, None, None)
    least, most = int(amount.low), None if amount.is_open else int(amount.high)
    about = "true" if amount.about else "false"
    return (least if amount.is_exact else None, least, most, about)


def _known(tally: Tally) -> Range | None:
    return tally.value if tally.is_known else None


def _number(tally: Tally) -> int | None:
    return int(tally.value.low) if tally.is_known else None


def _ends(amount: Range | None) -> tuple[str | None, str | None]:
    return (plain(amount.low), plain(amount.high)) if amount else (None, None)
