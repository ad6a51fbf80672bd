"""The state of the portal itself: what the check found last, and over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives

from guildhall.check.reports.history import (
    HISTORY_FILE,
    AreaState,
    Entry,
    History,
    areas_of,
    read_history,
)
from guildhall.check.reports.live import LiveArea, live_areas
from guildhall.check.reports.texts import one_line
from guildhall.check.run.judge import judged_report_of
from guildhall.core.values.faults import quote
from guildhall.core.values.format import format_date, format_number
from guildhall.core.values.numbers import Range
from guildhall.core.words import word
from guildhall.model.lookup import Lookup
from guildhall.model.portal import Portal
from guildhall.sphinx_ext import display
from guildhall.sphinx_ext.charts.bars import SERIES
from guildhall.sphinx_ext.charts.columns import Column, ColumnChart, render_columns
from guildhall.sphinx_ext.diagnostics import log_fault
from guildhall.sphinx_ext.directives.amounts import NUMBER
from guildhall.sphinx_ext.directives.base import PortalDirective, UnusableError
from guildhall.sphinx_ext.nodes import chart, disclosure
from guildhall.sphinx_ext.tables import TableBuilder, TableCell

_DAYS, _MOST_DAYS = 30, 400


@dataclass(frozen=True)
class CheckHistory(Lookup[History]):
    """How the portal stood when it was checked, whether there is a file or not.

    Args:
        file: the history, relative to the portal's folder.
    """

    file: str

    def result(self, portal: Portal) -> History:
        """The history."""
        return read_history(portal.root / self.file)


@dataclass(frozen=True)
class LiveAreas(Lookup[Sequence[LiveArea]]):
    """How sums, lessons and workshops stand in this build."""

    def result(self, portal: Portal) -> Sequence[LiveArea]:
        """The areas."""
        return live_areas(judged_report_of(portal))


class CheckState(PortalDirective):
    """How links, sums, lessons and workshops stand, now and over time.

    Sums, lessons and workshops are checked as the page is built. The rest is what the check found
    when it was last noted in the history, which `guildhall check --history` writes.

    Options:
        history: the file of the history, relative to the portal's folder; by default
            `conf/check-history.jsonl`.
        days: how many of the last days in the history the chart and its table show; by default 30.
    """

    option_spec: ClassVar[dict[str, Any]] = {
        "history": directives.unchanged,
        "days": directives.unchanged,
    }

    def build(self) -> list[nodes.Node]:
        """Build the tables, sentences and the chart."""
        days = self._days()
        history = self.shown.ask(CheckHistory(self._file()))
        for fault in history.faults:
            log_fault(fault)
        built = self._live_part(self.shown.ask(LiveAreas()))
        if not history.entries:
            text = word(
                self.language,
                "The whole check, of links too, has not been noted yet, so nothing can be said of "
                "how it went over time.",
            )
            return [*built, display.paragraph(nodes.Text(text))]
        built += self._newest_part(history.entries[-1])
        return [*built, *self._course(history.entries[-days:])]

    def _file(self) -> str:
        stated = self.options.get("history", "").strip() or HISTORY_FILE.as_posix()
        path = PurePosixPath(stated)
        if path.is_absolute() or ".." in path.parts or not stated.isprintable():
            raise UnusableError(
                f"`history`: found {quote(stated)}, expected a file in the portal's folder"
            )
        return path.as_posix()

    def _days(self) -> int:
        stated = self.options.get("days", "").strip() or str(_DAYS)
        if stated.isascii() and stated.isdecimal() and 1 <= int(stated[:9]) <= _MOST_DAYS:
            return int(stated)
        raise UnusableError(
            f"`days`: found {quote(stated)}, expected a number from 1 to {_MOST_DAYS}"
        )

    # The build's own checks

    def _live_part(self, areas: Sequence[LiveArea]) -> list[nodes.Node]:
        language = self.language
        caption = word(language, "Checked as this page was built")
        header = [
            TableCell(word(language, "Area")),
            TableCell(word(language, "Checks"), NUMBER),
            *self._level_headings(),
        ]
        rows = [
            [
                TableCell(self._title(each.area, each.area)),
                *self._numbers(each.checks, each.errors, each.warnings, each.notes),
            ]
            for each in areas
        ]
        return self._table(caption, header, rows)

    # What was noted last

    def _newest_part(self, entry: Entry) -> list[nodes.Node]:
        language = self.language
        day = format_date(entry.day, language)
        caption = word(language, "The whole check of {day}").format(day=day)
        header = [
            TableCell(word(language, "Area")),
            TableCell(word(language, "Looked at"), NUMBER),
            *self._level_headings(),
            TableCell(word(language, "Left out"), NUMBER),
        ]
        rows = [
            [
                TableCell(self._title(each.area, each.title)),
                *self._numbers(
                    each.looked_at, each.errors, each.warnings, each.notes, each.left_out
                ),
            ]
            for each in entry.areas
        ]
        sentences = " ".join((self._verdict(entry, day), *self._outcomes(entry)))
        return [display.paragraph(nodes.Text(sentences)), *self._table(caption, header, rows)]

    def _verdict(self, entry: Entry, day: str) -> str:
        language = self.language
        numbers = {
            name: format_number(entry.total(name), language)
            for name in ("errors", "warnings", "notes")
        }
        if not entry.total("errors") + entry.total("warnings"):
            text = word(
                language, "When all was checked on {day}, no errors or warnings were found."
            )
        elif entry.ok:
            text = word(
                language,
                "When all was checked on {day}, nothing was found that keeps the site from being "
                "published; errors: {errors}, warnings: {warnings}, notes: {notes}.",
            )
        else:
            text = word(
                language,
                "When all was checked on {day}, something was found that has to be mended; "
                "errors: {errors}, warnings: {warnings}, notes: {notes}.",
            )
        return text.format(day=day, **numbers)

    def _outcomes(self, entry: Entry) -> Iterator[str]:
        """How things came out, such as the answers of other sites, a sentence an area."""
        for area in entry.areas:
            told = ", ".join(
                f"{self._outcome(name)}: {format_number(number, self.language)}"
                for name, number in area.outcomes
                if number
            )
            if told:
                yield f"{self._title(area.area, area.title)}: {told}."

    # Over time

    def _course(self, entries: Sequence[Entry]) -> list[nodes.Node]:
        language = self.language
        areas = areas_of(entries)
        title = word(language, "Errors and warnings over time")
        names = [self._title(each.area, each.title) for each in areas]
        drawn = ColumnChart(
            title, word(language, "errors and warnings"), *self._columns(entries, areas, names)
        )
        svg = render_columns(drawn, prefix=self.prefix("chart"), locale=language)
        header = [TableCell(word(language, "Day")), *(TableCell(name, NUMBER) for name in names)]
        rows = [
            [
                TableCell(format_date(entry.day, language)),
                *(self._on_day(entry.area(each.area)) for each in areas),
            ]
            for entry in reversed(entries)
        ]
        summary = word(language, "{title}: the numbers").format(title=title)
        table = self._table(title, header, rows)
        details = disclosure("", *table, summary=summary, classes=["gh-chart-data"])
        dash = word(language, "A dash: not looked at on that day.")
        note = display.paragraph(nodes.Text(dash), classes=["gh-computed"])
        return [chart("", details, svg=svg, title=title), note]

    def _columns(
        self, entries: Sequence[Entry], areas: Sequence[AreaState], names: Sequence[str]
    ) -> tuple[list[str], list[Column]]:
        """The chart's series and columns: the areas with most to mend, and the rest as one."""
        found = {
            each.area: [_to_mend(entry.area(each.area)) for entry in entries] for each in areas
        }
        by_size = sorted(
            range(len(areas)), key=lambda index: (-sum(found[areas[index].area]), index)
        )
        kept = sorted(by_size if len(areas) <= SERIES else by_size[: SERIES - 1])
        rest = [index for index in range(len(areas)) if index not in kept]
        series = [names[index] for index in kept]
        if rest or not series:
            series.append(word(self.language, "Others"))

        def parts(number: int) -> tuple[Range, ...]:
            amounts = [found[areas[index].area][number] for index in kept]
            if rest or not amounts:
                amounts.append(sum(found[areas[index].area][number] for index in rest))
            return tuple(Range.exactly(amount) for amount in amounts)

        columns = [
            Column(entry.day.isoformat(), parts(number) if _is_known(entry) else None)
            for number, entry in enumerate(entries)
        ]
        return series, columns

    def _on_day(self, state: AreaState | None) -> TableCell:
        if state is None or not state.is_known:
            return TableCell(display.EM_DASH, NUMBER)
        return self._number(_to_mend(state))

    # Words and tables

    def _level_headings(self) -> list[TableCell]:
        language = self.language
        return [
            TableCell(word(language, "Errors"), NUMBER),
            TableCell(word(language, "Warnings"), NUMBER),
            TableCell(word(language, "Notes"), NUMBER),
        ]

    def _numbers(self, *numbers: int) -> list[TableCell]:
        return [self._number(number) for number in numbers]

    def _number(self, number: int) -> TableCell:
        return TableCell(format_number(number, self.language), NUMBER)

    def _table(
        self, caption: str, header: Sequence[TableCell], rows: Sequence[Sequence[TableCell]]
    ) -> list[nodes.Node]:
        builder = TableBuilder(
            caption=caption, prefix=self.prefix("check-state"), header=header, rows=rows
        )
        return builder.build(self.state.document)

    def _title(self, area: str, stated: str) -> str:
        """What an area is called, in the page's language where Guildhall knows the area."""
        language = self.language
        known = {
            "record": word(language, "Records"),
            "sums": word(language, "Sums, claims and notes"),
            "lesson": word(language, "Lessons"),
            "workshop": word(language, "Workshops"),
            "lint": word(language, "Lesson pages"),
            "style": word(language, "Style of source files"),
            "build": word(language, "Built pages"),
            "links": word(language, "Internal links"),
            "external": word(language, "External links"),
            "content": word(language, "Content of pages"),
            "check": word(language, "Silences and levels"),
        }
        return known.get(area) or one_line(stated)

    def _outcome(self, name: str) -> str:
        """How something came out, in the page's language where Guildhall knows the outcome."""
        language = self.language
        known = {
            "ok": word(language, "in order"),
            "redirected": word(language, "moved"),
            "dead": word(language, "dead"),
            "soft": word(language, "no clear answer"),
            "malformed": word(language, "malformed"),
            "left-out": word(language, "not asked"),
            "historic": word(language, "historic"),
            "ignored": word(language, "ignored"),
        }
        return known.get(name) or one_line(name)


def _to_mend(state: AreaState | None) -> int:
    return state.errors + state.warnings if state else 0


def _is_known(entry: Entry) -> bool:
    return any(each.is_known for each in entry.areas)


DIRECTIVES: dict[str, type[Directive]] = {"check-state": CheckState}
