"""``portal-numbers``: what a portal comes to in a few numbers, as tiles."""

from __future__ import annotations

from docutils import nodes

from guildhall.core.values.format import format_range
from guildhall.core.values.numbers import Range
from guildhall.core.words import word
from guildhall.network.headlines import TOPICS, Headline, Headlines, Topic
from guildhall.sphinx_ext.records.directive import PortalDirective, words
from guildhall.sphinx_ext.rendering import display

_ONE = Range.exactly(1)


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
        listed = nodes.bullet_list(bullet="-")
        listed += [self._tile(found[name]) for name in names if name in found]
        return [nodes.container("", listed, classes=["gh-numbers"])] if len(listed) else []

    def _tile(self, headline: Headline) -> nodes.list_item:
        tally, language = headline.tally, self.language
        number = format_range(tally.value, language)
        text = self._words(headline.topic, one=tally.value == _ONE)
        before, _, after = text.partition("{number}")
        line = display.paragraph(nodes.Text(before), nodes.strong("", number), nodes.Text(after))
        tile = nodes.list_item("", line)
        if tally.known < tally.of:
            known = word(language, "known for {known} of {all} workshops")
            note = nodes.Text(known.format(known=tally.known, all=tally.of))
            tile += display.paragraph(note, classes=["gh-computed"])
        return tile

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


DIRECTIVES: dict[str, type[PortalDirective]] = {"portal-numbers": PortalNumbers}
