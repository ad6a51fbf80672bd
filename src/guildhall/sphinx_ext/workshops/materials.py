"""What can be read and watched of a workshop: recordings, material, notes, and pages about it."""

from __future__ import annotations

from docutils import nodes

from guildhall.core.words import word
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.workshops.view import Pairs, WorkshopView


def materials_nodes(view: WorkshopView) -> list[nodes.Node]:
    """Recordings, material and notes, and how to cite them."""
    workshop, language = view.workshop, view.language
    pairs: Pairs = []
    recording = word(language, "Recording")
    recordings = view.link_list(workshop.recordings, recording, "recordings")
    if any(each.session.recordings for each in view.programme.sessions):
        link = nodes.reference(
            "",
            word(language, "Recordings of individual sessions are linked in the schedule."),
            internal=True,
            refid="workshop-schedule",
        )
        recordings = [*recordings, display.paragraph(link)]
    if recordings:
        pairs.append((word(language, "Recordings"), recordings))
    if workshop.materials:
        words = word(language, "Material")
        pairs.append((words, view.link_list(workshop.materials, words, "materials")))
    # Before and while it runs, they stand with what is needed to join.
    if workshop.notes and not (view.standing.phase != "past" and view.standing.is_held):
        words = word(language, "Collaborative notes")
        pairs.append((words, view.link_list(workshop.notes, words, "notes")))
    if workshop.doi:
        link = nodes.reference("", workshop.doi, refuri=f"https://doi.org/{workshop.doi}")
        pairs.append(("DOI", [display.located(link, workshop, ("doi",))]))
    return [display.facts(pairs)] if pairs else []


def links_nodes(view: WorkshopView) -> list[nodes.Node]:
    """The workshop's own site, other pages about it, and where the record is from."""
    workshop, language = view.workshop, view.language
    listed = nodes.bullet_list(bullet="-", classes=["gh-links"])
    if workshop.website:
        words = word(language, "The workshop's own site")
        link = nodes.reference("", words, refuri=workshop.website, internal=False)
        display.located(link, workshop, ("website",))
        listed += nodes.list_item("", display.paragraph(link))
    for index, each in enumerate(workshop.links):
        nodes_of_link = view.link(each, each.url or "", "links", index)
        listed += nodes.list_item("", display.paragraph(*nodes_of_link))
    built: list[nodes.Node] = [listed] if len(listed) else []
    if workshop.sources:
        words = word(language, "Sources")
        sources = view.link_list(workshop.sources, word(language, "Source"), "sources")
        built.append(display.facts([(words, sources)]))
    return built
