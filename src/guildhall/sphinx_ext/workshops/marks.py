"""Nodes of workshops that carry moments: HTML keeps them as attributes, which the script reads.

Other builders see what is right when the portal is built, as plain text.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from docutils import nodes

from guildhall.sphinx_ext.rendering.dates import clock
from guildhall.sphinx_ext.rendering.nodes import add_element

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class moment(nodes.Inline, nodes.TextElement):  # noqa: N801
    """A time of day; ``node["at"]`` is the moment with its offset (ISO 8601)."""


class time_scope(nodes.General, nodes.Element):  # noqa: N801
    """A part of a page whose times the script may show in the reader's zone."""


class session_box(nodes.General, nodes.Element):  # noqa: N801
    """A session in a schedule, with its moments, its track's name and whether it is cancelled."""


class zone_words(nodes.Inline, nodes.TextElement):  # noqa: N801
    """Words that name the zone of times beside them."""


def time_node(at: datetime) -> moment:
    """A time of day in its own zone."""
    return moment("", clock(at), at=at.isoformat(timespec="minutes"))


def times_node(start: datetime, end: datetime) -> nodes.inline:
    """From when until when on one day."""
    both = nodes.inline(classes=["gh-times"])
    both += [time_node(start), nodes.Text("\N{EN DASH}"), time_node(end)]
    return both


def _of_scope(node: time_scope) -> dict[str, str]:
    return {
        "data-zone": node["zone"],
        "data-language": node["language"],
        "data-words": json.dumps(node["script_words"], ensure_ascii=False, sort_keys=True),
    }


def _of_session(node: session_box) -> dict[str, str]:
    more = {"data-start": node["start"], "data-end": node["end"]}
    if node.get("track"):
        more["data-track"] = node["track"]
    if node.get("cancelled"):
        more["data-cancelled"] = ""
    return more


def setup_marks(app: Sphinx) -> None:
    """Register the nodes."""
    add_element(app, moment, "time", "", lambda node: {"datetime": node["at"]}, inline=True)
    add_element(app, time_scope, "div", "gh-workshop", _of_scope)
    add_element(app, session_box, "div", "gh-session", _of_session)
    add_element(app, zone_words, "span", "gh-zone-name", inline=True)
