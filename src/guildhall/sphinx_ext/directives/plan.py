"""What a project plans, what may go wrong, and what partners gain."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from guildhall.records.kinds.activity import Activity
from guildhall.records.kinds.benefit import Benefit
from guildhall.records.kinds.risk import Risk
from guildhall.records.model import Record
from guildhall.sphinx_ext import display
from guildhall.sphinx_ext.directives.base import PortalDirective
from guildhall.sphinx_ext.labels import activity_format, activity_type
from guildhall.sphinx_ext.prose import render_prose
from guildhall.sphinx_ext.tables import TableBuilder, TableCell
from guildhall.words import word

_PROJECT_OPTION: dict[str, Any] = {"project": directives.unchanged}


class ActivityPlan(PortalDirective):
    """The planned activities of a project, a table for each year.

    Options:
        project: by default the portal's.
        year: only that year.
    """

    option_spec: ClassVar[dict[str, Any]] = {**_PROJECT_OPTION, "year": directives.unchanged}

    def build(self) -> list[nodes.Node]:
        """Build one table a year."""
        project = self.project()
        where = [("project", project.key)]
        if "year" in self.options:
            where.append(("year", self.options["year"].strip()))
        found = self.shown.select(Activity.KIND, tuple(where))
        years: dict[int, list[Activity]] = {}
        for record in found:
            if isinstance(record, Activity):
                years.setdefault(record.year, []).append(record)
        built: list[nodes.Node] = []
        for year, activities in years.items():
            built += self._year(year, activities)
        return built

    def _year(self, year: int, activities: list[Activity]) -> list[nodes.Node]:
        language = self.language
        header = (
            word(language, "Activity"),
            word(language, "Type"),
            word(language, "Format"),
            word(language, "Length"),
            word(language, "Venue"),
        )
        rows = [
            [
                TableCell([display.record_link(Activity.KIND, each.key, each.title)]),
                TableCell(activity_type(language, each.type).replace("-", " ")),
                TableCell(
                    activity_format(language, each.format) if each.format else display.EM_DASH
                ),
                TableCell([display.text(each.length or display.EM_DASH)]),
                TableCell(venue(each, language) or display.EM_DASH),
            ]
            for each in activities
        ]
        builder = TableBuilder(
            caption=word(language, "Planned for {year}").format(year=year),
            prefix=self.prefix("plan"),
            header=[TableCell(name) for name in header],
            rows=rows,
            widths=(5, 2, 2, 2, 2),
        )
        return builder.build(self.state.document)


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
    "risk-register": RiskRegister,
    "benefit-list": BenefitList,
}
