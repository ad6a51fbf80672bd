"""A person's own sessions at a workshop, as the person's page lists them."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes
from sphinx.addnodes import pending_xref

from guildhall.core.words import word
from guildhall.network.people.agenda import Duty
from guildhall.network.workshops.timeline import Span
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.dated import dated_part
from guildhall.sphinx_ext.rendering.dates import full_date, offset
from guildhall.sphinx_ext.rendering.nodes import separated
from guildhall.sphinx_ext.workshops.marks import times_node, zone_words
from guildhall.sphinx_ext.workshops.roles import roles_in_words
from guildhall.sphinx_ext.workshops.schedule import DOT, session_name
from guildhall.sphinx_ext.workshops.view import WorkshopView
from guildhall.sphinx_ext.workshops.zones import time_scope_of, zone_line


def agenda_nodes(view: WorkshopView, duties: Sequence[Duty]) -> nodes.container:
    """The sessions, each until it is over, below the zone that their times are in.

    Args:
        view: the workshop, as the person's page shows it.
        duties: what the person does there, in order.
    """
    scope = time_scope_of(view)
    scope += zone_line(view)
    listed = nodes.bullet_list(bullet="-")
    for each in duties:
        line = dated_part(Span(None, each.timed.end), *_line(view, each), holds=True)
        listed += nodes.list_item("", display.paragraph(line))
    box = nodes.container(classes=["gh-agenda"])
    box += [scope, listed]
    return box


def _line(view: WorkshopView, duty: Duty) -> list[nodes.Node]:
    timed, language = duty.timed, view.language
    track = view.workshop.track(timed.track)
    room = timed.session.room or (track.room if track else None)
    name = session_name(view, timed)
    for link in (each for node in name for each in node.findall(pending_xref)):
        # The workshop's own page tells of a lesson that isn't there.
        link["refwarn"] = False
    what: list[list[nodes.Node]] = [name]
    if track:
        what.append([nodes.Text(track.title)])
    if room:
        what.append([nodes.Text(f"{word(language, 'Room:')} {room}")])
    what.append([nodes.Text(roles_in_words(duty.roles, view.shown.settings))])
    day = nodes.Text(f"{full_date(timed.start.date(), language)}, ")
    zone = zone_words("", f"({offset(timed.start)})")
    times = times_node(timed.start, timed.end)
    return [day, times, nodes.Text(" "), zone, nodes.Text(": "), *separated(what, DOT)]
