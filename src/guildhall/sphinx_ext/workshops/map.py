"""``workshop-map``: where workshops meet, as a picture and as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from docutils import nodes

from guildhall.core.values.format import format_number
from guildhall.core.values.names import country_name
from guildhall.core.words import word
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.network.workshops.geography import Venue, venues_of
from guildhall.network.workshops.lookups import WorkshopsIn
from guildhall.sphinx_ext.charts.map import Dot, draw, render_map
from guildhall.sphinx_ext.records.directive import PortalDirective
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.lines import workshop_dates
from guildhall.sphinx_ext.rendering.nodes import chart, disclosure, separated
from guildhall.sphinx_ext.rendering.tables import TableBuilder, TableCell
from guildhall.sphinx_ext.workshops.choosing import ChoosingDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class WorkshopMap(ChoosingDirective):
    """The places of workshops and of their local classrooms, as a map and as a table.

    The map shows places with known coordinates, each as a dot that grows with the number of
    workshops, and leads to them; the table shows all places with their workshops. Cancelled and
    postponed workshops are left out.

    Options:
        type: only workshops of this type.
        partner: only those that this partner supports, or hosts a local classroom of.
        lesson: only those that teach this lesson.
    """

    def build(self) -> list[nodes.Node]:
        """Build the map, with the table beneath it."""
        entries = self.shown.ask(WorkshopsIn(self.choice())).entries
        venues = venues_of(each.workshop for each in entries)
        if not venues:
            text = word(self.language, "No workshop venues are recorded yet.")
            return [display.paragraph(nodes.Text(text))]
        title = word(self.language, "Where workshops meet")
        prefix = self.prefix("places")
        workshops = {each.workshop.key: each.workshop for each in entries}
        table = self._table(venues, title, prefix, workshops)
        dots = [
            Dot(venue.name, venue.position, len(venue.workshops), f"{prefix}-{number}")
            for number, venue in enumerate(venues)
            if venue.position
        ]
        if not dots:
            return table
        svg = render_map(
            draw(dots),
            title=title,
            description=self._description(dots),
            prefix=self.prefix("map"),
        )
        box = chart(svg=svg, title=title, classes=["gh-map"])
        summary = word(self.language, "{title}: the numbers").format(title=title)
        details = disclosure(summary=summary, classes=["gh-chart-data"])
        details += table
        box += details
        return [box]

    def _description(self, dots: Sequence[Dot]) -> str:
        """The map in words: every dot with its number."""
        numbers = (f"{dot.label}: {format_number(dot.count, self.language)}" for dot in dots)
        text = word(self.language, "Map with the number of workshops at each place. {places}.")
        return text.format(places="; ".join(numbers))

    def _table(
        self,
        venues: Sequence[Venue],
        title: str,
        prefix: str,
        workshops: Mapping[str, Workshop],
    ) -> list[nodes.Node]:
        """The places with their workshops; dots lead to the names of places."""
        language = self.language
        builder = TableBuilder(
            caption=title,
            prefix=prefix,
            header=[
                TableCell(word(language, "Place")),
                TableCell(word(language, "Country")),
                TableCell(word(language, "Workshops"), ("gh-number",)),
                TableCell(word(language, "Title")),
            ],
            rows=[
                [
                    TableCell([nodes.inline("", venue.name, ids=[f"{prefix}-{number}"])]),
                    TableCell(country_name(venue.country, language) if venue.country else ""),
                    TableCell(format_number(len(venue.workshops), language), ("gh-number",)),
                    TableCell(
                        separated(
                            (workshop_dates(workshops[key], language) for key in venue.workshops),
                            "; ",
                        )
                    ),
                ]
                for number, venue in enumerate(venues)
            ],
            widths=(2, 2, 1, 4),
        )
        return builder.build(self.state.document)


DIRECTIVES: dict[str, type[PortalDirective]] = {"workshop-map": WorkshopMap}


def setup_map(app: Sphinx) -> None:
    """Register the directive."""
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
