"""Statistics of workshops by year: charts, their numbers as tables, and what counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives

from guildhall.core.values.faults import quote
from guildhall.core.values.format import capital
from guildhall.core.values.names import country_name
from guildhall.core.values.numbers import Range
from guildhall.core.words import word
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.kinds.project import Project
from guildhall.model.records.vocabularies import CAREER_STAGE, WORKSHOP_TYPE
from guildhall.network.statistics.by_year import (
    FIRST_TIME,
    GROUPED,
    GROUPS,
    RETURNING,
    TOPICS,
    By,
    Row,
    Statistic,
    Tally,
    Topic,
    Years,
)
from guildhall.network.statistics.counting import OTHER, UNKNOWN
from guildhall.network.statistics.lookups import StatisticOf
from guildhall.sphinx_ext.charts.bars import SERIES, Bar, BarChart, render_bars
from guildhall.sphinx_ext.charts.columns import Column, ColumnChart, render_columns
from guildhall.sphinx_ext.directives.amounts import NUMBER, TOTAL, AmountsDirective
from guildhall.sphinx_ext.records.directive import UnusableError
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.labels import activity_format, term
from guildhall.sphinx_ext.rendering.nodes import chart, disclosure
from guildhall.sphinx_ext.rendering.tables import TableBuilder, TableCell

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_TEXT = directives.unchanged
_YEARS = re.compile(r"([0-9]{4})(?:\s*[-\N{EN DASH}]\s*([0-9]{4}))?")
_BY_KEY: frozenset[Topic] = frozenset({"countries", "career-stages", "lessons"})
"""Topics whose chart has a bar a row; the others have one a year."""


class WorkshopStatistics(AmountsDirective):
    """Statistics of workshops by year, as a chart and a table, with notes on what is counted.

    Args: one of ``workshops``, ``learners``, ``countries``, ``career-stages``, ``instructors``,
    ``hours`` and ``lessons``. Options:
        by: ``type`` or ``format`` of the workshops, for workshops, learners and hours.
        project: only workshops of that project; by default all of the portal.
        years: only these, such as ``2025`` or ``2022-2025``; by default all.
    """

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {"by": _TEXT, "project": _TEXT, "years": _TEXT}

    def build(self) -> list[nodes.Node]:
        """Build the chart, the table beneath it, and what counts."""
        topic = self._topic()
        project = self._project()
        key = project.key if project else None
        found = self.shown.ask(StatisticOf(topic, self._by(topic), key, self._years()))
        if not found.amount.of:
            text = word(self.language, "No workshop that has begun is recorded yet.")
            return [display.paragraph(nodes.Text(text))]
        if not found.amount.known:
            text = word(self.language, "{title}: not recorded yet.")
            line = nodes.Text(text.format(title=self._title(found)))
            built: list[nodes.Node] = [display.paragraph(line)]
        elif topic in _BY_KEY:
            built = self._figure(found, self._chart_by_key(found), self._table_by_key(found))
        else:
            built = self._figure(found, self._chart_by_year(found), self._table_by_year(found))
        counts = " ".join(self._what_counts(found, project))
        return [*built, display.paragraph(nodes.Text(counts), classes=["gh-computed"])]

    def _topic(self) -> Topic:
        topic = self.arguments[0].strip()
        if topic not in TOPICS:
            raise self.unknown("topic", topic, TOPICS)
        return topic

    def _by(self, topic: Topic) -> By | None:
        by = self.options.get("by", "").strip()
        if not by:
            return None
        if topic not in GROUPED:
            listed = ", ".join(sorted(GROUPED))
            raise UnusableError(f"the option `by` is only allowed with {listed}")
        if by not in GROUPS:
            raise self.unknown("grouping", by, GROUPS)
        return cast("By", by)

    def _years(self) -> Years | None:
        stated = self.options.get("years", "").strip()
        if not stated:
            return None
        found = _YEARS.fullmatch(stated)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
        if last < first:
            raise UnusableError(
                f"`years`: found {quote(stated)}, expected years such as `2025` or `2022-2025`"
            )
        return first, last

    def _project(self) -> Project | None:
        key = self.options.get("project", "").strip()
        return self.project("name", key=key) if key else None

    def _chart_by_year(self, found: Statistic) -> str:
        """Columns by year, stacked of the largest groups and the rest."""
        language = self.language
        rows = found.rows or (found.total,)
        # No more parts than there are fills.
        kept = rows if len(rows) <= SERIES else rows[: SERIES - 1]
        names = [self._label(found, row.key) if row.key else "" for row in kept]
        if len(kept) < len(rows):
            names.append(word(language, "Others"))

        def parts(year: int) -> tuple[Range, ...]:
            amounts = [row.years[year].value for row in rows]
            rest = [Range.total(amounts[len(kept) :])] if len(kept) < len(rows) else []
            return (*amounts[: len(kept)], *rest)

        columns = [
            Column(str(year), parts(year) if tally.is_known else None)
            for year, tally in found.total.years.items()
        ]
        drawn = ColumnChart(self._title(found), self._unit(found.topic), names, columns)
        return render_columns(drawn, prefix=self.prefix("chart"), locale=language)

    def _chart_by_key(self, found: Statistic) -> str:
        """A bar a country, career stage or lesson."""
        bars = [Bar(self._label(found, row.key), row.total.value) for row in found.rows]
        drawn = BarChart(self._title(found), self._unit(found.topic), bars)
        return render_bars(drawn, prefix=self.prefix("chart"), locale=self.language)

    def _figure(self, found: Statistic, svg: str, table: list[nodes.Node]) -> list[nodes.Node]:
        """A chart with the table of its numbers beneath it."""
        title = self._title(found)
        summary = word(self.language, "{title}: the numbers").format(title=title)
        details = disclosure("", *table, summary=summary, classes=["gh-chart-data"])
        return [chart("", details, svg=svg, title=title)]

    def _table_by_year(self, found: Statistic) -> list[nodes.Node]:
        """A row a year, a column a group."""
        language = self.language
        columns = (*found.rows, found.total)
        header = [
            TableCell(word(language, "Year")),
            *(TableCell(self._label(found, row.key), NUMBER) for row in found.rows),
            TableCell(self._total_label(found), TOTAL),
        ]
        if found.topic != "workshops":
            header.append(TableCell(word(language, "Known for"), NUMBER))

        def row(label: str, tallies: list[Tally]) -> list[TableCell]:
            known = [] if found.topic == "workshops" else [self._known_for(tallies[-1])]
            return [TableCell(label), *map(self._cell, tallies), *known]

        rows = [row(str(year), [each.years[year] for each in columns]) for year in found.years]
        footer = [row(word(language, "All years"), [each.total for each in columns])]
        return self._table(found, header, rows, footer if len(rows) > 1 else [])

    def _table_by_key(self, found: Statistic) -> list[nodes.Node]:
        """A row a country, career stage or lesson, a column a year."""
        language = self.language
        header = [
            TableCell(self._of_what(found.topic)),
            *(TableCell(str(year), NUMBER) for year in found.years),
            TableCell(word(language, "All years"), TOTAL),
        ]

        def row(label: TableCell, of: Row) -> list[TableCell]:
            return [label, *map(self._cell, of.years.values()), self._cell(of.total)]

        def named(tally: Tally) -> TableCell:
            # Those that records name "others" may be among them, so 0 would say too much.
            return TableCell(display.EM_DASH, NUMBER) if tally.value.is_zero else self._cell(tally)

        rows = [
            [
                self._row_label(found, each),
                *map(named, each.years.values()),
                self._cell(each.total),
            ]
            for each in found.rows
        ]
        total = found.total
        known = [*map(self._known_for, total.years.values()), self._known_for(total.total)]
        footer = [
            row(TableCell(self._total_label(found)), total),
            [TableCell(word(language, "Known for")), *known],
        ]
        return self._table(found, header, rows, footer)

    def _table(
        self,
        found: Statistic,
        header: list[TableCell],
        rows: list[list[TableCell]],
        footer: list[list[TableCell]],
    ) -> list[nodes.Node]:
        builder = TableBuilder(
            caption=self._title(found),
            prefix=self.prefix("statistics"),
            header=header,
            rows=rows,
            footer=footer,
        )
        return builder.build(self.state.document)

    def _cell(self, tally: Tally) -> TableCell:
        if not tally.is_known:
            return TableCell(word(self.language, "unknown"), NUMBER)
        return self.amount(tally.value)

    def _known_for(self, tally: Tally) -> TableCell:
        text = word(self.language, "{known} of {all}").format(known=tally.known, all=tally.of)
        return TableCell(text, NUMBER)

    def _row_label(self, found: Statistic, row: Row) -> TableCell:
        label = self._label(found, row.key)
        if found.topic == "lessons":
            return TableCell([display.record_link(Lesson.KIND, row.key, label)])
        return TableCell(label)

    def _label(self, found: Statistic, key: str) -> str:
        """What a row is of, in words."""
        language, settings = self.language, self.shown.settings
        if found.topic == "career-stages" and key != UNKNOWN:
            return term(language, CAREER_STAGE, key, settings)
        if found.topic == "lessons":
            lesson = self.shown.get(Lesson, key, ("label",))
            return lesson.title if lesson else key
        if key in (OTHER, UNKNOWN):
            return word(language, "Others") if key == OTHER else word(language, "Unknown")
        if found.topic == "countries":
            return country_name(key, language)
        if found.topic == "instructors":
            return {
                FIRST_TIME: word(language, "First time"),
                RETURNING: word(language, "Returning"),
            }[key]
        if found.by == "type":
            return term(language, WORKSHOP_TYPE, key, settings)
        return capital(activity_format(language, key))

    def _title(self, found: Statistic) -> str:
        language = self.language
        grouped = {
            ("workshops", "type"): word(language, "Workshops by year and type"),
            ("workshops", "format"): word(language, "Workshops by year and format"),
            ("learners", "type"): word(language, "Learners by year and type of workshop"),
            ("learners", "format"): word(language, "Learners by year and format of workshop"),
            ("hours", "type"): word(language, "Hours taught by year and type of workshop"),
            ("hours", "format"): word(language, "Hours taught by year and format of workshop"),
        }
        if found.by:
            return grouped[found.topic, found.by]
        return {
            "workshops": word(language, "Workshops by year"),
            "learners": word(language, "Learners by year"),
            "countries": word(language, "Learners by country"),
            "career-stages": word(language, "Learners by career stage"),
            "instructors": word(language, "Instructors by year"),
            "hours": word(language, "Hours taught by year"),
            "lessons": word(language, "Lessons taught"),
        }[found.topic]

    def _unit(self, topic: Topic) -> str:
        language = self.language
        return {
            "workshops": word(language, "workshops"),
            "learners": word(language, "learners"),
            "countries": word(language, "learners"),
            "career-stages": word(language, "learners"),
            "instructors": word(language, "instructors"),
            "hours": word(language, "hours"),
            "lessons": word(language, "workshops"),
        }[topic]

    def _of_what(self, topic: Topic) -> str:
        language = self.language
        return {
            "countries": word(language, "Country"),
            "career-stages": word(language, "Career stage"),
            "lessons": word(language, "Lesson"),
        }[topic]

    def _total_label(self, found: Statistic) -> str:
        if found.topic == "lessons":
            return word(self.language, "Different lessons")
        if found.topic in _BY_KEY or found.rows:
            return word(self.language, "Total")
        return capital(self._unit(found.topic))

    def _what_counts(self, found: Statistic, project: Project | None) -> Iterator[str]:
        """Whole sentences."""
        language, topic = self.language, found.topic
        yield word(
            language,
            "Workshops that have begun are counted in the year of their first day. Planned, "
            "cancelled and postponed workshops are not counted, nor are meetings, writing "
            "retreats, or workshops without a record that they took place.",
        )
        if project:
            yield word(
                language,
                "Only workshops of {project} are counted: those that begin in its period or "
                "fulfil one of its activities.",
            ).format(project=project.label)
        about = {
            "countries": word(
                language,
                "“Others” are people from countries that the records do not list separately. "
                "“Unknown” are people whose country is not recorded. A dash means that the "
                "records list no one.",
            ),
            "career-stages": word(
                language, "“Unknown” are people whose career stage is not recorded."
            ),
            "instructors": word(
                language,
                "Everyone who taught or co-taught is counted once per year, and once across all "
                "years. “First time” means that they had not taught in any earlier year.",
            ),
            "hours": word(
                language,
                "Teaching and exercises are counted from the schedule or, without one, from the "
                "record. Parallel sessions are counted once.",
            ),
            "lessons": word(language, "A lesson is counted once for each workshop that taught it."),
        }.get(topic)
        if about:
            yield about
        limit = self.shown.settings.suppress_below
        if limit > 1 and topic in ("countries", "career-stages"):
            yield word(
                language,
                "Groups of fewer than {limit} people in a workshop are counted under “Others”, so "
                "that no number identifies a person.",
            ).format(limit=limit)
        amount = found.amount
        if topic != "workshops":
            yield word(
                language,
                "Known for {known} of {all} workshops; unknown numbers are not counted as 0.",
            ).format(known=amount.known, all=amount.of)


DIRECTIVES = {"workshop-statistics": WorkshopStatistics}


def setup_statistics(app: Sphinx) -> None:
    """Register the directive."""
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
