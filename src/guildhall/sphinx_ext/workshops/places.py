"""Places where people meet, on one line."""

from __future__ import annotations

from docutils import nodes

from guildhall.core.values.names import country_name
from guildhall.model.records.kinds.workshop import Place
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.nodes import separated
from guildhall.sphinx_ext.workshops.view import WorkshopView


def place_nodes(view: WorkshopView, place: Place, *at: str | int) -> list[nodes.Node]:
    """A place's name, linked to how to get there, and where it lies."""
    country = country_name(place.country, view.language) if place.country else None
    name: nodes.Node = nodes.Text(place.name)
    if place.url:
        link = nodes.reference("", place.name, refuri=place.url, internal=False)
        name = display.located(link, view.workshop, (*at, "url"))
    rest = [each for each in (place.address, place.city, country) if each and each != place.name]
    return separated([[name], *([nodes.Text(each)] for each in rest)])
