"""What a portal, and a project, come to in a few numbers, as tiles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives

from guildhall.core.values.format import format_date, format_range
from guildhall.core.values.money import decimals_of
from guildhall.core.values.numbers import Range
from guildhall.core.words import word
from guildhall.model.records.kinds.project import Project
from guildhall.model.shown import BuildDay
from guildhall.network.headlines import TOPICS, Headline, Headlines, Topic
from guildhall.network.ledger.budget import ALLOCATION, Amounts, BudgetTable
from guildhall.network.ledger.lookups import BudgetOf, InKindOf, ScenariosOf
from guildhall.network.workshops.lookups import PlanOf
from guildhall.network.workshops.plan import PROGRESS, counts
from guildhall.sphinx_ext.directives.plan import progress_label
from guildhall.sphinx_ext.directives.project import period_of
from guildhall.sphinx_ext.records.directive import PortalDirective, words
from guildhall.sphinx_ext.rendering import display

_ONE = Range.exactly(1)


def _tile(text: str, number: str, notes: Sequence[str]) -> nodes.list_item:
    """A number in the words around it, and what it rests on.

    Args:
        text: the words, with ``{number}`` where it stands.
        number: the number.
        notes: a line each.
    """
    before, _, after = text.partition("{number}")
    line = display.paragraph(nodes.Text(before), nodes.strong("", number), nodes.Text(after))
    tile = nodes.list_item("", line)
    tile += [display.paragraph(nodes.Text(note), classes=["gh-computed"]) for note in notes]
    return tile


def _tiles(tiles: Sequence[nodes.list_item]) -> list[nodes.Node]:
    listed = nodes.bullet_list("", *tiles, bullet="-")
    return [nodes.container("", listed, classes=["gh-numbers"])] if tiles else []


class PortalNumbers(PortalDirective):
    """The numbers of workshops, learners, their countries, and partners, until today.

    A number that no record says is left out; one that only some workshops' records say states how
    many. They count what ``workshop-statistics`` and the figure ``partners.count`` count.

    Args: which ones, separated by commas: ``workshops``, ``learners``, ``countries``,
    ``partners``; by default all.
    """

    optional_arguments = 1
    final_argument_whitespace = True

    def build(self) -> list[nodes.Node]:
        """Build the list; nothing where there is no number."""
        names = words(self.arguments[0]) if self.arguments else TOPICS
        for name in names:
            if name not in TOPICS:
                raise self.unknown("number", name, TOPICS)
        found: dict[str, Headline] = {each.topic: each for each in self.shown.ask(Headlines())}
        return _tiles([self._tile(found[name]) for name in names if name in found])

    def _tile(self, headline: Headline) -> nodes.list_item:
        tally, language = headline.tally, self.language
        text = self._words(headline.topic, one=tally.value == _ONE)
        notes = []
        if tally.known < tally.of:
            known = word(language, "known for {known} of {all} workshops")
            notes.append(known.format(known=tally.known, all=tally.of))
        return _tile(text, format_range(tally.value, language), notes)

    def _words(self, topic: Topic, *, one: bool) -> str:
        language = self.language
        if one:
            return {
                "workshops": word(language, "{number} workshop held"),
                "learners": word(language, "{number} learner"),
                "countries": word(language, "{number} country of learners"),
                "partners": word(language, "{number} partner"),
            }[topic]
        return {
            "workshops": word(language, "{number} workshops held"),
            "learners": word(language, "{number} learners"),
            "countries": word(language, "{number} countries of learners"),
            "partners": word(language, "{number} partners"),
        }[topic]


_PARTS = ("time", "in-kind", "budget", "plan")


class ProjectNumbers(PortalDirective):
    """How a project stands: its time, contributions in kind, budget and plan, a tile each.

    In kind, a second number leaves out all that is conditional. The budget's is what is required,
    with what is allocated and what isn't covered for each purpose. The plan's is the number of
    activities, with how far they have come. A part that the records say nothing of has no tile.

    Args: the project; by default the portal's.

    Options:
        time: the document that the tile of the project's time links to.
        in-kind: the one of contributions in kind.
        budget: the one of the budget.
        plan: the one of the plan.
    """

    optional_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = dict.fromkeys(_PARTS, directives.unchanged_required)

    def build(self) -> list[nodes.Node]:
        """Build the list; nothing where there is no number."""
        project = self.project("start", "end", "dates_are_expected", "in_kind", "budget")
        parts: dict[str, Callable[[Project], Iterator[nodes.list_item]]] = {
            "time": self._time,
            "in-kind": self._in_kind,
            "budget": self._budget,
            "plan": self._plan,
        }
        return _tiles(
            [self._linked(tile, name) for name in _PARTS for tile in parts[name](project)]
        )

    def _linked(self, tile: nodes.list_item, part: str) -> nodes.list_item:
        """A tile with its words as a link; Sphinx would make plain text of the number in it."""
        if part not in self.options:
            return tile
        line = cast("nodes.paragraph", tile[0])
        for text in [each for each in line.children if isinstance(each, nodes.Text)]:
            if text.strip():
                line.replace(text, [nodes.Text(" "), self._link(text.strip(), self.options[part])])
        return tile

    def _link(self, text: str, document: str) -> nodes.Node:
        link = display.document_link(document, text)
        # A page that shows this one's text lies elsewhere.
        link["refdoc"] = self.env.docname
        self.set_source_info(link)
        return link

    def _time(self, project: Project) -> Iterator[nodes.list_item]:
        language, period = self.language, project.period
        today = self.shown.ask(BuildDay())
        notes = [period_of(project, language)]
        if today < period.start:
            text = word(language, "{number} start of the project")
            yield _tile(text, format_date(period.start, language), notes)
        elif today > period.end:
            text = word(language, "{number} end of the project")
            yield _tile(text, format_date(period.end, language), notes)
        else:
            day = format_date(today, language)
            text = word(language, "{number} of the time elapsed by {date}").replace("{date}", day)
            share = period.percent_elapsed(today)
            yield _tile(text, word(language, "{share} %").format(share=share), notes)

    def _in_kind(self, project: Project) -> Iterator[nodes.list_item]:
        language = self.language
        table = self.shown.ask(InKindOf(project.key))
        if not table.rows:
            return
        least = self.shown.ask(ScenariosOf(project.key))[-1]
        notes = []
        if least.without:
            text = word(language, "{number} without conditional contributions")
            notes.append(text.format(number=format_range(least.table.total, language)))
        text = word(language, "{number} person-months in kind")
        yield _tile(text, format_range(table.total, language), notes)

    def _budget(self, project: Project) -> Iterator[nodes.list_item]:
        language = self.language
        table = self.shown.ask(BudgetOf(project.key))
        has_required = any(row.type != ALLOCATION for row in table.rows)
        if table.required is None or not has_required:
            return
        shown = self._money(table)
        notes = []
        for part in table.coverage:
            text = word(language, "{number} allocated towards {purpose}")
            notes.append(text.format(number=shown(part.allocated), purpose=part.purpose))
            if part.uncovered.total.high > 0:
                text = word(language, "{number} not covered for {purpose}")
                notes.append(text.format(number=shown(part.uncovered), purpose=part.purpose))
        yield _tile(word(language, "{number} required"), shown(table.required), notes)

    def _money(self, table: BudgetTable) -> Callable[[Amounts], str]:
        sums = [each.total for part in table.coverage for each in (part.allocated, part.uncovered)]
        required = [table.required.total] if table.required else []
        decimals = decimals_of([*required, *sums], table.currency, computed=True)
        return lambda each: f"{format_range(each.total, self.language, decimals)} {table.currency}"

    def _plan(self, project: Project) -> Iterator[nodes.list_item]:
        language = self.language
        plan = self.shown.ask(PlanOf(project.key))
        if not plan.fulfilments:
            return
        counted = counts(plan.fulfilments) if plan.is_followed else {}
        notes = [
            f"{counted[each]} {progress_label(language, each)}"
            for each in PROGRESS
            if each in counted
        ]
        text = (
            word(language, "{number} activity planned")
            if len(plan.fulfilments) == 1
            else word(language, "{number} activities planned")
        )
        yield _tile(text, str(len(plan.fulfilments)), [", ".join(notes)] if notes else [])


DIRECTIVES: dict[str, type[PortalDirective]] = {
    "portal-numbers": PortalNumbers,
    "project-numbers": ProjectNumbers,
}
