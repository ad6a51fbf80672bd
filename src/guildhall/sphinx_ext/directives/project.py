"""A project on a page: its facts, progress, groups, networks, documents and chapters."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from guildhall.core.values.format import format_date, format_number, format_period, format_range
from guildhall.core.values.numbers import Range
from guildhall.core.words import word
from guildhall.model.records.kinds.project import Claim, Project
from guildhall.model.shown import BuildDay
from guildhall.network.ledger.claims import Judged
from guildhall.network.ledger.figures import UnknownFigureError
from guildhall.network.ledger.lookups import ClaimOf
from guildhall.sphinx_ext.records.directive import PortalDirective
from guildhall.sphinx_ext.records.prose import render_prose
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.nodes import progress
from guildhall.sphinx_ext.rendering.tables import TableBuilder, TableCell, TableNote


class _OfProject(PortalDirective):
    """A directive with a project as its argument; by default the portal's."""

    optional_arguments = 1


class ProjectFacts(_OfProject):
    """The facts of a project."""

    def build(self) -> list[nodes.Node]:
        """Build the list of facts."""
        project = self.project(*Project.model_fields)
        shown, language = self.shown, self.language
        period = period_of(project, language)
        pairs: list[tuple[str, list[nodes.Node]]] = [
            (word(language, "Type"), [display.text(project.type)]),
            (word(language, "Phase"), [display.text(project.phase)]),
            (word(language, "Period"), [nodes.Text(period)]),
        ]
        for label, name in (
            (word(language, "Leader"), "leader"),
            (word(language, "Authors"), "authors"),
            (word(language, "Document version"), "version"),
            (word(language, "Funder"), "funder"),
            (word(language, "Results"), "results"),
        ):
            value = display.field(shown, project, name)
            if value:
                pairs.append((label, value))
        return [display.facts(pairs)]


class ProjectProgress(_OfProject):
    """How much of a project's period has elapsed on the day of the build."""

    def build(self) -> list[nodes.Node]:
        """Build the bar and its words."""
        project = self.project("start", "end", "dates_are_expected")
        today = self.shown.ask(BuildDay())
        language = self.language
        period = project.period
        if today < period.start:
            text, day = word(language, "{period}: starts on {date}"), period.start
        elif today > period.end:
            text, day = word(language, "{period}: ended on {date}"), period.end
        else:
            text = word(language, "{period}: {share} % of the time elapsed by {date}")
            day = today
        words = text.format(
            period=period_of(project, language),
            share=period.percent_elapsed(today),
            date=format_date(day, language),
        )
        bar = progress(value=period.elapsed(today), maximum=period.days)
        bar += display.paragraph(nodes.Text(words))
        return [bar]


def period_of(project: Project, language: str) -> str:
    """A project's period, with a word of doubt where it was only expected."""
    period = format_period(project.period, language)
    if project.dates_are_expected:
        return word(language, "{period} (expected)").format(period=period)
    return period


class ProjectGroups(_OfProject):
    """The groups of a project: what they are for, how often they meet, where the minutes are."""

    def build(self) -> list[nodes.Node]:
        """Build the table."""
        project = self.project("groups")
        if not project.groups:
            return []
        language = self.language
        rows = []
        for key, group in project.groups.items():
            place = ("groups", key)
            text = render_prose(project, (*place, "description"), self.state.document)
            minutes: list[nodes.Node] = []
            if group.minutes:
                label = group.minutes.text or word(language, "Minutes")
                link = group.minutes.model_copy(update={"text": label})
                minutes = display.link(link, project, (*place, "minutes"), language)
            description = (
                list(text[0].children) if text and isinstance(text[0], nodes.paragraph) else []
            )
            rows.append(
                [
                    TableCell(group.name),
                    TableCell(description),
                    TableCell([display.text(group.frequency)] if group.frequency else ""),
                    TableCell(minutes),
                ]
            )
        header = (
            word(language, "Group"),
            word(language, "Purpose"),
            word(language, "Meets"),
            word(language, "Minutes"),
        )
        builder = TableBuilder(
            caption=word(language, "Groups of {project}").format(project=project.name),
            prefix=self.prefix("groups"),
            header=[TableCell(name) for name in header],
            rows=rows,
            widths=(2, 4, 2, 3),
        )
        return builder.filled().build(self.state.document)


class ProjectDocuments(_OfProject):
    """The documents and links of a project.

    Options:
        only: one of ``documents``, ``links`` and ``outreach``; by default all of them.
    """

    option_spec: ClassVar[dict[str, Any]] = {"only": directives.unchanged}

    def build(self) -> list[nodes.Node]:
        """Build a list for each part that has entries."""
        titles = {
            "documents": word(self.language, "Documents"),
            "links": word(self.language, "Links"),
            "outreach": word(self.language, "Outreach"),
        }
        parts = tuple(titles)
        only = self.options.get("only", "").strip()
        if only and only not in parts:
            raise self.unknown("part", only, parts)
        project = self.project(*parts)
        built: list[nodes.Node] = []
        for name in (only,) if only else parts:
            items = getattr(project, name)
            if items:
                if not only:
                    built.append(nodes.rubric("", titles[name], translatable=False))
                built.append(display.link_list(items, project, (name,), self.language))
        return built


class ProjectNetworks(_OfProject):
    """The networks and infrastructures that a project works with."""

    def build(self) -> list[nodes.Node]:
        """Build a list for each type."""
        project = self.project("networks")
        titles = {
            "network": word(self.language, "Networks"),
            "infrastructure": word(self.language, "Infrastructures"),
        }
        pairs = []
        for name, title in titles.items():
            listed = nodes.bullet_list(bullet="-")
            for index, network in enumerate(project.networks):
                if network.type == name:
                    listed += _network(project, index, self.language)
            if listed.children:
                pairs.append((title, [listed]))
        return [display.facts(pairs)] if pairs else []


def _network(project: Project, index: int, language: str) -> nodes.list_item:
    network = project.networks[index]
    line: list[nodes.Node] = [display.text(network.name)]
    if network.abbreviation:
        line.append(display.text(f" ({network.abbreviation})"))
    if network.url and (
        link := display.link(network.url, project, ("networks", index, "url"), language)
    ):
        line += [nodes.Text(": "), *link]
    item = nodes.list_item()
    item += display.paragraph(*line)
    return item


class ProjectChapter(PortalDirective):
    """One chapter of a project, without its title.

    Args: the chapter's id. Options:
        project: by default the portal's.
    """

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {"project": directives.unchanged}

    def build(self) -> list[nodes.Node]:
        """Build the chapter's text, points and links."""
        wanted = self.arguments.pop()
        project = self.project("chapters")
        ids = tuple(chapter.id for chapter in project.chapters)
        if wanted not in ids:
            raise self.unknown("chapter", wanted, ids)
        return chapter_nodes(project, ids.index(wanted), self.state.document, self.language)


def chapter_nodes(
    project: Project, index: int, document: nodes.document, language: str
) -> list[nodes.Node]:
    """A chapter's text, points and links."""
    chapter = project.chapters[index]
    place = ("chapters", index)
    built = render_prose(project, (*place, "text"), document)
    if chapter.points:
        listed = nodes.definition_list(classes=["gh-register"])
        for number, point in enumerate(chapter.points):
            item = nodes.definition_list_item()
            item += nodes.term("", "", display.text(point.title), translatable=False)
            definition = nodes.definition()
            definition += render_prose(project, (*place, "points", number, "text"), document)
            item += definition
            listed += item
        built.append(listed)
    if chapter.links:
        built.append(nodes.rubric("", word(language, "Referred to"), translatable=False))
        built.append(display.link_list(chapter.links, project, (*place, "links"), language))
    return built


class ProjectClaims(_OfProject):
    """The figures stated in texts, next to those computed from the records."""

    def build(self) -> list[nodes.Node]:
        """Build the table."""
        project = self.project("claims")
        language = self.language
        rows = []
        remarks: list[TableNote] = []
        for index, claim in enumerate(project.claims):
            try:
                judged = self.shown.ask(ClaimOf(project.key, index))
                computed = self._computed(judged)
                expected = judged.expected
            except UnknownFigureError:
                computed, expected = "", claim.value
            marks: tuple[str, ...] = ()
            if claim.differs:
                marks = (str(len(remarks) + 1),)
                remarks.append(TableNote(*marks, [display.paragraph(display.text(claim.differs))]))
            rows.append(
                [
                    TableCell([display.text(claim.text)]),
                    TableCell(self._stated(claim, expected), ("gh-number",)),
                    TableCell(computed, () if claim.trend else ("gh-number",), marks),
                    TableCell(self._source(claim)),
                ]
            )
        builder = TableBuilder(
            caption=word(language, "Claims and the figures computed from the records"),
            prefix=self.prefix("claims"),
            header=[
                TableCell(word(language, "Claim")),
                TableCell(word(language, "Stated"), ("gh-number",)),
                TableCell(word(language, "Computed"), ("gh-number",)),
                TableCell(word(language, "Where it is stated")),
            ],
            rows=rows,
            notes=remarks,
            widths=(4, 1, 1, 3),
        )
        return builder.build(self.state.document) if rows else []

    def _computed(self, judged: Judged) -> str:
        if judged.figure is not None:
            return format_range(judged.figure.value, self.language)
        unknown = word(self.language, "no record")
        return ", ".join(
            unknown if each.value is None else format_range(each.value, self.language)
            for each in judged.series
        )

    def _stated(self, claim: Claim, expected: Range | None) -> str:
        language = self.language
        percent = format_number(claim.tolerance or 0, language)
        if claim.trend is not None:
            trend = {
                "increasing": word(language, "increasing"),
                "decreasing": word(language, "decreasing"),
                "stable": word(language, "stable, within {percent} %"),
            }[claim.trend]
            return trend.format(percent=percent)
        if expected is None:
            return ""
        text = {
            "equal": "{value}",
            "about": word(language, "about {value}, within {percent} %"),
            "at-least": word(language, "at least {value}"),
            "more-than": word(language, "more than {value}"),
            "at-most": word(language, "at most {value}"),
            "less-than": word(language, "less than {value}"),
        }[claim.compare]
        return text.format(value=format_range(expected, language), percent=percent)

    def _source(self, claim: Claim) -> str:
        if claim.as_of is None:
            return claim.source or ""
        day = format_date(claim.as_of, self.language)
        if claim.source is None:
            return word(self.language, "as of {day}").format(day=day)
        return word(self.language, "{source}; as of {day}").format(source=claim.source, day=day)


DIRECTIVES: dict[str, type[PortalDirective]] = {
    "project-facts": ProjectFacts,
    "project-progress": ProjectProgress,
    "project-groups": ProjectGroups,
    "project-documents": ProjectDocuments,
    "project-networks": ProjectNetworks,
    "project-chapter": ProjectChapter,
    "project-claims": ProjectClaims,
}
