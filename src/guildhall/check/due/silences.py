"""What a portal puts aside until a day: silences in settings and comments, and addresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from guildhall.check.due.others import PutAside
from guildhall.check.run.comments import silences_of
from guildhall.check.run.portal import Sources
from guildhall.core.values.dates import parse_date
from guildhall.core.values.faults import ValueFault
from guildhall.core.yaml_source import Place, SourceMap, UnreadableError, read_yaml
from guildhall.model.settings.portal import SETTINGS_FILE


def silences_with_end(sources: Sources) -> Iterator[PutAside]:
    """All silences that hold until a day.

    Args:
        sources: the portal.
    """
    yield from _of_settings(sources)
    for path in sources.files:
        for each in silences_of(sources.root / path, sources.extensions_of(path)):
            until = _day(each.until)
            if until is not None:
                name = ", ".join(each.rules)
                yield PutAside(path, each.place.line, each.place.column, name, until)


def entries_with_end(sources: Sources) -> Iterator[PutAside]:
    """All entries about addresses of other sites that hold until a day.

    Args:
        sources: the portal.
    """
    external = sources.settings.checks.external
    for section in ("ignore", "allow"):
        place = ("external", section)
        yield from _settled(
            sources, place, [(each.address, each.until) for each in getattr(external, section)]
        )


def _of_settings(sources: Sources) -> Iterator[PutAside]:
    silences = sources.settings.checks.silence
    listed = [(", ".join(each.rules), each.until) for each in silences]
    yield from _settled(sources, ("silence",), listed)


def _settled(
    sources: Sources, place: Place, listed: Sequence[tuple[str, date | None]]
) -> Iterator[PutAside]:
    """Those entries of a list of the settings that have an end."""
    if not any(until for _, until in listed):
        return
    path = sources.root / SETTINGS_FILE
    try:
        source = read_yaml(path)[1]
    except UnreadableError:
        source = SourceMap(path)
    for index, (name, until) in enumerate(listed):
        if until is not None:
            mark = source.value(("checks", *place, index, "until"))
            yield PutAside(SETTINGS_FILE.as_posix(), mark.line, mark.column, name, until)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueFault:
        return None
