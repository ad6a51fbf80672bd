"""The silences of a portal that have a last day: those of its settings, and those in comments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from guildhall.checking.comments import silences_of
from guildhall.checking.portal import Sources
from guildhall.due.others import PutAside
from guildhall.records.yaml_source import SourceMap, UnreadableError, read_yaml
from guildhall.settings import SETTINGS_FILE
from guildhall.values.dates import parse_date
from guildhall.values.faults import ValueFault


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


def _of_settings(sources: Sources) -> Iterator[PutAside]:
    settled = sources.settings.checks.silence
    if not settled:
        return
    path = sources.root / SETTINGS_FILE
    try:
        source = read_yaml(path)[1]
    except UnreadableError:
        source = SourceMap(path)
    for index, each in enumerate(settled):
        if each.until is not None:
            mark = source.value(("checks", "silence", index, "until"))
            name = ", ".join(each.rules)
            yield PutAside(SETTINGS_FILE.as_posix(), mark.line, mark.column, name, each.until)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueFault:
        return None
