"""Nodes of workshops that carry moments: HTML keeps them as attributes, which the script reads.

Other builders see what is right when the portal is built, as plain text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from docutils import nodes

from guildhall.network.workshops.timeline import Span
from guildhall.sphinx_ext.dates import clock
from guildhall.sphinx_ext.nodes import add_element

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class moment(nodes.Inline, nodes.TextElement):  # noqa: N801
    """A time of day; ``node["at"]`` is the moment with its offset (ISO 8601)."""


class dated(nodes.Inline, nodes.TextElement):  # noqa: N801
    """Inline content that holds from ``node["since"]`` until ``node["until"]``.

    One that doesn't hold on the day of the build has ``node["late"]``, and its words, if it is just
    words, in ``node["words"]``, where no search finds them.
    """


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


def dated_words(span: Span, words: str, *, holds: bool, classes: Sequence[str] = ()) -> dated:
    """Words that hold for a time.

    Args:
        span: from when until when.
        words: the words.
        holds: whether they hold on the day of the build.
        classes: the classes of the element.
    """
    node = _dated(span, holds=holds, classes=classes)
    if holds:
        node += nodes.Text(words)
    else:
        node["words"] = words
    return node


def dated_part(span: Span, *content: nodes.Node, holds: bool, classes: Sequence[str] = ()) -> dated:
    """Inline content that holds for a time; see :func:`dated_words`."""
    node = _dated(span, holds=holds, classes=classes)
    node += list(content)
    return node


def _dated(span: Span, *, holds: bool, classes: Sequence[str]) -> dated:
    node = dated("", late=not holds, classes=list(classes))
    if span.start:
        node["since"] = span.start.isoformat(timespec="minutes")
    if span.end:
        node["until"] = span.end.isoformat(timespec="minutes")
    return node


def _visit_dated(translator: Any, node: dated) -> None:
    more = {f"data-{name}": node[name] for name in ("since", "until") if name in node}
    if node["late"]:
        more["hidden"] = "hidden"
    translator.body.append(translator.starttag(node, "span", "", CLASS="gh-dated", **more))
    translator.body.append(translator.encode(node.get("words", "")))


def _depart_span(translator: Any, node: nodes.Element) -> None:
    translator.body.append("</span>")


def _visit_dated_elsewhere(translator: Any, node: dated) -> None:
    if node["late"]:
        raise nodes.SkipNode


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


def _nothing(translator: Any, node: nodes.Element) -> None:
    """Leave a node to its children."""


def setup_marks(app: Sphinx) -> None:
    """Register the nodes."""
    add_element(app, moment, "time", "", lambda node: {"datetime": node["at"]}, inline=True)
    add_element(app, time_scope, "div", "gh-workshop", _of_scope)
    add_element(app, session_box, "div", "gh-session", _of_session)
    add_element(app, zone_words, "span", "gh-zone-name", inline=True)
    other = (_visit_dated_elsewhere, _nothing)
    html = (_visit_dated, _depart_span)
    app.add_node(dated, html=html, latex=other, text=other, man=other, texinfo=other)
