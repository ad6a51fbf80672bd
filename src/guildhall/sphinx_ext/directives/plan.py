"""What a project plans and what became of it, what may go wrong, and what partners gain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from guildhall.core.sheets import Sheet
from guildhall.core.words import word
from guildhall.model.base.model import Record
from guildhall.model.records.kinds.activity import Activity
from guildhall.model.records.kinds.benefit import Benefit
from guildhall.model.records.kinds.project import Project
from guildhall.model.records.kinds.risk import Risk
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.network.workshops.lookups import FulfilmentOf, PlanOf, StandingOf
from guildhall.network.workshops.plan import (
    PROGRESS,
    Fulfilment,
    Plan,
    Progress,
    counts,
    has_dates,
)
from guildhall.sphinx_ext.charts.timeline import Fill, Mark, Row, Timeline, render_timeline
from guildhall.sphinx_ext.directives.project import period_of
from guildhall.sphinx_ext.directives.table_files import offer
from guildhall.sphinx_ext.records.directive import PortalDirective
from guildhall.sphinx_ext.records.prose import render_prose
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.labels import activity_format, activity_type, workshop_state
from guildhall.sphinx_ext.rendering.lines import dates_after, workshop_line
from guildhall.sphinx_ext.rendering.nodes import chart
from guildhall.sphinx_ext.rendering.tables import TableBuilder, TableCell

_FILLS: dict[str, Fill] = {"past": "held", "unrecorded": "unrecorded"}
"""The fills of workshops by their states; all others go on or are to come."""
_SHOWN_BY_BARS = frozenset({"done", "scheduled", "planned"})
ALWAYS_COUNTED = ("done", "scheduled", "planned", "unrecorded")
"""What the summary counts even where it is nothing; the rest only where there is some."""
_PROJECT_OPTION: dict[str, Any] = {"project": directives.unchanged}


class ActivityPlan(PortalDirective):
    """The planned activities of a project, a table for each year, and their outcome.

    If the portal has records of workshops, each activity shows those that fulfil it and its
    progress; a summary counts these by year, a timeline draws them, and unplanned workshops come
    last.

    Options:
        project: by default the portal's.
        year: only that year, without the timeline.
    """

    option_spec: ClassVar[dict[str, Any]] = {**_PROJECT_OPTION, "year": directives.unchanged}

    def build(self) -> list[nodes.Node]:
        """Build the summary, one table a year, and the list of what was not planned."""
        project = self.project("start", "end", "dates_are_expected")
        where = [("project", project.key)]
        wanted = self.options.get("year", "").strip()
        if wanted:
            where.append(("year", wanted))
        self.shown.select(Activity.KIND, tuple(where))
        plan = self.shown.ask(PlanOf(project.key))
        years = {
            year: found for year, found in plan.years.items() if not wanted or str(year) == wanted
        }
        self._targets = self.prefix("planned")
        built: list[nodes.Node] = []
        if plan.is_followed and years:
            built += self._summary(years)
            if not wanted:
                built.append(self._timeline(project, plan))
        for year, found in years.items():
            built += self._year(year, found, is_followed=plan.is_followed)
        unplanned = [
            each for each in plan.unplanned if not wanted or str(each.start.year) == wanted
        ]
        if years:
            sheet = self._sheet(years, is_followed=plan.is_followed)
            label = word(self.language, "Download the plan:")
            built.append(offer(self, self.prefix("activities"), sheet, label))
        return [*built, *self._unplanned(unplanned)]

    def _summary(self, years: Mapping[int, Sequence[Fulfilment]]) -> list[nodes.Node]:
        language = self.language
        everything = [each for found in years.values() for each in found]
        in_all = counts(everything)
        columns = [each for each in PROGRESS if each in ALWAYS_COUNTED or in_all[each]]
        header = [TableCell(word(language, "Year")), self._number(word(language, "Planned"))]
        header += [self._number(progress_label(language, each)) for each in columns]

        def row(label: str, found: Sequence[Fulfilment]) -> list[TableCell]:
            counted = counts(found)
            numbers = [len(found), *(counted[each] for each in columns)]
            return [TableCell(label), *(self._number(str(each)) for each in numbers)]

        builder = TableBuilder(
            caption=word(language, "Planned and actual"),
            prefix=self.prefix("plan-summary"),
            header=header,
            rows=[row(str(year), found) for year, found in years.items()],
            footer=[row(word(language, "All"), everything)] if len(years) > 1 else [],
        )
        return [*builder.build(self.state.document), *self._unrecorded(everything)]

    def _timeline(self, project: Project, plan: Plan) -> nodes.Node:
        """The plan and the workshops on one axis; each row leads to its place below."""
        language = self.language
        rows = [
            Row(
                _in_a_row(found, language),
                self._target(found.activity),
                found.activity.year,
                self._marks(found.workshops),
            )
            for found in plan.fulfilments
        ]
        aside = word(language, "Not in the plan")
        rows += [
            Row(f"{each.label} ({aside})", self._target(each), None, self._marks([each]))
            for each in plan.unplanned
            if has_dates(each)
        ]
        drawn = Timeline(
            word(language, "Plan and workshops"),
            project.period,
            f"{word(language, 'Period')}: {period_of(project, language)}",
            rows,
            {
                "held": progress_label(language, "done"),
                "to-come": progress_label(language, "scheduled"),
                "unrecorded": progress_label(language, "unrecorded"),
                "planned": word(language, "Planned"),
            },
        )
        svg = render_timeline(drawn, prefix=self.prefix("timeline"))
        return chart(svg=svg, title=drawn.title)

    def _marks(self, workshops: Sequence[Workshop]) -> tuple[Mark, ...]:
        """What has dates, and isn't called off."""
        states = {each.key: self.shown.ask(StandingOf(each.key)).state for each in workshops}
        return tuple(
            Mark(each.start, each.end, _FILLS.get(states[each.key], "to-come"))
            for each in workshops
            if has_dates(each)
        )

    def _target(self, record: Record) -> str:
        """The id of an activity, or of an unplanned workshop, among the tables and lists."""
        return f"{self._targets}-{record.KIND}-{record.key}"

    def _aimed(self, record: Record, node: nodes.Node) -> nodes.inline:
        return nodes.inline("", "", node, ids=[self._target(record)])

    def _number(self, text: str) -> TableCell:
        return TableCell(text, ("gh-number",))

    def _unrecorded(self, fulfilments: Sequence[Fulfilment]) -> list[nodes.Node]:
        """What no record tells the end of, named where nobody overlooks it."""
        unrecorded = [each.activity for each in fulfilments if each.progress == "unrecorded"]
        if not unrecorded:
            return []
        text = word(self.language, "Past their planned dates, with no outcome recorded:")
        listed = nodes.bullet_list(bullet="-")
        for each in unrecorded:
            link = display.record_link(Activity.KIND, each.key, each.label)
            listed += nodes.list_item("", display.paragraph(link))
        return [display.paragraph(nodes.strong("", text), classes=["gh-unrecorded"]), listed]

    def _year(
        self, year: int, fulfilments: Sequence[Fulfilment], *, is_followed: bool
    ) -> list[nodes.Node]:
        header, widths = self._header(), [5, 2, 2, 2, 2]
        rows = [self._cells(each) for each in (found.activity for found in fulfilments)]
        if is_followed:
            header.append(TableCell(word(self.language, "Outcome")))
            widths.append(5)
            for row, found in zip(rows, fulfilments, strict=True):
                row.append(TableCell(self._became(found)))
        builder = TableBuilder(
            caption=word(self.language, "Planned for {year}").format(year=year),
            prefix=self.prefix("plan"),
            header=header,
            rows=rows,
            widths=widths,
        )
        return builder.filled().build(self.state.document)

    def _header(self) -> list[TableCell]:
        language = self.language
        names = (
            word(language, "Activity"),
            word(language, "Type"),
            word(language, "Format"),
            word(language, "Length"),
            word(language, "Venue"),
        )
        return [TableCell(name) for name in names]

    def _cells(self, activity: Activity) -> list[TableCell]:
        language = self.language
        return [
            TableCell(
                [
                    self._aimed(
                        activity,
                        display.record_link(Activity.KIND, activity.key, activity.title),
                    )
                ]
            ),
            TableCell(activity_type(language, activity.type).replace("-", " ")),
            TableCell(activity_format(language, activity.format) if activity.format else ""),
            TableCell([display.text(activity.length)] if activity.length else ""),
            TableCell(venue(activity, language)),
        ]

    def _sheet(self, years: Mapping[int, Sequence[Fulfilment]], *, is_followed: bool) -> Sheet:
        """All years as one table; what an activity became has a column, its workshops another."""
        language = self.language
        header = [TableCell(word(language, "Year")), *self._header()]
        if is_followed:
            header.append(TableCell(word(language, "Outcome")))
            header.append(TableCell(word(language, "Fulfilled by")))
        rows = []
        for year, fulfilments in years.items():
            for found in fulfilments:
                row = [TableCell(str(year)), *self._cells(found.activity)]
                if is_followed:
                    progress = progress_label(language, found.progress)
                    row.append(TableCell(progress + _behind(found, language)))
                    row.append(TableCell("; ".join(map(self._told, found.workshops))))
                rows.append(row)
        title = word(language, "Planned and actual")
        return TableBuilder(title, "", header, rows).sheet()

    def _told(self, workshop: Workshop) -> str:
        """A workshop in words, as :func:`workshop_line` shows it."""
        text = f"{workshop.label}{dates_after(workshop, self.language)}"
        state = self.shown.ask(StandingOf(workshop.key)).state
        return text if state == "past" else f"{text} ({workshop_state(self.language, state)})"

    def _became(self, found: Fulfilment) -> list[nodes.Node]:
        built = progress_nodes(found, self.language)
        for index, each in enumerate(found.workshops):
            built.append(nodes.Text("; " if index else " "))
            built += workshop_line(self.shown, each, self.language)
        return built

    def _unplanned(self, workshops: Sequence[Workshop]) -> list[nodes.Node]:
        if not workshops:
            return []
        title = word(self.language, "Not in the plan")
        listed = nodes.bullet_list(bullet="-", classes=["gh-unplanned"])
        for each in workshops:
            first, *rest = workshop_line(self.shown, each, self.language)
            line = [self._aimed(each, first), *rest]
            listed += nodes.list_item("", display.paragraph(*line))
        return [nodes.rubric("", title, translatable=False), listed]


class ActivityProgress(PortalDirective):
    """The progress of the page's own activity, and the workshops that fulfil it."""

    def build(self) -> list[nodes.Node]:
        """Build the facts."""
        activity, language = self.own_record_of(Activity), self.language
        found = self.shown.ask(FulfilmentOf(activity.key))
        if found is None:
            return []
        pairs: list[tuple[str, Sequence[nodes.Node]]] = [
            (word(language, "Progress"), progress_nodes(found, language))
        ]
        if found.workshops:
            lines = [
                display.paragraph(*workshop_line(self.shown, each, language))
                for each in found.workshops
            ]
            pairs.append((word(language, "Fulfilled by"), lines))
        return [display.facts(pairs)]


def progress_label(language: str, progress: Progress) -> str:
    """How far an activity has come, in words."""
    return {
        "done": word(language, "done"),
        "running": word(language, "under way"),
        "scheduled": word(language, "scheduled"),
        "planned": word(language, "no dates recorded"),
        "unrecorded": word(language, "no record"),
        "postponed": word(language, "postponed"),
        "cancelled": word(language, "cancelled"),
        "not-held": word(language, "not held"),
    }[progress]


def progress_nodes(found: Fulfilment, language: str) -> list[nodes.Node]:
    """How far an activity has come, set apart; a missing record stands out."""
    label = progress_label(language, found.progress)
    classes = ("gh-state", f"gh-progress-{found.progress}")
    badge: nodes.Node = display.badge(label, *classes)
    built = [nodes.strong("", "", badge) if found.progress == "unrecorded" else badge]
    if behind := _behind(found, language):
        built.append(nodes.Text(behind))
    return built


def _in_a_row(found: Fulfilment, language: str) -> str:
    """An activity, and how far it has come where its bars don't show it."""
    title = f"{found.activity.title}{_behind(found, language)}"
    is_drawn = found.progress == "planned" or any(map(has_dates, found.workshops))
    if is_drawn and found.progress in _SHOWN_BY_BARS:
        return title
    return f"{title}: {progress_label(language, found.progress)}"


def _behind(found: Fulfilment, language: str) -> str:
    return f" ({word(language, 'later than planned')})" if found.is_behind else ""


def venue(activity: Activity, language: str) -> str:
    """Where an activity is held, with a word of doubt where the plan has one."""
    if activity.venue is None:
        return ""
    if activity.venue_is_open:
        return word(language, "possibly: {venue}").format(venue=activity.venue)
    return activity.venue


class _Described(PortalDirective):
    """Records of a project with a title and texts, as a list of definitions."""

    option_spec: ClassVar[dict[str, Any]] = _PROJECT_OPTION
    kind: ClassVar[type[Record]]

    def build(self) -> list[nodes.Node]:
        """Build the list."""
        project = self.project()
        listed = nodes.definition_list(classes=["gh-register"])
        for record in self.shown.select(self.kind.KIND, (("project", project.key),)):
            item = nodes.definition_list_item()
            term = nodes.term(translatable=False)
            term += display.record_link(record.KIND, record.key, record.label)
            definition = nodes.definition()
            definition += self.describe(record)
            item += [term, definition]
            listed += item
        return [listed] if listed.children else []

    def describe(self, record: Record) -> list[nodes.Node]:
        """The texts of one record."""
        return render_prose(record, ("description",), self.state.document)


class RiskRegister(_Described):
    """The risks of a project, each with its mitigation."""

    kind = Risk

    def describe(self, record: Record) -> list[nodes.Node]:
        """The risk, then what is done about it."""
        mitigation = render_prose(record, ("mitigation",), self.state.document)
        first = mitigation[0] if mitigation else None
        if isinstance(first, nodes.paragraph):
            label = word(self.language, "Mitigation:")
            first.insert(0, [nodes.strong("", label), nodes.Text(" ")])
        return [*super().describe(record), *mitigation]


class BenefitList(_Described):
    """What partners of a project gain."""

    kind = Benefit


DIRECTIVES: dict[str, type[PortalDirective]] = {
    "activity-plan": ActivityPlan,
    "activity-progress": ActivityProgress,
    "risk-register": RiskRegister,
    "benefit-list": BenefitList,
}
