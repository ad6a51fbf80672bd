"""What somebody did at workshops as a table: on the person's page and on the certificate."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docutils import nodes

from guildhall.core.values.format import format_minutes, format_range
from guildhall.core.words import word
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.settings.portal import Settings
from guildhall.network.people.appearances import Appearance
from guildhall.sphinx_ext.rendering.dates import dates_of
from guildhall.sphinx_ext.rendering.tables import TableBuilder, TableCell
from guildhall.sphinx_ext.workshops.roles import roles_in_words

NUMBER = ("gh-number",)


def appearances_table(
    found: Sequence[Appearance],
    settings: Settings,
    link: Callable[[Workshop], nodes.Node],
    prefix: str,
) -> TableBuilder:
    """Workshops with their dates, the person's roles, and times where any are known.

    Args:
        found: the person's parts in workshops; at least one.
        settings: the portal's settings.
        link: gives the link to a workshop.
        prefix: what the ids of the table begin with.
    """
    language = settings.language
    lengths = [_length(each, language) for each in found]
    taught = [each.minutes for each in found]
    header = [
        TableCell(word(language, "Workshop")),
        TableCell(word(language, "Dates")),
        TableCell(word(language, "Roles")),
    ]
    header += [TableCell(word(language, "Length"), NUMBER)] if any(lengths) else []
    header += [TableCell(word(language, "Taught"), NUMBER)] if any(taught) else []
    rows = []
    for each, length in zip(found, lengths, strict=True):
        row = [
            TableCell([link(each.workshop)]),
            TableCell(dates_of(each.workshop, language)),
            TableCell(roles_in_words(each.roles, settings)),
        ]
        row += [TableCell(length, NUMBER)] if any(lengths) else []
        if any(taught):
            row.append(TableCell(format_minutes(each.minutes) if each.minutes else "", NUMBER))
        rows.append(row)
    return TableBuilder(
        caption=word(language, "Workshops: {number}").format(number=len(found)),
        prefix=prefix,
        header=header,
        rows=rows,
        footer=_total(taught, len(header), language) if len(found) > 1 else (),
        widths=[4, 3, 3, *([1] * (len(header) - 3))],
    )


def _total(taught: Sequence[int | None], columns: int, language: str) -> list[list[TableCell]]:
    total = sum(each for each in taught if each)
    if not total:
        return []
    words = TableCell(word(language, "Total taught"))
    between = [TableCell() for _ in range(columns - 2)]
    return [[words, *between, TableCell(format_minutes(total), NUMBER)]]


def _length(each: Appearance, language: str) -> str:
    """How long a workshop was: by its schedule, or else as its record says."""
    if each.length:
        return format_minutes(each.length)
    hours = each.workshop.hours
    return f"{format_range(hours, language)}\N{NO-BREAK SPACE}h" if hours else ""
