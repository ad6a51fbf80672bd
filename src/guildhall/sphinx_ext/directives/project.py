"""A project on a page: its facts, progress, groups, networks, documents and chapters."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from guildhall.ledger.figures import UnknownFigureError
from guildhall.records.kinds.project import Project
from guildhall.sphinx_ext import display
from guildhall.sphinx_ext.directives.base import PortalDirective
from guildhall.sphinx_ext.nodes import progress
from guildhall.sphinx_ext.prose import render_prose
from guildhall.sphinx_ext.tables import TableBuilder, TableCell
from guildhall.values.format import format_date, format_period, format_range


class _OfProject(PortalDirective):
    """A directive with a project as its argument; by default the portal's."""

    optional_arguments = 1


class ProjectFacts(_OfProject):
    """The facts of a project."""

    def build(self) -> list[nodes.Node]:
        """Build the list of facts."""
        project = self.project(*Project.model_fields)
        shown = self.shown
        period = format_period(project.period, shown.settings.language)
        pairs: list[tuple[str, list[nodes.Node]]] = [
            ("Type", [display.text(project.type)]),
            ("Phase", [display.text(project.phase)]),
            ("Period", [nodes.Text(period)]),
        ]
        for label, name in (
            ("Leader", "leader"),
            ("Authors", "authors"),
            ("Document version", "version"),
            ("Funder", "funder"),
            ("Results", "results"),
        ):
            value = display.field(shown, project, name)
            if value:
                pairs.append((label, value))
        return [display.facts(pairs)]


class ProjectProgress(_OfProject):
    """How far a project's period has run on the day of the build."""

    def build(self) -> list[nodes.Node]:
        """Build the bar and its words."""
        project = self.project("start", "end")
        today = self.shown.today
        language = self.shown.settings.language
        period = project.period
        elapsed = period.elapsed(today)
        if today < period.start:
            state = f"starts on {format_date(period.start, language)}"
        elif today > period.end:
            state = f"ended on {format_date(period.end, language)}"
        else:
            share = 100 * elapsed // period.days
            state = f"{share} % of the time has passed on {format_date(today, language)}"
        words = f"{format_period(period, language)}: {state}"
        bar = progress(value=elapsed, maximum=period.days)
        bar += display.paragraph(nodes.Text(words))
        return [bar]


class ProjectGroups(_OfProject):
    """The groups of a project: what they are for, how often they meet, where the minutes are."""

    def build(self) -> list[nodes.Node]:
        """Build the table."""
        project = self.project("groups")
        if not project.groups:
            return []
        rows = []
        for key, group in project.groups.items():
            place = ("groups", key)
            text = render_prose(project, (*place, "description"), self.state.document)
            minutes = (
                display.link(
                    group.minutes
                    if group.minutes.text
                    else group.minutes.model_copy(update={"text": "Minutes"}),
                    project,
                    (*place, "minutes"),
                )
                if group.minutes
                else [nodes.Text(display.EM_DASH)]
            )
            description = (
                list(text[0].children)
                if text and isinstance(text[0], nodes.paragraph)
                else [nodes.Text(display.EM_DASH)]
            )
            rows.append(
                [
                    TableCell(group.name),
                    TableCell(description),
                    TableCell([display.text(group.frequency or display.EM_DASH)]),
                    TableCell(minutes),
                ]
            )
        header = ("Group", "Purpose", "Meets", "Minutes")
        builder = TableBuilder(
            caption=f"Groups of {project.name}",
            prefix=self.prefix("groups"),
            header=[TableCell(name) for name in header],
            rows=rows,
            widths=(2, 4, 2, 3),
        )
        return builder.build(self.state.document)


class ProjectDocuments(_OfProject):
    """The documents and links of a project.

    Options:
        only: one of ``documents``, ``links`` and ``outreach``; by default all of them.
    """

    option_spec: ClassVar[dict[str, Any]] = {"only": directives.unchanged}

    def build(self) -> list[nodes.Node]:
        """Build a list for each part that has entries."""
        parts = ("documents", "links", "outreach")
        only = self.options.get("only", "").strip()
        if only and only not in parts:
            raise self.unknown("part", only, parts)
        project = self.project(*parts)
        built: list[nodes.Node] = []
        for name in (only,) if only else parts:
            items = getattr(project, name)
            if items:
                if not only:
                    built.append(nodes.rubric("", name.capitalize(), translatable=False))
                built.append(display.link_list(items, project, (name,)))
        return built


class ProjectNetworks(_OfProject):
    """The networks and infrastructures that a project works with."""

    def build(self) -> list[nodes.Node]:
        """Build a list for each type."""
        project = self.project("networks")
        titles = {"network": "Networks", "infrastructure": "Infrastructures"}
        pairs = []
        for name, title in titles.items():
            listed = nodes.bullet_list(bullet="-")
            for index, network in enumerate(project.networks):
                if network.type == name:
                    listed += _network(project, index)
            if listed.children:
                pairs.append((title, [listed]))
        return [display.facts(pairs)] if pairs else []


def _network(project: Project, index: int) -> nodes.list_item:
    network = project.networks[index]
    line: list[nodes.Node] = [display.text(network.name)]
    if network.abbreviation:
        line.append(display.text(f" ({network.abbreviation})"))
    if network.url:
        line.append(nodes.Text(": "))
        line += display.link(network.url, project, ("networks", index, "url"))
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
        return chapter_nodes(project, ids.index(wanted), self.state.document)


def chapter_nodes(project: Project, index: int, document: nodes.document) -> list[nodes.Node]:
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
        built.append(nodes.rubric("", "Referred to", translatable=False))
        built.append(display.link_list(chapter.links, project, (*place, "links")))
    return built


class ProjectClaims(_OfProject):
    """The figures that texts state, beside those that the records give."""

    def build(self) -> list[nodes.Node]:
        """Build the table."""
        project = self.project("claims")
        language = self.shown.settings.language
        rows = []
        for claim in project.claims:
            name = claim.figure if ":" in claim.figure else f"{project.key}:{claim.figure}"
            try:
                computed = format_range(self.shown.figure(name).value, language)
            except UnknownFigureError:
                computed = display.EM_DASH
            rows.append(
                [
                    TableCell([display.text(claim.text)]),
                    TableCell(format_range(claim.value, language), ("gh-number",)),
                    TableCell(computed, ("gh-number",)),
                    TableCell(claim.source or display.EM_DASH),
                ]
            )
        header = ("Claim", "Stated", "Computed", "Where it stands")
        builder = TableBuilder(
            caption="Claims and the figures computed from the records",
            prefix=self.prefix("claims"),
            header=[
                TableCell(name, ("gh-number",) if name in {"Stated", "Computed"} else ())
                for name in header
            ],
            rows=rows,
            widths=(4, 1, 1, 3),
        )
        return builder.build(self.state.document) if rows else []


DIRECTIVES: dict[str, type[PortalDirective]] = {
    "project-facts": ProjectFacts,
    "project-progress": ProjectProgress,
    "project-groups": ProjectGroups,
    "project-documents": ProjectDocuments,
    "project-networks": ProjectNetworks,
    "project-chapter": ProjectChapter,
    "project-claims": ProjectClaims,
}
