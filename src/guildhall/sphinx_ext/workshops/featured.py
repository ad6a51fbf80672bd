"""``workshop-next``: the next workshop as one large card, with what a reader can do about it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes

from guildhall.core.words import word
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.network.workshops.listing import ListedWorkshop
from guildhall.network.workshops.lookups import WorkshopsIn
from guildhall.sphinx_ext.records.facets import catalogue_card, catalogue_list
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.dates import dates_of
from guildhall.sphinx_ext.rendering.states import state_nodes
from guildhall.sphinx_ext.workshops.calendars import calendar_nodes, subscription_nodes
from guildhall.sphinx_ext.workshops.choosing import ChoosingDirective
from guildhall.sphinx_ext.workshops.joining import sign_up_nodes
from guildhall.sphinx_ext.workshops.listing import Entries, card_data, listing, listing_empty
from guildhall.sphinx_ext.workshops.view import WorkshopView

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_PLANNED = 3
"""So many workshops without dates are shown where none has dates."""


class WorkshopNext(ChoosingDirective):
    """The next workshop as a large card, with its dates, place, registration and calendar.

    That is the one that runs, or else the first that people can register for, or else the first
    with dates. If there is none, it says so, links to the calendar of all workshops, and shows
    what is planned. It is updated in the browser on the day of reading.

    Options:
        type: only workshops of this type.
        partner: only those that this partner supports, as shown on a workshop's page.
        lesson: only those that teach this lesson.
    """

    option_spec: ClassVar[dict[str, Any]] = ChoosingDirective.option_spec

    def build(self) -> list[nodes.Node]:
        """Build the card, and those that take its place on later days."""
        choice = replace(self.choice(), limit=1, undated=_PLANNED)
        selection = self.shown.ask(WorkshopsIn(choice))
        has_dates = any(each.rank != "undated" for each in selection.now)
        box = listing(limit=1, undated=_PLANNED, classes=["gh-featured"])
        box += listing_empty("", *self._none(), late=has_dates, of="running open dated")
        listed = catalogue_list()
        for each in selection.entries:
            listed += self._card(each, late=each.workshop.key in selection.late)
        if len(listed):
            box += listed
        return [box]

    def _none(self) -> list[nodes.Node]:
        said = nodes.strong("", word(self.language, "No dates yet"))
        how = subscription_nodes(self.shown, self.language)
        return [display.paragraph(said, *([nodes.Text(". "), *how] if how else []))]

    def _card(self, entry: ListedWorkshop, *, late: bool) -> nodes.Element:
        workshop, language = entry.workshop, self.language
        is_planned = workshop.dates_are_open
        card = catalogue_card(
            values={},
            late=late,
            data=card_data(entry),
            classes=["gh-featured-planned" if is_planned else "gh-featured-card"],
        )
        title = display.record_link(Workshop.KIND, workshop.key, workshop.label)
        card += display.paragraph(title, classes=["gh-card-title"])
        states = state_nodes(self.shown, workshop, language)
        when = nodes.strong("", dates_of(workshop, language))
        card += display.paragraph(when, nodes.Text(" "), *states, classes=["gh-entry-when"])
        if is_planned:
            return card
        facts = nodes.Text(" · ".join(Entries(self.shown).facts(workshop)))
        card += display.paragraph(facts, classes=["gh-card-meta"])
        view = WorkshopView(workshop, self.shown, self.state.document, self.env)
        actions = [*sign_up_nodes(view), *calendar_nodes(self.shown, workshop)]
        if actions:
            card += display.paragraph(*actions, classes=["gh-workshop-actions"])
        return card


DIRECTIVES = {"workshop-next": WorkshopNext}


def setup_featured(app: Sphinx) -> None:
    """Register the directive."""
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
