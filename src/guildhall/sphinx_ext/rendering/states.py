"""The state of a workshop as words: right when the portal is built, corrected in the browser."""

from __future__ import annotations

from docutils import nodes

from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.shown import Shown
from guildhall.network.workshops.lookups import StandingOf
from guildhall.network.workshops.timeline import states_of
from guildhall.sphinx_ext.rendering.dated import dated_words
from guildhall.sphinx_ext.rendering.labels import workshop_state


def state_nodes(shown: Shown, workshop: Workshop, language: str) -> list[nodes.Node]:
    """A badge for each state that a workshop has in turn, of which one is seen.

    Args:
        shown: the portal as the page sees it.
        workshop: the workshop.
        language: the language of the page.
    """
    turn = shown.ask(StandingOf(workshop.key)).turn
    return [
        dated_words(
            span,
            workshop_state(language, each),
            holds=index == turn,
            classes=["gh-badge", "gh-state", f"gh-state-{each}"],
        )
        for index, (span, each) in enumerate(states_of(workshop))
    ]
