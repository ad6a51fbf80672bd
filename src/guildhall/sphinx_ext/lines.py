"""A workshop in one line, as lists of other pages show it: right on the day of the build."""

from __future__ import annotations

from docutils import nodes

from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.shown import Shown
from guildhall.network.workshops.lookups import StandingOf
from guildhall.sphinx_ext import display
from guildhall.sphinx_ext.dates import dates_of
from guildhall.sphinx_ext.labels import workshop_state


def workshop_line(shown: Shown, workshop: Workshop, language: str) -> list[nodes.Node]:
    """A workshop's title, linked, its dates, and its state unless it is over as planned.

    Args:
        shown: the portal as the page sees it.
        workshop: the workshop; the page has noted what makes it list this one.
        language: the language of the page.
    """
    built = [display.record_link(Workshop.KIND, workshop.key, workshop.title)]
    return [*built, *dates_nodes(shown, workshop, language)]


def dates_nodes(shown: Shown, workshop: Workshop, language: str) -> list[nodes.Node]:
    """A workshop's dates, and its state unless it is over as planned, to go after its name."""
    built: list[nodes.Node] = [nodes.Text(f", {dates_of(workshop, language)}")]
    state = shown.ask(StandingOf(workshop.key)).state
    if state != "past":
        label = workshop_state(language, state)
        built += [nodes.Text(" "), display.badge(label, "gh-state", f"gh-state-{state}")]
    return built
