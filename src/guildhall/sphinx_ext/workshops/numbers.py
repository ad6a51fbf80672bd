"""Who took part in a workshop, in numbers: by country, by career stage, on streams."""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes

from guildhall.core.values.format import EN_DASH, format_number, format_range
from guildhall.core.values.names import country_name
from guildhall.core.values.numbers import Range
from guildhall.core.words import word
from guildhall.model.records.kinds.workshop import Participants
from guildhall.model.records.vocabularies import CAREER_STAGE
from guildhall.network.statistics.counting import OTHER, UNKNOWN, career_stages_of, countries_of
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.labels import term
from guildhall.sphinx_ext.rendering.tables import TableBuilder, TableCell
from guildhall.sphinx_ext.workshops.view import Pairs, WorkshopView

_NUMBER = ("gh-number",)


def numbers_nodes(view: WorkshopView) -> list[nodes.Node]:
    """The total, a table of each breakdown, viewers, and what people said afterwards."""
    workshop, language = view.workshop, view.language
    built: list[nodes.Node] = []
    participants = workshop.participants
    if participants is not None:
        built.append(display.facts([_total(view, participants)]))
        built += view.prose("participants", "text")
        built += _Breakdowns(view, participants).tables()
    if workshop.viewers:
        built.append(display.facts(_viewers(view)))
    if workshop.feedback:
        words = word(language, "Feedback")
        listed = view.link_list(workshop.feedback, words, "feedback")
        built += [display.facts([(words, listed)])]
    return built


def _total(view: WorkshopView, participants: Participants) -> tuple[str, list[nodes.Node]]:
    language = view.language
    label = {
        None: word(language, "Participants"),
        "registered": word(language, "Registered"),
        "attended": word(language, "Attended"),
        "completed": word(language, "Completed"),
    }[participants.counted]
    return label, [nodes.Text(format_range(participants.total, language))]


class _Breakdowns:
    """The tables of where participants came from, and at which stage of a career they were."""

    def __init__(self, view: WorkshopView, participants: Participants) -> None:
        self._view = view
        self._language = view.language
        self._participants = participants
        self._below = view.shown.settings.suppress_below

    def tables(self) -> list[nodes.Node]:
        """A table for each breakdown that the record has."""
        tables = [*self._by_country(), *self._by_stage()]
        if tables and self._below > 1:
            text = word(self._language, "Numbers below {limit} are combined with others.")
            limit = format_number(self._below, self._language)
            tables.append(display.paragraph(nodes.Text(text.format(limit=limit))))
        return tables

    def _by_country(self) -> list[nodes.Node]:
        counts = countries_of(self._participants, self._below)
        if not self._participants.countries or not counts:
            return []
        language = self._language
        caption, heading = word(language, "Participants by country"), word(language, "Country")
        labels = {
            key: word(language, "Other countries") if key == OTHER else country_name(key, language)
            for key in counts
        }
        return self._table("countries", caption, heading, counts, labels)

    def _by_stage(self) -> list[nodes.Node]:
        counts = career_stages_of(self._participants, self._below)
        if not self._participants.career_stages or not counts:
            return []
        language, settings = self._language, self._view.shown.settings
        caption = word(language, "Participants by career stage")
        heading = word(language, "Career stage")
        labels = {key: term(language, CAREER_STAGE, key, settings) for key in counts}
        return self._table("stages", caption, heading, counts, labels)

    def _table(
        self,
        name: str,
        caption: str,
        heading: str,
        counts: Mapping[str, Range],
        labels: Mapping[str, str],
    ) -> list[nodes.Node]:
        """The largest first; at the end others, and those of whom it isn't known."""
        language = self._language
        rest = (OTHER, UNKNOWN)
        named = sorted(
            (key for key in counts if key not in rest),
            key=lambda key: (-counts[key].low, labels[key]),
        )
        shown = {**labels, UNKNOWN: word(language, "Not known")}
        builder = TableBuilder(
            caption,
            f"gh-workshop-{name}",
            [TableCell(heading), TableCell(word(language, "Participants"), _NUMBER)],
            [
                [TableCell(shown[key]), self._number(counts[key])]
                for key in (*named, *(key for key in rest if key in counts))
            ],
            [[TableCell(word(language, "All")), self._number(self._participants.total)]],
            widths=(3, 2),
        )
        return builder.build(self._view.document)

    def _number(self, number: Range) -> TableCell:
        return TableCell(format_range(number, self._language), _NUMBER)


def _viewers(view: WorkshopView) -> Pairs:
    """How many watched at one moment, on each service."""
    language = view.language
    pairs: Pairs = []
    for each in view.workshop.viewers:
        ends = sorted({n for n in (each.least, each.most) if n is not None})
        numbers = EN_DASH.join(format_number(n, language) for n in ends)
        if numbers:
            label = word(language, "Peak viewers, {service}").format(service=each.service)
            pairs.append((label, [nodes.Text(numbers)]))
    return pairs
