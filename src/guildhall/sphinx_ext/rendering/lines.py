"""A workshop in one line, as lists of other pages show it."""

from __future__ import annotations

from docutils import nodes

from guildhall.model.base.model import Record
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.shown import Shown
from guildhall.network.workshops.lookups import StandingOf
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.dates import dates_of
from guildhall.sphinx_ext.rendering.states import state_nodes


def dates_after(workshop: Workshop, language: str) -> str:
    """What follows a workshop's label for its dates to be told: `` (22–24 September 2026)``.

    Empty where the label of one among namesakes ends in them, as that of a single day does.

    Args:
        workshop: the workshop.
        language: the language of the page.
    """
    dates = dates_of(workshop, language)
    if workshop.label == workshop.title:
        return f", {dates}"
    return "" if workshop.label.endswith(f", {dates}") else f" ({dates})"


def workshop_dates(
    workshop: Workshop, language: str, source: Record | None = None, *place: str | int
) -> list[nodes.Node]:
    """A workshop's label, linked, and its dates.

    Args:
        workshop: the workshop; the page has noted what makes it list this one.
        language: the language of the page.
        source: the record that names it, where it is named in one.
        place: where it does.
    """
    link = display.record_link(Workshop.KIND, workshop.key, workshop.label, source, *place)
    return [link, nodes.Text(dates_after(workshop, language))]


def workshop_line(
    shown: Shown,
    workshop: Workshop,
    language: str,
    source: Record | None = None,
    *place: str | int,
) -> list[nodes.Node]:
    """A workshop's label, linked, its dates, and its state unless it is over as planned.

    Args:
        shown: the portal as the page sees it.
        workshop: the workshop; the page has noted what makes it list this one.
        language: the language of the page.
        source: the record that names it, where it is named in one.
        place: where it does.
    """
    built = workshop_dates(workshop, language, source, *place)
    if shown.ask(StandingOf(workshop.key)).state != "past":
        built += [nodes.Text(" "), *state_nodes(shown, workshop, language)]
    return built
